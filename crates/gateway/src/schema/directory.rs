//! People, the tree of units, and who leads whom, on any date.

mod leaving;
mod line_managers;
mod people;
mod units;

pub use leaving::LeavingMutation;
pub use line_managers::LineManagerMutation;
pub use people::DirectoryQuery;
pub use units::{Tree, Unit};
