//! Letters about leader groups.

use varde_model::{
    Locale,
    delivery::OutboxRow,
    gathering::Gathering,
    groups::{GroupState, LeaderGroup, Measure, MeasureKind, measures},
    ids::{LeaderGroupId, PersonId},
    letter::{
        CohortFacts, CoordinatorFollowUpOverdue, FollowUpAsked, GroupInvitation, Letter, LetterKind,
        MeasureFacts, OverdueMeasure,
    },
    links::LinkPurpose,
    state_reason::StateReason,
    work::Recipient,
};
use varde_persistence::{groups, people};

use super::{
    client::{Task, client},
    facts::Facts,
    leaders::Composed,
};
use crate::{Ctx, Result, post};

/// The invitation of a group, and the reminder of it.
pub(super) async fn invitation(
    ctx: &Ctx,
    facts: &Facts,
    row: &OutboxRow,
    id: LeaderGroupId,
    locale: Locale,
) -> Result<Composed> {
    let Some(group) = facts.group(id) else { return Ok(Err(StateReason::SubjectGone)) };
    let Some(told) = cohort_of(facts, group, locale) else { return Ok(Err(StateReason::SubjectGone)) };
    let kind = row.request.letter;
    if kind == LetterKind::GroupInvitation && !is_newest(row, group) {
        return Ok(Err(StateReason::NewerSaysIt));
    }
    let page = facts.page(ctx, group.leader, LinkPurpose::GroupInvitation, &row.request.about);
    let (Some(answer_url), Some(reply_by)) = (page, group.answer_by) else {
        return Ok(Err(StateReason::NotInvited));
    };
    if group.state != GroupState::Invited || reply_by <= ctx.now {
        return Ok(Err(StateReason::NotInvited));
    }
    let invitation = GroupInvitation {
        cohort: told,
        group_name: group.name.clone(),
        members: names(ctx, row, &crate::groups::included(ctx.store(), row.organisation, id).await?).await?,
        what_changes: group.case.what_changes.clone(),
        who_is_touched: group.case.who_is_touched.clone(),
        facilitator: group.facilitator.as_ref().map(|one| match &one.organisation {
            Some(organisation) => format!("{}, {organisation}", one.name),
            None => one.name.clone(),
        }),
        answer_url,
        reply_by,
    };
    Ok(match kind {
        LetterKind::GroupInvitation => Ok(Letter::GroupInvitation(invitation)),
        LetterKind::GroupInvitationReminder => Ok(Letter::GroupInvitationReminder(invitation)),
        _ => Err(StateReason::NoSuchLetter),
    })
}

fn is_newest(row: &OutboxRow, group: &LeaderGroup) -> bool {
    let occurrence = crate::groups::occurrence(group);
    row.dedupe_key == post::key(row.request.letter, &row.request.about, &occurrence, row.recipient)
}

/// The cohort with the gatherings that are for a group.
fn cohort_of(facts: &Facts, group: &LeaderGroup, locale: Locale) -> Option<CohortFacts> {
    let cohort = facts.cohort(group.cohort)?;
    let own = |gathering: &&Gathering| !gathering.cancelled && gathering.is_for_group(Some(group.id));
    let own = facts.gatherings(cohort.id).iter().filter(own);
    let gatherings =
        own.map(|gathering| super::facts::gathering_facts(cohort, gathering, 0, locale)).collect();
    Some(CohortFacts { gatherings, ..facts.cohort_facts(cohort, None, locale) })
}

async fn names(ctx: &Ctx, row: &OutboxRow, ids: &[PersonId]) -> Result<Vec<String>> {
    let found = people::find_many(ctx.store(), row.organisation, ids).await?;
    let name = |id: &PersonId| found.iter().find(|person| person.id == *id).map(|person| person.name());
    Ok(ids.iter().filter_map(name).collect())
}

/// The question how it stands, its reminder, and what the coordinators hear of those who are silent.
pub(super) async fn follow_up(
    ctx: &Ctx,
    facts: &Facts,
    row: &OutboxRow,
    (id, month): (LeaderGroupId, u32),
    locale: Locale,
) -> Result<Composed> {
    let Some(group) = facts.group(id) else { return Ok(Err(StateReason::SubjectGone)) };
    let Some(told) = cohort_of(facts, group, locale) else { return Ok(Err(StateReason::SubjectGone)) };
    if !group.state.takes_part() {
        return Ok(Err(StateReason::DoesNotHold));
    }
    let (store, org) = (ctx.store(), row.organisation);
    let known = groups::follow_ups(store, org, &[id]).await?;
    let all = groups::measures(store, org, &[id]).await?;
    let at = |measure: &Measure| known.iter().find(|one| one.measure == measure.id && one.month == month);
    let waits = |measure: &&Measure| {
        let own: Vec<_> = known.iter().filter(|one| one.measure == measure.id).cloned().collect();
        at(measure).is_some() && measures::is_asked(month, &own)
    };
    let open: Vec<&Measure> = all.iter().filter(waits).collect();
    let people: Vec<PersonId> = open
        .iter()
        .flat_map(|measure| [Some(measure.owner), at(measure).and_then(|one| one.asked)])
        .flatten()
        .collect();
    let known_people = people::find_many(store, org, &people).await?;
    let name = |id: PersonId| known_people.iter().find(|person| person.id == id).map(|person| person.name());
    if let Recipient::Account { .. } = row.recipient {
        let overdue = open.iter().map(|measure| OverdueMeasure {
            text: measure.text.clone(),
            owner_name: name(measure.owner).unwrap_or_default(),
            asked_name: at(measure)
                .and_then(|one| one.asked)
                .filter(|asked| *asked != measure.owner)
                .and_then(name),
        });
        let measures: Vec<OverdueMeasure> = overdue.collect();
        return Ok(if measures.is_empty() {
            Err(StateReason::Answered)
        } else {
            Ok(Letter::CoordinatorFollowUpOverdue(CoordinatorFollowUpOverdue {
                cohort: told,
                group_name: group.name.clone(),
                month,
                measures,
                url: client(ctx, Task::FollowUpsWithoutAnAnswer),
            }))
        });
    }
    let Recipient::Person { person } = row.recipient else { return Ok(Err(StateReason::NoSuchLetter)) };
    let own: Vec<MeasureFacts> = open
        .iter()
        .filter(|measure| at(measure).and_then(|one| one.asked) == Some(person))
        .map(|measure| MeasureFacts {
            text: measure.text.clone(),
            is_benefit: measure.kind == MeasureKind::Benefit,
            indicator: measure.indicator.clone(),
            baseline: measure.baseline.clone(),
            target: measure.target.clone(),
            due: measure.due,
            owner_name: (measure.owner != person).then(|| name(measure.owner)).flatten(),
        })
        .collect();
    if own.is_empty() {
        return Ok(Err(StateReason::Answered));
    }
    let Some(answer_url) = facts.page(ctx, person, LinkPurpose::FollowUp, &row.request.about) else {
        return Ok(Err(StateReason::Answered));
    };
    let asked = FollowUpAsked {
        programme_title: told.programme_title,
        group_name: group.name.clone(),
        month,
        measures: own,
        answer_url,
    };
    Ok(match row.request.letter {
        LetterKind::FollowUpRequest => Ok(Letter::FollowUpRequest(asked)),
        LetterKind::FollowUpReminder => Ok(Letter::FollowUpReminder(asked)),
        _ => Err(StateReason::NoSuchLetter),
    })
}
