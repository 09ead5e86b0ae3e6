//! What happens by itself: the window closes, and the time to endorse runs out.

use varde_model::{
    catalogue::EndorsementRule,
    ids::{NominationId, NominationRoundId, OrganisationId},
    nominations::{NominationEvent, NominationState, RoundEvent, RoundState},
    state_reason::StateReason,
};
use varde_persistence::{Tx, nomination_rounds, nominations};

use super::desk::RoundDesk;
use crate::{Ctx, Result, access::Actor};

type Outcome = std::result::Result<(), StateReason>;

/// Closes a round whose window is over. Drafts lapse: they were reminded of.
pub(crate) async fn close(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    round: NominationRoundId,
) -> Result<Outcome> {
    if nomination_rounds::find(tx, org, round).await?.is_none() {
        return Ok(Err(StateReason::SubjectGone));
    }
    let mut desk = RoundDesk::open(ctx, tx, org, Actor::System, round).await?;
    if desk.round.state != RoundState::Open || desk.round.closes_at > ctx.now {
        return Ok(Err(StateReason::Replanned));
    }
    desk.advance(RoundEvent::Close).await?;
    for mut nomination in desk.everyone().await? {
        if nomination.state == NominationState::Draft {
            desk.shift(&mut nomination, NominationEvent::Lapse).await?;
        }
    }
    Ok(Ok(()))
}

/// The time to endorse is over. Where the endorsement is obligatory the nomination lapses; where a view was asked for, it
/// goes on without one.
pub(crate) async fn lapse_endorsement(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    id: NominationId,
) -> Result<Outcome> {
    if nominations::find(tx, org, id).await?.is_none() {
        return Ok(Err(StateReason::SubjectGone));
    }
    let (mut desk, mut nomination) = RoundDesk::open_for(ctx, tx, org, Actor::System, id).await?;
    let over = nomination.endorse_by.is_some_and(|until| until <= ctx.now);
    if nomination.state != NominationState::Submitted || !over {
        return Ok(Err(StateReason::Answered));
    }
    if desk.rule.endorsement == EndorsementRule::Obligatory {
        desk.shift(&mut nomination, NominationEvent::Lapse).await?;
    }
    Ok(Ok(()))
}
