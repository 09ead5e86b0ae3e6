//! Trying the role out: practice tasks, supporters, and what became of those who completed.

mod outcome;
mod practice;
mod supporters;

pub use outcome::{CohortOutcome, OutcomeQuery};
pub use practice::{PracticeMutation, PracticeQuery};
pub use supporters::{Supporter, SupporterMutation};
