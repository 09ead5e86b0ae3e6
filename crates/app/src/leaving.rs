//! Somebody leaves: seats go on to those in line and reminders stop, on the day after the last day of employment.

use chrono::{Days, NaiveDate, NaiveTime};
use varde_model::{
    hr::Leaver,
    ids::{OrganisationId, PersonId},
    local_time::{Zoned, instant},
    organisation::Organisation,
    state_reason::StateReason,
    timers::{NewTimer, TimerState, TimersOf},
    work::{Job, Recipient},
};
use varde_persistence::{Tx, enrolments, organisations, people, timers};

use crate::{Ctx, Result, access::Actor, cohorts::desk::Desk, post::Planned, texts};

/// Takes out at once those whose last day lies before `on`, and plans it for the others. Gives the mail that goes out.
pub(crate) async fn leave_or_plan(
    ctx: &Ctx,
    tx: &Tx,
    organisation: &Organisation,
    on: NaiveDate,
    leavers: &[Leaver],
) -> Result<Vec<Planned>> {
    let mut mails = Vec::new();
    for leaver in leavers.iter().filter(|leaver| leaver.last_day < on) {
        mails.extend(leave_cohorts(ctx, tx, organisation.id, leaver.person).await?);
    }
    let ahead = leavers.iter().filter(|leaver| leaver.last_day >= on);
    let ahead: Vec<NewTimer> = ahead.map(|leaver| day_after(ctx, organisation, leaver)).collect();
    if !ahead.is_empty() {
        timers::insert_many(tx, organisation.id, &ahead, ctx.now).await?;
    }
    Ok(mails)
}

/// The job of the day after somebody's last: unless HR said otherwise meanwhile.
pub(crate) async fn leave(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    person: PersonId,
) -> Result<std::result::Result<(), StateReason>> {
    let Some(organisation) = organisations::find(tx, org).await? else {
        return Ok(Err(StateReason::SubjectGone));
    };
    let today = Zoned::at(ctx.now, organisation.zone).date;
    match people::find(tx, org, person).await? {
        Some(found) if found.employed.is_over(today) => {
            leave_cohorts(ctx, tx, org, person).await?;
            Ok(Ok(()))
        }
        _ => Ok(Err(StateReason::Stays)),
    }
}

/// Whoever was to leave stays: nothing happens on the day after.
pub(crate) async fn forget(ctx: &Ctx, tx: &Tx, org: OrganisationId, person: PersonId) -> Result<()> {
    let waiting: Vec<_> = timers::list(tx, org, TimersOf::Person(person))
        .await?
        .into_iter()
        .filter(|timer| timer.state == TimerState::Pending && matches!(timer.job, Job::Leave { .. }))
        .map(|timer| timer.id)
        .collect();
    timers::cancel_many(tx, org, &waiting, StateReason::Stays, ctx.now).await?;
    Ok(())
}

/// Takes a leaver out of every cohort and every round of nominations that has not ended, and stops the reminders.
async fn leave_cohorts(ctx: &Ctx, tx: &Tx, org: OrganisationId, person: PersonId) -> Result<Vec<Planned>> {
    let mut mails = Vec::new();
    for found in enrolments::of_person(tx, org, person).await? {
        let mut desk = Desk::open(ctx, tx, org, Actor::System, found.cohort).await?;
        let mut enrolment = desk.enrolment(found.id).await?;
        let stands = enrolment.state.after(varde_model::enrolment::EnrolmentEvent::Withdraw).is_some();
        if stands {
            let reason = texts::text(desk.organisation.locale, "reason-left");
            desk.withdraw(&mut enrolment, Some(&reason)).await?;
            mails.append(&mut desk.planned);
        }
    }
    mails.append(&mut crate::nominations::leave(ctx, tx, org, person).await?);
    // The sender writes to nobody who has left, so nothing of that is told of either.
    mails.retain(|mail| mail.recipient != Recipient::Person { person });
    timers::cancel(tx, org, TimersOf::Person(person), StateReason::EmploymentEnded, ctx.now).await?;
    Ok(mails)
}

fn day_after(ctx: &Ctx, organisation: &Organisation, leaver: &Leaver) -> NewTimer {
    let Leaver { person, last_day } = *leaver;
    let date = last_day.checked_add_days(Days::new(1)).unwrap_or(last_day);
    let local = Zoned { date, time: NaiveTime::MIN, zone: organisation.zone };
    NewTimer {
        id: ctx.new_id(),
        job: Job::Leave { person },
        cohort: None,
        person: Some(person),
        unique_key: format!("leave|person {person}|{last_day}"),
        local,
        due_at: instant(local.date, local.time, local.zone),
        latest_at: None,
    }
}
