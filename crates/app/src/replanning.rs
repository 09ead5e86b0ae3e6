//! Planning every reminder anew after a rule or the calendar changed, and the difference that it makes.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveTime, Utc};
use varde_model::{
    cohort::CohortState,
    ids::{AppointmentId, OrganisationId, PolicyId},
    local_time,
    organisation::Organisation,
    reminders::{Anchor, AnchorFact, Recipients},
    timers::{Timer, TimerState},
    work::{About, Job, Recipient},
};
use varde_persistence::{
    Tx, appointments,
    cohorts::{self, CohortFilter},
    organisations, programmes,
    timers::{self, ReminderFilter},
};

use crate::{
    Ctx, Error, Result,
    access::Actor,
    cohorts::desk::Desk,
    reminders::{Planner, replan_all, settle},
};

/// What becomes of one reminder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReminderChangeKind {
    /// It was not planned and is now.
    Added,
    /// It comes at another moment.
    Moved,
    /// It was planned and does not come.
    Cancelled,
}

/// One reminder that a change of the rules adds, moves or cancels.
#[derive(Clone, Debug, PartialEq)]
pub struct ReminderChange {
    /// What becomes of it.
    pub kind: ReminderChangeKind,
    /// The reminder: as it is planned now, or as it was planned before it was cancelled.
    pub timer: Timer,
    /// The moment it was planned for before, where it was moved.
    pub was: Option<DateTime<Utc>>,
}

/// Which rules of one organisation are planned anew.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Scope<'a> {
    /// Cohorts of this programme; None is of all.
    pub(crate) programme: Option<&'a str>,
    /// Also leaders whose appointments had begun before the rules were made.
    pub(crate) earlier_appointments: bool,
}

pub(crate) type Plan = BTreeMap<String, Timer>;

/// What is planned: of a policy, or of all.
pub(crate) async fn pending(tx: &Tx, org: OrganisationId, policy: Option<PolicyId>) -> Result<Plan> {
    let filter = ReminderFilter { cohort: None, policy, states: vec![TimerState::Pending] };
    let all = timers::reminders(tx, org, &filter, None, u64::from(u32::MAX)).await?;
    Ok(all.into_iter().map(|timer| (timer.unique_key.clone(), timer)).collect())
}

/// The difference between two plans, by the moment of each reminder.
pub(crate) fn difference(before: &Plan, after: &Plan) -> Vec<ReminderChange> {
    let mut changes = Vec::new();
    for (key, timer) in after {
        let (kind, was) = match before.get(key) {
            None => (ReminderChangeKind::Added, None),
            Some(old) if old.due_at != timer.due_at => (ReminderChangeKind::Moved, Some(old.due_at)),
            Some(_) => continue,
        };
        changes.push(ReminderChange { kind, timer: timer.clone(), was });
    }
    for (key, timer) in before {
        if !after.contains_key(key) {
            changes.push(ReminderChange {
                kind: ReminderChangeKind::Cancelled,
                timer: timer.clone(),
                was: None,
            });
        }
    }
    changes.sort_by(|a, b| (a.timer.due_at, &a.timer.unique_key).cmp(&(b.timer.due_at, &b.timer.unique_key)));
    changes
}

/// Plans every reminder of the live cohorts and of the appointments anew.
pub(crate) async fn replan(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    actor: Actor,
    scope: Scope<'_>,
) -> Result<()> {
    let mut filter =
        CohortFilter { states: vec![CohortState::Published, CohortState::Running], programme: None };
    if let Some(key) = scope.programme {
        let versions = programmes::latest_versions(tx, org).await?;
        filter.programme =
            versions.into_iter().find(|version| version.key == key).map(|version| version.programme);
    }
    // Like everything that locks several cohorts.
    organisations::lock(tx, org).await?;
    for cohort in cohorts::list(tx, org, &filter, None, u64::from(u32::MAX)).await? {
        let mut desk = Desk::open(ctx, tx, org, actor, cohort.id).await?;
        replan_all(&mut desk).await?;
    }
    replan_appointments(ctx, tx, org, scope.earlier_appointments).await
}

async fn replan_appointments(ctx: &Ctx, tx: &Tx, org: OrganisationId, earlier: bool) -> Result<()> {
    let organisation = organisations::find(tx, org).await?;
    let organisation = organisation.ok_or_else(|| Error::internal("the organisation of a right is gone"))?;
    let planner = Planner::load(tx, org, None).await?;
    let mut standing: BTreeMap<AppointmentId, Standing> = BTreeMap::new();
    for (timer, written_at) in timers::of_appointments(tx, org).await? {
        let Job::Remind { about: About::Appointment { appointment }, .. } = &timer.job else { continue };
        let entry =
            standing.entry(*appointment).or_insert(Standing { learnt_at: written_at, timers: Vec::new() });
        entry.learnt_at = entry.learnt_at.min(written_at);
        entry.timers.push(timer);
    }
    let today = local_time::Zoned::at(ctx.now, organisation.zone).date;
    for appointment in appointments::all(tx, org).await? {
        let known = standing.remove(&appointment.id);
        if appointment.period.is_over(today) || (known.is_none() && !earlier) {
            continue;
        }
        let begins = first_moment(&organisation, appointment.since);
        let Standing { learnt_at, timers } =
            known.unwrap_or(Standing { learnt_at: begins, timers: Vec::new() });
        let fact = AnchorFact::appointment(appointment.id, appointment.since, learnt_at, organisation.zone);
        let recipient = Recipient::Person { person: appointment.person };
        let wanted = planner.wanted(Anchor::Appointment, &[Recipients::Leader], &fact, recipient, ctx.now);
        settle(ctx, tx, org, None, timers, wanted).await?;
    }
    Ok(())
}

struct Standing {
    learnt_at: DateTime<Utc>,
    timers: Vec<Timer>,
}

fn first_moment(organisation: &Organisation, day: chrono::NaiveDate) -> DateTime<Utc> {
    local_time::instant(day, NaiveTime::MIN, organisation.zone)
}
