//! Endorsements that nobody gave in time, and nominations that nobody independent can endorse: while the outcomes are not
//! sent, a coordinator can ask once more, or write down what was said. And outcomes that nobody was told yet, with the last
//! moment at which places can be offered.

use varde_model::{
    inbox::{InboxKind, InboxReason},
    nominations::{Nomination, NominationRound, NominationState, RoundState},
};
use varde_persistence::Conn;

use super::{Act, ActValue, Floor, Item, Said};
use crate::{Result, nominations};

pub(super) async fn items(floor: &Floor, conn: &impl Conn) -> Result<Vec<Item>> {
    let (rounds, all) = nominations::undecided(conn, floor.org()).await?;
    let rules = nominations::rules_in(conn, floor.org(), &rounds).await?;
    let cohort =
        |one: &Nomination| rounds.iter().find(|round| round.id == one.round).map(|round| round.cohort);
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
        let mut said = vec![("person", Said::Person(one.nominee)), ("cohort", Said::Cohort(cohort))];
        said.extend(one.endorser.map(|endorser| ("endorser", Said::Person(endorser))));
        Some(Item {
            said,
            person: Some(one.nominee),
            cohort: Some(cohort),
            subject: Some(("Nomination", one.id.0)),
            since: Some(one.since),
            due: one.endorse_by.filter(|until| *until > floor.now),
            act: Some(Act::fill_in(operation, vec![("nominationId", ActValue::Id("Nomination", one.id.0))])),
            ..Item::new(floor.org(), InboxKind::Endorsement, reason, format!("{}|{}", one.id, one.version))
        })
    };
    let mut items: Vec<Item> = all.iter().filter_map(item).collect();
    items.extend(rounds.iter().filter_map(|round| outcomes(floor, round)));
    Ok(items)
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
