//! What coordinators write about a cohort that may stand already.

use async_graphql::InputObject;
use varde_app::{Error, cohorts::CohortUpsert};

use super::inputs::{CohortPlanInput, GatheringInput, gatherings};

/// A cohort (kull) as it is to be: a draft with its code is changed; where there is none, it is created. What is left out
/// comes from the programme, or stays as it is in the draft.
#[derive(InputObject, Debug)]
pub struct UpsertCohortInput {
    #[graphql(flatten)]
    cohort: CohortPlanInput,
    /// All its gatherings in order: those of the draft are changed, added and removed until they are these.
    gatherings: Option<Vec<GatheringInput>>,
    /// The version that you saw of the draft; a conflict refuses the call.
    version: Option<u32>,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}

impl UpsertCohortInput {
    pub(super) fn code(&self) -> &str {
        &self.cohort.code
    }

    pub(super) fn into_upsert(self) -> Result<CohortUpsert, Error> {
        Ok(CohortUpsert {
            cohort: self.cohort.into_draft(Vec::new())?,
            gatherings: self.gatherings.map(gatherings).transpose()?,
            version: self.version,
        })
    }
}
