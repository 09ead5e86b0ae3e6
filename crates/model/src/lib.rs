//! The rules of Varde, pure: no input or output, no clock, no randomness.

pub mod account;
pub mod backoff;
pub mod catalogue;
pub mod certificate;
pub mod check_in;
pub mod cohort;
pub mod conflicts;
pub mod credits;
pub mod dates;
pub mod delivery;
pub mod eligibility;
pub mod enrolment;
pub mod gathering;
pub mod groups;
pub mod holding;
pub mod holidays;
pub mod hr;
pub mod ids;
pub mod inbox;
pub mod letter;
pub mod links;
pub mod local_time;
mod locale;
pub mod longer_work;
pub mod nominations;
pub mod organisation;
pub mod people;
pub mod reminders;
pub mod roles;
pub mod state_reason;
pub mod survey;
pub mod timers;
pub mod unproposed;
pub mod work;
pub mod working_days;

pub use locale::Locale;
