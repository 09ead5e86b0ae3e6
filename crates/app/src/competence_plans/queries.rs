//! Plans as coordinators see them, and one's own: where each stands, and nothing of what was rated.

use varde_model::{ids::PlanId, plan::Plan};
use varde_persistence::competence_plans as stored;

use crate::{
    Ctx, Result,
    access::{Coordinator, Oneself},
};

/// Every plan, ended ones included, in the order in which they were made.
///
/// # Errors
/// The database refused.
pub async fn all(ctx: &Ctx, right: &Coordinator) -> Result<Vec<Plan>> {
    Ok(stored::all(ctx.store(), right.org()).await?)
}

/// Several plans.
///
/// # Errors
/// The database refused.
pub async fn find_many(ctx: &Ctx, right: &Coordinator, ids: &[PlanId]) -> Result<Vec<Plan>> {
    Ok(stored::find_many(ctx.store(), right.org(), ids).await?)
}

/// One's own plans, as the leader or as the line manager, the latest first: at most so many.
///
/// # Errors
/// The database refused.
pub async fn mine(ctx: &Ctx, right: &Oneself, limit: usize) -> Result<Vec<Plan>> {
    let mut own = stored::of_person(ctx.store(), right.org(), right.person()).await?;
    own.truncate(limit);
    Ok(own)
}
