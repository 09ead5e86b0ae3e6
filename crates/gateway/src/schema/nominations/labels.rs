//! Enums of nominations, and the rule of a programme.

use async_graphql::{Enum, SimpleObject};
use varde_model::{
    catalogue,
    nominations::{NominationState, Place, RoundState},
};

/// Where a round of nominations (nominasjonsrunde) is in its life.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "RoundState", name = "NominationRoundState")]
pub enum RoundStateLabel {
    /// Being planned; nobody can nominate (utkast).
    Draft,
    /// Nominations are taken within its window (åpen).
    Open,
    /// The window is over; endorsements come in and the panel ranks (lukket).
    Closed,
    /// The outcomes are worked out, for review; nobody was told (klargjort).
    Prepared,
    /// Everybody was told (sendt).
    Sent,
}

/// Where a nomination (nominasjon) stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "NominationState", name = "NominationState")]
pub enum NominationStateLabel {
    /// Being written; nobody else knows of it (utkast).
    Draft,
    /// Handed in; the line manager's answer is wanted where the programme asks for one (sendt inn).
    Submitted,
    /// The line manager stands behind it (har tilslutning).
    Endorsed,
    /// The line manager does not (uten tilslutning).
    NotEndorsed,
    /// Its time ran out: a draft at the close, or an endorsement that never came (falt bort).
    Lapsed,
    /// Taken back (trukket).
    Withdrawn,
    /// A place is offered (tilbudt plass).
    Placed,
    /// In reserve, with a number (i reserve).
    Reserve,
    /// No place (ikke plass).
    NotPlaced,
}

/// What is asked of a nominee's line manager.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "catalogue::EndorsementRule", name = "EndorsementRule")]
pub enum EndorsementRuleLabel {
    /// Nobody comes before the panel without the line manager's endorsement (tilslutning kreves).
    Obligatory,
    /// The line manager's view of the potential is asked for; the panel hears it and decides (lederens syn).
    View,
    /// Nothing.
    None,
}

/// What the outcome of a nomination gives.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(name = "NominationPlace")]
pub enum PlaceLabel {
    /// A place (plass).
    Seat,
    /// A place in reserve (reserve).
    Reserve,
    /// No place (ikke plass).
    Nothing,
}

impl From<Place> for PlaceLabel {
    fn from(place: Place) -> Self {
        match place {
            Place::Seat => Self::Seat,
            Place::Reserve { .. } => Self::Reserve,
            Place::Nothing => Self::Nothing,
        }
    }
}

/// How people are nominated for the places of a programme (regler for nominasjon).
#[derive(Debug, Clone, SimpleObject)]
#[graphql(name = "NominationRule")]
pub struct NominationRuleFacts {
    /// True where one may nominate oneself (egen interesse).
    oneself: bool,
    /// True where a line manager may nominate those who report to her or him.
    by_line_manager: bool,
    /// What is asked of the line manager.
    endorsement: EndorsementRuleLabel,
    /// True where each nominee brings a development project (utviklingsprosjekt).
    development_project: bool,
}

impl From<catalogue::NominationRule> for NominationRuleFacts {
    fn from(rule: catalogue::NominationRule) -> Self {
        Self {
            oneself: rule.oneself,
            by_line_manager: rule.by_line_manager,
            endorsement: rule.endorsement.into(),
            development_project: rule.development_project,
        }
    }
}
