//! Cohorts and their gatherings.

mod attendance;
mod blocks;
mod gatherings;
mod inputs;
mod meeting;
mod mutations;
mod queries;
mod types;
mod upsert;

pub use attendance::AttendanceMutation;
pub use blocks::ThemeLabel;
pub(crate) use blocks::theme_title;
pub use gatherings::GatheringMutation;
pub use meeting::Gathering;
pub use mutations::CohortMutation;
pub use queries::CohortQuery;
pub use types::{Cohort, CohortCoordinator};
