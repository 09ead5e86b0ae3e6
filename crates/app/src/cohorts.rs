//! Cohorts: planned as drafts, published, run and closed.

mod close;
mod create;
pub(crate) mod desk;
mod edit;
pub(crate) mod gate;
mod gatherings;
mod line;
mod publish;
mod queries;

pub use close::{CancelCohort, CompleteCohort, cancel, complete};
pub use create::{CohortDraft, GatheringDraft, create};
pub use edit::{CohortEdit, edit};
pub use gatherings::{GatheringEdit, add_gathering, cancel_gathering, edit_gathering};
pub use publish::publish;
pub use queries::{
    CohortFilter, CohortPage, count, find, find_by_code, find_gathering, find_many, gatherings_of, list,
};

use varde_model::cohort::Cohort;
use varde_persistence::Tx;

use crate::{Ctx, Result, access::Coordinator, idempotency, post::Planned};

/// A changed cohort, with the mail that goes out because of the change.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The cohort as it is now, or as it would be.
    pub cohort: Cohort,
    /// Who gets which letter, and when.
    pub mails: Vec<Planned>,
}

/// Commits, with the caller's key against doing it twice; or leaves nothing behind after a dry run.
pub(crate) async fn settle(ctx: &Ctx, right: &Coordinator, tx: Tx, dry_run: bool) -> Result<()> {
    if dry_run {
        return Ok(tx.roll_back().await?);
    }
    idempotency::keep(ctx, &tx, right.org()).await?;
    Ok(tx.commit().await?)
}
