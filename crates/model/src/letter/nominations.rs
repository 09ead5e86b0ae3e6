//! What the letters about nominations tell.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::CohortFacts;

/// Facts of [`super::Letter::NominationDraftReminder`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NominationDraftReminder {
    /// Whose nomination it is; None for the reader's own.
    pub nominee_name: Option<String>,
    /// The cohort whose places are given.
    pub cohort: CohortFacts,
    /// Nominations are handed in before this moment.
    pub closes_at: DateTime<Utc>,
    /// Where it is edited and handed in; None where no client is served.
    pub url: Option<String>,
}

/// Facts of [`super::Letter::EndorsementRequest`] and its reminder.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EndorsementRequest {
    /// Who is nominated.
    pub nominee_name: String,
    /// Who nominated her or him; None for a nominee's own.
    pub nominator_name: Option<String>,
    /// The cohort whose places are given.
    pub cohort: CohortFacts,
    /// True where nobody comes before the panel without it.
    pub obligatory: bool,
    /// The page that asks.
    pub answer_url: String,
    /// An answer is wanted before this moment.
    pub reply_by: DateTime<Utc>,
}

/// Facts of [`super::Letter::NominationPlaced`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NominationPlaced {
    /// The cohort with a place.
    pub cohort: CohortFacts,
    /// True for somebody who nominated herself or himself.
    pub own: bool,
    /// Why, sentence by sentence in the reader's language.
    pub reasons: Vec<String>,
    /// The page that asks: accept or decline.
    pub answer_url: String,
    /// The place is held until this moment.
    pub held_until: DateTime<Utc>,
    /// True while somebody stands in reserve, whom the place would go to.
    pub reserves: bool,
}

/// Facts of [`super::Letter::NominationReserve`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NominationReserve {
    /// The cohort.
    pub cohort: CohortFacts,
    /// True for somebody who nominated herself or himself.
    pub own: bool,
    /// Why, sentence by sentence in the reader's language.
    pub reasons: Vec<String>,
    /// The place in line; 1 moves up first.
    pub position: u32,
    /// The page on which to leave the line.
    pub manage_url: Option<String>,
}

/// Facts of [`super::Letter::NominationNotPlaced`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NominationNotPlaced {
    /// The cohort.
    pub cohort: CohortFacts,
    /// True for somebody who nominated herself or himself.
    pub own: bool,
    /// Why, sentence by sentence in the reader's language.
    pub reasons: Vec<String>,
}
