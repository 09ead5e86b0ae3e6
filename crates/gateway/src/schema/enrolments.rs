//! Places in cohorts, seen and changed by coordinators, and answered by leaders themselves.

mod inputs;
mod mine;
mod mutations;
mod types;

pub use mine::MyPlace;
pub use mutations::{EnrolmentMutation, EnrolmentQuery};
pub use types::{Enrolment, EnrolmentConnection};
