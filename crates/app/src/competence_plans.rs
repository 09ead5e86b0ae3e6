//! Competence plans of operative leaders: made for those newly appointed, rated by the leader, agreed on with the line manager,
//! and followed until nothing is missing.
//!
//! How one leader has rated is for the two alone; coordinators see where each plan stands, and counts.

mod by_link;
mod desk;
mod evidence;
mod following;
mod needs;
mod opening;
mod path;
mod queries;
mod rating;
mod renewing;
mod rules;

pub use by_link::{BehindLink, by_link};
pub use evidence::Evidence;
pub use needs::{Intake, ItemNeed, Needs, needs};
pub use opening::{Opened, open};
pub use path::{Next, PlanView, SeenItem, hold, view};
pub use queries::{all, find_many, mine};
pub use rating::{Rate, agree, give, rate, set_done};
pub use renewing::{Renewed, renew};
pub use rules::{rules, set_rules};

pub(crate) use evidence::{evidence_of, is_open};
pub(crate) use following::look_again;
