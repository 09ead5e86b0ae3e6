//! Leaders' places in cohorts: proposed, invited, answered, in line, withdrawn.

mod answer;
mod ask;
mod change;
mod enrol;
mod move_on;
mod named;
mod queries;
mod told;

pub use answer::{
    Answer, Answered, GatheringReply, answer, answer_gathering, gathering_answer_again,
    record_gathering_answer,
};
pub(crate) use answer::{answer_gathering_in, answer_in};
pub use ask::ask;
pub use change::{Change, change};
pub(crate) use enrol::propose;
pub use enrol::{EnrolLeaders, Enrolled, enrol, invite};
pub use move_on::{MoveEnrolment, Moved, move_to};
pub(crate) use named::NamedPlaces;
pub use named::{PlaceName, PlaceRow};
pub use queries::{
    MyPlace, answers_of, attendance_of, find, find_many, mine, of_cohort, of_cohorts, of_person_in,
    place_in_line,
};
pub(crate) use told::{ToldPlace, told_places};
