//! The check-in behind the link in a mail. To look at it changes nothing; the link is not used up, as the two come back
//! to it until the year is over.

use varde_auth::LinkKind;
use varde_model::{
    Locale,
    links::{LinkPurpose, LinkStanding},
    organisation::Organisation,
    people::LineManager,
    work::About,
};
use varde_persistence::check_ins;

use crate::{
    Ctx, Result,
    access::{OneOfTwo, Oneself},
    links,
};

/// A check-in behind a link.
#[derive(Clone, Debug)]
pub struct BehindLink {
    /// The trust.
    pub organisation: Organisation,
    /// The name to greet with.
    pub name: String,
    /// The language that the holder chose; the trust's for somebody from outside.
    pub locale: Locale,
    /// The right at the check-in; None where the link has run out or the check-in has gone to another line manager.
    pub right: Option<OneOfTwo>,
}

/// The check-in behind a link; None for a token that was not made here.
///
/// # Errors
/// The database refused.
pub async fn by_link(ctx: &Ctx, token: &str) -> Result<Option<BehindLink>> {
    let Some((link, organisation, person)) = links::known(ctx, LinkKind::CheckIn, token).await? else {
        return Ok(None);
    };
    let Some(About::CheckIn { check_in: id }) = link.subject else { return Ok(None) };
    let Some(check_in) = check_ins::find(ctx.store(), link.organisation, id).await? else { return Ok(None) };
    let open = link.standing(ctx.now) == LinkStanding::Open;
    let found = match (link.purpose, &check_in.manager) {
        (LinkPurpose::CheckIn, _) => BehindLink {
            name: person.name(),
            locale: person.locale,
            right: Oneself::by_link(link.organisation, person.id).at(&check_in),
            organisation,
        },
        (LinkPurpose::CheckInReview, Some(LineManager::Outside(outsider))) => BehindLink {
            name: outsider.name.clone(),
            locale: organisation.locale,
            right: OneOfTwo::from_outside(link.organisation, &check_in),
            organisation,
        },
        _ => return Ok(None),
    };
    let right = found.right.filter(|_| open);
    Ok(Some(BehindLink { right, ..found }))
}
