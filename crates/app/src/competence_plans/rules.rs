//! When plans are made by themselves, and when they remind.

use serde_json::json;
use varde_model::plan::PlanRules;
use varde_persistence::competence_plans as stored;

use crate::{
    Ctx, Result,
    access::Coordinator,
    audit::{self, Changes, Deed},
    cohorts::settle,
    idempotency::Kept,
    input::{self, Faults},
};

/// The most days that a rule can name.
const MOST_DAYS: u32 = 90;

/// The rules as they stand.
///
/// # Errors
/// The database refused.
pub async fn rules(ctx: &Ctx, right: &Coordinator) -> Result<PlanRules> {
    Ok(stored::find_rules(ctx.store(), right.org()).await?)
}

/// Sets the rules. They count from the next working morning or import.
///
/// # Errors
/// Refused: days out of bounds.
pub async fn set_rules(ctx: &Ctx, right: &Coordinator, new: &PlanRules) -> Result<()> {
    let org = right.org();
    let mut faults = Faults::default();
    faults.note(input::within("remindAfterDays", new.remind_after_days.into(), 0, MOST_DAYS))?;
    faults.note(input::within("noticeDays", new.notice_days.into(), 0, MOST_DAYS))?;
    faults.note(input::date_if_given("appointedFrom", new.appointed_from))?;
    faults.none()?;
    let tx = ctx.store().write().await?;
    let before = stored::find_rules(&tx, org).await?;
    stored::put_rules(&tx, org, ctx.new_id(), new).await?;
    let changes = Changes::default()
        .of("appointed_from", json!(before.appointed_from), json!(new.appointed_from))
        .of("remind_after_days", before.remind_after_days, new.remind_after_days)
        .of("notice_days", before.notice_days, new.notice_days);
    let deed = Deed::overall("competence_plan.rules");
    audit::record(ctx, &tx, org, right.actor(), deed, json!({ "changed": changes })).await?;
    settle(ctx, org, tx, false, &Kept::default()).await
}
