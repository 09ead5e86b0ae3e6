//! The yearly check-in: cycles that are opened for everybody with a contract, and the conversation of the two who hold one.
//!
//! What the two write is read and written by them alone: the functions that open a text ask for `access::OneOfTwo`, and
//! nothing else makes or takes one. Everything here that coordinators may call works on rows without texts.

mod asking;
mod by_link;
mod closing;
mod conversation;
mod cycles;
mod desk;
mod document;
mod drawn;
mod figures;
mod following;
mod meeting;
mod opening;
mod progress;
mod queries;
mod resealing;
mod sealing;
mod signing;
mod stepping;
mod views;
mod years;

pub use by_link::{BehindLink, by_link};
pub use conversation::{Agreed, Conversation, Written, conversation, hold};
pub use cycles::{CycleDraft, CycleEdit, create, edit, reopen, schedule};
pub use document::document;
pub use drawn::{Drawn, FigureTable};
pub use figures::{Figures, Means, figures};
pub use meeting::{MeetingPlan, call_meeting_off, plan_meeting};
pub use opening::{Opened, open};
pub use progress::{Progress, UnitProgress, progress};
pub use queries::{cycle, cycles, find_many, mine, of_cycle};
pub use resealing::reseal;
pub use signing::{NewAction, add, agree, meet, set_action, sign, take_off};
pub use views::{Saved, SavedView, give, save, take_back};
pub use years::{DomainProfile, ProfileYear, my_profile};

pub(crate) use asking::to_do;
pub(crate) use meeting::occurrence as of_meeting;
pub(crate) use progress::by_unit;
pub(crate) use stepping::step;
