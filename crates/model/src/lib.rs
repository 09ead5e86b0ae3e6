//! The rules of Varde, pure: no input or output, no clock, no randomness.

pub mod ids;
pub mod letter;
mod locale;
pub mod organisation;

pub use locale::Locale;
