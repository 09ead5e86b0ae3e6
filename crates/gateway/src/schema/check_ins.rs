//! The yearly check-in: cycles and contracts for coordinators, and for the two who hold one what they write to each other.

mod contracts;
mod cycles;
mod figures;
mod frameworks;
mod inputs;
mod labels;
mod mine;
mod mutations;
mod own_mutations;
mod profile;
mod queries;
mod thread;

pub use contracts::{Contract, ContractMutation, ContractQuery};
pub use cycles::{CheckIn, CheckInCycle};
pub use frameworks::{FrameworkMutation, FrameworkQuery};
pub use labels::PartyLabel;
pub use mutations::CheckInCycleMutation;
pub use own_mutations::OwnCheckInMutation;
pub use queries::{CheckInQuery, OwnCheckInQuery};
