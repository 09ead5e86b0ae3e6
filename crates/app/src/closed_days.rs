//! Days on which the trust itself is closed. Reminders that count working days follow them at once.

use chrono::NaiveDate;
use serde_json::json;
use varde_model::{ids::OrganisationId, organisation::ClosedDay, working_days::WorkingCalendar};
use varde_persistence::{Conn, Tx, organisations};

use crate::{
    Code, Ctx, Refusal, Result,
    access::Coordinator,
    audit::{self, Deed},
    cohorts::settle,
    idempotency::Kept,
    input,
    replanning::{self, ReminderChange, Scope},
};

/// The days on which people of the trust are at work.
///
/// # Errors
/// The database refused.
pub async fn calendar(conn: &impl Conn, org: OrganisationId) -> Result<WorkingCalendar> {
    let closed = organisations::closed_days(conn, org).await?;
    Ok(WorkingCalendar::new(closed.into_iter().map(|closed| closed.day)))
}

/// The closed days, in order.
///
/// # Errors
/// The database refused.
pub async fn list(ctx: &Ctx, right: &Coordinator) -> Result<Vec<ClosedDay>> {
    Ok(organisations::closed_days(ctx.store(), right.org()).await?)
}

/// Closes the trust on a day, and plans every reminder anew.
///
/// # Errors
/// Refused: the day is closed already, or the name is empty or too long.
pub async fn add(
    ctx: &Ctx,
    right: &Coordinator,
    day: NaiveDate,
    name: &str,
    dry_run: bool,
) -> Result<(ClosedDay, Vec<ReminderChange>)> {
    let day = input::date("day", day)?;
    let new = ClosedDay { id: ctx.new_id(), day, name: input::text("name", name, 200)? };
    let tx = ctx.store().write().await?;
    if organisations::closed_days(&tx, right.org()).await?.iter().any(|closed| closed.day == day) {
        return Err(Refusal::new(Code::Taken).at("day").into());
    }
    match organisations::insert_closed_day(&tx, right.org(), &new, ctx.now).await {
        Err(fault) if fault.is_unique_violation() => return Err(Refusal::new(Code::Taken).at("day").into()),
        other => other?,
    }
    let deed = Deed::on("closed_day.add", new.id);
    let changes = follow(ctx, right, tx, deed, day, dry_run).await?;
    Ok((new, changes))
}

/// Opens the trust on a closed day, and plans every reminder anew.
///
/// # Errors
/// Refused: the day is not closed.
pub async fn remove(
    ctx: &Ctx,
    right: &Coordinator,
    day: NaiveDate,
    dry_run: bool,
) -> Result<(ClosedDay, Vec<ReminderChange>)> {
    let day = input::date("day", day)?;
    let tx = ctx.store().write().await?;
    let standing =
        organisations::closed_days(&tx, right.org()).await?.into_iter().find(|closed| closed.day == day);
    let removed = standing.ok_or(Refusal::new(Code::NotFound).at("day"))?;
    organisations::delete_closed_day(&tx, right.org(), day).await?;
    let deed = Deed::on("closed_day.remove", removed.id);
    let changes = follow(ctx, right, tx, deed, day, dry_run).await?;
    Ok((removed, changes))
}

/// Plans anew by the calendar as it is in the transaction, and ends it.
async fn follow(
    ctx: &Ctx,
    right: &Coordinator,
    tx: Tx,
    deed: Deed,
    day: NaiveDate,
    dry_run: bool,
) -> Result<Vec<ReminderChange>> {
    let org = right.org();
    let before = replanning::pending(&tx, org, None).await?;
    replanning::replan(ctx, &tx, org, right.actor(), Scope::default()).await?;
    let after = replanning::pending(&tx, org, None).await?;
    let changes = replanning::difference(&before, &after);
    let detail = json!({ "day": day, "reminders": changes.len() });
    audit::record(ctx, &tx, org, right.actor(), deed, detail).await?;
    settle(ctx, right.org(), tx, dry_run, &Kept::default()).await?;
    Ok(changes)
}
