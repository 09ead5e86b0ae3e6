//! What leaders answer for at their level, and what their contracts demand: a reference that everybody may read.

use std::sync::LazyLock;

use varde_model::catalogue::{Catalogue, CatalogueFault, ResponsibilityLevel};

use crate::{
    Ctx, Error, Result,
    access::{Oneself, SignedIn},
    catalogue, people,
};

/// Read once: it comes with the program.
static EMBEDDED: LazyLock<std::result::Result<Catalogue, Vec<CatalogueFault>>> =
    LazyLock::new(catalogue::embedded);

/// The catalogue with the levels, responsibilities and requirements.
///
/// # Errors
/// A catalogue that does not hold, which a test rules out for the one in the program.
pub fn reference(_: &SignedIn) -> Result<&'static Catalogue> {
    EMBEDDED.as_ref().map_err(|faults| Error::internal(format!("{faults:?}")))
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
