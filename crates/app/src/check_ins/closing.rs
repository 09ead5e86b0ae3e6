//! The end of a cycle, and giving more time after it.

use varde_model::{
    check_in::{CheckInEvent, CheckInState, Cycle, CycleEvent},
    ids::OrganisationId,
};
use varde_persistence::{Tx, check_ins};

use super::{cycles::advance, desk::CheckInDesk, meeting};
use crate::{Ctx, Result, access::Actor};

/// Closes a cycle: what is not signed is unfinished, and can be read but not changed.
pub(super) async fn close(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    actor: Actor,
    cycle: &mut Cycle,
) -> Result<()> {
    advance(ctx, tx, org, actor, cycle, CycleEvent::Close).await?;
    let mut open = check_ins::of_cycle(tx, org, cycle.id).await?;
    open.retain(|one| one.state.is_open());
    // A cycle that was shortened can close before a day on which two meant to meet.
    let ahead = meeting::ahead(ctx, tx, org, &open).await?;
    for check_in in open {
        let mut desk = CheckInDesk::open(ctx, tx, org, actor, check_in.id).await?;
        if ahead.contains(&check_in.id) {
            meeting::call_off(&desk).await?;
        }
        desk.happens(CheckInEvent::Close).await?;
    }
    Ok(())
}

/// Lets what was unfinished go on where it stood.
pub(super) async fn reopen(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    actor: Actor,
    cycle: &Cycle,
) -> Result<()> {
    for check_in in check_ins::of_cycle(tx, org, cycle.id).await? {
        if check_in.state == CheckInState::Unfinished {
            let mut desk = CheckInDesk::open(ctx, tx, org, actor, check_in.id).await?;
            desk.happens(CheckInEvent::Reopen).await?;
        }
    }
    Ok(())
}
