//! Which further groups may be shown beside what is published: those who took part in a programme, say.

use std::collections::BTreeSet;

use super::{LEAST_BEHIND, Published};
use crate::ids::PersonId;

/// Of groups of people, in their order, those that may be shown: five at least stand behind each, and what one is held
/// against, published or shown before it, is either the same people or differs by five at least. So neither everybody but a
/// few of the trust is told, nor a programme's people with a few more.
pub fn beside<K>(
    published: &[&Published],
    groups: impl IntoIterator<Item = (K, BTreeSet<PersonId>)>,
) -> Vec<(K, BTreeSet<PersonId>)> {
    let mut told: Vec<BTreeSet<PersonId>> = published.iter().flat_map(|one| sets(one)).cloned().collect();
    let mut shown = Vec::new();
    for (key, people) in groups {
        let apart = |other: &BTreeSet<PersonId>| {
            let differ = people.symmetric_difference(other).count();
            differ == 0 || differ >= LEAST_BEHIND
        };
        if people.len() >= LEAST_BEHIND && told.iter().all(apart) {
            told.push(people.clone());
            shown.push((key, people));
        }
    }
    shown
}

fn sets(of: &Published) -> impl Iterator<Item = &BTreeSet<PersonId>> {
    of.trust.iter().chain(of.units.values()).chain(of.levels.iter().map(|(_, people)| people))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn people(ids: impl IntoIterator<Item = u128>) -> BTreeSet<PersonId> {
        ids.into_iter().map(|id| PersonId(Uuid::from_u128(id))).collect()
    }

    fn trust(ids: impl IntoIterator<Item = u128>) -> Published {
        Published { trust: Some(people(ids)), ..Published::default() }
    }

    #[test]
    fn a_group_is_shown_from_five_and_not_where_it_is_all_but_a_few_of_what_is_published() {
        let trust = trust(0..12);
        let shown = |ids: std::ops::Range<u128>| !beside(&[&trust], [((), people(ids))]).is_empty();
        assert!(!shown(0..4), "four");
        assert!(shown(0..5) && shown(0..7), "the others are five at least");
        assert!(!shown(0..8) && !shown(0..11), "the others are fewer");
        assert!(shown(0..12), "everybody");
    }

    #[test]
    fn of_two_programmes_with_nearly_the_same_people_the_first_is_shown() {
        let trust = trust(0..40);
        let shown =
            beside(&[&trust], [("one", people(0..8)), ("two", people(0..9)), ("three", people(4..12))]);
        assert_eq!(shown.iter().map(|(key, _)| *key).collect::<Vec<_>>(), ["one", "three"]);
    }

    #[test]
    fn no_difference_of_two_shown_groups_tells_of_fewer_than_five() {
        let group = || prop::collection::btree_set(0u128..20, 0..20);
        proptest!(|(trust_of in group(), groups in prop::collection::vec(group(), 0..6))| {
            let trust = trust(trust_of.iter().copied());
            let shown = beside(&[&trust], groups.into_iter().map(|ids| ((), people(ids))));
            let mut all: Vec<&BTreeSet<PersonId>> = shown.iter().map(|(_, one)| one).collect();
            prop_assert!(all.iter().all(|one| one.len() >= LEAST_BEHIND));
            all.extend(trust.trust.as_ref());
            for (index, one) in all.iter().enumerate() {
                for other in &all[index + 1..] {
                    let differ = one.symmetric_difference(other).count();
                    prop_assert!(differ == 0 || differ >= LEAST_BEHIND);
                }
            }
        });
    }
}
