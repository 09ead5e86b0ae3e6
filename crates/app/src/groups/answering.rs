//! The answer of a group's leader on behalf of all, and what happens without one.

use varde_model::{
    groups::{GroupEvent, GroupState, LeaderGroup},
    ids::{LeaderGroupId, OrganisationId},
    state_reason::StateReason,
};
use varde_persistence::{Tx, groups};

use super::mine::{OwnGroup, my_group_in};

use crate::{
    Code, Ctx, Refusal, Result,
    access::{Actor, Oneself},
    cohorts::{desk::Desk, settle},
    idempotency::Kept,
    input,
};

/// What a group's leader says on behalf of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupAnswer {
    /// Yes: a seat for everybody.
    Accept,
    /// No, with a reason if one is given.
    Decline(Option<String>),
}

/// Takes the answer. The same answer twice is taken once.
///
/// # Errors
/// Refused: the caller does not lead the group, it was answered otherwise, the time to answer is over, or there is not
/// room for all.
pub async fn answer(
    ctx: &Ctx,
    right: &Oneself,
    id: LeaderGroupId,
    answer: &GroupAnswer,
    dry_run: bool,
) -> Result<OwnGroup> {
    let tx = ctx.store().write().await?;
    answer_in(ctx, &tx, right, id, answer).await?;
    let own = my_group_in(&tx, right, id).await?;
    settle(ctx, right.org(), tx, dry_run, &Kept::of([id.0])).await?;
    Ok(own)
}

/// The same in a transaction that also uses up a link.
pub(crate) async fn answer_in(
    ctx: &Ctx,
    tx: &Tx,
    right: &Oneself,
    id: LeaderGroupId,
    answer: &GroupAnswer,
) -> Result<LeaderGroup> {
    let unknown = || Refusal::new(Code::NotFound).at("leaderGroupId");
    let found = groups::find(tx, right.org(), id).await?.ok_or_else(unknown)?;
    let mut desk = Desk::open(ctx, tx, right.org(), right.actor(), found.cohort).await?;
    let mut group = desk.group(id).await?;
    if group.leader != right.person() || group.state == GroupState::Proposed {
        return Err(unknown().into());
    }
    match answer {
        GroupAnswer::Accept => desk.accept_group(&mut group).await?,
        GroupAnswer::Decline(reason) => {
            let reason = input::optional("reason", reason.as_deref(), 500)?;
            desk.decline_group(&mut group, reason.as_deref()).await?;
        }
    }
    Ok(group)
}

/// The time to answer has run out.
pub(crate) async fn lapse(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    id: LeaderGroupId,
) -> Result<std::result::Result<(), StateReason>> {
    let Some(found) = groups::find(tx, org, id).await? else { return Ok(Err(StateReason::SubjectGone)) };
    let mut desk = Desk::open(ctx, tx, org, Actor::System, found.cohort).await?;
    let mut group = desk.group(id).await?;
    let over = group.answer_by.is_some_and(|until| until <= ctx.now);
    if group.state != GroupState::Invited || !over {
        return Ok(Err(StateReason::Answered));
    }
    desk.shift_group(&mut group, GroupEvent::Lapse, None).await?;
    Ok(Ok(()))
}
