//! Leader groups in cohorts: put in, asked through their leader, enrolled as one, adjusted, and followed up.

mod answering;
mod desk;
mod edit;
mod enrol;
mod follow_ups;
mod measures;
mod members;
mod mine;
mod queries;
mod replies;
mod tree;

pub use answering::{GroupAnswer, answer};
pub(crate) use answering::{answer_in, lapse};
pub(crate) use desk::occurrence;
pub use edit::{GroupEdit, edit};
pub use enrol::{EnrolLeaderGroup, GroupChange, GroupChanged, change, enrol};
pub(crate) use follow_ups::{plan as plan_follow_ups, step as follow_up};
pub use measures::{SetMeasure, remove_measure, set_measure};
pub use members::{ChangeMembers, change_members};
pub use mine::{OwnGroup, mine, my_group};
pub use queries::{
    MeasureOverdue, find, find_many, find_measures, follow_up_dates, follow_ups_of, measures_of, members_of,
    of_cohorts, overdue,
};
pub(crate) use queries::{included, told_of};
pub use replies::{FollowUpReply, answer_follow_up, record_follow_up};
pub(crate) use replies::{asked_of, reply_in};
