use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn unit(number: u128) -> UnitId {
    UnitId(Uuid::from_u128(number))
}

fn leader(person: u128, leads: u128, level: u8) -> Behind {
    let level = Level::ALL[usize::from(level) - 1];
    Behind { person: PersonId(Uuid::from_u128(person)), unit: unit(leads), level }
}

/// A trust (1), clinics (10, 20, ...) and their units (11, 12, ...).
fn parent(of: UnitId) -> Option<UnitId> {
    match of.0.as_u128() {
        1 => None,
        clinic if clinic % 10 == 0 => Some(unit(1)),
        below => Some(unit(below / 10 * 10)),
    }
}

/// A clinic: its head, and so many heads of units.
fn clinic(number: u128, heads: u128) -> Vec<Behind> {
    let mut leaders = vec![leader(number, number, 2)];
    leaders.extend((1..=heads).map(|head| leader(number * 10 + head, number + head, 4)));
    leaders
}

fn trust(clinics: &[(u128, u128)]) -> Vec<Behind> {
    let mut all = vec![leader(1, 1, 1)];
    all.extend(clinics.iter().flat_map(|(number, heads)| clinic(*number, *heads)));
    all
}

fn numbers(published: &Published) -> Vec<u128> {
    published.units.keys().map(|unit| unit.0.as_u128()).collect()
}

#[test]
fn four_are_too_few_and_five_are_shown_as_the_trust() {
    assert_eq!(publish(&clinic(10, 3), parent), Published::default());
    let five = publish(&clinic(10, 4), parent);
    assert_eq!(five.trust.map(|people| people.len()), Some(5));
    assert!(five.levels.is_empty(), "one of five leads at level 2");
}

#[test]
fn a_clinic_that_is_too_small_takes_no_other_down_with_it_but_the_director_is_not_left_alone() {
    let published = publish(&trust(&[(10, 6), (20, 5), (30, 2), (40, 1)]), parent);
    assert_eq!(numbers(&published), [1, 10, 20], "30, 40 and the director are six together");
    let lonely = publish(&trust(&[(10, 6), (20, 5), (30, 2)]), parent);
    // Three and the director are four: the one clinic they are joined with is not shown beside the trust.
    assert_eq!(numbers(&lonely).len(), 2, "{:?}", numbers(&lonely));
}

#[test]
fn levels_are_shown_together_until_the_director_cannot_be_told() {
    let published = publish(&trust(&[(10, 6), (20, 6), (30, 6), (40, 6), (50, 6)]), parent);
    let shown: Vec<usize> = published.levels.iter().map(|(_, people)| people.len()).collect();
    assert_eq!(shown, [6, 30], "the director and five heads of clinics, and the heads of units");
}

/// Whether some combination of sums over the sets gives the sum over the people alone: by elimination.
fn tells(sets: &[Vec<bool>], of: &[bool]) -> bool {
    let sets: Vec<Vec<f64>> = sets.iter().map(|set| as_figures(set)).collect();
    solves(&sets, &as_figures(of))
}

/// Whether some combination of the figures gives the wanted one.
fn solves(figures: &[Vec<f64>], wanted: &[f64]) -> bool {
    let (mut rows, mut wanted) = (figures.to_vec(), wanted.to_vec());
    for column in 0..wanted.len() {
        let largest = |rows: &[Vec<f64>]| {
            (0..rows.len()).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))
        };
        let Some(at) = largest(&rows).filter(|at| rows[*at][column].abs() > 1e-7) else {
            if wanted[column].abs() > 1e-7 {
                return false;
            }
            continue;
        };
        let pivot = rows.swap_remove(at);
        for row in rows.iter_mut().chain(std::iter::once(&mut wanted)) {
            let factor = row[column] / pivot[column];
            for (value, by) in row.iter_mut().zip(&pivot) {
                *value -= factor * by;
            }
        }
    }
    true
}

fn as_figures(set: &[bool]) -> Vec<f64> {
    set.iter().map(|inside| f64::from(u8::from(*inside))).collect()
}

fn random_trust() -> impl Strategy<Value = Vec<Behind>> {
    // In each unit somebody leads at some level, or nobody does; units hang three deep.
    prop::collection::vec((0_u128..6, 0_u128..5, 1_u8..=4), 5..24).prop_map(|drawn| {
        let numbered = (1_u128..).zip(drawn);
        numbered
            .map(|(person, (clinic, below, level))| match (clinic, below) {
                (0, _) => leader(person, 1, level),
                (clinic, below) => leader(person, clinic * 10 + below, level),
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Neither one person nor any two, three or four are told by all that is shown of a year together.
    #[test]
    fn nothing_that_is_shown_tells_of_fewer_than_five(behind in random_trust()) {
        let published = publish(&behind, parent);
        let within = |people: &BTreeSet<PersonId>| -> Vec<bool> {
            behind.iter().map(|one| people.contains(&one.person)).collect()
        };
        let sets: Vec<Vec<bool>> = published.trust.iter()
            .chain(published.units.values())
            .chain(published.levels.iter().map(|(_, people)| people))
            .map(within)
            .collect();
        prop_assert!(sets.iter().all(|set| set.iter().filter(|inside| **inside).count() >= LEAST_BEHIND));
        let count = behind.len();
        for mask in 1_u32..(1 << count.min(10)) {
            if mask.count_ones() as usize >= LEAST_BEHIND { continue; }
            let few: Vec<bool> = (0..count).map(|at| at < 10 && mask >> at & 1 == 1).collect();
            prop_assert!(!tells(&sets, &few), "{few:?} of {behind:?} by {published:?}");
        }
        for at in 10..count {
            let one: Vec<bool> = (0..count).map(|other| other == at).collect();
            prop_assert!(!tells(&sets, &one));
        }
    }

    /// Over the years people come, go and change places. What they say is another number each year; no figures of several years
    /// put together tell one of them, how it moved, or what somebody said in all.
    #[test]
    fn the_figures_of_several_years_tell_of_nobody(years in prop::collection::vec(random_trust(), 2..4)) {
        let said: Vec<(usize, PersonId)> = (0..).zip(&years)
            .flat_map(|(year, behind)| behind.iter().map(move |one| (year, one.person)))
            .collect();
        let told = |weight: &dyn Fn(usize, PersonId) -> f64| -> Vec<f64> {
            said.iter().map(|(year, person)| weight(*year, *person)).collect()
        };
        let mut figures = Vec::new();
        for (at, behind) in years.iter().enumerate() {
            let shown = publish(behind, parent);
            let levels = shown.levels.iter().map(|(_, people)| people);
            for people in shown.trust.iter().chain(shown.units.values()).chain(levels) {
                figures.push(told(&|year, one| f64::from(u8::from(year == at && people.contains(&one)))));
            }
        }
        let everybody: BTreeSet<PersonId> = said.iter().map(|(_, person)| *person).collect();
        for person in everybody {
            let own = |year: usize| said.contains(&(year, person));
            for weights in [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [-1.0, 1.0, 0.0], [0.0, -1.0, 1.0], [1.0, 1.0, 1.0]] {
                if !(0..3).any(|year| weights[year] != 0.0 && own(year)) { continue; }
                let wanted = told(&|year, one| if one == person { weights[year] } else { 0.0 });
                prop_assert!(!solves(&figures, &wanted), "{person:?} by {weights:?} in {years:?}");
            }
        }
    }

    /// Whoever is behind the figure of a unit leads it or a unit below, and nobody is left out of it.
    #[test]
    fn a_units_figure_is_of_all_who_lead_there(behind in random_trust()) {
        for (of, people) in publish(&behind, parent).units {
            let under = |mut at: UnitId| loop {
                if at == of { return true; }
                match parent(at) { Some(above) => at = above, None => return false }
            };
            let all: BTreeSet<PersonId> =
                behind.iter().filter(|one| under(one.unit)).map(|one| one.person).collect();
            prop_assert_eq!(people, all);
        }
    }
}
