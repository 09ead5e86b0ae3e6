//! Which figures about groups may be shown, so that nobody is to be guessed (DOMAIN.md of the field: at least five people
//! stand behind a figure, and no difference of two figures tells of fewer).
//!
//! The units' leaders are divided into cells of at least five, upwards through the tree: what is too few joins the unit
//! above. A unit is shown where its leaders are whole cells; whatever is added to or taken from figures of whole cells is
//! whole cells again. Levels cut across the cells, so a set of people can be told by units and levels together:
//! exactly those to whom a figure for each cell and one for each level can be given whose sum is 1 for them and 0 for
//! everybody else. Neighbouring levels are shown as one until no such set has fewer than five.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    ids::{PersonId, UnitId},
    people::Level,
};

/// People who have to stand behind a figure.
pub const LEAST_BEHIND: usize = 5;

/// Somebody whose profile counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Behind {
    /// Who.
    pub person: PersonId,
    /// The unit led.
    pub unit: UnitId,
    /// The level led at.
    pub level: Level,
}

/// Levels that are shown as one, upwards.
pub type LevelGroup = BTreeSet<Level>;

/// What may be shown of one year: who stands behind each figure. Every domain has the same people behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// The whole trust; None below five.
    pub trust: Option<BTreeSet<PersonId>>,
    /// Units with all units below, where they may be shown.
    pub units: BTreeMap<UnitId, BTreeSet<PersonId>>,
    /// Levels; empty where they may not be shown apart.
    pub levels: Vec<(LevelGroup, BTreeSet<PersonId>)>,
}

/// Decides what may be shown. `parent` gives the unit above a unit; a tree that turns in a circle is cut where it does.
pub fn publish(behind: &[Behind], parent: impl Fn(UnitId) -> Option<UnitId>) -> Published {
    if behind.len() < LEAST_BEHIND {
        return Published::default();
    }
    let tree = Tree::of(behind, parent);
    let cells = tree.cells();
    let whole = |people: &BTreeSet<PersonId>| {
        cells.iter().all(|cell| cell.is_subset(people) || cell.is_disjoint(people))
    };
    let units = tree.below.iter().filter(|(_, people)| people.len() >= LEAST_BEHIND && whole(people));
    Published {
        trust: Some(behind.iter().map(|one| one.person).collect()),
        units: units.map(|(unit, people)| (*unit, people.clone())).collect(),
        levels: levels(behind, &cells),
    }
}

type People = BTreeSet<PersonId>;

struct Tree {
    /// Those who lead the unit itself.
    own: BTreeMap<UnitId, People>,
    /// Those who lead the unit or one below.
    below: BTreeMap<UnitId, People>,
    /// How far from the top a unit lies, and what it hangs under.
    place: BTreeMap<UnitId, (usize, Option<UnitId>)>,
}

impl Tree {
    fn of(behind: &[Behind], parent: impl Fn(UnitId) -> Option<UnitId>) -> Self {
        let mut tree = Self { own: BTreeMap::new(), below: BTreeMap::new(), place: BTreeMap::new() };
        for one in behind {
            tree.own.entry(one.unit).or_default().insert(one.person);
            let mut path = vec![one.unit];
            while let Some(above) = path.last().and_then(|unit| parent(*unit)) {
                if path.contains(&above) {
                    break;
                }
                path.push(above);
            }
            for (index, unit) in path.iter().enumerate() {
                tree.below.entry(*unit).or_default().insert(one.person);
                tree.place.insert(*unit, (path.len() - index, path.get(index + 1).copied()));
            }
        }
        tree
    }

    /// Disjoint groups of at least five that everybody belongs to one of.
    fn cells(&self) -> Vec<People> {
        let mut upwards: Vec<_> = self.place.iter().collect();
        upwards.sort_by_key(|(unit, (depth, _))| (std::cmp::Reverse(*depth), **unit));
        let mut waiting: BTreeMap<Option<UnitId>, People> = BTreeMap::new();
        let mut cells: Vec<People> = Vec::new();
        for (unit, (_, above)) in upwards {
            let mut people = waiting.remove(&Some(*unit)).unwrap_or_default();
            people.extend(self.own.get(unit).into_iter().flatten());
            if people.len() >= LEAST_BEHIND {
                cells.push(people);
            } else {
                waiting.entry(*above).or_default().extend(people);
            }
        }
        let left: People = waiting.into_values().flatten().collect();
        if left.len() >= LEAST_BEHIND {
            cells.push(left);
        } else if let Some(last) = cells.last_mut() {
            // The last cell is the one nearest to the top.
            last.extend(left);
        }
        cells
    }
}

/// The levels that may be shown beside the cells: as many as can be told apart, from the top downwards merged.
fn levels(behind: &[Behind], cells: &[People]) -> Vec<(LevelGroup, People)> {
    let there: BTreeSet<Level> = behind.iter().map(|one| one.level).collect();
    let mut groups: Vec<LevelGroup> = there.into_iter().map(|level| LevelGroup::from([level])).collect();
    while groups.len() > 1 {
        let shown: Vec<(LevelGroup, People)> =
            groups.iter().map(|group| (group.clone(), people_at(behind, group))).collect();
        let counts = numbers_of_levels(cells, &shown);
        if fewest_told(&counts, groups.len()).is_none_or(|fewest| fewest >= LEAST_BEHIND) {
            break;
        }
        let size = |group: &LevelGroup| behind.iter().filter(|one| group.contains(&one.level)).count();
        let smallest = (0..groups.len()).min_by_key(|at| size(&groups[*at])).unwrap_or_default();
        // Upwards there are fewer: a level goes together with the one below it, the lowest with the one above.
        let at = smallest.min(groups.len() - 2);
        let joined = groups.remove(at + 1);
        groups[at].extend(joined);
    }
    if groups.len() < 2 {
        return Vec::new();
    }
    groups.into_iter().map(|group| (group.clone(), people_at(behind, &group))).collect()
}

fn people_at(behind: &[Behind], group: &LevelGroup) -> People {
    behind.iter().filter(|one| group.contains(&one.level)).map(|one| one.person).collect()
}

/// How many of each level, or of levels shown as one, there are in each cell.
pub(super) fn numbers_of_levels(cells: &[People], levels: &[(LevelGroup, People)]) -> Vec<Vec<usize>> {
    let of = |cell: &People| levels.iter().map(|(_, people)| cell.intersection(people).count()).collect();
    cells.iter().map(of).collect()
}

/// The fewest people whom cells and levels together tell of, given how many of each level there are in each cell. Cells
/// alone tell of five or more; so what is looked for gives some levels another figure than others.
///
/// Let each level have a figure. In a cell with two neighbouring figures those with the higher one are told of; a cell
/// with figures further apart allows no such set; one with a single figure need not take part.
pub(super) fn fewest_told(counts: &[Vec<usize>], levels: usize) -> Option<usize> {
    let span = i32::try_from(levels).unwrap_or(i32::MAX);
    let mut fewest: Option<usize> = None;
    let mut figures = vec![0_i32; levels];
    loop {
        if let Some(told) = told(counts, &figures).filter(|told| *told > 0) {
            fewest = Some(fewest.map_or(told, |known| known.min(told)));
        }
        // The next of all ways to give each level a figure below the number of levels.
        let Some(at) = figures.iter().position(|figure| *figure + 1 < span) else { return fewest };
        figures[at] += 1;
        figures[..at].fill(0);
    }
}

fn told(counts: &[Vec<usize>], figures: &[i32]) -> Option<usize> {
    let mut told = 0;
    for cell in counts {
        let there = || cell.iter().zip(figures).filter(|(count, _)| **count > 0);
        let (low, high) = (there().map(|(_, f)| *f).min()?, there().map(|(_, f)| *f).max()?);
        match high - low {
            0 => {}
            1 => told += there().filter(|(_, f)| **f == high).map(|(count, _)| count).sum::<usize>(),
            _ => return None,
        }
    }
    Some(told)
}

#[cfg(test)]
mod tests;
