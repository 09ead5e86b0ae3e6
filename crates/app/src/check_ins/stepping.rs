//! What a cycle does by itself: when each step comes, and what it does then.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use varde_model::{
    check_in::{Cycle, CycleState, CycleStep},
    ids::{CycleId, OrganisationId},
    local_time::{Zoned, instant},
    organisation::Organisation,
    state_reason::StateReason,
    timers::NewTimer,
    work::Job,
};
use varde_persistence::{Tx, check_in_cycles as stored, timers};

use super::{asking, closing, cycles::organisation, following, joining::IN_ONE_GO, opening, working};
use crate::{Ctx, Result, access::Actor, closed_days};

/// Writes the timers of what a cycle does by itself from now on. Steps on days that were moved do nothing when they come:
/// each asks whether it is still its day.
pub(super) async fn plan(ctx: &Ctx, tx: &Tx, org: OrganisationId, cycle: &Cycle) -> Result<()> {
    let organisation = organisation(tx, org).await?;
    let mut steps = Vec::new();
    match cycle.state {
        CycleState::Draft | CycleState::Closed => {}
        CycleState::Scheduled => steps.push(CycleStep::Open),
        CycleState::Open => {
            steps.extend([
                CycleStep::Follow,
                CycleStep::TellLineManagers,
                CycleStep::TellCoordinators,
                CycleStep::Close,
            ]);
            steps.extend(cycle.reminding.remind.iter().map(|day| CycleStep::Remind(*day)));
        }
    }
    let mut new = Vec::new();
    for step in steps {
        let Some(local) = moment(ctx, tx, &organisation, cycle, step).await? else { continue };
        let due_at = local.instant();
        let is_late = due_at <= ctx.now && !matches!(step, CycleStep::Open | CycleStep::Close);
        if is_late {
            continue;
        }
        new.push(NewTimer {
            id: ctx.new_id(),
            job: Job::CheckInCycle { cycle: cycle.id, step },
            cohort: None,
            person: None,
            unique_key: format!("check_in_cycle|{}|{}|{}", cycle.id, step.key(), local.date),
            local,
            due_at,
            latest_at: latest(cycle, step, &organisation),
        });
    }
    timers::insert_many(tx, org, &new, ctx.now).await?;
    Ok(())
}

/// A reminder that could not go out before the close is not sent after it.
fn latest(cycle: &Cycle, step: CycleStep, organisation: &Organisation) -> Option<DateTime<Utc>> {
    let after = cycle.closes_on.checked_add_days(Days::new(1))?;
    let writes =
        matches!(step, CycleStep::Remind(_) | CycleStep::TellLineManagers | CycleStep::TellCoordinators);
    writes.then(|| instant(after, NaiveTime::MIN, organisation.zone))
}

fn at(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default()
}

/// When a step comes; None where the cycle has no such step.
async fn moment(
    ctx: &Ctx,
    tx: &Tx,
    organisation: &Organisation,
    cycle: &Cycle,
    step: CycleStep,
) -> Result<Option<Zoned>> {
    let zone = organisation.zone;
    let working = async |day: NaiveDate| -> Result<NaiveDate> {
        Ok(closed_days::calendar(tx, organisation.id).await?.next_working_day_on_or_after(day))
    };
    let (date, time) = match step {
        CycleStep::Open => (working(cycle.opens_on).await?, at(9)),
        CycleStep::Follow => {
            let now = Zoned::at(ctx.now, zone);
            let today = now.time < at(6);
            let day = if today { now.date } else { now.date + Days::new(1) };
            (day, at(6))
        }
        CycleStep::Remind(day) => (working(cycle.reminder_day(day)).await?, at(9)),
        CycleStep::TellLineManagers => match cycle.reminding.tell_line_manager {
            Some(day) => (working(cycle.reminder_day(day)).await?, at(9)),
            None => return Ok(None),
        },
        CycleStep::TellCoordinators => match cycle.reminding.tell_coordinators {
            Some(day) => (working(cycle.reminder_day(day)).await?, at(9)),
            None => return Ok(None),
        },
        CycleStep::Close => (cycle.closes_on + Days::new(1), NaiveTime::MIN),
        // Left by the step before it, and due at once.
        CycleStep::Join { .. } => return Ok(None),
    };
    Ok(Some(Zoned { date, time, zone }))
}

/// What a cycle does by itself, when its moment has come. `planned` is the day that the timer was written for.
pub(crate) async fn step(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    (id, step): (CycleId, CycleStep),
    planned: NaiveDate,
) -> Result<std::result::Result<(), StateReason>> {
    let Some(mut cycle) = stored::lock(tx, org, id).await? else { return Ok(Err(StateReason::SubjectGone)) };
    let organisation = organisation(tx, org).await?;
    let wanted = if step == CycleStep::Open { CycleState::Scheduled } else { CycleState::Open };
    if cycle.state != wanted {
        return Ok(Err(StateReason::DoesNotHold));
    }
    if !matches!(step, CycleStep::Follow | CycleStep::Join { .. }) {
        let moment = moment(ctx, tx, &organisation, &cycle, step).await?;
        if moment.is_none_or(|moment| moment.date != planned) {
            return Ok(Err(StateReason::Replanned));
        }
    }
    match step {
        CycleStep::Open => {
            opening::open_in(ctx, tx, &organisation, Actor::System, &mut cycle, IN_ONE_GO).await.map(drop)?;
        }
        CycleStep::Join { operation } => working::step(ctx, tx, &organisation, &cycle, operation).await?,
        CycleStep::Follow => {
            following::follow(ctx, tx, &organisation, &cycle).await?;
            plan_next(ctx, tx, &organisation, &cycle).await?;
        }
        CycleStep::Remind(day) => asking::remind(ctx, tx, org, &cycle, day).await?,
        CycleStep::TellLineManagers => asking::tell_line_managers(ctx, tx, org, &cycle).await?,
        CycleStep::TellCoordinators => asking::tell_coordinators(ctx, tx, org, &cycle).await?,
        CycleStep::Close => closing::close(ctx, tx, org, Actor::System, &mut cycle).await?,
    }
    Ok(Ok(()))
}

/// The next morning's look, written ahead while the cycle is open.
async fn plan_next(ctx: &Ctx, tx: &Tx, organisation: &Organisation, cycle: &Cycle) -> Result<()> {
    let Some(local) = moment(ctx, tx, organisation, cycle, CycleStep::Follow).await? else { return Ok(()) };
    if local.date > cycle.closes_on {
        return Ok(());
    }
    let step = CycleStep::Follow;
    let next = NewTimer {
        id: ctx.new_id(),
        job: Job::CheckInCycle { cycle: cycle.id, step },
        cohort: None,
        person: None,
        unique_key: format!("check_in_cycle|{}|{}|{}", cycle.id, step.key(), local.date),
        local,
        due_at: local.instant(),
        latest_at: None,
    };
    timers::insert_many(tx, organisation.id, &[next], ctx.now).await?;
    Ok(())
}
