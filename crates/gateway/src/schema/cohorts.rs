//! Cohorts and their gatherings.

mod gatherings;
mod inputs;
mod mutations;
mod queries;
mod types;

pub use gatherings::GatheringMutation;
pub use mutations::CohortMutation;
pub use queries::CohortQuery;
pub use types::{Cohort, Gathering};
