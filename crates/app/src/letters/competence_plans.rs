//! Letters about competence plans: what is wanted of whom, and how far items have come; not how they were rated.

use varde_model::{
    Locale,
    catalogue::PlanItem,
    check_in::Party,
    delivery::OutboxRow,
    ids::PlanId,
    letter::{CompetencePlanFacts, Letter, LetterKind, PlanItemFacts},
    links::LinkPurpose,
    local_time::Zoned,
    plan::{Plan, PlanEntry, PlanRules, PlanState},
    state_reason::StateReason,
    work::Recipient,
};
use varde_persistence::competence_plans as stored;

use super::{facts::Facts, leaders::Composed};
use crate::{
    Ctx, Result,
    competence_plans::{evidence_of, is_open},
    frameworks,
};

/// A letter to one of the two about their plan.
pub(super) async fn about_plan(
    ctx: &Ctx,
    facts: &Facts,
    row: &OutboxRow,
    id: PlanId,
    locale: Locale,
) -> Result<Composed> {
    let (store, org) = (ctx.store(), row.organisation);
    let Some(plan) = facts.plans.get(&id) else { return Ok(Err(StateReason::SubjectGone)) };
    let Recipient::Person { person } = row.recipient else { return Ok(Err(StateReason::NotAsked)) };
    // Handed over to somebody else by now.
    let Some(party) = plan.party_of(person) else { return Ok(Err(StateReason::NotAsked)) };
    let letter = row.request.letter;
    if !holds(letter, party, plan.state) {
        return Ok(Err(StateReason::DoesNotHold));
    }
    let page = facts.page(ctx, person, LinkPurpose::CompetencePlan, &row.request.about);
    let Some(page_url) = page else { return Ok(Err(StateReason::NotAsked)) };
    let (Some(leader), Some(trust)) = (facts.person(plan.leader), facts.organisation(org)) else {
        return Ok(Err(StateReason::SubjectGone));
    };
    let framework = frameworks::version(store, org, plan.framework).await?;
    let rows = stored::entries(store, org, &[id]).await?;
    let attended = evidence_of(store, org, &[plan]).await?;
    let rules = stored::find_rules(store, org).await?;
    let today = Zoned::at(ctx.now, trust.zone).date;
    let named = |item: &&PlanItem, entry: &PlanEntry| match letter {
        LetterKind::CompetencePlanAgreed => is_open(plan, item, entry, &attended),
        LetterKind::CompetencePlanDue => {
            is_open(plan, item, entry, &attended) && is_due(&rules, plan, item, entry, today)
        }
        LetterKind::CompetencePlanRenewed => entry.own.is_none(),
        _ => false,
    };
    let mut items = Vec::new();
    for item in &framework.plan {
        let known = rows.iter().find(|row| row.item == item.key).cloned();
        let entry = known.unwrap_or_else(|| PlanEntry::new(id, &item.key));
        if named(&item, &entry) {
            let due_on = entry.due_on(item, plan);
            let late = due_on.is_some_and(|day| day < today);
            items.push(PlanItemFacts { title: item.title.get(locale).to_owned(), due_on, late });
        }
    }
    items.sort_by_key(|item| (item.due_on.is_none(), item.due_on));
    if items.is_empty() && matches!(letter, LetterKind::CompetencePlanDue | LetterKind::CompetencePlanRenewed)
    {
        return Ok(Err(StateReason::DoesNotHold));
    }
    let told = CompetencePlanFacts {
        leader_name: leader.name(),
        manager_name: plan.manager.and_then(|manager| facts.person(manager)).map(|manager| manager.name()),
        to_leader: party == Party::Leader,
        count: framework.plan.len(),
        items,
        page_url,
    };
    Ok(Ok(match letter {
        LetterKind::CompetencePlanOpened => Letter::CompetencePlanOpened(told),
        LetterKind::CompetencePlanToAgree => Letter::CompetencePlanToAgree(told),
        LetterKind::CompetencePlanAgreed => Letter::CompetencePlanAgreed(told),
        LetterKind::CompetencePlanReminder => Letter::CompetencePlanReminder(told),
        LetterKind::CompetencePlanDue => Letter::CompetencePlanDue(told),
        LetterKind::CompetencePlanRenewed => Letter::CompetencePlanRenewed(told),
        _ => return Ok(Err(StateReason::NoSuchLetter)),
    }))
}

/// Whether what a letter says still holds.
const fn holds(letter: LetterKind, party: Party, state: PlanState) -> bool {
    match (letter, party) {
        (
            LetterKind::CompetencePlanOpened
            | LetterKind::CompetencePlanRenewed
            | LetterKind::CompetencePlanReminder,
            Party::Leader,
        ) => matches!(state, PlanState::Draft),
        (LetterKind::CompetencePlanToAgree | LetterKind::CompetencePlanReminder, Party::Manager) => {
            matches!(state, PlanState::Assessed)
        }
        (LetterKind::CompetencePlanAgreed, Party::Leader) => {
            matches!(state, PlanState::Agreed | PlanState::Completed)
        }
        (LetterKind::CompetencePlanDue, Party::Leader) => !matches!(state, PlanState::Ended),
        _ => false,
    }
}

fn is_due(
    rules: &PlanRules,
    plan: &Plan,
    item: &PlanItem,
    entry: &PlanEntry,
    today: chrono::NaiveDate,
) -> bool {
    entry.due_on(item, plan).is_some_and(|day| rules.stage(day, today) > 0)
}
