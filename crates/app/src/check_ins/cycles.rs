//! Cycles: planned by a coordinator, opened on their first day, and what each does by itself until it closes.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use serde_json::json;
use varde_model::{
    check_in::{Cycle, CycleEvent, CycleFlaw, CycleState, CycleStep, MOST_REMINDERS, Reminding},
    ids::{CycleId, OrganisationId},
    local_time::{Zoned, instant},
    organisation::Organisation,
    state_reason::StateReason,
    timers::NewTimer,
    work::Job,
};
use varde_persistence::{Tx, check_in_cycles as stored, organisations, timers};

use super::{asking, closing, following, opening};
use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::{Actor, Coordinator},
    audit::{self, Changes, Deed},
    closed_days,
    cohorts::settle,
    idempotency::Kept,
    input::{self, Faults},
    refusal::taken,
};

/// What a coordinator knows of a new cycle.
#[derive(Clone, Debug)]
pub struct CycleDraft {
    /// The trust's own code, such as `2027`.
    pub code: String,
    /// From this day on the check-ins are held.
    pub opens_on: NaiveDate,
    /// By this day both should have signed.
    pub due_on: NaiveDate,
    /// After this day nothing is taken any more.
    pub closes_on: NaiveDate,
    /// Who has led for fewer days on the opening day is left out.
    pub least_days: u16,
    /// When it reminds and whom it tells; None is the usual.
    pub reminding: Option<Reminding>,
}

/// What a coordinator changes; None leaves it as it is.
#[derive(Clone, Debug, Default)]
pub struct CycleEdit {
    /// The opening day, before it is opened.
    pub opens_on: Option<NaiveDate>,
    /// The due date.
    pub due_on: Option<NaiveDate>,
    /// The last day.
    pub closes_on: Option<NaiveDate>,
    /// The days, before it is opened.
    pub least_days: Option<u16>,
    /// When it reminds and whom it tells.
    pub reminding: Option<Reminding>,
    /// The version that the caller saw.
    pub version: Option<u32>,
}

/// Creates a cycle as a draft. Nobody hears of it.
///
/// # Errors
/// Refused, with everything that is wrong at once: a code in use, days out of order, a reminder outside them.
pub async fn create(ctx: &Ctx, right: &Coordinator, draft: &CycleDraft) -> Result<Cycle> {
    let org = right.org();
    let tx = ctx.store().write().await?;
    let mut faults = Faults::default();
    let code = faults.note(input::text("code", &draft.code, 40))?;
    if stored::find_by_code(&tx, org, &code).await?.is_some() {
        faults.add(Refusal::new(Code::Taken).at("code"));
    }
    let cycle = Cycle {
        id: ctx.new_id(),
        code,
        state: CycleState::Draft,
        opens_on: draft.opens_on,
        due_on: draft.due_on,
        closes_on: draft.closes_on,
        least_days: draft.least_days,
        reminding: draft.reminding.clone().unwrap_or_default(),
        opened_at: None,
        closed_at: None,
        version: 1,
    };
    check(&cycle, &mut faults);
    faults.none()?;
    stored::insert(&tx, org, &cycle).await.map_err(|fault| taken("code")(fault.into()))?;
    let deed = Deed::on("check_in_cycle.create", cycle.id);
    audit::record(ctx, &tx, org, right.actor(), deed, json!({ "cycle": cycle.code })).await?;
    settle(ctx, org, tx, false, &Kept::default()).await?;
    Ok(cycle)
}

fn check(cycle: &Cycle, faults: &mut Faults) {
    for flaw in cycle.flaws() {
        faults.add(match flaw {
            CycleFlaw::OutOfOrder if cycle.due_on < cycle.opens_on => {
                Refusal::new(Code::EndsBeforeStart).at("dueOn")
            }
            CycleFlaw::OutOfOrder => Refusal::new(Code::EndsBeforeStart).at("closesOn"),
            CycleFlaw::ReminderOutside(day) => {
                let days = |to: NaiveDate| (to - cycle.due_on).num_days();
                let (least, most) = (days(cycle.opens_on), days(cycle.closes_on));
                let refusal = Refusal::new(Code::OutOfRange).with("least", least).with("most", most);
                let path = match cycle.reminding.remind.iter().position(|own| *own == day) {
                    Some(index) => vec!["reminding".into(), "remind".into(), index.into()],
                    None => vec!["reminding".into()],
                };
                refusal.under(&path)
            }
            CycleFlaw::TooManyReminders => {
                Refusal::new(Code::TooMany).at("reminding").with("max", MOST_REMINDERS)
            }
        });
    }
}

/// Changes a cycle. What it does by itself moves along.
///
/// # Errors
/// Refused as by [`create`]; changed since `version`; closed; the opening day or the days once it is opened.
pub async fn edit(ctx: &Ctx, right: &Coordinator, code: &str, edit: &CycleEdit) -> Result<Cycle> {
    let org = right.org();
    let tx = ctx.store().write().await?;
    let mut cycle = locked(&tx, org, code).await?;
    must_be_at(&cycle, edit.version)?;
    let begun = cycle.opened_at.is_some();
    if cycle.state == CycleState::Closed || begun && (edit.opens_on.is_some() || edit.least_days.is_some()) {
        return Err(wrong_state(&cycle));
    }
    let before = cycle.clone();
    cycle.opens_on = edit.opens_on.unwrap_or(cycle.opens_on);
    cycle.due_on = edit.due_on.unwrap_or(cycle.due_on);
    cycle.closes_on = edit.closes_on.unwrap_or(cycle.closes_on);
    cycle.least_days = edit.least_days.unwrap_or(cycle.least_days);
    if let Some(reminding) = &edit.reminding {
        cycle.reminding = reminding.clone();
    }
    let mut faults = Faults::default();
    check(&cycle, &mut faults);
    faults.none()?;
    save(&tx, org, &mut cycle).await?;
    plan(ctx, &tx, org, &cycle).await?;
    let changes = Changes::default()
        .of("opens_on", before.opens_on.to_string(), cycle.opens_on.to_string())
        .of("due_on", before.due_on.to_string(), cycle.due_on.to_string())
        .of("closes_on", before.closes_on.to_string(), cycle.closes_on.to_string())
        .of("least_days", before.least_days, cycle.least_days)
        .that("reminding", before.reminding != cycle.reminding);
    let deed = Deed::on("check_in_cycle.edit", cycle.id);
    audit::record(ctx, &tx, org, right.actor(), deed, json!({ "changed": changes })).await?;
    settle(ctx, org, tx, false, &Kept::default()).await?;
    Ok(cycle)
}

/// Lets a cycle open by itself on its first day, at nine; or, with `back`, takes that back.
///
/// # Errors
/// Refused: it is opened already, changed since `version`, or its first day is past.
pub async fn schedule(
    ctx: &Ctx,
    right: &Coordinator,
    code: &str,
    back: bool,
    version: Option<u32>,
) -> Result<Cycle> {
    let org = right.org();
    let tx = ctx.store().write().await?;
    let mut cycle = locked(&tx, org, code).await?;
    must_be_at(&cycle, version)?;
    let today = today(ctx, &organisation(&tx, org).await?);
    if !back && cycle.opens_on < today {
        return Err(Refusal::new(Code::GatheringInThePast).at("opensOn").into());
    }
    let event = if back { CycleEvent::Withdraw } else { CycleEvent::Schedule };
    advance(ctx, &tx, org, right.actor(), &mut cycle, event).await?;
    plan(ctx, &tx, org, &cycle).await?;
    settle(ctx, org, tx, false, &Kept::default()).await?;
    Ok(cycle)
}

/// Gives more time to a cycle that was closed: what was unfinished goes on where it stood.
///
/// # Errors
/// Refused: it is not closed, changed since `version`, or the new last day is past or before the due date.
pub async fn reopen(
    ctx: &Ctx,
    right: &Coordinator,
    code: &str,
    closes_on: NaiveDate,
    version: Option<u32>,
) -> Result<Cycle> {
    let org = right.org();
    let tx = ctx.store().write().await?;
    let mut cycle = locked(&tx, org, code).await?;
    must_be_at(&cycle, version)?;
    let today = today(ctx, &organisation(&tx, org).await?);
    if closes_on < cycle.due_on.max(today) {
        return Err(Refusal::new(Code::EndsBeforeStart).at("closesOn").into());
    }
    cycle.closes_on = closes_on;
    advance(ctx, &tx, org, right.actor(), &mut cycle, CycleEvent::Reopen).await?;
    closing::reopen(ctx, &tx, org, right.actor(), &cycle).await?;
    plan(ctx, &tx, org, &cycle).await?;
    settle(ctx, org, tx, false, &Kept::default()).await?;
    Ok(cycle)
}

/// The cycle with a code, kept from changing.
pub(super) async fn locked(tx: &Tx, org: OrganisationId, code: &str) -> Result<Cycle> {
    let missing = || Refusal::new(Code::NotFound).at("cycleCode");
    let found = stored::find_by_code(tx, org, code.trim()).await?.ok_or_else(missing)?;
    Ok(stored::lock(tx, org, found.id).await?.ok_or_else(missing)?)
}

pub(super) fn must_be_at(cycle: &Cycle, version: Option<u32>) -> Result<()> {
    match version {
        Some(seen) if seen != cycle.version => Err(Refusal::new(Code::Conflict).at("version").into()),
        _ => Ok(()),
    }
}

fn wrong_state(cycle: &Cycle) -> Error {
    Refusal::wrong_state("CheckInCycleState", cycle.state.as_str()).into()
}

async fn save(tx: &Tx, org: OrganisationId, cycle: &mut Cycle) -> Result<()> {
    stored::update(tx, org, cycle).await?;
    cycle.version += 1;
    Ok(())
}

/// Moves a cycle along its life.
pub(super) async fn advance(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    actor: Actor,
    cycle: &mut Cycle,
    event: CycleEvent,
) -> Result<()> {
    let from = cycle.state;
    cycle.state = from.after(event).ok_or_else(|| wrong_state(cycle))?;
    if event == CycleEvent::Open && cycle.opened_at.is_none() {
        cycle.opened_at = Some(ctx.now);
    }
    if event == CycleEvent::Close && cycle.closed_at.is_none() {
        cycle.closed_at = Some(ctx.now);
    }
    save(tx, org, cycle).await?;
    let action = match event {
        CycleEvent::Schedule => "check_in_cycle.schedule",
        CycleEvent::Withdraw => "check_in_cycle.withdraw",
        CycleEvent::Open => "check_in_cycle.open",
        CycleEvent::Close => "check_in_cycle.close",
        CycleEvent::Reopen => "check_in_cycle.reopen",
    };
    let detail = json!({ "from": from.as_str(), "to": cycle.state.as_str() });
    audit::record(ctx, tx, org, actor, Deed::on(action, cycle.id), detail).await
}

pub(super) async fn organisation(tx: &Tx, org: OrganisationId) -> Result<Organisation> {
    organisations::find(tx, org).await?.ok_or_else(|| Error::internal("organisation gone"))
}

pub(super) fn today(ctx: &Ctx, organisation: &Organisation) -> NaiveDate {
    Zoned::at(ctx.now, organisation.zone).date
}

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
    if step != CycleStep::Follow {
        let moment = moment(ctx, tx, &organisation, &cycle, step).await?;
        if moment.is_none_or(|moment| moment.date != planned) {
            return Ok(Err(StateReason::Replanned));
        }
    }
    match step {
        CycleStep::Open => {
            opening::open_in(ctx, tx, &organisation, Actor::System, &mut cycle).await.map(drop)?
        }
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
