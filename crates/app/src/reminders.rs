//! Timers that the reminder policies ask for, written in the transaction of the change that moves their anchors.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use varde_model::{
    cohort::CohortState,
    enrolment::{Enrolment, EnrolmentState},
    gathering::Gathering,
    groups::{GroupState, LeaderGroup},
    ids::{CohortId, OrganisationId, PolicyId},
    letter::LetterKind,
    links::subject_key,
    local_time::Zoned,
    reminders::{Anchor, AnchorFact, ExistingTimer, Recipients, ReminderPolicy, plan, replan},
    state_reason::StateReason,
    timers::{NewTimer, Timer, TimerState, TimersOf},
    work::{About, Job, Recipient},
    working_days::WorkingCalendar,
};
use varde_persistence::{Conn, Tx, programmes, timers};

use crate::{Ctx, Error, Result, cohorts::desk::Desk, post::recipient_key};

/// The policies of a programme and the trust's calendar: what planning asks.
pub(crate) struct Planner {
    pub(crate) policies: Vec<(PolicyId, DateTime<Utc>, ReminderPolicy)>,
    pub(crate) calendar: WorkingCalendar,
}

impl Planner {
    /// Reads the active policies, of one programme or of all, and the closed days.
    pub(crate) async fn load(conn: &impl Conn, org: OrganisationId, programme: Option<&str>) -> Result<Self> {
        let mut policies = Vec::new();
        for stored in programmes::policies(conn, org).await? {
            if stored.active && programme.is_none_or(|key| key == stored.programme_key) {
                let policy = serde_json::from_value(stored.definition).map_err(Error::internal)?;
                policies.push((stored.id, stored.effective_from, policy));
            }
        }
        Ok(Self { policies, calendar: crate::closed_days::calendar(conn, org).await? })
    }

    /// Whether a timer is of a policy that tells what happened.
    fn tells_news(&self, timer: &Timer) -> bool {
        let mut of_news = self.policies.iter().filter(|(_, _, policy)| policy.anchor == Anchor::CohortNews);
        of_news.any(|(id, _, _)| timer.job.policy() == Some(*id))
    }

    /// What the policies of an anchor want for one fact and recipient; also what may stand if it was written in time.
    pub(crate) fn wanted(
        &self,
        anchor: Anchor,
        to: &[Recipients],
        fact: &AnchorFact,
        recipient: Recipient,
        now: DateTime<Utc>,
    ) -> Vec<Wanted> {
        self.policies
            .iter()
            .filter(|(_, _, policy)| policy.anchor == anchor && to.contains(&policy.recipients))
            .filter(|(_, effective_from, _)| fact.at >= *effective_from)
            .filter_map(|(id, _, policy)| {
                let planned = plan(policy, fact, &self.calendar, now).standing()?;
                Some(Wanted { policy: *id, letter: policy.letter, planned, recipient })
            })
            .collect()
    }
}

/// A reminder that is wanted, with its policy's row and its recipient.
pub(crate) struct Wanted {
    policy: PolicyId,
    pub(crate) letter: LetterKind,
    planned: varde_model::reminders::PlannedReminder,
    recipient: Recipient,
}

impl Wanted {
    fn key(&self) -> String {
        timer_key(&self.planned.policy, &self.planned.subject, &self.planned.occurrence, self.recipient)
    }

    fn into_timer(self, ctx: &Ctx, cohort: Option<CohortId>) -> NewTimer {
        NewTimer {
            id: ctx.new_id(),
            unique_key: self.key(),
            job: Job::Remind { policy: self.policy, about: self.planned.subject, recipient: self.recipient },
            cohort,
            person: None,
            local: self.planned.local,
            due_at: self.planned.due_at,
            latest_at: Some(self.planned.latest_at),
        }
    }
}

fn timer_key(policy: &str, about: &About, occurrence: &str, recipient: Recipient) -> String {
    format!("{policy}|{}|{occurrence}|{}", subject_key(Some(about)), recipient_key(recipient))
}

/// Plans a leader's reminders in a cohort anew, by where the leader stands now.
pub(crate) async fn replan_enrolment(desk: &mut Desk<'_>, enrolment: &Enrolment) -> Result<()> {
    let existing = timers::list(desk.tx, desk.org(), TimersOf::Enrolment(enrolment.id)).await?;
    let wanted = wanted_for_enrolment(desk, enrolment);
    settle(desk.ctx, desk.tx, desk.org(), Some(desk.cohort.id), existing, wanted).await
}

/// Plans the reminders of an invitation to a leader group anew, by where the group stands now.
pub(crate) async fn replan_group(desk: &mut Desk<'_>, group: &LeaderGroup) -> Result<()> {
    let subject = About::LeaderGroup { group: group.id };
    let mut existing = timers::list(desk.tx, desk.org(), TimersOf::Cohort(desk.cohort.id)).await?;
    existing.retain(|timer| matches!(timer.job, Job::Remind { about, .. } if about == subject));
    let wanted = match (group.state, group.answer_by) {
        (GroupState::Invited, Some(at)) if desk.cohort.state.is_live() => {
            let recipient = Recipient::Person { person: group.leader };
            let fact = AnchorFact { subject, at, zone: desk.organisation.zone };
            let to = [Recipients::Leader];
            let mut wanted =
                desk.planner.wanted(Anchor::InvitationDeadline, &to, &fact, recipient, desk.ctx.now);
            wanted.retain(|wanted| wanted.letter == LetterKind::GroupInvitationReminder);
            wanted
        }
        _ => Vec::new(),
    };
    settle(desk.ctx, desk.tx, desk.org(), Some(desk.cohort.id), existing, wanted).await
}

/// Plans the reminders about the cohort as a whole anew.
pub(crate) async fn replan_cohort(desk: &mut Desk<'_>) -> Result<()> {
    let existing = timers::list(desk.tx, desk.org(), TimersOf::Cohort(desk.cohort.id)).await?;
    let (own, others): (Vec<_>, Vec<_>) = existing
        .into_iter()
        .partition(|timer| matches!(timer.job, Job::Remind { about: About::Cohort { .. }, .. }));
    // What happened has happened, whatever is planned anew.
    let own: Vec<_> = own.into_iter().filter(|timer| !desk.planner.tells_news(timer)).collect();
    let wanted = wanted_for_cohort(desk);
    settle(desk.ctx, desk.tx, desk.org(), Some(desk.cohort.id), own, wanted).await?;
    if desk.cohort.state == CohortState::Published
        && let Some(begin) = desk.begins_at()
    {
        // The moment is part of the key: a start that was skipped because everything was called off does not keep the
        // next one from being planned. The one for the old moment goes.
        let stale: Vec<_> = others
            .iter()
            .filter(|timer| matches!(timer.job, Job::StartCohort { .. }) && timer.due_at != begin)
            .map(|timer| timer.id)
            .collect();
        timers::cancel_many(desk.tx, desk.org(), &stale, StateReason::Replanned, desk.ctx.now).await?;
        let about = About::Cohort { cohort: desk.cohort.id };
        let occurrence = format!("start {}", begin.to_rfc3339());
        plan_job(desk, Job::StartCohort { cohort: desk.cohort.id }, about, begin, &occurrence).await?;
    }
    Ok(())
}

/// Something happened that the coordinators did not do themselves: they hear of it, once for a day.
pub(crate) async fn plan_news(desk: &Desk<'_>) -> Result<()> {
    if !desk.cohort.state.is_live() {
        return Ok(());
    }
    let subject = About::Cohort { cohort: desk.cohort.id };
    let fact = AnchorFact { subject, at: desk.ctx.now, zone: desk.organisation.zone };
    let mut timers = Vec::new();
    for account in &desk.cohort.coordinators {
        let recipient = Recipient::Account { account: *account };
        let to = [Recipients::Coordinators];
        let wanted = desk.planner.wanted(Anchor::CohortNews, &to, &fact, recipient, desk.ctx.now);
        timers.extend(wanted.into_iter().map(|wanted| wanted.into_timer(desk.ctx, Some(desk.cohort.id))));
    }
    timers::insert_many(desk.tx, desk.org(), &timers, desk.ctx.now).await?;
    Ok(())
}

/// Plans everything about a cohort anew: after a gathering moved, a publication, a changed policy.
pub(crate) async fn replan_all(desk: &mut Desk<'_>) -> Result<()> {
    replan_cohort(desk).await?;
    for enrolment in desk.everyone().await? {
        let mut existing = timers::list(desk.tx, desk.org(), TimersOf::Enrolment(enrolment.id)).await?;
        // Nobody's deadline moves with a rule or a gathering: its own timer stays.
        existing.retain(|timer| matches!(timer.job, Job::Remind { .. }));
        let wanted = wanted_for_enrolment(desk, &enrolment);
        settle(desk.ctx, desk.tx, desk.org(), Some(desk.cohort.id), existing, wanted).await?;
    }
    for group in desk.groups().await? {
        replan_group(desk, &group).await?;
        crate::groups::plan_follow_ups(desk, &group).await?;
    }
    Ok(())
}

fn wanted_for_enrolment(desk: &Desk<'_>, enrolment: &Enrolment) -> Vec<Wanted> {
    if !desk.cohort.state.is_live() {
        return Vec::new();
    }
    let recipient = Recipient::Person { person: enrolment.person };
    let about = About::Enrolment { enrolment: enrolment.id };
    let zone = desk.organisation.zone;
    let now = desk.ctx.now;
    let person = [Recipients::Leader, Recipients::LineManager];
    let want = |anchor, subject, at| {
        desk.planner.wanted(anchor, &person, &AnchorFact { subject, at, zone }, recipient, now)
    };
    match (enrolment.state, enrolment.answer_by) {
        (EnrolmentState::Invited, Some(until)) => {
            let mut wanted = want(Anchor::InvitationDeadline, about, until);
            wanted.retain(|wanted| wanted.letter != LetterKind::GroupInvitationReminder);
            wanted
        }
        (EnrolmentState::Offered, Some(until)) => want(Anchor::OfferDeadline, about, until),
        (EnrolmentState::Enrolled, _) => {
            let mut wanted = Vec::new();
            for gathering in desk.standing_for(enrolment) {
                let subject = About::Gathering { gathering: gathering.id, enrolment: enrolment.id };
                wanted.extend(want(Anchor::GatheringStart, subject, gathering.starts_at));
            }
            let begins = desk.standing_for(enrolment).map(|gathering| gathering.starts_at).min();
            let ends = desk.standing_for(enrolment).map(|gathering| gathering.ends_at).max();
            wanted.extend(begins.into_iter().flat_map(|at| want(Anchor::CohortStart, about, at)));
            wanted.extend(ends.into_iter().flat_map(|at| want(Anchor::CohortEnd, about, at)));
            wanted
        }
        _ => Vec::new(),
    }
}

fn wanted_for_cohort(desk: &Desk<'_>) -> Vec<Wanted> {
    if !desk.cohort.state.is_live() {
        return Vec::new();
    }
    let subject = About::Cohort { cohort: desk.cohort.id };
    let anchors = [(Anchor::CohortStart, desk.begins_at()), (Anchor::CohortEnd, desk.ends_at())];
    let mut wanted = Vec::new();
    for (anchor, at) in anchors {
        let Some(at) = at else { continue };
        let fact = AnchorFact { subject, at, zone: desk.organisation.zone };
        for account in &desk.cohort.coordinators {
            let recipient = Recipient::Account { account: *account };
            wanted.extend(desk.planner.wanted(
                anchor,
                &[Recipients::Coordinators],
                &fact,
                recipient,
                desk.ctx.now,
            ));
        }
    }
    wanted
}

/// Writes the difference between the timers there are and those that are wanted.
pub(crate) async fn settle(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    cohort: Option<CohortId>,
    existing: Vec<Timer>,
    wanted: Vec<Wanted>,
) -> Result<()> {
    // A deadline's own timer is not a policy's: whoever moved the deadline plans it anew.
    let (reminders, jobs): (Vec<_>, Vec<_>) =
        existing.into_iter().partition(|timer| matches!(timer.job, Job::Remind { .. }));
    let mut stale: Vec<_> =
        jobs.iter().filter(|job| job.state == TimerState::Pending).map(|job| job.id).collect();
    let mut write: Vec<NewTimer> = Vec::new();
    for (rows, wanted) in by_recipient(&reminders, wanted).into_values() {
        let wishes: Vec<_> = wanted.iter().map(|wanted| wanted.planned.clone()).collect();
        let difference = replan(&rows, &wishes, ctx.now);
        stale.extend(&difference.cancel);
        // A row of the same key is revived with the new hour, so both kinds are written alike.
        write.extend(wanted.into_iter().filter_map(|wanted| {
            let moved = difference.reschedule.iter().any(|(_, planned)| *planned == wanted.planned);
            let written = moved || difference.add.contains(&wanted.planned);
            written.then(|| wanted.into_timer(ctx, cohort))
        }));
    }
    timers::cancel_many(tx, org, &stale, StateReason::Replanned, ctx.now).await?;
    timers::insert_many(tx, org, &write, ctx.now).await?;
    Ok(())
}

/// Rows and wishes of each recipient: two coordinators are reminded of the same cohort, each for herself.
fn by_recipient(
    reminders: &[Timer],
    wanted: Vec<Wanted>,
) -> BTreeMap<String, (Vec<ExistingTimer>, Vec<Wanted>)> {
    let mut groups: BTreeMap<String, (Vec<ExistingTimer>, Vec<Wanted>)> = BTreeMap::new();
    for timer in reminders {
        if let (Job::Remind { recipient, .. }, Some(row)) = (&timer.job, standing(timer)) {
            groups.entry(recipient_key(*recipient)).or_default().0.push(row);
        }
    }
    for wish in wanted {
        groups.entry(recipient_key(wish.recipient)).or_default().1.push(wish);
    }
    groups
}

fn standing(timer: &Timer) -> Option<ExistingTimer> {
    let Job::Remind { about, .. } = &timer.job else { return None };
    let mut parts = timer.unique_key.split('|');
    let policy = parts.next()?.to_owned();
    let occurrence = parts.nth(1)?.to_owned();
    Some(ExistingTimer {
        id: timer.id,
        policy,
        subject: *about,
        occurrence,
        planned_at: timer.local.instant(),
        latest_at: timer.latest_at.unwrap_or(timer.due_at),
        state: timer.state,
    })
}

/// Writes the timer of a job that no policy asks for.
pub(crate) async fn plan_job(
    desk: &Desk<'_>,
    job: Job,
    about: About,
    due: DateTime<Utc>,
    occurrence: &str,
) -> Result<()> {
    let timer = NewTimer {
        id: desk.ctx.new_id(),
        unique_key: format!("{}|{}|{occurrence}", job.name(), subject_key(Some(&about))),
        job,
        cohort: Some(desk.cohort.id),
        person: None,
        local: Zoned::at(due, desk.organisation.zone),
        due_at: due,
        latest_at: None,
    };
    timers::insert_many(desk.tx, desk.org(), &[timer], desk.ctx.now).await?;
    Ok(())
}

/// Cancels what waits about one gathering, for everyone.
pub(crate) async fn drop_gathering(desk: &Desk<'_>, gathering: &Gathering) -> Result<()> {
    timers::cancel(
        desk.tx,
        desk.org(),
        TimersOf::Gathering(gathering.id),
        StateReason::GatheringCancelled,
        desk.ctx.now,
    )
    .await?;
    Ok(())
}
