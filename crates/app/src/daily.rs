//! What the calendar brings by itself, without an import: rules of conflicts of interest, namings and appointments that
//! count from a day on, and leaders for whom the time of a programme has come or a cohort was opened.
//!
//! The job runs in the morning of each working day, as coordinators and endorsers may be written to, and writes the row of
//! the next one. The row's key is the day: it is there once, whoever writes it. After a standstill the days between are not
//! made up for.

use chrono::NaiveTime;
use varde_model::{
    ids::OrganisationId,
    local_time::{Zoned, instant},
    organisation::Organisation,
    state_reason::StateReason,
    timers::NewTimer,
    work::Job,
};
use varde_persistence::{Tx, organisations, timers};

use crate::{Ctx, Result, access::Actor, closed_days, competence_plans, conflicts, nominations, proposals};

/// The hour of the day, before coordinators look into their inbox.
fn morning() -> NaiveTime {
    NaiveTime::from_hms_opt(7, 0, 0).unwrap_or_default()
}

/// Writes the row of the next working day.
pub(crate) async fn plan_next(ctx: &Ctx, tx: &Tx, organisation: &Organisation) -> Result<()> {
    let today = Zoned::at(ctx.now, organisation.zone).date;
    let date = closed_days::calendar(tx, organisation.id).await?.add(today, 1);
    let local = Zoned { date, time: morning(), zone: organisation.zone };
    let timer = NewTimer {
        id: ctx.new_id(),
        unique_key: format!("{}|{date}", Job::LookAgain.name()),
        job: Job::LookAgain,
        cohort: None,
        person: None,
        local,
        due_at: instant(local.date, local.time, local.zone),
        latest_at: None,
    };
    timers::insert_many(tx, organisation.id, &[timer], ctx.now).await?;
    Ok(())
}

/// The job of a morning. Looking twice finds nothing new, and proposes nobody twice.
pub(crate) async fn look_again(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
) -> Result<std::result::Result<(), StateReason>> {
    let Some(organisation) = organisations::find(tx, org).await? else {
        return Ok(Err(StateReason::SubjectGone));
    };
    plan_next(ctx, tx, &organisation).await?;
    nominations::look_again(ctx, tx, org, Actor::System).await?;
    conflicts::look_again_in(ctx, tx, org, Actor::System).await?;
    proposals::propose(ctx, tx, org, Actor::System).await?;
    competence_plans::look_again(ctx, tx, &organisation).await?;
    Ok(Ok(()))
}
