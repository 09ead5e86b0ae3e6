//! The plan behind the link in a mail. To look at it changes nothing, and the link is not used up.

use varde_auth::LinkKind;
use varde_model::{Locale, links::LinkStanding, organisation::Organisation, work::About};
use varde_persistence::competence_plans as stored;

use crate::{
    Ctx, Result,
    access::{Oneself, PlanHolder},
    links,
};

/// A plan behind a link.
#[derive(Clone, Debug)]
pub struct BehindLink {
    /// The trust.
    pub organisation: Organisation,
    /// The name to greet with.
    pub name: String,
    /// The language that the holder chose.
    pub locale: Locale,
    /// The right at the plan; None where the link has run out or the plan has gone to another line manager.
    pub right: Option<PlanHolder>,
}

/// The plan behind a link; None for a token that was not made here.
///
/// # Errors
/// The database refused.
pub async fn by_link(ctx: &Ctx, token: &str) -> Result<Option<BehindLink>> {
    let Some((link, organisation, person)) = links::known(ctx, LinkKind::Plan, token).await? else {
        return Ok(None);
    };
    let Some(About::CompetencePlan { plan }) = link.subject else { return Ok(None) };
    let Some(plan) = stored::find(ctx.store(), link.organisation, plan).await? else { return Ok(None) };
    let open = link.standing(ctx.now) == LinkStanding::Open;
    let right = Oneself::by_link(link.organisation, person.id).at_plan(&plan).filter(|_| open);
    Ok(Some(BehindLink { name: person.name(), locale: person.locale, organisation, right }))
}
