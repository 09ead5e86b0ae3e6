//! Following up what a leader group agreed on: its owners are asked some months after the last gathering, reminded after
//! a week, and after two the coordinators hear who is still silent.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveTime, Utc};
use serde_json::json;
use varde_model::{
    groups::{FollowUp, FollowUpStep, LeaderGroup, Measure, measures},
    ids::{LeaderGroupId, MeasureId, OrganisationId, PersonId},
    letter::LetterKind,
    links::subject_key,
    local_time::{Zoned, instant},
    state_reason::StateReason,
    timers::NewTimer,
    work::{About, Job, Recipient},
};
use varde_persistence::{Tx, groups, people, timers};

use super::tree;
use crate::{
    Ctx, Result,
    access::Actor,
    audit::Deed,
    cohorts::desk::Desk,
    post::{self, Post},
};

/// How long the link to a follow-up works after the coordinators have heard: a late answer is better than none.
const LINK_DAYS: u64 = 60;

/// The hour at which people are asked.
fn nine() -> NaiveTime {
    NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default()
}

/// The moment of a step of a group's follow-up: at nine on a working day, counted from its last gathering. None without
/// a gathering.
pub(crate) fn moment(
    desk: &Desk<'_>,
    group: &LeaderGroup,
    month: u32,
    step: FollowUpStep,
) -> Option<DateTime<Utc>> {
    let own = desk.standing().filter(|gathering| gathering.is_for_group(Some(group.id)));
    let last = own.map(|gathering| gathering.date).max()?;
    let day = measures::follow_up_day(last, month).checked_add_days(Days::new(7 * step.weeks()))?;
    let day = desk.planner.calendar.next_working_day_on_or_after(day);
    Some(instant(day, nine(), desk.organisation.zone))
}

/// Writes the timers of a group's follow-ups, or moves those that have not come yet.
pub(crate) async fn plan(desk: &Desk<'_>, group: &LeaderGroup) -> Result<()> {
    let Some(rule) = desk.programme.groups.as_ref().filter(|_| group.state.takes_part()) else {
        return Ok(());
    };
    let mut planned = Vec::new();
    for month in &rule.follow_up_months {
        for step in FollowUpStep::ALL {
            let Some(due) = moment(desk, group, *month, step).filter(|due| *due > desk.ctx.now) else {
                continue;
            };
            let about = About::FollowUp { group: group.id, month: *month };
            planned.push(NewTimer {
                id: desk.ctx.new_id(),
                job: Job::FollowUp { group: group.id, month: *month, step },
                // Not the cohort's: what ends with the cohort is cancelled, this goes on.
                cohort: None,
                person: None,
                unique_key: format!("follow_up|{}|{}", subject_key(Some(&about)), step.as_str()),
                local: Zoned::at(due, desk.organisation.zone),
                due_at: due,
                latest_at: None,
            });
        }
    }
    timers::insert_many(desk.tx, desk.org(), &planned, desk.ctx.now).await?;
    Ok(())
}

/// What is waited for at a month: each measure with the follow-up that stands for it.
struct Open {
    measure: Measure,
    follow_up: Option<FollowUp>,
}

async fn open_at(tx: &Tx, org: OrganisationId, group: LeaderGroupId, month: u32) -> Result<Vec<Open>> {
    let known = groups::follow_ups(tx, org, &[group]).await?;
    let of = |measure: MeasureId| -> Vec<FollowUp> {
        known.iter().filter(|one| one.measure == measure).cloned().collect()
    };
    let asked = groups::measures(tx, org, &[group]).await?.into_iter().filter_map(|measure| {
        let own = of(measure.id);
        let open = measures::is_asked(month, &own);
        let follow_up = own.into_iter().find(|one| one.month == month);
        open.then_some(Open { measure, follow_up })
    });
    Ok(asked.collect())
}

/// One step of a follow-up.
pub(crate) async fn step(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    (id, month): (LeaderGroupId, u32),
    step: FollowUpStep,
) -> Result<std::result::Result<(), StateReason>> {
    let Some(found) = groups::find(tx, org, id).await? else { return Ok(Err(StateReason::SubjectGone)) };
    let mut desk = Desk::open(ctx, tx, org, Actor::System, found.cohort).await?;
    let group = desk.group(id).await?;
    if !group.state.takes_part() || moment(&desk, &group, month, step).is_none() {
        return Ok(Err(StateReason::DoesNotHold));
    }
    let open = open_at(tx, org, id, month).await?;
    if open.is_empty() {
        return Ok(Err(StateReason::Answered));
    }
    match step {
        FollowUpStep::Ask => ask(&mut desk, &group, month, open, LetterKind::FollowUpRequest).await?,
        FollowUpStep::Remind => ask(&mut desk, &group, month, open, LetterKind::FollowUpReminder).await?,
        FollowUpStep::Escalate => escalate(&mut desk, &group, month, open).await?,
    }
    Ok(Ok(()))
}

/// Asks everybody who is to be asked, each once for all of her or his.
async fn ask(
    desk: &mut Desk<'_>,
    group: &LeaderGroup,
    month: u32,
    open: Vec<Open>,
    letter: LetterKind,
) -> Result<()> {
    let mut asked: BTreeMap<PersonId, usize> = BTreeMap::new();
    let mut rows = Vec::new();
    for Open { measure, follow_up } in open {
        let who = to_ask(desk, group, measure.owner).await?;
        let mut row = follow_up.unwrap_or(FollowUp {
            measure: measure.id,
            group: group.id,
            month,
            asked: None,
            asked_at: None,
            escalated_at: None,
            answer: None,
        });
        row.asked = who;
        row.asked_at = row.asked_at.or(Some(desk.ctx.now));
        rows.push((desk.ctx.new_id(), row));
        if let Some(who) = who {
            *asked.entry(who).or_default() += 1;
        }
    }
    groups::put_follow_ups(desk.tx, desk.org(), &rows).await?;
    let about = About::FollowUp { group: group.id, month };
    let until =
        moment(desk, group, month, FollowUpStep::Escalate).map(|moment| moment + Days::new(LINK_DAYS));
    for who in asked.keys() {
        let recipient = Recipient::Person { person: *who };
        let post = Post { link_until: until, ..Post::new(recipient, letter, about, "") };
        post::leave(desk.ctx, desk.tx, desk.org(), post).await?;
    }
    let detail = json!({ "month": month, "measures": rows.len(), "asked": asked.len() });
    desk.record(Deed::on("leader_group.follow_up", group.id), detail).await
}

/// Who is asked for an owner: she or he herself; where she or he has left the trust or the group, the group's leader; where that one has left
/// too, whoever leads the unit now.
async fn to_ask(desk: &Desk<'_>, group: &LeaderGroup, owner: PersonId) -> Result<Option<PersonId>> {
    let (tx, org, today) = (desk.tx, desk.org(), desk.today());
    let members = desk.included(group).await?;
    for person in [owner, group.leader] {
        if !members.contains(&person) {
            continue;
        }
        let found = people::find(tx, org, person).await?;
        if found.is_some_and(|found| !found.employed.is_over(today)) {
            return Ok(Some(person));
        }
    }
    let chart = tree::chart_on(tx, org, today).await?;
    Ok(tree::in_charge(&chart, group.unit, today).map(|appointment| appointment.person))
}

/// The coordinators hear who is still silent.
async fn escalate(desk: &mut Desk<'_>, group: &LeaderGroup, month: u32, open: Vec<Open>) -> Result<()> {
    let now = desk.ctx.now;
    let rows: Vec<_> = open
        .into_iter()
        .map(|Open { measure, follow_up }| {
            let row = follow_up.unwrap_or(FollowUp {
                measure: measure.id,
                group: group.id,
                month,
                asked: None,
                asked_at: None,
                escalated_at: None,
                answer: None,
            });
            (desk.ctx.new_id(), FollowUp { escalated_at: row.escalated_at.or(Some(now)), ..row })
        })
        .collect();
    groups::put_follow_ups(desk.tx, desk.org(), &rows).await?;
    let about = About::FollowUp { group: group.id, month };
    for account in desk.cohort.coordinators.clone() {
        let recipient = Recipient::Account { account };
        let letter = LetterKind::CoordinatorFollowUpOverdue;
        let post = Post { can_wait: true, ..Post::new(recipient, letter, about, "") };
        post::leave(desk.ctx, desk.tx, desk.org(), post).await?;
    }
    let detail = json!({ "month": month, "measures": rows.len() });
    desk.record(Deed::on("leader_group.follow_up_overdue", group.id), detail).await
}
