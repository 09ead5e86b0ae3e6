//! Leader groups in cohorts: put in, asked through their leader, enrolled as one, adjusted, and followed up.

mod answering;
mod desk;
mod enrol;
mod follow_ups;
mod queries;
mod tree;

pub use answering::{GroupAnswer, answer};
pub(crate) use answering::{answer_in, lapse};
pub use enrol::{EnrolLeaderGroup, GroupChange, GroupChanged, change, enrol};
pub use queries::{find, find_many, follow_ups_of, measures_of, members_of, of_cohorts};
pub(crate) use follow_ups::{plan as plan_follow_ups, step as follow_up};
pub(crate) use queries::{belongs_to, included, told_of};
