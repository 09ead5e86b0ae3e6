//! The rules of reminding, and what they have planned.

mod inputs;
mod mutations;
mod queries;
mod types;

pub use mutations::ReminderMutation;
pub use queries::ReminderQuery;
pub(crate) use types::ReminderChange;
pub use types::{PlannedReminder, ReminderPolicy};
