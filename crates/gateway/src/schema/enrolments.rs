//! Places in cohorts, seen and changed by coordinators, and answered by leaders themselves.

mod eligibility;
mod inputs;
mod mine;
mod move_on;
mod mutations;
mod queries;
mod types;

pub use eligibility::{Eligibility, EligibilityAnswer, EligibilityQuery};
pub use mine::{MyGathering, MyMail, MyPlace};
pub use move_on::MoveMutation;
pub use mutations::EnrolmentMutation;
pub use queries::EnrolmentQuery;
pub use types::{Enrolment, EnrolmentConnection};
