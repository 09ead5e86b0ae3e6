//! From the ballots of a panel to one order: pure, so that it can be asked again whenever something changes.
//!
//! Each member puts the nominations in order, except those in which she or he stands in a conflict of interest. Since
//! lists differ in length, a place in a list is brought to the scale of all nominations: the last of fifty counts as the
//! last of sixty. What counts is the mean of these places over the members who ranked the nomination, in hundredths.
//! Equal means are a tie. Where it decides something, a tie is settled by hand, with a reason; nothing else breaks one.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Place;
use crate::ids::{NominationId, PersonId};

/// What one member of the panel said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// Who.
    pub member: PersonId,
    /// The nominations in her or his order, the best first. One that is not eligible any more is passed over.
    pub order: Vec<NominationId>,
    /// Those in which she or he stands in a conflict of interest: passed over too, whenever it was found.
    pub ruled_out: BTreeSet<NominationId>,
}

/// A tie that was settled by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// Those who stood alike, in the order decided on.
    pub order: Vec<NominationId>,
    /// Why.
    pub reason: String,
}

/// What is to be given: places, and places in reserve behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Places.
    pub places: u32,
    /// Places in reserve.
    pub reserves: u32,
}

/// Where one nomination stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which.
    pub nomination: NominationId,
    /// Its place in the order; 1 is the first.
    pub position: u32,
    /// What that gives.
    pub place: Place,
    /// The mean of its places, in hundredths; None where nobody ranked it.
    pub mean: Option<u32>,
    /// How many members ranked it.
    pub ballots: u32,
    /// How many members were ruled out.
    pub ruled_out: u32,
    /// How many others have the same mean.
    pub tied: u32,
    /// Why it stands before or behind those, where somebody decided.
    pub settled: Option<String>,
}

/// The order of all nominations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// The best first.
    pub standings: Vec<Standing>,
    /// Ties that have to be settled before anybody can be told: who gets a place, or which number in reserve, hangs on
    /// them.
    pub undecided: Vec<Vec<NominationId>>,
}

/// Ranks what is eligible by the ballots of the panel.
pub fn rank(eligible: &[NominationId], ballots: &[Ballot], settled: &[Settled], quota: Quota) -> Ranked {
    let all: BTreeSet<NominationId> = eligible.iter().copied().collect();
    let mut places: BTreeMap<NominationId, Vec<u64>> = all.iter().map(|id| (*id, Vec::new())).collect();
    for ballot in ballots {
        for (id, place) in scaled(ballot, &all) {
            places.entry(id).or_default().push(place);
        }
    }
    let mut groups: BTreeMap<(bool, u32), Vec<NominationId>> = BTreeMap::new();
    for (id, own) in &places {
        let mean = mean(own);
        groups.entry((mean.is_none(), mean.unwrap_or(0))).or_default().push(*id);
    }
    let mut ranked = Ranked { standings: Vec::with_capacity(all.len()), undecided: Vec::new() };
    for ((unranked, mean), group) in groups {
        let begins = ranked.standings.len();
        let (order, why) = decide(group, settled);
        if why.is_none() && order.len() > 1 && quota.hangs_on(begins, order.len()) {
            ranked.undecided.push(order.clone());
        }
        let tied = count(order.len()).saturating_sub(1);
        for id in order {
            let position = count(ranked.standings.len()) + 1;
            ranked.standings.push(Standing {
                nomination: id,
                position,
                place: quota.gives(position),
                mean: (!unranked).then_some(mean),
                ballots: count(places.get(&id).map_or(0, Vec::len)),
                ruled_out: count(ballots.iter().filter(|ballot| ballot.ruled_out.contains(&id)).count()),
                tied,
                settled: why.clone().filter(|_| tied > 0),
            });
        }
    }
    ranked
}

/// The nominations of a ballot that count, with their places on the scale of all, in hundredths.
fn scaled(ballot: &Ballot, all: &BTreeSet<NominationId>) -> Vec<(NominationId, u64)> {
    let counts = |id: &&NominationId| all.contains(id) && !ballot.ruled_out.contains(id);
    let own: Vec<NominationId> = ballot.order.iter().filter(counts).copied().collect();
    let (of_own, of_all) = (own.len() as u64, all.len() as u64);
    let scale = |place: u64| ((100 * place + 50) * of_all + of_own / 2) / of_own.max(1) + 50;
    own.into_iter().zip(0..).map(|(id, place)| (id, scale(place))).collect()
}

fn mean(places: &[u64]) -> Option<u32> {
    let members = places.len() as u64;
    let sum: u64 = places.iter().sum();
    let mean = (sum + members / 2).checked_div(members)?;
    u32::try_from(mean).ok()
}

/// Those with one mean in the order that was decided on, the latest decision that names them all; else by their ids.
fn decide(group: Vec<NominationId>, settled: &[Settled]) -> (Vec<NominationId>, Option<String>) {
    let decided = settled.iter().rev().find(|one| group.iter().all(|id| one.order.contains(id)));
    let Some(decided) = decided else { return (group, None) };
    let mut order = group;
    order.sort_by_key(|id| decided.order.iter().position(|named| named == id));
    (order, Some(decided.reason.clone()))
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Quota {
    /// What a position in the order gives.
    const fn gives(self, position: u32) -> Place {
        if position <= self.places {
            Place::Seat
        } else if position <= self.places.saturating_add(self.reserves) {
            Place::Reserve { number: position - self.places }
        } else {
            Place::Nothing
        }
    }

    /// Whether the order within a group that begins behind so many decides anything.
    fn hangs_on(self, begins: usize, size: usize) -> bool {
        let first = count(begins) + 1;
        let last = first + count(size) - 1;
        self.gives(first) != self.gives(last)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> NominationId {
        NominationId(Uuid::from_u128(number))
    }

    fn ids(numbers: &[u128]) -> Vec<NominationId> {
        numbers.iter().copied().map(id).collect()
    }

    fn ballot(order: &[u128], ruled_out: &[u128]) -> Ballot {
        Ballot {
            member: PersonId(Uuid::from_u128(order.iter().sum())),
            order: ids(order),
            ruled_out: ids(ruled_out).into_iter().collect(),
        }
    }

    fn quota(places: u32, reserves: u32) -> Quota {
        Quota { places, reserves }
    }

    fn told(ranked: &Ranked) -> Vec<(u128, Option<u32>, Place)> {
        let tell = |one: &Standing| (one.nomination.0.as_u128(), one.mean, one.place);
        ranked.standings.iter().map(tell).collect()
    }

    #[test]
    fn the_mean_place_decides_and_the_quota_cuts() {
        let ballots = [ballot(&[1, 2, 3, 4], &[]), ballot(&[2, 1, 3, 4], &[]), ballot(&[1, 2, 4, 3], &[])];
        let ranked = rank(&ids(&[1, 2, 3, 4]), &ballots, &[], quota(1, 2));
        assert_eq!(
            told(&ranked),
            [
                (1, Some(133), Place::Seat),
                (2, Some(167), Place::Reserve { number: 1 }),
                (3, Some(333), Place::Reserve { number: 2 }),
                (4, Some(367), Place::Nothing),
            ]
        );
        assert_eq!(ranked.undecided, Vec::<Vec<NominationId>>::new());
    }

    /// The list of one who was ruled out is shorter: her last one counts as the last of all, and her first as the first.
    #[test]
    fn a_member_in_conflict_neither_helps_nor_harms() {
        let ballots = [ballot(&[1, 2, 3, 4], &[]), ballot(&[2, 3, 4], &[1])];
        let ranked = rank(&ids(&[1, 2, 3, 4]), &ballots, &[], quota(2, 0));
        assert_eq!(
            told(&ranked),
            [
                (1, Some(100), Place::Seat),
                (2, Some(159), Place::Seat),
                (3, Some(275), Place::Nothing),
                (4, Some(392), Place::Nothing),
            ]
        );
        assert_eq!((ranked.standings[0].ballots, ranked.standings[0].ruled_out), (1, 1));
    }

    /// A conflict found after she had ranked takes her word on that one away, and leaves her word on the others.
    #[test]
    fn a_conflict_found_later_takes_one_word_away() {
        let before = rank(&ids(&[1, 2, 3]), &[ballot(&[1, 2, 3], &[])], &[], quota(1, 0));
        let after = rank(&ids(&[1, 2, 3]), &[ballot(&[1, 2, 3], &[1])], &[], quota(1, 0));
        assert_eq!(before.standings[0].nomination, id(1));
        assert_eq!(after.standings.iter().map(|one| one.nomination).collect::<Vec<_>>(), ids(&[2, 3, 1]));
        assert_eq!(after.standings[2].mean, None);
    }

    #[test]
    fn a_tie_is_undecided_only_where_something_hangs_on_it() {
        let ballots = [ballot(&[1, 2, 3, 4, 5, 6], &[]), ballot(&[2, 1, 4, 3, 6, 5], &[])];
        let all = ids(&[1, 2, 3, 4, 5, 6]);
        let undecided = |places, reserves| rank(&all, &ballots, &[], quota(places, reserves)).undecided;
        assert_eq!(undecided(2, 0), Vec::<Vec<NominationId>>::new(), "all of a group get the same");
        assert_eq!(undecided(3, 0), [ids(&[3, 4])]);
        assert_eq!(undecided(2, 2), [ids(&[3, 4])], "a number in reserve hangs on it");
        assert_eq!(undecided(1, 4), [ids(&[1, 2]), ids(&[3, 4]), ids(&[5, 6])]);
    }

    #[test]
    fn a_tie_is_settled_by_hand_and_the_latest_word_counts() {
        let ballots = [ballot(&[1, 2, 3], &[]), ballot(&[2, 1, 3], &[])];
        let settle = |order: &[u128], reason: &str| Settled { order: ids(order), reason: reason.to_owned() };
        let decisions = [settle(&[1, 2], "Først"), settle(&[2, 1], "Sist"), settle(&[1, 3], "Annet")];
        let ranked = rank(&ids(&[1, 2, 3]), &ballots, &decisions, quota(1, 0));
        assert_eq!(ranked.undecided, Vec::<Vec<NominationId>>::new());
        let first = &ranked.standings[0];
        assert_eq!((first.nomination, first.tied, first.settled.as_deref()), (id(2), 1, Some("Sist")));
        assert_eq!(ranked.standings[2].settled, None);
    }

    #[test]
    fn whoever_nobody_ranked_comes_last_and_is_decided_by_hand() {
        let ranked = rank(&ids(&[1, 2, 3]), &[ballot(&[3], &[])], &[], quota(2, 0));
        assert_eq!(ranked.standings[0].nomination, id(3));
        assert_eq!(ranked.undecided, [ids(&[1, 2])]);
        let room = rank(&ids(&[1, 2, 3]), &[], &[], quota(3, 2));
        assert_eq!(room.undecided, Vec::<Vec<NominationId>>::new(), "there is a place for everybody");
    }

    #[test]
    fn whoever_has_withdrawn_leaves_no_gap() {
        let ranked = rank(&ids(&[1, 3]), &[ballot(&[1, 2, 3], &[])], &[], quota(1, 1));
        assert_eq!(
            told(&ranked),
            [(1, Some(100), Place::Seat), (3, Some(200), Place::Reserve { number: 1 })]
        );
    }
}
