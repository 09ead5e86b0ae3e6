//! Who belongs to a leader group: found from the tree, and adjusted by hand.

use chrono::{DateTime, Utc};

use crate::ids::{AccountId, LeaderGroupId, PersonId};

/// Members of a group at the most, its leader included.
pub const MOST_MEMBERS: usize = 60;

/// Somebody who belongs to a group, or was left out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The group.
    pub group: LeaderGroupId,
    /// Who.
    pub person: PersonId,
    /// False for somebody who was left out.
    pub included: bool,
    /// True when a hand put her or him there; False for whom the tree gave.
    pub by_hand: bool,
    /// Why, where somebody said so.
    pub reason: Option<String>,
    /// Who did it, where it was a coordinator.
    pub changed_by: Option<AccountId>,
    /// When.
    pub changed_at: DateTime<Utc>,
}

/// Whom the tree and the hand give: the leader first, then those who report to her or him, each once.
pub fn found_in_the_tree(leader: PersonId, reports: impl IntoIterator<Item = PersonId>) -> Vec<PersonId> {
    let mut found = vec![leader];
    for person in reports {
        if !found.contains(&person) {
            found.push(person);
        }
    }
    found
}

/// What looking at the tree once more gives: who has come, and who has gone. What a hand decided stays decided.
pub fn since_then(members: &[Member], found: &[PersonId]) -> (Vec<PersonId>, Vec<PersonId>) {
    let known = |person: &PersonId| members.iter().find(|member| member.person == *person);
    let come = |person: &&PersonId| known(person).is_none_or(|member| !member.included && !member.by_hand);
    let gone = |member: &&Member| member.included && !member.by_hand && !found.contains(&member.person);
    (
        found.iter().filter(come).copied().collect(),
        members.iter().filter(gone).map(|member| member.person).collect(),
    )
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    fn member(number: u128, included: bool, by_hand: bool) -> Member {
        Member {
            group: LeaderGroupId(Uuid::from_u128(1)),
            person: person(number),
            included,
            by_hand,
            reason: None,
            changed_by: None,
            changed_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn the_leader_comes_first_and_nobody_twice() {
        let found = found_in_the_tree(person(1), [person(2), person(1), person(3), person(2)]);
        assert_eq!(found, [person(1), person(2), person(3)]);
    }

    #[test]
    fn the_tree_is_followed_where_no_hand_has_decided() {
        let members = [
            member(1, true, false),
            member(2, true, false),
            member(3, true, true),
            member(4, false, true),
            member(5, false, false),
        ];
        let found = [1, 4, 5, 6].map(person);
        assert_eq!(since_then(&members, &found), (vec![person(5), person(6)], vec![person(2)]));
    }
}
