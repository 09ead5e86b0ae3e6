//! What a line manager answered to a nomination, and what was decided about it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use varde_model::nominations as model;

use super::labels::PlaceLabel;

/// A line manager's answer to a nomination (tilslutning).
#[derive(Debug, Clone, SimpleObject)]
pub struct NominationEndorsement {
    /// Endorsed or not.
    endorsed: bool,
    /// Why.
    reason: String,
    /// When.
    at: DateTime<Utc>,
    /// Why a coordinator took it late or in the line manager's place; null where the line manager answered.
    override_reason: Option<String>,
    /// The line manager's own answer, where a coordinator set it aside; null for others.
    set_aside: Option<EndorsementSetAside>,
    /// True where whoever gave it stood in a conflict of interest when the outcomes were prepared: it does not count.
    in_conflict: bool,
}

/// A line manager's own answer that a coordinator set aside (tilsidesatt svar).
#[derive(Debug, Clone, SimpleObject)]
pub struct EndorsementSetAside {
    /// Endorsed or not.
    endorsed: bool,
    /// Why.
    reason: String,
    /// When.
    at: DateTime<Utc>,
}

impl From<model::SetAside> for EndorsementSetAside {
    fn from(own: model::SetAside) -> Self {
        let model::SetAside { endorsed, reason, at, .. } = own;
        Self { endorsed, reason, at }
    }
}

impl From<model::Endorsement> for NominationEndorsement {
    fn from(given: model::Endorsement) -> Self {
        let model::Endorsement { endorsed, reason, at, override_reason, set_aside, in_conflict, .. } = given;
        Self { endorsed, reason, at, override_reason, set_aside: set_aside.map(Into::into), in_conflict }
    }
}

/// What was decided about a nomination (utfall). Nobody is told before the outcomes are sent.
#[derive(Debug, Clone, SimpleObject)]
pub struct NominationDecision {
    /// What it gives.
    place: PlaceLabel,
    /// The number in reserve; null for others.
    reserve_number: Option<u32>,
    /// The place in the panel's order; 1 is the first.
    position: u32,
    /// How many were ranked.
    of: u32,
    /// The mean of the panel's places; null where nobody ranked it.
    mean: Option<f64>,
    /// How many members ranked it.
    ballots: u32,
    /// How many members had no say, by a conflict of interest.
    ruled_out: u32,
    /// How many others had the same mean.
    tied: u32,
    /// Why it came before or behind those, where that was decided by hand.
    settled_reason: Option<String>,
}

impl From<model::Decision> for NominationDecision {
    fn from(decision: model::Decision) -> Self {
        let reserve_number = match decision.place {
            model::Place::Reserve { number } => Some(number),
            _ => None,
        };
        Self {
            place: decision.place.into(),
            reserve_number,
            position: decision.position,
            of: decision.of,
            mean: decision.mean.map(|mean| f64::from(mean) / 100.0),
            ballots: decision.ballots,
            ruled_out: decision.ruled_out,
            tied: decision.tied,
            settled_reason: decision.settled,
        }
    }
}
