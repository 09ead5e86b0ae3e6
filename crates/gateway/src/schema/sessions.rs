//! Signing in, staying signed in, and who one is.

mod mutations;
mod viewer;

pub use mutations::SessionMutation;
pub use viewer::{Organisation, SessionQuery, Viewer};
