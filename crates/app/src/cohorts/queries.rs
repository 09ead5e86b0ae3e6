//! Cohorts as coordinators look them up.

use varde_model::{
    cohort::Cohort,
    gathering::Gathering,
    ids::{CohortId, GatheringId},
};
use varde_persistence::{cohorts, gatherings};

pub use varde_persistence::cohorts::CohortFilter;

use crate::{Ctx, Result, access::Coordinator};

/// A page of cohorts, oldest first.
#[derive(Clone, Debug)]
pub struct CohortPage {
    /// The cohorts.
    pub cohorts: Vec<Cohort>,
    /// True when more follow.
    pub more: bool,
}

/// One cohort.
pub async fn find(ctx: &Ctx, right: &Coordinator, id: CohortId) -> Result<Option<Cohort>> {
    Ok(cohorts::find(ctx.store(), right.org(), id).await?)
}

/// Several cohorts by id.
pub async fn find_many(ctx: &Ctx, right: &Coordinator, ids: &[CohortId]) -> Result<Vec<Cohort>> {
    Ok(cohorts::find_many(ctx.store(), right.org(), ids).await?)
}

/// The cohort with the trust's own key.
pub async fn find_by_code(ctx: &Ctx, right: &Coordinator, code: &str) -> Result<Option<Cohort>> {
    Ok(cohorts::find_by_code(ctx.store(), right.org(), code).await?)
}

/// A page of cohorts.
pub async fn list(
    ctx: &Ctx,
    right: &Coordinator,
    filter: &CohortFilter,
    after: Option<CohortId>,
    limit: usize,
) -> Result<CohortPage> {
    let mut found = cohorts::list(ctx.store(), right.org(), filter, after, limit as u64 + 1).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    Ok(CohortPage { cohorts: found, more })
}

/// How many cohorts a filter lets through.
pub async fn count(ctx: &Ctx, right: &Coordinator, filter: &CohortFilter) -> Result<u64> {
    Ok(cohorts::count(ctx.store(), right.org(), filter).await?)
}

/// The gatherings of cohorts, by begin.
pub async fn gatherings_of(ctx: &Ctx, right: &Coordinator, ids: &[CohortId]) -> Result<Vec<Gathering>> {
    Ok(gatherings::of_cohorts(ctx.store(), right.org(), ids).await?)
}

/// One gathering.
pub async fn find_gathering(ctx: &Ctx, right: &Coordinator, id: GatheringId) -> Result<Option<Gathering>> {
    Ok(gatherings::find(ctx.store(), right.org(), id).await?)
}

/// Several gatherings by id.
pub async fn find_gatherings(ctx: &Ctx, right: &Coordinator, ids: &[GatheringId]) -> Result<Vec<Gathering>> {
    Ok(gatherings::find_many(ctx.store(), right.org(), ids).await?)
}
