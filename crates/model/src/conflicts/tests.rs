use uuid::Uuid;

use super::*;
use crate::{
    ids::{AppointmentId, EmploymentId, LineManagerOverrideId, UnitId, UnitPeriodId},
    people::{
        Appointment, Employment, Level, LineManager, LineManagerOverride, Period, UnitKind, UnitPeriod,
    },
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

/// A trust (1) with a clinic (2), its departments (3 and 6) and units (4 and 5) below the first. Its leaders have ten
/// times the unit's number; 99 and 98 work in unit 4, 97 in unit 5. From 2027 on department 6 lies below department 3.
/// During 2026 person 98 has 60 as named line manager.
fn chart() -> Chart {
    let since = Period::since(day("2020-01-01"));
    let unit = |number: u128| UnitId(Uuid::from_u128(number));
    let hangs = |number: u128, below: u128, period: Period| UnitPeriod {
        id: UnitPeriodId(Uuid::from_u128(number * 100 + below)),
        unit: unit(number),
        name: format!("Enhet {number}"),
        kind: UnitKind::Unit,
        parent: (below > 0).then(|| unit(below)),
        period,
    };
    let before = Period { from: since.from, to: Some(day("2026-12-31")) };
    let mut units: Vec<_> =
        [(1, 0), (2, 1), (3, 2), (4, 3), (5, 3)].into_iter().map(|(n, p)| hangs(n, p, since)).collect();
    units.push(hangs(6, 2, before));
    units.push(hangs(6, 3, Period::since(day("2027-01-01"))));
    let leads = |number: u128| Appointment {
        id: AppointmentId(Uuid::from_u128(number)),
        person: person(number * 10),
        unit: unit(number),
        level: Level::Four,
        acting: false,
        since: since.from,
        period: since,
    };
    let works = |(who, place): (u128, u128)| Employment {
        id: EmploymentId(Uuid::from_u128(who)),
        person: person(who),
        unit: unit(place),
        job_title: String::new(),
        period: since,
    };
    let named = LineManagerOverride {
        id: LineManagerOverrideId(Uuid::from_u128(1)),
        person: person(98),
        manager: LineManager::Person(person(60)),
        period: Period { from: day("2026-01-01"), to: Some(day("2026-12-31")) },
    };
    let people = [(10, 1), (20, 2), (30, 3), (40, 4), (50, 5), (60, 6), (99, 4), (98, 4), (97, 5)];
    Chart::new(units, (1..=6).map(leads).collect(), people.map(works).to_vec(), vec![named])
}

fn between(one: u128, other: u128, on: &str) -> Vec<Relation> {
    let couple = Couple { one: person(one), other: person(other), nominator: None };
    relations(couple, &chart(), day(on))
}

#[test]
fn what_one_is_to_the_other_follows_from_the_tree() {
    let on = "2026-11-28";
    assert_eq!(between(40, 99, on), [Relation::LineManager, Relation::SameUnit]);
    assert_eq!(between(99, 40, on), [Relation::Below, Relation::SameUnit]);
    assert_eq!(between(30, 40, on), [Relation::LineManager], "she leads the unit above, not the same one");
    assert_eq!(between(20, 99, on), [Relation::Above]);
    assert_eq!(between(10, 99, on), [Relation::Above]);
    assert_eq!(between(99, 10, on), [Relation::Below]);
    assert_eq!(between(99, 98, on), [Relation::SameUnit]);
    assert_eq!(between(99, 97, on), []);
    assert_eq!(between(50, 99, on), []);
    assert_eq!(between(99, 99, on), [Relation::Oneself]);
    assert_eq!(between(99, 12345, on), [], "nobody knows that person");
}

#[test]
fn a_named_line_manager_and_a_reorganisation_count_to_the_day() {
    assert_eq!(between(60, 98, "2026-12-31"), [Relation::LineManager]);
    assert_eq!(between(60, 98, "2027-01-01"), []);
    assert_eq!(between(40, 98, "2026-12-31"), [Relation::SameUnit], "another one is named");
    assert_eq!(between(30, 60, "2026-12-31"), []);
    assert_eq!(between(30, 60, "2027-01-01"), [Relation::LineManager], "the department was moved");
}

#[test]
fn whoever_nominated_is_known_as_such() {
    let couple = Couple { one: person(30), other: person(40), nominator: Some(person(30)) };
    let found = relations(couple, &chart(), day("2026-11-28"));
    assert_eq!(found, [Relation::Nominator, Relation::LineManager]);
}

/// What comes with the product, in every constellation and for every relation: forbidden, open, or not to be chosen.
#[test]
fn the_rules_that_come_with_the_product() {
    let rules = crate::catalogue::shipped::catalogue().conflicts;
    let mut table = String::new();
    for constellation in Constellation::ALL {
        table += &format!("{}\n", constellation.as_str());
        for relation in Relation::ALL {
            let says = match rules.forbidden(*constellation).contains(relation) {
                true if must_be_forbidden(*constellation, *relation) => "forbidden always",
                true => "forbidden",
                false if !may_be_forbidden(*constellation, *relation) => "allowed always",
                false => "allowed",
            };
            table += &format!("    {:12} {says}\n", relation.as_str());
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn the_rules_of_the_day_count() {
    let strict = RuleSet::strictest();
    let lenient = RuleSet { from: day("2027-01-01"), course_team: vec![], ..strict.clone() };
    let rules = ConflictRules::new(vec![lenient, strict]);
    let couple = Couple { one: person(40), other: person(99), nominator: None };
    let found = |on: &str| {
        let found = find(&rules, Constellation::CourseTeam, couple, &chart(), day(on));
        found.iter().map(|conflict| (conflict.one, conflict.relation)).collect::<Vec<_>>()
    };
    let before = [
        (person(40), Relation::LineManager),
        (person(40), Relation::SameUnit),
        (person(99), Relation::Below),
    ];
    assert_eq!(found("2026-12-31"), before);
    assert_eq!(found("2027-01-01"), []);
    let rules = ConflictRules::new(vec![RuleSet { from: day("2030-01-01"), ..RuleSet::strictest() }]);
    let found = find(&rules, Constellation::PanelMember, couple, &chart(), day("2026-11-28"));
    assert_eq!(found.len(), 2, "before the first set has begun, it counts all the same");
}

#[test]
fn among_equals_each_two_are_looked_at_once_and_in_both_directions() {
    let rules = crate::catalogue::shipped::catalogue().conflicts;
    let rules = ConflictRules::new(vec![rules]);
    let members = [person(99), person(30), person(40), person(97), person(99)];
    let found = find_among(&rules, Constellation::CourseTeam, &members, &chart(), day("2026-11-28"));
    let found: Vec<_> =
        found.iter().map(|found| (found.one.0.as_u128(), found.relation, found.other.0.as_u128())).collect();
    assert_eq!(found, [(30, Relation::LineManager, 40), (40, Relation::LineManager, 99)]);
}

#[test]
fn a_set_that_is_written_as_a_file_is_read_as_it_was() {
    let set = crate::catalogue::shipped::catalogue().conflicts;
    assert_eq!(toml::from_str(&set.to_toml()), Ok(set));
}
