//! Pages that coordinators open often, fetched whole and written in one pass.
//!
//! The right is checked before anything is fetched; what the document does not ask for is not fetched. The nodes hold
//! plain values, and what costs something to work out (ids, names put together) is worked out only when it is written.

mod late;
mod leaders;
mod nodes;
mod roster;

pub use leaders::LeaderQuery;
pub use roster::RosterQuery;
