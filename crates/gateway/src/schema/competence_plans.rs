//! Competence plans of operative leaders: for coordinators, and for the leader and the line manager.

mod labels;
mod mine;
mod mutations;
mod own_mutations;
mod plans;
mod queries;

pub use mutations::CompetencePlanMutation;
pub use own_mutations::OwnCompetencePlanMutation;
pub use plans::CompetencePlan;
pub use queries::{CompetencePlanQuery, OwnCompetencePlanQuery};
