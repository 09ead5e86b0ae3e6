//! Endorsements that nobody gave in time, and nominations that nobody independent can endorse: while the outcomes are not
//! sent, a coordinator can ask once more, or write down what was said. And outcomes that nobody was told yet, with the last
//! moment at which places can be offered.

use std::collections::HashMap;

use varde_model::{
    ids::PersonId,
    inbox::{InboxKind, InboxReason},
    nominations::{Nomination, NominationRound, NominationState, RoundState},
    people::line_manager,
};
use varde_persistence::{Conn, people};

use super::{Act, ActValue, Floor, Item, Said, facts::name_a_line_manager};
use crate::{Result, line, nominations};

pub(super) async fn items(floor: &Floor, conn: &impl Conn) -> Result<Vec<Item>> {
    let (rounds, all) = nominations::undecided(conn, floor.org()).await?;
    let rules = nominations::rules_in(conn, floor.org(), &rounds).await?;
    let cohort =
        |one: &Nomination| rounds.iter().find(|round| round.id == one.round).map(|round| round.cohort);
    let unled = unled(floor, conn, &all).await?;
    let item = |one: &Nomination| {
        let asks = rules.get(&one.round).is_some_and(|rule| rule.endorsement.asks());
        let (reason, operation) = match (one.state, one.endorse_by, one.endorser) {
            (NominationState::Lapsed, Some(_), Some(_)) => {
                (InboxReason::EndorsementLapsed, "reopen-endorsement")
            }
            (NominationState::Submitted | NominationState::Lapsed, Some(_), None) if asks => {
                (InboxReason::NoEndorser, "record-an-endorsement")
            }
            _ => return None,
        };
        let cohort = cohort(one)?;
        let act = match unled.get(&one.nominee) {
            Some(number) => name_a_line_manager(floor, number),
            None => Act::fill_in(operation, vec![("nominationId", ActValue::Id("Nomination", one.id.0))]),
        };
        let mut said = vec![("person", Said::Person(one.nominee)), ("cohort", Said::Cohort(cohort))];
        said.extend(one.endorser.map(|endorser| ("endorser", Said::Person(endorser))));
        Some(Item {
            said,
            person: Some(one.nominee),
            cohort: Some(cohort),
            subject: Some(("Nomination", one.id.0)),
            since: Some(one.since),
            due: one.endorse_by.filter(|until| *until > floor.now),
            act: Some(act),
            ..Item::new(
                floor.org(),
                InboxKind::Endorsement,
                reason,
                // Once a line manager is named, something else is to be done.
                format!("{}|{}|{}", one.id, one.version, unled.contains_key(&one.nominee)),
            )
        })
    };
    let mut items: Vec<Item> = all.iter().filter_map(item).collect();
    items.extend(rounds.iter().filter_map(|round| outcomes(floor, round)));
    Ok(items)
}

/// The employee numbers of those whom nobody can endorse because nobody stands above them, as above the director: naming a
/// line manager comes first.
async fn unled(floor: &Floor, conn: &impl Conn, all: &[Nomination]) -> Result<HashMap<PersonId, String>> {
    let asked = all.iter().filter(|one| one.endorser.is_none() && one.endorse_by.is_some());
    let nobody: Vec<PersonId> = asked.map(|one| one.nominee).collect();
    if nobody.is_empty() {
        return Ok(HashMap::new());
    }
    let chart = line::chart_on(conn, floor.org(), &nobody, floor.today).await?;
    let mut people = people::find_many(conn, floor.org(), &nobody).await?;
    people.retain(|person| line_manager(&chart, person.id, floor.today).is_none());
    Ok(people.into_iter().map(|person| (person.id, person.employee_number)).collect())
}

/// A round whose time is over, until everybody was told.
fn outcomes(floor: &Floor, round: &NominationRound) -> Option<Item> {
    let cohort = floor.cohorts.iter().find(|cohort| cohort.id == round.cohort);
    let last = cohort.and_then(|cohort| floor.cutoff(cohort));
    // A cohort that is called off or over gives no places.
    let too_late = cohort.is_none() || last.is_some_and(|last| last <= floor.now);
    let code = || ("roundCode", ActValue::Text(round.code.clone()));
    let (reason, act) = match round.state {
        RoundState::Closed | RoundState::Prepared if too_late => {
            let anyway = ("withoutPlaces", ActValue::Flag(true));
            (InboxReason::OutcomesTooLate, Act::run("send-the-outcomes", vec![code(), anyway]))
        }
        RoundState::Closed if round.endorse_by <= floor.now => {
            (InboxReason::OutcomesNotPrepared, Act::fill_in("prepare-the-outcomes", vec![code()]))
        }
        RoundState::Prepared => (InboxReason::OutcomesNotSent, Act::run("send-the-outcomes", vec![code()])),
        _ => return None,
    };
    if last.is_none() && !too_late {
        return None;
    }
    let mut said = vec![("round", Said::Text(round.code.clone()))];
    said.extend(last.map(|last| ("moment", Said::Moment(last))));
    Some(Item {
        said,
        cohort: Some(round.cohort),
        subject: Some(("NominationRound", round.id.0)),
        due: last.filter(|_| !too_late),
        act: Some(act),
        ..Item::new(floor.org(), InboxKind::Outcomes, reason, format!("{}|{}", round.id, round.version))
    })
}
