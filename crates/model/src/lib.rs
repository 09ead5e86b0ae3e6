//! The rules of Varde, pure: no input or output, no clock, no randomness.

pub mod ids;
mod locale;
pub mod organisation;

pub use locale::Locale;
