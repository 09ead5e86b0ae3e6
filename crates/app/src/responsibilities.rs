//! What leaders answer for at their level, and what their contracts demand: a reference that everybody may read.

use varde_model::catalogue::{Catalogue, ResponsibilityLevel};

use crate::{
    Ctx, Result,
    access::{Oneself, SignedIn},
    catalogue, people,
};

/// The catalogue with the levels, responsibilities and requirements.
///
/// # Errors
/// A catalogue that does not hold, which a test rules out for the one in the program.
pub fn reference(_: &SignedIn) -> Result<&'static Catalogue> {
    catalogue::reference()
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
