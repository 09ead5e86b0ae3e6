//! What leaders answer for at their level, and what their contracts demand: a reference that everybody may read.

use varde_model::{catalogue::ResponsibilityLevel, framework::Framework};

use crate::{
    Ctx, Result,
    access::{Oneself, SignedIn},
    frameworks, people,
};

/// The levels, responsibilities and requirements as the trust has them now: its newest version of the framework.
///
/// # Errors
/// The database refused.
pub async fn reference(ctx: &Ctx, right: &SignedIn) -> Result<Framework> {
    frameworks::current(ctx.store(), right.org()).await
}

/// The level at which one stands today. At level 3 it depends on the tree: whether leaders report to one.
///
/// # Errors
/// The database refused.
pub async fn own_level(ctx: &Ctx, right: &Oneself) -> Result<ResponsibilityLevel> {
    let today = people::today(ctx, right.org()).await?;
    let chart = people::chart(ctx, right.org(), &[], today).await?;
    Ok(ResponsibilityLevel::on(&chart, right.person(), today))
}
