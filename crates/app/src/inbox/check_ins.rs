//! Check-ins that stand still because nobody holds them with the leader: there is no line manager by the tree or by name.

use std::collections::HashMap;

use varde_model::{
    check_in::{CheckIn, Cycle, CycleState},
    ids::{CycleId, PersonId},
    inbox::InboxReason,
    people::Level,
};
use varde_persistence::{Conn, check_in_cycles, check_ins};

use super::{Floor, Item, Said};
use crate::Result;

/// The check-ins that nobody holds, by leader: of several the one that is due first.
pub(super) struct Unheld(HashMap<PersonId, (CheckIn, Cycle)>);

impl Unheld {
    pub(super) async fn read(floor: &Floor, conn: &impl Conn) -> Result<Self> {
        let mut cycles = check_in_cycles::all(conn, floor.org()).await?;
        cycles.retain(|cycle| cycle.state == CycleState::Open);
        let ids: Vec<CycleId> = cycles.iter().map(|cycle| cycle.id).collect();
        let mut found: HashMap<PersonId, (CheckIn, Cycle)> = HashMap::new();
        for check_in in check_ins::unheld(conn, floor.org(), &ids).await? {
            let Some(cycle) = cycles.iter().find(|cycle| cycle.id == check_in.cycle) else { continue };
            let known = found.get(&check_in.leader);
            if known.is_none_or(|(_, known)| cycle.due_on < known.due_on) {
                found.insert(check_in.leader, (check_in, cycle.clone()));
            }
        }
        Ok(Self(found))
    }

    /// What is said of a leader without a line manager: more, where a check-in waits for one.
    pub(super) fn said_of(&self, floor: &Floor, leader: PersonId, plain: Item) -> Item {
        let Some((check_in, cycle)) = self.0.get(&leader) else { return plain };
        // Nobody is above the director: the board's chair or somebody else outside the tree is named.
        let reason = match check_in.level {
            Level::One => InboxReason::CheckInWithoutReviewer,
            _ => InboxReason::CheckInWithoutManager,
        };
        let said = vec![
            ("person", Said::Person(leader)),
            ("cycle", Said::Text(cycle.code.clone())),
            ("day", Said::Day(cycle.due_on)),
        ];
        Item {
            said,
            due: Some(floor.begin_of(cycle.due_on)),
            person: plain.person,
            subject: plain.subject,
            act: plain.act,
            ..Item::new(floor.org(), plain.kind, reason, check_in.id)
        }
    }
}
