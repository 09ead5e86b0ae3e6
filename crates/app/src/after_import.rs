//! What follows from an import, in the import's own transaction: leavers' seats go on to those in line, new leaders
//! are welcomed and proposed for the next cohort with room, and the coordinators hear of them.

use chrono::{Days, NaiveDate, NaiveTime};
use varde_model::{
    ids::{AccountId, AppointmentId, OperationId, OrganisationId, PersonId},
    letter::LetterKind,
    local_time::{Zoned, instant},
    organisation::Organisation,
    roles::Role,
    timers::{NewTimer, TimerState, TimersOf},
    work::{About, Job, Recipient},
};
use varde_persistence::{
    Conn, Tx, accounts, enrolments, operations::Operation, organisations, people, roles, timers,
};

use crate::{
    Ctx, Error, Result,
    access::{Actor, Coordinator},
    cohorts::desk::Desk,
    hr_import::StoredReport,
    post::{self, Post},
    proposals,
};

pub use varde_model::hr::Effects as ImportEffects;

/// Acts on who left and who leads since the file was read. `on` is the day of the import where the trust is.
pub(crate) async fn after_import(
    ctx: &Ctx,
    tx: &Tx,
    right: &Coordinator,
    operation: OperationId,
    on: NaiveDate,
    effects: &ImportEffects,
) -> Result<()> {
    let org = right.org();
    let organisation =
        organisations::find(tx, org).await?.ok_or_else(|| Error::internal("organisation gone"))?;
    for person in &effects.staying {
        forget_leaving(ctx, tx, org, *person).await?;
    }
    for leaver in &effects.left {
        if leaver.last_day < on {
            leave_cohorts(ctx, tx, org, leaver.person).await?;
        } else {
            plan_leaving(ctx, tx, &organisation, leaver.person, leaver.last_day).await?;
        }
    }
    // Everyone in an organisation's first file is new to us, but not new as a leader: no welcome, no news.
    if !effects.first_import && !effects.new_appointments.is_empty() {
        proposals::plan_appointments(ctx, tx, &organisation, &effects.new_appointments).await?;
        for account in coordinators(ctx, tx, org).await? {
            let recipient = Recipient::Account { account };
            let about = About::Operation { operation };
            let post = Post::new(recipient, LetterKind::CoordinatorNewLeaders, about, "once");
            post::leave(ctx, tx, org, post).await?;
        }
    }
    proposals::propose(ctx, tx, org, right.actor()).await?;
    Ok(())
}

/// The job of the day after somebody's last: unless HR said otherwise meanwhile.
pub(crate) async fn leave(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    person: PersonId,
) -> Result<std::result::Result<(), &'static str>> {
    let Some(organisation) = organisations::find(tx, org).await? else { return Ok(Err("organisation gone")) };
    let today = Zoned::at(ctx.now, organisation.zone).date;
    match people::find(tx, org, person).await? {
        Some(found) if found.employed.is_over(today) => {
            leave_cohorts(ctx, tx, org, person).await?;
            Ok(Ok(()))
        }
        _ => Ok(Err("stays")),
    }
}

/// Takes a leaver out of every cohort that has not ended, and stops the reminders.
async fn leave_cohorts(ctx: &Ctx, tx: &Tx, org: OrganisationId, person: PersonId) -> Result<()> {
    for found in enrolments::of_person(tx, org, person).await? {
        let mut desk = Desk::open(ctx, tx, org, Actor::System, found.cohort).await?;
        let mut enrolment = desk.enrolment(found.id).await?;
        let stands = enrolment.state.after(varde_model::enrolment::EnrolmentEvent::Withdraw).is_some();
        if stands {
            desk.withdraw(&mut enrolment, Some("employment ended")).await?;
        }
    }
    timers::cancel(tx, org, TimersOf::Person(person), "employment ended", ctx.now).await?;
    Ok(())
}

async fn plan_leaving(
    ctx: &Ctx,
    tx: &Tx,
    organisation: &Organisation,
    person: PersonId,
    last_day: NaiveDate,
) -> Result<()> {
    let day_after = last_day.checked_add_days(Days::new(1)).unwrap_or(last_day);
    let local = Zoned { date: day_after, time: NaiveTime::MIN, zone: organisation.zone };
    let timer = NewTimer {
        id: ctx.new_id(),
        job: Job::Leave { person },
        cohort: None,
        person: Some(person),
        unique_key: format!("leave|person {person}|{last_day}"),
        local,
        due_at: instant(local.date, local.time, local.zone),
        latest_at: None,
    };
    timers::insert_many(tx, organisation.id, &[timer], ctx.now).await?;
    Ok(())
}

async fn forget_leaving(ctx: &Ctx, tx: &Tx, org: OrganisationId, person: PersonId) -> Result<()> {
    let waiting: Vec<_> = timers::list(tx, org, TimersOf::Person(person))
        .await?
        .into_iter()
        .filter(|timer| timer.state == TimerState::Pending && matches!(timer.job, Job::Leave { .. }))
        .map(|timer| timer.id)
        .collect();
    timers::cancel_many(tx, org, &waiting, "stays", ctx.now).await?;
    Ok(())
}

/// The accounts that coordinate in the organisation.
pub(crate) async fn coordinators(ctx: &Ctx, conn: &impl Conn, org: OrganisationId) -> Result<Vec<AccountId>> {
    let all: Vec<AccountId> = accounts::page(conn, org, None, u64::from(u32::MAX))
        .await?
        .into_iter()
        .filter(|account| account.disabled_at.is_none())
        .map(|account| account.id)
        .collect();
    let grants = roles::current(conn, org, &all, ctx.now).await?;
    Ok(all
        .into_iter()
        .filter(|id| grants.iter().any(|grant| grant.account == *id && grant.role == Role::Coordinator))
        .collect())
}

/// The appointments that an import found, as its operation keeps them.
pub(crate) fn new_appointments(operation: &Operation) -> Vec<AppointmentId> {
    let stored =
        operation.outcome.clone().and_then(|outcome| serde_json::from_value::<StoredReport>(outcome).ok());
    stored.map(|report| report.new_appointments).unwrap_or_default()
}
