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
mod figures;
mod following;
mod joining;
mod opening;
mod progress;
mod queries;
mod reminding;
mod reports;
mod resealing;
mod sealing;
mod signing;
mod stepping;
mod views;
mod working;

pub use by_link::{BehindLink, by_link};
pub use conversation::{Agreed, Conversation, Written, conversation, hold};
pub use cycles::{CycleDraft, CycleEdit, create, edit, reopen, schedule};
pub use figures::{Figures, Means, figures};
pub use opening::{Opened, open};
pub use progress::{CycleProgress, Progress, UnitProgress, progress};
pub use queries::{CheckInPage, CheckInWish, cycle, cycles, find_many, list, mine};
pub use reminding::{RemindedLate, remind_late};
pub use reports::{check_ins_file, progress_file};
pub use resealing::reseal;
pub use signing::{NewAction, add, agree, meet, set_action, sign, take_off};
pub use views::{Saved, SavedView, give, save, take_back};

pub(crate) use asking::to_do;
pub(crate) use progress::progress_in;
pub(crate) use stepping::step;
