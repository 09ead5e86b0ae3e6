//! What happens to plans by itself, each working morning and after each import: new leaders get one, leavers' end, a new line
//! manager takes over, what was attended counts, and who is waited for is reminded.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use varde_model::{
    check_in::Party,
    framework::Framework,
    ids::{AppointmentId, PersonId, PlanId},
    letter::LetterKind,
    links::LinkPurpose,
    local_time::Zoned,
    organisation::Organisation,
    people::{Appointment, Person, line_manager},
    plan::{Plan, PlanEntry, PlanEvent, PlanRules, PlanState},
    work::About,
};
use varde_persistence::{Tx, appointments, competence_plans as stored, links, people};

use super::{
    desk::{PlanDesk, entries_of, write_to},
    evidence::Attended,
    evidence_of, is_open,
    opening::{open_in, within},
};
use crate::{Ctx, Result, access::Actor, frameworks, line::chart_on, post::Planned};

/// Looks at every plan of a trust. Looking twice does nothing the second time.
pub(crate) async fn look_again(ctx: &Ctx, tx: &Tx, organisation: &Organisation) -> Result<Vec<Planned>> {
    let org = organisation.id;
    let rules = stored::find_rules(tx, org).await?;
    let today = Zoned::at(ctx.now, organisation.zone).date;
    let mut mails = follow(ctx, tx, organisation, today).await?;
    if rules.appointed_from.is_some() {
        let mut new = appointments::on(tx, org, today).await?;
        new.retain(|one| rules.opens_for(one));
        mails.extend(open_in(ctx, tx, organisation, Actor::System, new).await?.mails);
    }
    mails.extend(remind(ctx, tx, organisation, &rules, today).await?);
    Ok(mails)
}

async fn follow(ctx: &Ctx, tx: &Tx, organisation: &Organisation, today: NaiveDate) -> Result<Vec<Planned>> {
    let org = organisation.id;
    let live = stored::live(tx, org).await?;
    let mut mails = Vec::new();
    if live.is_empty() {
        return Ok(mails);
    }
    let ids: Vec<PersonId> = live.iter().map(|plan| plan.leader).collect();
    let leaders: BTreeMap<PersonId, Person> =
        people::find_many(tx, org, &ids).await?.into_iter().map(|person| (person.id, person)).collect();
    let led: Vec<AppointmentId> = live.iter().map(|plan| plan.appointment).collect();
    let led: BTreeMap<AppointmentId, Appointment> =
        appointments::find_many(tx, org, &led).await?.into_iter().map(|one| (one.id, one)).collect();
    let chart = chart_on(tx, org, &ids, today).await?;
    for plan in live {
        let employed = leaders.get(&plan.leader).is_some_and(|leader| leader.employed.holds_on(today));
        // Who has moved to another unit goes on with the plan there.
        let leads = led.get(&plan.appointment).is_some_and(|own| own.period.holds_on(today))
            || !chart.led_by_on(plan.leader, today).is_empty();
        let manager = within(line_manager(&chart, plan.leader, today));
        if employed && leads && manager == plan.manager {
            continue;
        }
        let mut desk = PlanDesk::open(ctx, tx, org, Actor::System, plan.id).await?;
        let about = About::CompetencePlan { plan: plan.id };
        if employed && leads {
            mails.extend(hand_over(&mut desk, &about, manager).await?);
        } else {
            links::revoke(tx, org, Some(&about), None, ctx.now).await?;
            desk.happens(PlanEvent::End).await?;
        }
    }
    Ok(mails)
}

/// Gives a plan to another line manager. The former one cannot look at it any more.
async fn hand_over(
    desk: &mut PlanDesk<'_>,
    about: &About,
    manager: Option<PersonId>,
) -> Result<Option<Planned>> {
    if let Some(former) = desk.plan.manager {
        let purpose = LinkPurpose::CompetencePlan;
        links::revoke_of(desk.tx, desk.org(), about, purpose, former, desk.ctx.now).await?;
    }
    desk.plan.manager = manager;
    desk.happens(PlanEvent::HandOver).await?;
    if desk.plan.state != PlanState::Assessed {
        return Ok(None);
    }
    let occurrence = format!("handed over {}", desk.today());
    desk.write_to(Party::Manager, LetterKind::CompetencePlanToAgree, &occurrence).await
}

async fn remind(
    ctx: &Ctx,
    tx: &Tx,
    organisation: &Organisation,
    rules: &PlanRules,
    today: NaiveDate,
) -> Result<Vec<Planned>> {
    let org = organisation.id;
    let live = stored::live(tx, org).await?;
    let plans: Vec<&Plan> = live.iter().collect();
    let attended = evidence_of(tx, org, &plans).await?;
    let ids: Vec<_> = live.iter().map(|plan| plan.id).collect();
    let mut rows: BTreeMap<PlanId, Vec<PlanEntry>> = BTreeMap::new();
    for row in stored::entries(tx, org, &ids).await? {
        rows.entry(row.plan).or_default().push(row);
    }
    let mut frameworks = BTreeMap::new();
    for version in live.iter().map(|plan| plan.framework).collect::<BTreeSet<_>>() {
        frameworks.insert(version, frameworks::version(tx, org, version).await?);
    }
    let mut mails = Vec::new();
    for plan in &live {
        if let Some((party, occurrence)) = reminder(plan, organisation, rules, today) {
            let letter = (party, LetterKind::CompetencePlanReminder);
            mails.extend(write_to(ctx, tx, org, plan, letter, &occurrence).await?);
        }
        let framework = &frameworks[&plan.framework];
        let known = rows.get(&plan.id).map(Vec::as_slice).unwrap_or_default();
        let look = (&attended, rules, today);
        if !newly_due(plan, framework, &entries_of(plan, framework, known), look).is_empty() {
            // The leader may have ticked something off meanwhile: what is kept is read under the lock.
            let desk = PlanDesk::open(ctx, tx, org, Actor::System, plan.id).await?;
            let due = newly_due(&desk.plan, framework, &desk.entries(framework).await?, look);
            desk.keep(&due).await?;
            let occurrence = format!("due {today}");
            mails.extend(desk.write_to(Party::Leader, LetterKind::CompetencePlanDue, &occurrence).await?);
        }
        if turns(plan, framework, &entries_of(plan, framework, known), &attended) {
            PlanDesk::open(ctx, tx, org, Actor::System, plan.id).await?.settle_completion().await?;
        }
    }
    Ok(mails)
}

/// Whom a plan waits for, where it is time to remind of it, and which reminder it is.
fn reminder(
    plan: &Plan,
    organisation: &Organisation,
    rules: &PlanRules,
    today: NaiveDate,
) -> Option<(Party, String)> {
    let (party, at) = match plan.state {
        PlanState::Draft => (Party::Leader, plan.asked_at),
        PlanState::Assessed => (Party::Manager, plan.assessed_at?),
        PlanState::Agreed | PlanState::Completed | PlanState::Ended => return None,
    };
    let since = Zoned::at(at, organisation.zone).date;
    let number = rules.reminder(since, today)?;
    Some((party, format!("{} since {since}, {number}", plan.state.as_str())))
}

/// Whether what was attended completes a plan, or attendance that was corrected takes it up again.
fn turns(
    plan: &Plan,
    framework: &Framework,
    entries: &BTreeMap<String, PlanEntry>,
    attended: &Attended,
) -> bool {
    let open = framework.plan.iter().any(|item| is_open(plan, item, &entries[&item.key], attended));
    match plan.state {
        PlanState::Agreed => !open,
        PlanState::Completed => open,
        PlanState::Draft | PlanState::Assessed | PlanState::Ended => false,
    }
}

/// The open items whose deadline has come nearer than was told, each as told of now.
fn newly_due(
    plan: &Plan,
    framework: &Framework,
    entries: &BTreeMap<String, PlanEntry>,
    (attended, rules, today): (&Attended, &PlanRules, NaiveDate),
) -> Vec<PlanEntry> {
    let open = framework.plan.iter().filter(|item| is_open(plan, item, &entries[&item.key], attended));
    let due = open.filter_map(|item| {
        let entry = &entries[&item.key];
        let told = rules.stage(entry.due_on(item, plan)?, today);
        (told > entry.told).then(|| PlanEntry { told, ..entry.clone() })
    });
    due.collect()
}
