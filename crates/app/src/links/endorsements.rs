//! The page behind the request to endorse a nomination: what is asked, and the one answer.

use std::collections::BTreeMap;

use serde_json::json;
use varde_model::{
    ids::{NominationId, OrganisationId, PersonId},
    links::Link,
};

use super::{Course, places::course, use_up};
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
    if use_up(ctx, &tx, link, json!({ "endorsed": endorsed })).await? {
        let answer = EndorsementAnswer { endorsed, reason };
        nominations::answer_in(ctx, &tx, right, nomination, &answer).await?;
        tx.commit().await?;
    }
    Ok(())
}
