//! Letters about nominations: to who writes one, to who is asked to endorse it, and the outcome to the nominee.

use varde_model::{
    Locale,
    catalogue::{EndorsementRule, NominationRule},
    cohort::Cohort,
    delivery::OutboxRow,
    enrolment::{Enrolment, EnrolmentState},
    ids::{NominationId, PersonId},
    letter::{
        CohortFacts, EndorsementRequest, Letter, LetterKind, NominationDraftReminder, NominationNotPlaced,
        NominationPlaced, NominationReserve,
    },
    links::LinkPurpose,
    nominations::{Nomination, NominationState, RoundState},
    state_reason::StateReason,
    work::Recipient,
};
use varde_persistence::enrolments;

use super::{
    client::{Task, client},
    facts::Facts,
    leaders::Composed,
};
use crate::{
    Ctx, Result,
    enrolments::place_in_line,
    nominations::{explained, of_place},
};

/// Letters about a nomination.
pub(super) fn about_nomination(
    ctx: &Ctx,
    facts: &Facts,
    row: &OutboxRow,
    id: NominationId,
    locale: Locale,
) -> Composed {
    let (nomination, round) = facts.nomination(id).ok_or(StateReason::SubjectGone)?;
    let cohort = facts.cohort(round.cohort).ok_or(StateReason::SubjectGone)?;
    let rule = facts.programme(cohort).and_then(|programme| programme.nomination);
    let rule = rule.ok_or(StateReason::SubjectGone)?;
    let told = facts.cohort_facts(cohort, None, locale);
    let name = |person: PersonId| facts.person(person).map(varde_model::people::Person::name);
    let nominee_name = name(nomination.nominee).ok_or(StateReason::SubjectGone)?;
    let own = nomination.is_own();
    match row.request.letter {
        LetterKind::NominationDraftReminder if nomination.state == NominationState::Draft => {
            let nominee_name = (!own).then_some(nominee_name);
            let closes_at = round.closes_at;
            Ok(Letter::NominationDraftReminder(NominationDraftReminder {
                nominee_name,
                cohort: told,
                closes_at,
                url: client(ctx, Task::EditMyNomination),
            }))
        }
        LetterKind::NominationDraftReminder => Err(StateReason::DoesNotHold),
        kind @ (LetterKind::EndorsementRequest | LetterKind::EndorsementReminder) => {
            let asked = nomination.endorser.map(|person| Recipient::Person { person });
            if !nomination.awaits_endorsement(ctx.now) || asked != Some(row.recipient) {
                return Err(StateReason::Answered);
            }
            let endorser = nomination.endorser.ok_or(StateReason::SubjectGone)?;
            let page = facts.page(ctx, endorser, LinkPurpose::Endorsement, &row.request.about);
            let request = EndorsementRequest {
                nominee_name,
                nominator_name: if own { None } else { name(nomination.nominator) },
                cohort: told,
                obligatory: rule.endorsement == EndorsementRule::Obligatory,
                answer_url: page.ok_or(StateReason::DoesNotHold)?,
                reply_by: nomination.endorse_by.ok_or(StateReason::DoesNotHold)?,
            };
            Ok(match kind {
                LetterKind::EndorsementRequest => Letter::EndorsementRequest(request),
                _ => Letter::EndorsementReminder(request),
            })
        }
        LetterKind::NominationNotPlaced if round.state == RoundState::Sent => {
            let reasons = explained(nomination, rule, locale);
            Ok(Letter::NominationNotPlaced(NominationNotPlaced { cohort: told, own, reasons }))
        }
        _ => Err(StateReason::NoSuchLetter),
    }
}

/// The outcome that gives a place, or a number in reserve.
pub(super) async fn outcome(
    ctx: &Ctx,
    row: &OutboxRow,
    place: &Enrolment,
    (cohort, told): (&Cohort, CohortFacts),
    rule: Option<NominationRule>,
    url: Option<String>,
    locale: Locale,
) -> Result<Composed> {
    let nomination = of_place(ctx.store(), row.organisation, place).await?;
    let own = nomination.as_ref().is_some_and(Nomination::is_own);
    let reasons = nomination.zip(rule).map(|(one, rule)| explained(&one, rule, locale)).unwrap_or_default();
    let everyone = enrolments::of_cohort(ctx.store(), row.organisation, cohort.id).await?;
    let reserves = everyone.iter().any(|other| other.state == EnrolmentState::Waiting);
    Ok(match (row.request.letter, place.state, place.answer_by, url) {
        (LetterKind::NominationPlaced, EnrolmentState::Offered, Some(held_until), Some(answer_url))
            if held_until > ctx.now =>
        {
            Ok(Letter::NominationPlaced(NominationPlaced {
                cohort: told,
                own,
                reasons,
                answer_url,
                held_until,
                reserves,
            }))
        }
        (LetterKind::NominationPlaced, ..) => Err(StateReason::NoSeatHeld),
        (_, EnrolmentState::Waiting, _, manage_url) => match place_in_line(&everyone, place) {
            Some(position) => Ok(Letter::NominationReserve(NominationReserve {
                cohort: told,
                own,
                reasons,
                position,
                manage_url,
            })),
            None => Err(StateReason::NotInLine),
        },
        _ => Err(StateReason::NotInLine),
    })
}
