//! Trying the role out (ledermobilisering): tasks between the gatherings, an experienced leader who supports, and
//! what became of those who completed.

mod outcome;
mod practice;
mod supporters;

pub use outcome::{BecameLeader, CohortOutcome, outcome};
pub use practice::{MyPractice, OwnTask, PracticeQuestion, done_of, my_practice, tell};
pub(crate) use practice::{fill, question, undone_after};
pub use supporters::{AssignSupporter, Assigned, assign, supporters_of};
pub use varde_persistence::{practice::PracticeDone, supporters::Supporter as Supporting};
