//! What coordinators write about a cohort that may stand already.

use async_graphql::{ID, InputObject};
use varde_app::{
    Error,
    cohorts::{CohortDraft, CohortUpsert},
};

use super::inputs::{GatheringInput, accounts, gatherings};

/// A cohort (kull) as it is to be. What is left out comes from the programme, or stays as it is in the draft.
#[derive(InputObject, Debug)]
pub struct UpsertCohortInput {
    /// The programme's key, such as `onboarding`.
    programme: String,
    /// The trust's own key for the cohort (kullkode). A draft with this code is changed; where there is none, it is
    /// created.
    code: String,
    /// What people call it.
    title: Option<String>,
    /// Seats, 1 to 1000.
    capacity: Option<u32>,
    /// Where it meets.
    place: Option<String>,
    /// Where it meets on the net.
    link: Option<String>,
    /// Calendar days to answer an invitation, 1 to 90.
    answer_days: Option<u32>,
    /// Hours that a freed seat is held, 1 to 720.
    hold_hours: Option<u32>,
    /// Hours before the first gathering after which no freed seat is offered, 0 to 1440.
    cutoff_hours: Option<u32>,
    /// Accounts that run it, each of a coordinator or administrator; the query `coordinators` lists them.
    coordinators: Option<Vec<ID>>,
    /// All its gatherings in order: those of the draft are changed, added and removed until they are these.
    gatherings: Option<Vec<GatheringInput>>,
    /// The version that you saw of the draft; a conflict refuses the call.
    version: Option<u32>,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}

impl UpsertCohortInput {
    pub(super) fn code(&self) -> &str {
        &self.code
    }

    pub(super) fn into_upsert(self) -> Result<CohortUpsert, Error> {
        Ok(CohortUpsert {
            cohort: CohortDraft {
                programme: self.programme,
                code: self.code,
                title: self.title,
                capacity: self.capacity,
                place: self.place,
                link: self.link,
                answer_days: self.answer_days,
                hold_hours: self.hold_hours,
                cutoff_hours: self.cutoff_hours,
                coordinators: accounts(&self.coordinators.unwrap_or_default())?,
                gatherings: Vec::new(),
            },
            gatherings: self.gatherings.map(gatherings).transpose()?,
            version: self.version,
        })
    }
}
