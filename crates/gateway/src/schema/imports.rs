//! Importing people from an HR file, and the operations that longer work is.

mod mutations;
mod operation;
mod queries;
mod report;
mod subscription;

pub use mutations::ImportMutation;
pub(crate) use mutations::content;
pub use operation::Operation;
pub use queries::OperationQuery;
pub use subscription::OperationSubscription;
