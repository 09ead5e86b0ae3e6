//! A nominee who leaves the trust stands for nothing any more: the others are not kept waiting for her or him.

use varde_model::{
    ids::{OrganisationId, PersonId},
    nominations::{NominationEvent, RoundState},
};
use varde_persistence::{Tx, nominations as stored};

use super::desk::RoundDesk;
use crate::{Ctx, Result, access::Actor, post::Planned};

/// Takes back every nomination of a leaver that stands, or is drafted.
pub(crate) async fn leave(ctx: &Ctx, tx: &Tx, org: OrganisationId, person: PersonId) -> Result<Vec<Planned>> {
    let mut planned = Vec::new();
    for found in stored::of_person(tx, org, person).await? {
        if found.nominee != person || found.state.after(NominationEvent::Withdraw).is_none() {
            continue;
        }
        let mut desk = RoundDesk::open(ctx, tx, org, Actor::System, found.round).await?;
        if desk.round.state == RoundState::Sent {
            continue;
        }
        // As it stands now that the round is locked.
        let Some(mut nomination) = stored::find(tx, org, found.id).await? else { continue };
        if nomination.state.after(NominationEvent::Withdraw).is_none() {
            continue;
        }
        desk.reconsider().await?;
        desk.take_links_back(&nomination).await?;
        nomination.decision = None;
        desk.shift(&mut nomination, NominationEvent::Withdraw).await?;
        planned.append(&mut desk.planned);
    }
    Ok(planned)
}
