//! Cohorts: planned as drafts, published, run and closed.

mod close;
mod create;
mod day;
mod days;
mod deadlines;
pub(crate) mod desk;
mod edit;
pub(crate) mod gate;
mod gatherings;
mod line;
mod line_managers;
mod moving;
mod nominees;
mod publish;
mod queries;
mod upsert;

pub use close::{CancelCohort, CompleteCohort, cancel, complete};
pub use create::{CohortDraft, create};
pub use day::GatheringDraft;
pub use edit::{CohortEdit, edit};
pub use gatherings::{GatheringEdit, add_gathering, cancel_gathering, edit_gathering};
pub use publish::publish;
pub use queries::{
    CohortFilter, CohortPage, count, find, find_by_code, find_gathering, find_gatherings, find_many,
    gatherings_of, list,
};
pub use upsert::{CohortUpsert, upsert};

use varde_model::{
    cohort::Cohort,
    enrolment::Enrolment,
    gathering::Gathering,
    ids::{CohortId, EnrolmentId, GatheringId, OrganisationId},
};
use varde_persistence::{Tx, enrolments};

use crate::{
    Code, Ctx, Refusal, Result, Warning,
    access::Coordinator,
    idempotency::{self, Kept},
    post::Planned,
};

/// A changed cohort, with the mail that goes out because of the change.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The cohort as it is now, or as it would be.
    pub cohort: Cohort,
    /// Who gets which letter, and when.
    pub mails: Vec<Planned>,
    /// What to look at once more.
    pub warnings: Vec<Warning>,
    /// Who was passed over, with the reason.
    pub left_out: Vec<Enrolment>,
}

impl Changed {
    /// What is kept of it: the cohort, and the gathering that was changed in it.
    fn kept(&self, gathering: Option<GatheringId>) -> Kept {
        let ids = std::iter::once(self.cohort.id.0).chain(gathering.map(|id| id.0));
        let left_out = self.left_out.iter().map(|enrolment| enrolment.id.0).collect();
        Kept { warnings: self.warnings.clone(), left_out, ..Kept::of(ids).with_mails(&self.mails) }
    }

    /// What a call was answered that changed a cohort, and perhaps a gathering in it: as they stand.
    ///
    /// # Errors
    /// Refused: the cohort is gone.
    pub async fn again(ctx: &Ctx, right: &Coordinator, kept: Kept) -> Result<(Self, Option<Gathering>)> {
        let id = |at: usize| kept.ids.get(at).copied();
        let cohort = match id(0) {
            Some(id) => find(ctx, right, CohortId(id)).await?,
            None => None,
        };
        let cohort = cohort.ok_or(Refusal::new(Code::NotFound))?;
        let gathering = match id(1) {
            Some(id) => find_gathering(ctx, right, GatheringId(id)).await?,
            None => None,
        };
        let ids: Vec<_> = kept.left_out.iter().copied().map(EnrolmentId).collect();
        let mut left_out = enrolments::find_many(ctx.store(), right.org(), &ids).await?;
        left_out.sort_by_key(|enrolment| ids.iter().position(|id| *id == enrolment.id));
        Ok((Self { cohort, mails: kept.mails, warnings: kept.warnings, left_out }, gathering))
    }
}

/// Commits, with the caller's key against doing it twice and what is to be answered then; or leaves nothing behind
/// after a dry run.
pub(crate) async fn settle(ctx: &Ctx, org: OrganisationId, tx: Tx, dry_run: bool, kept: &Kept) -> Result<()> {
    if dry_run {
        return Ok(tx.roll_back().await?);
    }
    idempotency::keep(ctx, &tx, org, kept).await?;
    Ok(tx.commit().await?)
}
