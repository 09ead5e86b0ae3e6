//! Nominations (nominasjon): rounds for coordinators, and what nominators, line managers and panels see and do.

mod answers;
mod inputs;
mod labels;
mod mutations;
mod own;
mod own_mutations;
mod panel;
mod payloads;
mod queries;
mod types;

pub use labels::{EndorsementRuleLabel, NominationRuleFacts};
pub use mutations::NominationMutation;
pub use own_mutations::OwnNominationMutation;
pub use queries::{NominationQuery, OwnNominationQuery};
pub use types::{Nomination, NominationRound};
