//! How a measure stands, told by whoever answers for it or written down by a coordinator. The last word counts.

use serde_json::json;
use varde_model::{
    groups::{FollowUp, LeaderGroup, Measure, Standing, measures::FollowUpAnswer},
    ids::{LeaderGroupId, MeasureId, OrganisationId, PersonId},
};
use varde_persistence::{Tx, groups};

use super::mine::{OwnGroup, my_group_in};
use crate::{
    Code, Ctx, Refusal, Result,
    access::{Actor, Coordinator, Oneself},
    audit::Deed,
    cohorts::desk::Desk,
    input,
};

/// Where a measure stands at one of its follow-ups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUpReply {
    /// The measure.
    pub measure: MeasureId,
    /// Months after the group's last gathering.
    pub month: u32,
    /// Where it stands.
    pub standing: Standing,
    /// Where the indicator stands.
    pub figure: Option<String>,
    /// What there is to be said of it.
    pub comment: Option<String>,
}

/// Writes down what an owner said.
///
/// # Errors
/// Refused: no such measure or follow-up, the group is out, or a text is too long.
pub async fn record_follow_up(ctx: &Ctx, right: &Coordinator, reply: &FollowUpReply) -> Result<LeaderGroup> {
    let tx = ctx.store().write().await?;
    let group = reply_in(ctx, &tx, (right.org(), right.actor()), None, reply).await?;
    tx.commit().await?;
    Ok(group)
}

/// Takes an owner's own word.
///
/// # Errors
/// The same; also that it is for somebody else to say.
pub async fn answer_follow_up(ctx: &Ctx, right: &Oneself, reply: &FollowUpReply) -> Result<OwnGroup> {
    let tx = ctx.store().write().await?;
    let of = (right.org(), right.actor());
    let group = reply_in(ctx, &tx, of, Some(right.person()), reply).await?;
    let own = my_group_in(&tx, right, group.id).await?;
    tx.commit().await?;
    Ok(own)
}

/// The same in an open transaction; `by` is who must be the one to say it.
pub(crate) async fn reply_in(
    ctx: &Ctx,
    tx: &Tx,
    (org, actor): (OrganisationId, Actor),
    by: Option<PersonId>,
    reply: &FollowUpReply,
) -> Result<LeaderGroup> {
    let unknown = || Refusal::new(Code::NotFound).at("measureId");
    let measure = groups::find_measure(tx, org, reply.measure).await?.ok_or_else(unknown)?;
    let found = groups::find(tx, org, measure.group).await?.ok_or_else(unknown)?;
    let desk = Desk::open(ctx, tx, org, actor, found.cohort).await?;
    let group = desk.group(measure.group).await?;
    let known = groups::follow_ups(tx, org, &[group.id]).await?;
    let known = known.into_iter().find(|one| one.measure == measure.id && one.month == reply.month);
    if by.is_some_and(|person| !may_say(person, &group, &measure, known.as_ref())) {
        return Err(unknown().into());
    }
    if !group.state.takes_part() {
        return Err(super::desk::wrong_group_state(&group));
    }
    let months = desk.programme.groups.as_ref().map(|rule| rule.follow_up_months.as_slice());
    if !months.unwrap_or_default().contains(&reply.month) {
        return Err(Refusal::new(Code::NotFound).at("month").into());
    }
    let answer = FollowUpAnswer {
        standing: reply.standing,
        figure: input::optional("figure", reply.figure.as_deref(), 100)?,
        comment: input::optional("comment", reply.comment.as_deref(), 1000)?,
        at: ctx.now,
    };
    let blank = FollowUp {
        measure: measure.id,
        group: group.id,
        month: reply.month,
        asked: None,
        asked_at: None,
        escalated_at: None,
        answer: None,
    };
    let row = FollowUp { answer: Some(answer), ..known.unwrap_or(blank) };
    groups::put_follow_ups(tx, org, &[(ctx.new_id(), row)]).await?;
    let detail = json!({
        "measure": measure.id,
        "month": reply.month,
        "standing": reply.standing.as_str(),
    });
    desk.record(Deed::on("leader_group.follow_up_answer", group.id), detail).await?;
    Ok(group)
}

/// Its owner, whoever was asked in place of the owner, and the group's leader.
fn may_say(person: PersonId, group: &LeaderGroup, measure: &Measure, known: Option<&FollowUp>) -> bool {
    measure.owner == person
        || group.leader == person
        || known.and_then(|follow_up| follow_up.asked) == Some(person)
}

/// What somebody is asked about at a month, with what was said already.
pub(crate) async fn asked_of(
    conn: &impl varde_persistence::Conn,
    org: OrganisationId,
    (group, month): (LeaderGroupId, u32),
    person: PersonId,
) -> Result<Vec<(Measure, FollowUp)>> {
    let follow_ups = groups::follow_ups(conn, org, &[group]).await?;
    let measures = groups::measures(conn, org, &[group]).await?;
    let own = |measure: Measure| {
        let asked = follow_ups
            .iter()
            .find(|one| one.measure == measure.id && one.month == month && one.asked == Some(person))?;
        Some((measure, asked.clone()))
    };
    Ok(measures.into_iter().filter_map(own).collect())
}
