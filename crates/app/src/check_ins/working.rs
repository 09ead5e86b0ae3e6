//! Opening the check-ins of a trust with thousands of leaders: longer work that goes on step by step, each step a job of its own.
//! A process that goes away takes nothing with it; the next step is due still.

use serde_json::json;
use varde_model::{
    check_in::{Cycle, CycleStep},
    ids::{OperationId, OrganisationId},
    local_time::Zoned,
    organisation::Organisation,
    timers::NewTimer,
    work::Job,
};
use varde_persistence::{
    Conn, Tx,
    operations::{self, Ending, Operation, OperationState},
    timers,
};

use super::joining::{IN_ONE_GO, Joined, announce, join};
use crate::{Ctx, Result, access::Actor};

/// What the operation is called.
pub(crate) const OPERATION: &str = "check_ins.open";

/// A trust is gone through in so many steps at the most: each reads whom the cycle is for.
const MOST_STEPS: usize = 20;

/// Begins the work that opens the rest; None where nothing waits. `count` is what is opened and what waits.
pub(super) async fn begin(
    ctx: &Ctx,
    tx: &Tx,
    organisation: &Organisation,
    (actor, cycle): (Actor, &Cycle),
    (opened, waiting): (usize, usize),
) -> Result<Option<OperationId>> {
    if waiting == 0 {
        return Ok(None);
    }
    let id: OperationId = ctx.new_id();
    let operation = Operation {
        id,
        account: if let Actor::Account(account) = actor { Some(account) } else { None },
        kind: OPERATION.to_owned(),
        state: OperationState::Running,
        done: opened as u64,
        total: Some((opened + waiting) as u64),
        outcome: None,
        failure: None,
        started_at: ctx.now,
        ended_at: None,
    };
    operations::insert(tx, organisation.id, &operation).await?;
    next(ctx, tx, organisation, cycle, (Some(id), waiting)).await?;
    Ok(Some(id))
}

/// How many check-ins an operation has yet to open.
pub(super) async fn left(conn: &impl Conn, org: OrganisationId, id: OperationId) -> Result<usize> {
    let found = operations::find(conn, org, id).await?;
    let left = found.map(|found| found.total.unwrap_or_default().saturating_sub(found.done));
    Ok(left.and_then(|left| usize::try_from(left).ok()).unwrap_or_default())
}

/// Opens the next ones, and leaves the next step where some are left.
pub(super) async fn step(
    ctx: &Ctx,
    tx: &Tx,
    organisation: &Organisation,
    cycle: &Cycle,
    id: Option<OperationId>,
) -> Result<()> {
    let org = organisation.id;
    let operation = match id {
        Some(id) => operations::find(tx, org, id).await?,
        None => None,
    };
    let total = operation.as_ref().and_then(|it| it.total).and_then(|it| usize::try_from(it).ok());
    let at_most = IN_ONE_GO.max(total.unwrap_or_default() / MOST_STEPS);
    let Joined { opened, waiting, .. } = join(ctx, tx, organisation, cycle, at_most).await?;
    announce(ctx, tx, organisation, cycle, &opened).await?;
    if let Some(operation) = operation {
        let done = operation.done + opened.len() as u64;
        operations::progress(tx, org, operation.id, done, Some(done + waiting as u64)).await?;
        if waiting == 0 {
            let outcome = json!({ "cycle": cycle.id, "opened": done });
            operations::end(tx, org, operation.id, Ending::Succeeded(outcome), ctx.now).await?;
        } else {
            operations::sign_of_life(tx, org, operation.id, ctx.now).await?;
        }
    }
    if waiting > 0 {
        next(ctx, tx, organisation, cycle, (id, waiting)).await?;
    }
    Ok(())
}

/// Leaves the next step, due at once.
pub(super) async fn next(
    ctx: &Ctx,
    tx: &Tx,
    organisation: &Organisation,
    cycle: &Cycle,
    (operation, waiting): (Option<OperationId>, usize),
) -> Result<()> {
    let step = CycleStep::Join { operation };
    let local = Zoned::at(ctx.now, organisation.zone);
    let timer = NewTimer {
        id: ctx.new_id(),
        job: Job::CheckInCycle { cycle: cycle.id, step },
        cohort: None,
        person: None,
        // As many wait after one step only: steps of one opening differ by it.
        unique_key: format!("check_in_cycle|{}|{}|{waiting}|{}", cycle.id, step.key(), ctx.now.to_rfc3339()),
        local,
        due_at: ctx.now,
        latest_at: None,
    };
    timers::insert_many(tx, organisation.id, &[timer], ctx.now).await?;
    Ok(())
}
