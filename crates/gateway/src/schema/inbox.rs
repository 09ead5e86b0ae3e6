//! The coordinator's inbox, and conflicts of interest.

mod conflicts;
mod mutations;
mod queries;
mod rules;
mod subscription;
mod types;

pub use conflicts::ConflictQuery;
pub use mutations::InboxMutation;
pub use queries::InboxQuery;
pub use rules::ConflictMutation;
pub use subscription::InboxSubscription;
pub use types::InboxItem;
