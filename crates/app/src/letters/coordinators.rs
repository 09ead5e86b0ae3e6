//! Letters to coordinators.

use chrono::{NaiveTime, TimeDelta};
use varde_model::{
    Locale,
    delivery::OutboxRow,
    enrolment::{Enrolment, EnrolmentState},
    groups::{GroupState, LeaderGroup},
    letter::{
        CoordinatorAttendanceMissing, CoordinatorNewLeaders, CoordinatorNews, Letter, MissingAttendance,
        NewLeader, NewsItem, ProposedFor,
    },
    local_time::{Zoned, instant},
    state_reason::StateReason,
    work::About,
};
use varde_persistence::{appointments, enrolments, groups, operations, organisations, people};

use super::{
    client::{Task, client},
    facts::{Facts, gathering_facts},
};
use crate::{Ctx, Result, closed_days, line::unit_name_on, register::Register};

type Composed = std::result::Result<Letter, StateReason>;

/// How many new leaders a mail names; the rest is a number.
const NAMED: usize = 30;

/// The leaders that an import found.
pub(super) async fn new_leaders(ctx: &Ctx, row: &OutboxRow) -> Result<Composed> {
    let About::Operation { operation } = row.request.about else { return Ok(Err(StateReason::NoSuchLetter)) };
    let org = row.organisation;
    let store = ctx.store();
    let Some(operation) = operations::find(store, org, operation).await? else {
        return Ok(Err(StateReason::SubjectGone));
    };
    let Some(organisation) = organisations::find(store, org).await? else {
        return Ok(Err(StateReason::SubjectGone));
    };
    let (ids, follows) = crate::after_import::found_by(&operation);
    let today = Zoned::at(ctx.now, organisation.zone).date;
    let mut found = appointments::find_many(store, org, &ids).await?;
    found.retain(|appointment| !appointment.period.is_over(today));
    if found.is_empty() {
        return Ok(Err(StateReason::NoNewLeader));
    }
    found.sort_by_key(|appointment| (appointment.since, appointment.id));
    let mut leaders = Vec::new();
    for appointment in found.iter().take(NAMED) {
        let Some(person) = people::find(store, org, appointment.person).await? else { continue };
        let unit_name = unit_name_on(store, org, appointment.unit, today).await?.unwrap_or_default();
        leaders.push(NewLeader { name: person.name(), unit_name, from: appointment.since });
    }
    let task = if follows.proposed.is_empty() { Task::NewLeaders } else { Task::SeeTheRoster };
    Ok(Ok(Letter::CoordinatorNewLeaders(CoordinatorNewLeaders {
        total: u32::try_from(found.len()).unwrap_or(u32::MAX),
        leaders,
        proposed: follows
            .proposed
            .into_iter()
            .map(|cohort| ProposedFor { title: cohort.title, code: cohort.code, leaders: cohort.leaders })
            .collect(),
        not_proposed: follows.not_proposed.into_iter().filter(|left| left.leaders > 0).collect(),
        url: client(ctx, task),
    })))
}

/// Where attendance is missing after the last gathering.
pub(super) async fn attendance_missing(
    ctx: &Ctx,
    facts: &Facts,
    row: &OutboxRow,
    locale: Locale,
) -> Result<Composed> {
    let About::Cohort { cohort } = row.request.about else { return Ok(Err(StateReason::NoSuchLetter)) };
    let Some(cohort) = facts.cohort(cohort) else { return Ok(Err(StateReason::SubjectGone)) };
    let org = row.organisation;
    let register = Register::read(ctx.store(), org, cohort.id, ctx.now).await?;
    let mut missing = Vec::new();
    for gathering in &register.held {
        let without = register.missing_at(gathering);
        if without > 0 {
            missing.push(MissingAttendance {
                gathering: gathering_facts(cohort, gathering, 0, locale),
                missing: u32::try_from(without).unwrap_or(u32::MAX),
            });
        }
    }
    if missing.is_empty() {
        return Ok(Err(StateReason::AttendanceRecorded));
    }
    Ok(Ok(Letter::CoordinatorAttendanceMissing(CoordinatorAttendanceMissing {
        cohort: facts.cohort_facts(cohort, None, locale),
        gatherings: missing,
        url: client(ctx, Task::RecordAttendance),
    })))
}

/// What happened in a cohort on the days before the one on which the notice was due, by where everyone stands now.
pub(super) async fn news(ctx: &Ctx, facts: &Facts, row: &OutboxRow, locale: Locale) -> Result<Composed> {
    let About::Cohort { cohort } = row.request.about else { return Ok(Err(StateReason::NoSuchLetter)) };
    let Some(cohort) = facts.cohort(cohort) else { return Ok(Err(StateReason::SubjectGone)) };
    let Some(organisation) = facts.organisation(row.organisation) else {
        return Ok(Err(StateReason::SubjectGone));
    };
    let (store, org) = (ctx.store(), row.organisation);
    // The day it was due, however late it is sent: each notice tells of its own days.
    let patience = facts.policy(row).map(|policy| i64::from(policy.latest.hours_after_due));
    let due = row.not_after.zip(patience).map(|(latest, hours)| latest - TimeDelta::hours(hours));
    let until = Zoned::at(due.unwrap_or(row.queued_at), organisation.zone).date;
    let calendar = closed_days::calendar(store, org).await?;
    let begin = |date| instant(date, NaiveTime::MIN, organisation.zone);
    let days = begin(calendar.add(until, -1))..begin(until);

    let places = enrolments::of_cohort(store, org, cohort.id).await?;
    let told = |place: &&Enrolment| place.state == EnrolmentState::Proposed || days.contains(&place.since);
    let places: Vec<&Enrolment> = places.iter().filter(told).collect();
    let ids: Vec<_> = places.iter().map(|place| place.person).collect();
    let names = people::find_many(store, org, &ids).await?;
    let who = |state: EnrolmentState| {
        let of = places.iter().filter(|place| place.state == state);
        let mut items: Vec<NewsItem> = of
            .filter_map(|place| {
                let person = names.iter().find(|person| person.id == place.person)?;
                Some(NewsItem { name: person.name(), reason: place.reason.clone() })
            })
            .collect();
        items.sort_by(|one, other| one.name.cmp(&other.name));
        items
    };
    let groups = match facts.programme(cohort).is_some_and(|programme| programme.groups.is_some()) {
        true => groups::of_cohorts(store, org, &[cohort.id]).await?,
        false => Vec::new(),
    };
    let of_groups = |state: GroupState| {
        let of = groups.iter().filter(|group| group.state == state && days.contains(&group.since));
        let item = |group: &LeaderGroup| NewsItem { name: group.name.clone(), reason: group.reason.clone() };
        of.map(item).collect::<Vec<_>>()
    };
    let news = CoordinatorNews {
        cohort: facts.cohort_facts(cohort, None, locale),
        // Why somebody was let in is no news of what she or he answered.
        accepted: without_reasons(who(EnrolmentState::Enrolled)),
        in_line: without_reasons(who(EnrolmentState::Waiting)),
        declined: who(EnrolmentState::Declined).into_iter().chain(of_groups(GroupState::Declined)).collect(),
        lapsed: without_reasons(
            who(EnrolmentState::Lapsed).into_iter().chain(of_groups(GroupState::Lapsed)).collect(),
        ),
        withdrawn: who(EnrolmentState::Withdrawn),
        proposed: who(EnrolmentState::Proposed),
        url: client(ctx, Task::SeeTheRoster),
    };
    let all = [&news.accepted, &news.in_line, &news.declined, &news.lapsed, &news.withdrawn, &news.proposed];
    if all.iter().all(|items| items.is_empty()) {
        return Ok(Err(StateReason::NoNews));
    }
    Ok(Ok(Letter::CoordinatorNews(news)))
}

fn without_reasons(items: Vec<NewsItem>) -> Vec<NewsItem> {
    items.into_iter().map(|item| NewsItem { reason: None, ..item }).collect()
}
