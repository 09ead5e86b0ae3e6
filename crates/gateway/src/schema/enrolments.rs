//! Places in cohorts, seen and changed by coordinators, and answered by leaders themselves.

mod inputs;
mod mine;
mod move_on;
mod mutations;
mod types;

pub use mine::{MyGathering, MyMail, MyPlace};
pub use move_on::MoveMutation;
pub use mutations::{EnrolmentMutation, EnrolmentQuery};
pub use types::{Enrolment, EnrolmentConnection};
