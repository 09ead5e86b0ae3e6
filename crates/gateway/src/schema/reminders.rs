//! The rules of reminding, and what they have planned.

mod inputs;
mod mutations;
mod queries;
mod types;

pub(crate) use inputs::TextsInput;
pub use mutations::ReminderMutation;
pub use queries::ReminderQuery;
pub use types::{PlannedReminder, ReminderPolicy};
pub(crate) use types::{ReminderChange, Texts};
