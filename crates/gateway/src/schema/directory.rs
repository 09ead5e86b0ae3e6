//! People, the tree of units, and who leads whom, on any date.

mod leaving;
mod line_managers;
mod people;
mod units;

pub use leaving::LeavingMutation;
pub use line_managers::{LineManagerMutation, LineManagerOverride};
pub use people::{Appointment, DirectoryQuery};
pub use units::{Tree, Unit};
