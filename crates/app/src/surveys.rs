//! Surveys: who is asked and when, the answers, and what is shown of them.
//!
//! After each gathering those who were there are asked what it was worth, and when a cohort is completed those who took
//! part. A leader group says where it stands before its first gathering and after its last one. Answers lie apart from whoever gave them (`varde_persistence::surveys`); the audit trail says that an answer came
//! and not from whom, and the link in the mail keeps the day of its use and no hour. Figures are shown once a survey is
//! closed and enough people have answered: to those who were asked, and, but for where a leader group stands, to the
//! trust's coordinators.

mod answering;
mod asking;
mod figures;
mod groups;
mod times;

pub use answering::answer;
pub(crate) use answering::answer_in;
pub(crate) use asking::{ask_about_cohort, close, evaluate, follow_attendance, remind};
pub(crate) use figures::my_survey;
pub use figures::{MySurvey, SurveyFigures, about, find_many, mine};
pub(crate) use groups::{ask_group, follow_group, survey_group};
pub(crate) use times::{plan_evaluations, plan_group};
