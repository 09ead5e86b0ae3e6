//! Endorsements that nobody gave in time, and nominations that nobody independent can endorse. While the outcomes are not
//! sent, a coordinator can ask once more, or write down what was said.

use varde_model::{
    inbox::{InboxKind, InboxReason},
    nominations::{Nomination, NominationState},
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
    Ok(all.iter().filter_map(item).collect())
}
