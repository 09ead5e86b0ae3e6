//! The page behind the request to endorse a nomination: what is asked, and the one answer.

use std::collections::BTreeMap;

use serde_json::json;
use varde_model::{
    ids::{NominationId, OrganisationId, PersonId},
    links::Link,
};
use varde_persistence::links;

use super::{Course, closed, places::course};
use crate::{
    Code, Ctx, Refusal, Result,
    access::Oneself,
    nominations::{self, AskedOfMe, EndorsementAnswer},
};

/// A nomination, as the page that asks for its endorsement shows it.
#[derive(Clone, Debug)]
pub struct EndorsementQuestion {
    /// What is asked about.
    pub asked: AskedOfMe,
    /// True where the one who follows the link is still asked.
    pub stands: bool,
    /// What it is a run of, and whom to ask.
    pub course: Course,
}

pub(super) async fn question(
    ctx: &Ctx,
    org: OrganisationId,
    nomination: NominationId,
    person: PersonId,
) -> Result<Option<EndorsementQuestion>> {
    let Some((asked, stands)) = nominations::asked_by_link(ctx, org, nomination, person).await? else {
        return Ok(None);
    };
    let course = course(ctx, org, &asked.cohort).await?;
    Ok(Some(EndorsementQuestion { asked, stands, course }))
}

/// Takes the answer that was filled in, and uses the link up with it.
pub(super) async fn answer_once(
    ctx: &Ctx,
    link: &Link,
    right: &Oneself,
    nomination: NominationId,
    fields: &BTreeMap<String, String>,
) -> Result<()> {
    let endorsed = match fields.get("endorsed").map(String::as_str) {
        Some("yes") => true,
        Some("no") => false,
        _ => return Err(Refusal::new(Code::Required).at("endorsed").into()),
    };
    let reason = fields.get("reason").cloned().unwrap_or_default();
    let tx = ctx.store().write().await?;
    let outcome = json!({ "endorsed": endorsed });
    if !links::use_once(&tx, link.organisation, link.id, outcome.clone(), ctx.now).await? {
        // A second click, or a second device: the same answer is taken, another is not.
        let standing = links::find(&tx, link.id).await?;
        let same = standing.as_ref().is_some_and(|link| link.outcome.as_ref() == Some(&outcome));
        return if same { Ok(()) } else { Err(closed(standing.as_ref().unwrap_or(link), ctx)) };
    }
    let answer = EndorsementAnswer { endorsed, reason };
    nominations::answer_in(ctx, &tx, right, nomination, &answer).await?;
    tx.commit().await?;
    Ok(())
}
