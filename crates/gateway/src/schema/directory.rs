//! People, the tree of units, and who leads whom, on any date.

mod leaving;
mod line_managers;
mod own_line;
mod people;
mod preferences;
mod units;

pub use leaving::LeavingMutation;
pub use line_managers::{LineManagerMutation, LineManagerOverride};
pub use own_line::OwnLineQuery;
pub use people::{Appointment, DirectoryQuery};
pub use preferences::PreferenceMutation;
pub use units::{Tree, Unit};
