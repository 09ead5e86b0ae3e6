//! Accounts, roles and the tokens of programs: an administrator's work.

mod mutations;
mod queries;
mod tokens;
mod types;

pub use mutations::AccountMutation;
pub use queries::AccountQuery;
pub use tokens::TokenMutation;
pub use types::{Account, ServiceToken};
