use uuid::Uuid;

use super::*;
use crate::{
    catalogue::{Domain, shipped::catalogue},
    framework::Framework,
    ids::{AppointmentId, UnitId, UnitPeriodId},
    people::{Appointment, Period, UnitKind, UnitPeriod},
};

use ResponsibilityLevel::{LeadsEmployees, LeadsLeaders, LevelOne, LevelTwo, NoLeadingRole};

#[test]
fn each_level_has_its_step_and_the_next_one_up() {
    let steps = [
        (None, false, NoLeadingRole),
        (Some(Level::Four), false, LeadsEmployees),
        (Some(Level::Four), true, LeadsEmployees),
        (Some(Level::Three), false, LeadsEmployees),
        (Some(Level::Three), true, LeadsLeaders),
        (Some(Level::Two), false, LevelTwo),
        (Some(Level::Two), true, LevelTwo),
        (Some(Level::One), true, LevelOne),
    ];
    for (level, leads_leaders, step) in steps {
        assert_eq!(ResponsibilityLevel::of(level, leads_leaders), step, "{level:?} {leads_leaders}");
    }
    let upwards: Vec<_> =
        std::iter::successors(Some(NoLeadingRole), |step| ResponsibilityLevel::next(*step)).collect();
    assert_eq!(upwards, ResponsibilityLevel::ALL);
}

#[test]
fn a_name_in_files_is_that_of_serde() {
    for level in ResponsibilityLevel::ALL {
        assert_eq!(serde_json::to_value(level).unwrap(), level.as_str());
    }
}

/// A department (1) with a unit (2) below it. Its head leads leaders while somebody leads the unit.
#[test]
fn who_leads_leaders_follows_from_the_tree_on_the_day() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let unit = |number: u128| UnitId(Uuid::from_u128(number));
    let person = |number: u128| PersonId(Uuid::from_u128(number));
    let described = |number: u128, parent: Option<UnitId>| UnitPeriod {
        id: UnitPeriodId(Uuid::from_u128(number)),
        unit: unit(number),
        name: String::new(),
        kind: UnitKind::Unit,
        parent,
        period: Period::since(day("2020-01-01")),
    };
    let leads = |who: u128, what: u128, level: Level, from: &str| Appointment {
        id: AppointmentId(Uuid::from_u128(who)),
        person: person(who),
        unit: unit(what),
        level,
        acting: false,
        since: day(from),
        period: Period::since(day(from)),
    };
    let chart = Chart::new(
        vec![described(1, None), described(2, Some(unit(1)))],
        vec![leads(30, 1, Level::Three, "2020-01-01"), leads(40, 2, Level::Four, "2026-12-01")],
        Vec::new(),
        Vec::new(),
    );
    let on = |who: u128, date: &str| ResponsibilityLevel::on(&chart, person(who), day(date));
    assert_eq!(on(30, "2026-11-30"), LeadsEmployees);
    assert_eq!(on(30, "2026-12-01"), LeadsLeaders);
    assert_eq!(on(40, "2026-11-30"), NoLeadingRole, "appointed, and not begun");
    assert_eq!(on(40, "2026-12-01"), LeadsEmployees);
    assert_eq!(on(99, "2026-12-01"), NoLeadingRole);
}

#[test]
fn what_levels_share_is_one_responsibility() {
    let framework = Framework::from(catalogue());
    let keys = |level| -> Vec<&str> {
        framework.responsibilities_at(level, Domain::Values).map(|one| one.key.as_str()).collect()
    };
    assert_eq!(keys(LeadsEmployees), ["values.culture"]);
    assert_eq!(keys(LeadsEmployees), keys(LevelTwo));
    assert_eq!(keys(LevelOne), ["values.develop_further"]);
    for level in ResponsibilityLevel::ALL {
        assert!(framework.level(level).is_some());
    }
}

/// The check-in shows beside a requirement what it asks for at the leader's own level.
#[test]
fn every_requirement_asks_for_something_of_every_leader() {
    let framework = Framework::from(catalogue());
    assert_eq!(framework.requirements.len(), 9);
    for requirement in &framework.requirements {
        for level in [LeadsEmployees, LeadsLeaders, LevelTwo, LevelOne] {
            assert!(framework.asked_of(requirement, level).next().is_some(), "{} {level:?}", requirement.key);
        }
        let weights: Vec<u8> = requirement.links().map(|(_, weight)| weight).collect();
        assert_eq!(weights, [2, 1], "{}", requirement.key);
    }
}
