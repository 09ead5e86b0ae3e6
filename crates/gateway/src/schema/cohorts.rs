//! Cohorts and their gatherings.

mod attendance;
mod gatherings;
mod inputs;
mod mutations;
mod queries;
mod types;
mod upsert;

pub use attendance::AttendanceMutation;
pub use gatherings::GatheringMutation;
pub use mutations::CohortMutation;
pub use queries::CohortQuery;
pub use types::{Cohort, Gathering};
