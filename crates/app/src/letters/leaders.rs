//! Letters to leaders.

use varde_model::{
    Locale,
    catalogue::{Completion, Held, attended, completion},
    cohort::{Cohort, CohortState},
    delivery::OutboxRow,
    enrolment::{Enrolment, EnrolmentState},
    gathering::{Gathering, Presence},
    ids::{EnrolmentId, GatheringId},
    letter::{
        CohortCancelled, CohortCompleted, CohortNotCompleted, EnrolmentConfirmed, EnrolmentMoved,
        EnrolmentWithdrawn, FormerGathering, GatheringCancelled, GatheringInvitation, GatheringLeft,
        GatheringMoved, GatheringReminder, Invitation, InvitationLapsed, Letter, LetterKind, MovedTo,
        OfferLapsed, SeatOffered, WaitingListClosed, WaitingListConfirmed, WelcomeNewLeader,
    },
    links::LinkPurpose,
    reminders::Condition,
    state_reason::StateReason,
    work::About,
};
use varde_persistence::{appointments, enrolments, gatherings};

use super::{
    facts::{Facts, gathering_facts, of_enrolment},
    line_managers, nominations,
};
use crate::{Ctx, Result, enrolments::place_in_line, post};

pub(super) type Composed = std::result::Result<Letter, StateReason>;

/// Letters about a leader's place in a cohort.
pub(super) async fn about_enrolment(
    ctx: &Ctx,
    facts: &Facts,
    row: &OutboxRow,
    id: EnrolmentId,
    locale: Locale,
) -> Result<Composed> {
    let Some(place) = facts.enrolment(id) else { return Ok(Err(StateReason::SubjectGone)) };
    let Some(cohort) = facts.cohort(place.cohort) else { return Ok(Err(StateReason::SubjectGone)) };
    let told = facts.cohort_facts(cohort, Some(place), locale);
    let about = &row.request.about;
    let page = |purpose| facts.page(ctx, place.person, purpose, about);
    let state = place.state;
    if tells_of_a_change(row.request.letter) && !is_newest(row, &post::of_place(place.version)) {
        return Ok(Err(StateReason::NewerSaysIt));
    }
    Ok(match row.request.letter {
        kind @ (LetterKind::Invitation | LetterKind::InvitationReminder) => {
            match (state, page(LinkPurpose::Invitation), place.answer_by) {
                (EnrolmentState::Invited, Some(answer_url), Some(reply_by)) if reply_by > ctx.now => {
                    let invitation = Invitation { cohort: told, answer_url, reply_by };
                    Ok(match kind {
                        LetterKind::Invitation => Letter::Invitation(invitation),
                        _ => Letter::InvitationReminder(invitation),
                    })
                }
                _ => Err(StateReason::NotInvited),
            }
        }
        kind @ (LetterKind::SeatOffered | LetterKind::SeatOfferReminder) => {
            match (state, page(LinkPurpose::Invitation), place.answer_by) {
                (EnrolmentState::Offered, Some(answer_url), Some(held_until)) if held_until > ctx.now => {
                    let offer = SeatOffered { cohort: told, answer_url, held_until };
                    Ok(match kind {
                        LetterKind::SeatOffered => Letter::SeatOffered(offer),
                        _ => Letter::SeatOfferReminder(offer),
                    })
                }
                _ => Err(StateReason::NoSeatHeld),
            }
        }
        LetterKind::NominationPlaced | LetterKind::NominationReserve => {
            let rule = facts.programme(cohort).and_then(|programme| programme.nomination);
            let url = post::link_purpose(row.request.letter).and_then(page);
            nominations::outcome(ctx, row, place, (cohort, told), rule, url, locale).await?
        }
        LetterKind::WaitingListConfirmed => {
            let everyone = enrolments::of_cohort(ctx.store(), row.organisation, place.cohort).await?;
            match place_in_line(&everyone, place) {
                Some(position) => Ok(Letter::WaitingListConfirmed(WaitingListConfirmed {
                    cohort: told,
                    position,
                    manage_url: page(LinkPurpose::Manage),
                })),
                None => Err(StateReason::NotInLine),
            }
        }
        LetterKind::InvitationLapsed => match (state, place.answer_by) {
            (EnrolmentState::Lapsed, Some(reply_by)) => {
                Ok(Letter::InvitationLapsed(InvitationLapsed { cohort: told, reply_by }))
            }
            _ => Err(StateReason::NotLapsed),
        },
        LetterKind::OfferLapsed => match (state, place.answer_by) {
            (EnrolmentState::Lapsed, Some(held_until)) => {
                Ok(Letter::OfferLapsed(OfferLapsed { cohort: told, held_until }))
            }
            _ => Err(StateReason::NotLapsed),
        },
        LetterKind::WaitingListClosed
            if state == EnrolmentState::Cancelled && cohort.state == CohortState::Completed =>
        {
            Ok(Letter::WaitingListClosed(WaitingListClosed { cohort: told }))
        }
        LetterKind::EnrolmentConfirmed if state == EnrolmentState::Enrolled => {
            Ok(Letter::EnrolmentConfirmed(EnrolmentConfirmed {
                cohort: told,
                manage_url: page(LinkPurpose::Manage),
            }))
        }
        LetterKind::EnrolmentWithdrawn if state == EnrolmentState::Withdrawn => {
            Ok(Letter::EnrolmentWithdrawn(EnrolmentWithdrawn { cohort: told }))
        }
        LetterKind::EnrolmentMoved => return moved(ctx, facts, row, place, cohort, locale).await,
        LetterKind::CohortCancelled if cohort.state == CohortState::Cancelled => {
            Ok(Letter::CohortCancelled(CohortCancelled {
                cohort: told,
                reason: cohort.cancel_reason.clone(),
            }))
        }
        kind @ (LetterKind::LineManagerNotice | LetterKind::LineManagerUpdate) => {
            line_managers::about(facts, kind, place, cohort, locale)
        }
        LetterKind::CohortCompleted | LetterKind::CohortNotCompleted => {
            return completed(ctx, facts, row, place, cohort, locale).await;
        }
        _ => Err(StateReason::DoesNotHold),
    })
}

/// Letters that each change of a leader's place leaves anew; the result of a cohort is told once, as it stands then.
const fn tells_of_a_change(letter: LetterKind) -> bool {
    matches!(
        letter,
        LetterKind::Invitation
            | LetterKind::WaitingListConfirmed
            | LetterKind::SeatOffered
            | LetterKind::EnrolmentConfirmed
            | LetterKind::EnrolmentWithdrawn
            | LetterKind::EnrolmentMoved
    )
}

/// Where somebody who was moved stands now.
async fn moved(
    ctx: &Ctx,
    facts: &Facts,
    row: &OutboxRow,
    place: &Enrolment,
    cohort: &Cohort,
    locale: Locale,
) -> Result<Composed> {
    let former = place.moved_from.and_then(|from| facts.cohort(from));
    let Some(former) = former else { return Ok(Err(StateReason::NotMoved)) };
    let standing = match (place.state, place.answer_by) {
        (EnrolmentState::Enrolled, _) => MovedTo::Seat,
        (EnrolmentState::Invited, Some(reply_by)) if reply_by > ctx.now => MovedTo::Invited { reply_by },
        (EnrolmentState::Waiting, _) => {
            let everyone = enrolments::of_cohort(ctx.store(), row.organisation, place.cohort).await?;
            match place_in_line(&everyone, place) {
                Some(position) => MovedTo::Line { position },
                None => return Ok(Err(StateReason::NotInLine)),
            }
        }
        _ => return Ok(Err(StateReason::DoesNotHold)),
    };
    let purpose = match standing {
        MovedTo::Invited { .. } => LinkPurpose::Invitation,
        _ => LinkPurpose::Manage,
    };
    Ok(Ok(Letter::EnrolmentMoved(EnrolmentMoved {
        cohort: facts.cohort_facts(cohort, Some(place), locale),
        former_title: former.title.clone(),
        standing,
        url: facts.page(ctx, place.person, purpose, &row.request.about),
    })))
}

/// The result of a closed cohort, as it stands when it is told: a corrected record tells the corrected result.
async fn completed(
    ctx: &Ctx,
    facts: &Facts,
    row: &OutboxRow,
    place: &Enrolment,
    cohort: &Cohort,
    locale: Locale,
) -> Result<Composed> {
    let Some(programme) = facts.programme(cohort) else { return Ok(Err(StateReason::SubjectGone)) };
    let own = facts.gatherings(cohort.id).iter().filter(|g| !g.cancelled && g.is_for(place));
    let meetings: Vec<&Gathering> = own.collect();
    let ids: Vec<GatheringId> = meetings.iter().map(|gathering| gathering.id).collect();
    let records = gatherings::attendance(ctx.store(), row.organisation, &ids).await?;
    let own = of_enrolment(&records, place.id);
    let held = |gathering: &&Gathering| {
        let record = own.iter().find(|record| record.gathering == gathering.id);
        programme.held(gathering.position, record.map_or(Presence::Absent, |record| record.presence))
    };
    let held: Vec<Held<'_>> = meetings.iter().map(held).collect();
    let rule = &programme.completion;
    let there = held.iter().filter(|h| matches!(h.presence, Presence::Present | Presence::Partly)).count();
    let partly = held.iter().any(|h| h.presence == Presence::Partly);
    let told = facts.cohort_facts(cohort, Some(place), locale);
    // A result that was corrected before its letter went out has a letter of its own.
    Ok(match (row.request.letter, place.state) {
        (LetterKind::CohortCompleted, EnrolmentState::Completed) => {
            let attended = u32::try_from(there).unwrap_or(u32::MAX);
            let certificate_url = facts.page(ctx, place.person, LinkPurpose::Certificate, &row.request.about);
            Ok(Letter::CohortCompleted(CohortCompleted { cohort: told, attended, certificate_url }))
        }
        (LetterKind::CohortNotCompleted, EnrolmentState::NotCompleted) => {
            let missed = meetings.iter().zip(&held).filter(|(_, h)| h.presence != Presence::Present);
            let modules = match completion(rule, held.iter().copied()) {
                Completion::NotCompleted { modules, .. } => modules,
                Completion::Completed => Vec::new(),
            };
            let titled = programme.modules.iter().filter(|module| modules.contains(&module.key.as_str()));
            Ok(Letter::CohortNotCompleted(CohortNotCompleted {
                cohort: told,
                attended: attended(rule, held.iter().map(|h| h.presence)).to_string(),
                partly_counts: partly.then_some(rule.partly_counts),
                required: rule.asks_for(u32::try_from(held.len()).unwrap_or(u32::MAX)),
                missed: missed
                    .map(|(gathering, _)| gathering_facts(cohort, gathering, place.version, locale))
                    .collect(),
                missed_modules: titled.map(|module| module.title.get(locale).to_owned()).collect(),
            }))
        }
        _ => Err(StateReason::AnotherResult),
    })
}

/// Whether nothing newer of its kind was left while it waited. What is told is how things stand, so the newest says
/// it all.
fn is_newest(row: &OutboxRow, occurrence: &str) -> bool {
    row.dedupe_key == post::key(row.request.letter, &row.request.about, occurrence, row.recipient)
}

/// Letters about one gathering to one leader.
pub(super) fn about_gathering(
    ctx: &Ctx,
    facts: &Facts,
    row: &OutboxRow,
    gathering: GatheringId,
    enrolment: EnrolmentId,
    locale: Locale,
) -> Composed {
    let place = facts.enrolment(enrolment).ok_or(StateReason::SubjectGone)?;
    let cohort = facts.cohort(place.cohort).ok_or(StateReason::SubjectGone)?;
    let meeting =
        facts.gatherings(cohort.id).iter().find(|g| g.id == gathering).ok_or(StateReason::SubjectGone)?;
    let newest = post::of_gathering(place.version, meeting.sequence);
    if matches!(row.request.letter, LetterKind::GatheringInvitation | LetterKind::GatheringMoved)
        && !is_newest(row, &newest)
    {
        return Err(StateReason::NewerSaysIt);
    }
    let told = facts.cohort_facts(cohort, Some(place), locale);
    let gathering = gathering_facts(cohort, meeting, place.version, locale);
    let person = place.person;
    let rsvp_url = facts.page(ctx, person, LinkPurpose::GatheringAnswer, &row.request.about);
    let stands = !meeting.cancelled && cohort.state.is_live() && place.state.takes_part();
    let ahead = meeting.starts_at > ctx.now;
    match row.request.letter {
        LetterKind::GatheringInvitation if stands && ahead => {
            Ok(Letter::GatheringInvitation(GatheringInvitation { cohort: told, gathering, person, rsvp_url }))
        }
        LetterKind::GatheringMoved if stands && ahead => {
            let known = facts.told_last(row);
            let former = meeting.former.iter().rev().find(|former| Some(former.sequence) == known);
            let Some(former) = former.cloned() else {
                // Held back until now: this is the first that the reader hears of the day.
                let invitation = GatheringInvitation { cohort: told, gathering, person, rsvp_url };
                return Ok(Letter::GatheringInvitation(invitation));
            };
            if former.is_same_place_and_time(&meeting.whereabouts(cohort)) {
                return Err(StateReason::BackWhereItWas);
            }
            let former = FormerGathering {
                starts_at: former.starts_at,
                ends_at: former.ends_at,
                place: former.place,
                room: former.room,
                link: former.link,
            };
            Ok(Letter::GatheringMoved(GatheringMoved { cohort: told, gathering, former, person, rsvp_url }))
        }
        LetterKind::GatheringLeft if facts.told_last(row).is_none() => Err(StateReason::NeverTold),
        LetterKind::GatheringLeft if !place.state.takes_part() => {
            let moved_to = facts.moved_to(place.id).map(|(_, cohort)| cohort.title.clone());
            Ok(Letter::GatheringLeft(GatheringLeft { cohort: told, gathering, person, moved_to }))
        }
        LetterKind::GatheringCancelled if !stands => {
            let reason = meeting.cancel_reason.clone().or_else(|| cohort.cancel_reason.clone());
            Ok(Letter::GatheringCancelled(GatheringCancelled { cohort: told, gathering, person, reason }))
        }
        kind @ (LetterKind::GatheringReminder | LetterKind::GatheringPractical) if stands && ahead => {
            let coming = facts.coming(meeting.id, place.id);
            let question = facts.policy(row).is_some_and(|policy| policy.condition == Condition::NoRsvp);
            let reminder = GatheringReminder { cohort: told, gathering, coming, question, rsvp_url };
            Ok(match kind {
                LetterKind::GatheringReminder => Letter::GatheringReminder(reminder),
                _ => Letter::GatheringPractical(reminder),
            })
        }
        _ => Err(StateReason::DoesNotHold),
    }
}

/// The welcome to a newly appointed leader, with the next cohort that has room.
pub(super) async fn welcome(ctx: &Ctx, facts: &Facts, row: &OutboxRow, locale: Locale) -> Result<Composed> {
    let About::Appointment { appointment } = row.request.about else {
        return Ok(Err(StateReason::NoSuchLetter));
    };
    let org = row.organisation;
    let Some(found) = appointments::find(ctx.store(), org, appointment).await? else {
        return Ok(Err(StateReason::SubjectGone));
    };
    let Some(organisation) = facts.organisation(org) else { return Ok(Err(StateReason::SubjectGone)) };
    let Some(policy) = facts.policy(row) else { return Ok(Err(StateReason::PolicyInactive)) };
    let next = crate::proposals::next_cohort(ctx, organisation, &policy.programme, found.period.to).await?;
    let next_facts = match &next {
        Some(cohort) => Some(cohort_alone(ctx, org, cohort, locale).await?),
        None => None,
    };
    let programmes = varde_persistence::programmes::latest_versions(ctx.store(), org).await?;
    let title = programmes.iter().find(|version| version.key == policy.programme).and_then(|version| {
        let programme: varde_model::catalogue::Programme =
            serde_json::from_value(version.definition.clone()).ok()?;
        Some(programme.title.get(locale).to_owned())
    });
    let today = varde_model::local_time::Zoned::at(ctx.now, organisation.zone).date;
    let unit_name = crate::line::unit_name_on(ctx.store(), org, found.unit, today).await?;
    let coordinators = next_facts.as_ref().map(|facts| facts.coordinators.clone());
    let coordinators =
        coordinators.filter(|own| !own.is_empty()).unwrap_or_else(|| facts.trust_contacts(org));
    Ok(Ok(Letter::WelcomeNewLeader(WelcomeNewLeader {
        unit_name: unit_name.unwrap_or_default(),
        appointed_from: found.since,
        programme_title: title.unwrap_or_else(|| policy.programme.clone()),
        next_cohort: next_facts,
        coordinators,
    })))
}

async fn cohort_alone(
    ctx: &Ctx,
    org: varde_model::ids::OrganisationId,
    cohort: &Cohort,
    locale: Locale,
) -> Result<varde_model::letter::CohortFacts> {
    let gatherings = gatherings::of_cohorts(ctx.store(), org, &[cohort.id]).await?;
    let accounts = varde_persistence::accounts::find_many(ctx.store(), org, &cohort.coordinators).await?;
    let version =
        varde_persistence::programmes::versions(ctx.store(), org, &[cohort.programme_version]).await?.pop();
    let programme = version.and_then(|version| {
        serde_json::from_value::<varde_model::catalogue::Programme>(version.definition).ok()
    });
    Ok(varde_model::letter::CohortFacts {
        programme_title: programme.map_or_else(|| cohort.title.clone(), |p| p.title.get(locale).to_owned()),
        cohort_code: cohort.code.clone(),
        cohort_title: cohort.title.clone(),
        place: cohort.place.clone(),
        link: cohort.link.clone(),
        gatherings: gatherings
            .iter()
            .filter(|g| !g.cancelled)
            .map(|g| gathering_facts(cohort, g, 0, locale))
            .collect(),
        coordinators: accounts
            .into_iter()
            .map(|account| varde_model::letter::Contact { name: account.display_name, email: account.email })
            .collect(),
    })
}
