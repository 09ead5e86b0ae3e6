//! The rules of Varde, pure: no input or output, no clock, no randomness.

pub mod cohort;
pub mod enrolment;
pub mod gathering;
pub mod ids;
pub mod letter;
mod locale;
pub mod organisation;
pub mod roles;
pub mod work;

pub use locale::Locale;
