//! Surveys: what those who took part thought, as soon as it may be shown.

mod mutations;
mod queries;
mod types;

pub use mutations::SurveyMutation;
pub use queries::SurveyQuery;
pub(crate) use types::about;
pub use types::{MySurvey, Survey};
