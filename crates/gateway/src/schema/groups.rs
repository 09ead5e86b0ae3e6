//! Leader groups: put into cohorts, asked, enrolled as one, adjusted, and followed up.

mod inputs;
mod labels;
mod measures;
mod mine;
mod mutations;
mod own_mutations;
mod queries;
mod types;

pub(crate) use measures::told as measure_told;
pub use measures::{FollowUp, Measure};
pub use mine::MyLeaderGroup;
pub use mutations::{LeaderGroupMutation, MeasureMutation};
pub use own_mutations::OwnGroupMutation;
pub use queries::LeaderGroupQuery;
pub use types::{LeaderGroup, ProgrammeGroups};
