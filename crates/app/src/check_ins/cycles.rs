//! Cycles: planned and changed by a coordinator, and their way from a draft to the close.

use chrono::NaiveDate;
use serde_json::json;
use varde_model::{
    check_in::{Cycle, CycleEvent, CycleFlaw, CycleState, MOST_REMINDERS, Reminding},
    ids::OrganisationId,
    local_time::Zoned,
    organisation::Organisation,
};
use varde_persistence::{Tx, check_in_cycles as stored, organisations};

use super::{closing, stepping::plan};
use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::{Actor, Coordinator},
    audit::{self, Changes, Deed},
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

pub(super) fn wrong_state(cycle: &Cycle) -> Error {
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
