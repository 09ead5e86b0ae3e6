//! The certificate behind the link in a mail. To look at it and to fetch it changes nothing.

use varde_auth::LinkKind;
use varde_model::{
    Locale,
    links::{LinkPurpose, LinkStanding},
    organisation::Organisation,
    work::About,
};
use varde_persistence::certificates;

use super::{Issued, file, with_credits};
use crate::{Code, Ctx, Refusal, Result, files::File, links};

/// A certificate as the page shows it to its holder.
#[derive(Clone, Debug)]
pub struct HeldCertificate {
    /// Whether the link works, and if not, why.
    pub standing: LinkStanding,
    /// The trust.
    pub organisation: Organisation,
    /// The name to greet with.
    pub name: String,
    /// The language that the holder chose.
    pub locale: Locale,
    /// The certificate.
    pub issued: Issued,
}

/// The certificate behind a link; None for a token that was not made here.
///
/// # Errors
/// The database refused.
pub async fn by_link(ctx: &Ctx, token: &str) -> Result<Option<HeldCertificate>> {
    let Some((link, organisation, person)) = links::known(ctx, LinkKind::Certificate, token).await? else {
        return Ok(None);
    };
    let (LinkPurpose::Certificate, Some(About::Enrolment { enrolment })) = (link.purpose, link.subject)
    else {
        return Ok(None);
    };
    let found = certificates::of_enrolments(ctx.store(), link.organisation, &[enrolment]).await?;
    let own = found.into_iter().filter(|certificate| certificate.person == person.id).collect();
    let issued = with_credits(ctx.store(), link.organisation, own).await?.pop();
    Ok(issued.map(|issued| HeldCertificate {
        standing: link.standing(ctx.now),
        organisation,
        name: person.name(),
        locale: person.locale,
        issued,
    }))
}

/// The certificate behind a link as PDF, in the language of the call.
///
/// # Errors
/// Refused: the link has run out, or the certificate was taken back. Not found: a token not made here.
pub async fn file_by_link(ctx: &Ctx, token: &str) -> Result<File> {
    let held = by_link(ctx, token).await?.ok_or(Refusal::new(Code::NotFound))?;
    if held.standing != LinkStanding::Open {
        return Err(Refusal::new(Code::LinkExpired).into());
    }
    file(ctx, held.issued.certificate).await
}
