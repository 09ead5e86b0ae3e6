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
mod due;
mod evidence;
mod figures;
mod following;
mod joining;
mod movement;
mod opening;
mod progress;
mod queries;
mod reminding;
mod reports;
mod resealing;
mod sealing;
mod signing;
mod stepping;
mod thread;
mod views;
mod working;
mod year;

pub use by_link::{BehindLink, by_link};
pub use conversation::{Agreed, Conversation, Written, conversation, hold};
pub use cycles::{CycleDraft, CycleEdit, create, edit, reopen, schedule};
pub use evidence::{Evidence, Proof, ProofKind, evidence};
pub use figures::{Figures, Means, figures};
pub use movement::{ModuleServes, Movement, ProgrammeServes, ServedRequirement, programme_serves};
pub use opening::{Opened, open};
pub use progress::{CycleProgress, Progress, UnitProgress, progress};
pub use queries::{CheckInPage, CheckInWish, cycle, cycles, find_many, list, mine};
pub use reminding::{RemindedLate, remind_late};
pub use reports::{check_ins_file, progress_file};
pub use resealing::reseal;
pub use signing::{NewAction, add, agree, meet, set_action, sign, take_off};
pub use thread::{ItemSuggestion, NextCohort, Offer, Suggestion, Wanted, WayIn, thread};
pub use views::{Saved, SavedView, give, save, take_back};

pub(crate) use asking::to_do;
pub(crate) use due::{due, remind};
pub(crate) use progress::progress_in;
pub(crate) use stepping::step;
