//! Which further groups may be shown beside what is published: those who took part in a programme, say.
//!
//! Each figure that is shown divides people into those behind it and the others. Whatever is added to or taken from figures
//! is the same for all who were divided alike; so nobody is told as long as at least five always were. Levels, which cut
//! across everything, are held against the division as they were against the units.

use std::collections::BTreeSet;

use super::{
    LEAST_BEHIND, Published,
    published::{fewest_told, numbers_of_levels},
};
use crate::ids::PersonId;

type People = BTreeSet<PersonId>;

/// A group with figures in some years.
#[derive(Clone, Debug)]
pub struct Group<K> {
    /// What it is.
    pub key: K,
    /// The years in which it has a figure, as indices of what is published.
    pub years: Vec<usize>,
    /// Who stands behind each of them.
    pub people: People,
}

/// Of groups, in their order, those that may be shown: each of their figures together with all that is published and shown
/// before it tells of no fewer than five. What was said in one year and what was said in another are different numbers.
pub fn beside<K>(published: &[&Published], groups: impl IntoIterator<Item = Group<K>>) -> Vec<Group<K>> {
    let mut years: Vec<Divided<'_>> = published.iter().map(|one| Divided::by(one)).collect();
    let mut shown = Vec::new();
    for group in groups {
        let further = |at: &usize| Some((*at, years.get(*at)?.further(&group.people)?));
        let further: Option<Vec<(usize, Vec<People>)>> = group.years.iter().map(further).collect();
        let Some(further) = further.filter(|_| group.people.len() >= LEAST_BEHIND) else { continue };
        for (at, cells) in further {
            if let Some(year) = years.get_mut(at) {
                year.cells = cells;
            }
        }
        shown.push(group);
    }
    shown
}

/// The people of a year, divided by what is shown of it.
struct Divided<'p> {
    published: &'p Published,
    cells: Vec<People>,
}

impl<'p> Divided<'p> {
    fn by(published: &'p Published) -> Self {
        let mut cells: Vec<People> = published.trust.iter().cloned().collect();
        for unit in published.units.values() {
            cells = divided(&cells, unit);
        }
        Self { published, cells }
    }

    /// The same with one group more; None where that would tell of fewer than five.
    fn further(&self, group: &People) -> Option<Vec<People>> {
        let cells = divided(&self.cells, group);
        if cells.iter().any(|cell| cell.len() < LEAST_BEHIND) {
            return None;
        }
        let counts = numbers_of_levels(&cells, &self.published.levels);
        let fewest = fewest_told(&counts, self.published.levels.len());
        fewest.is_none_or(|fewest| fewest >= LEAST_BEHIND).then_some(cells)
    }
}

/// Each cell in those of the group and the others; whoever is in none yet comes on top.
fn divided(cells: &[People], group: &People) -> Vec<People> {
    let known: People = cells.iter().flatten().copied().collect();
    let both = cells.iter().flat_map(|cell| [cell & group, cell - group]);
    both.chain([group - &known]).filter(|cell| !cell.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::ids::UnitId;

    fn people(ids: impl IntoIterator<Item = u128>) -> People {
        ids.into_iter().map(|id| PersonId(Uuid::from_u128(id))).collect()
    }

    fn trust(ids: impl IntoIterator<Item = u128>, units: &[std::ops::Range<u128>]) -> Published {
        let units = (0..).zip(units).map(|(at, ids)| (UnitId(Uuid::from_u128(at)), people(ids.clone())));
        Published { trust: Some(people(ids)), units: units.collect(), levels: Vec::new() }
    }

    fn shown(trust: &Published, groups: &[(u128, u128)]) -> Vec<usize> {
        let group = |(key, (from, to)): (usize, &(u128, u128))| Group {
            key,
            years: vec![0],
            people: people(*from..*to),
        };
        beside(&[trust], groups.iter().enumerate().map(group)).into_iter().map(|group| group.key).collect()
    }

    #[test]
    fn a_group_is_shown_from_five_and_not_where_it_is_all_but_a_few_of_what_is_published() {
        let trust = trust(0..12, &[]);
        assert!(shown(&trust, &[(0, 4)]).is_empty(), "four");
        assert_eq!(shown(&trust, &[(0, 5)]), [0], "the others are seven");
        assert!(shown(&trust, &[(0, 8)]).is_empty(), "the others are four");
        assert_eq!(shown(&trust, &[(0, 12)]), [0], "everybody");
    }

    #[test]
    fn all_but_one_of_two_units_together_are_not_shown() {
        let trust = trust(0..30, &[0..6, 6..11]);
        // Neither unit alone differs from them by fewer than five; the two together do.
        assert!(shown(&trust, &[(1, 11)]).is_empty());
    }

    #[test]
    fn of_two_programmes_with_nearly_the_same_people_the_first_is_shown() {
        let trust = trust(0..40, &[]);
        assert_eq!(shown(&trust, &[(0, 10), (0, 11), (5, 20)]), [0, 2]);
    }

    #[test]
    fn no_combination_of_what_is_shown_tells_of_fewer_than_five() {
        let group = || prop::collection::btree_set(0u128..30, 0..25);
        proptest!(|(trust_of in group(), groups in prop::collection::vec(group(), 0..6))| {
            let trust = trust(trust_of.iter().copied(), &[]);
            let groups = groups.into_iter().map(|ids| Group { key: (), years: vec![0], people: people(ids) });
            let shown = beside(&[&trust], groups);
            let sets: Vec<&People> = shown.iter().map(|one| &one.people).chain(&trust.trust).collect();
            // Whoever stands behind the same figures as somebody cannot be told from her or him by any of their sums.
            for one in 0..30 {
                let one = PersonId(Uuid::from_u128(one));
                let alike = (0..30).map(|other| PersonId(Uuid::from_u128(other)));
                let alike = alike.filter(|other| sets.iter().all(|set| set.contains(other) == set.contains(&one)));
                let behind = sets.iter().any(|set| set.contains(&one));
                let small = trust_of.len() < LEAST_BEHIND;
                prop_assert!(!behind || small || alike.count() >= LEAST_BEHIND);
            }
        });
    }
}
