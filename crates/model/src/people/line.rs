//! Who is whose line manager.
//!
//! The line manager is the leader of the nearest unit above that has one. An employee's own unit counts first; a
//! leader's search begins above the unit that she or he leads. A named override wins, unless it names
//! somebody who has left: the tree counts then. Acting leaders count, and an
//! appointment counts to its last day.

use chrono::NaiveDate;

use super::{Appointment, Chart, LineManager, LineManagerOverride, Period};
use crate::ids::PersonId;

/// The line manager of a person on a date; None for the director without an override, and for somebody not employed.
pub fn line_manager(chart: &Chart, person: PersonId, date: NaiveDate) -> Option<LineManager> {
    let there = |manager: &LineManager| match manager {
        LineManager::Person(manager) => chart.workplace_on(*manager, date).is_some(),
        LineManager::Outside(_) => true,
    };
    if let Some(named) = chart.override_on(person, date).filter(|named| there(&named.manager)) {
        return Some(named.manager.clone());
    }
    let start = match chart.led_by_on(person, date).first() {
        Some(led) => chart.parent_on(led.unit, date)?,
        None => chart.workplace_on(person, date)?,
    };
    chart.upwards(start, date).into_iter().find_map(|unit| {
        let leaders = chart.leaders_on(unit, date);
        leaders.iter().find(|leader| leader.person != person).map(|leader| LineManager::Person(leader.person))
    })
}

/// Whether naming a manager would make somebody, over one or more namings, her or his own line manager on some day.
/// Only namings are followed: a leader may name somebody whom the tree puts below.
pub fn turns_in_a_circle(
    namings: &[LineManagerOverride],
    person: PersonId,
    manager: PersonId,
    period: Period,
) -> bool {
    let mut open = vec![(manager, period, 0)];
    while let Some((who, during, steps)) = open.pop() {
        if who == person {
            return true;
        }
        // A circle that leaves the person out goes on for ever.
        if steps > namings.len() {
            continue;
        }
        open.extend(namings.iter().filter(|named| named.person == who).filter_map(|named| {
            let LineManager::Person(next) = named.manager else { return None };
            Some((next, named.period.common(&during)?, steps + 1))
        }));
    }
    false
}

/// The leaders who report to a leader on a date, each once, by their highest appointment.
pub fn leader_group(chart: &Chart, leader: PersonId, date: NaiveDate) -> Vec<&Appointment> {
    let mut group: Vec<&Appointment> = Vec::new();
    for appointment in chart.appointments_on(date) {
        let highest =
            chart.led_by_on(appointment.person, date).first().is_some_and(|led| led.id == appointment.id);
        if highest && line_manager(chart, appointment.person, date) == Some(LineManager::Person(leader)) {
            group.push(appointment);
        }
    }
    group
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        ids::{AppointmentId, EmploymentId, LineManagerOverrideId, UnitId, UnitPeriodId},
        people::{Employment, Level, LineManagerOverride, Outsider, Period, UnitKind, UnitPeriod},
    };

    /// A trust (1) with a clinic (2), its department (3) and two units (4, 5); everybody since 2020.
    #[derive(Default)]
    struct Trust {
        units: Vec<UnitPeriod>,
        appointments: Vec<Appointment>,
        employments: Vec<Employment>,
        overrides: Vec<LineManagerOverride>,
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn start() -> NaiveDate {
        day("2020-01-01")
    }

    fn unit(number: u128) -> UnitId {
        UnitId(Uuid::from_u128(number))
    }

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    impl Trust {
        fn new() -> Self {
            let mut trust = Self::default();
            for (number, parent) in [(1, 0), (2, 1), (3, 2), (4, 3), (5, 3)] {
                trust.units.push(UnitPeriod {
                    id: UnitPeriodId(Uuid::from_u128(number)),
                    unit: unit(number),
                    name: format!("Enhet {number}"),
                    kind: UnitKind::Unit,
                    parent: (parent > 0).then(|| unit(parent)),
                    period: Period::since(start()),
                });
            }
            trust
        }

        fn leads(mut self, who: u128, what: u128, from: &str, to: Option<&str>, acting: bool) -> Self {
            self.appointments.push(Appointment {
                id: AppointmentId(Uuid::from_u128(self.appointments.len() as u128 + 1)),
                person: person(who),
                unit: unit(what),
                level: Level::Four,
                acting,
                since: day(from),
                period: Period { from: day(from), to: to.map(day) },
            });
            self
        }

        fn works(mut self, who: u128, place: u128) -> Self {
            self.employments.push(Employment {
                id: EmploymentId(Uuid::from_u128(who)),
                person: person(who),
                unit: unit(place),
                job_title: String::new(),
                period: Period::since(start()),
            });
            self
        }

        fn named(mut self, who: u128, manager: LineManager) -> Self {
            self.overrides.push(LineManagerOverride {
                id: LineManagerOverrideId(Uuid::from_u128(who)),
                person: person(who),
                manager,
                period: Period { from: start(), to: Some(day("2026-12-31")) },
            });
            self
        }

        fn chart(self) -> Chart {
            Chart::new(self.units, self.appointments, self.employments, self.overrides)
        }
    }

    fn manager(chart: &Chart, who: u128, date: &str) -> Option<u128> {
        match line_manager(chart, person(who), day(date)) {
            Some(LineManager::Person(person)) => Some(person.0.as_u128()),
            Some(LineManager::Outside(_)) => panic!("an outsider"),
            None => None,
        }
    }

    #[test]
    fn an_employee_has_the_leader_of_the_own_unit_and_a_leader_the_next_one_above() {
        let chart = Trust::new()
            .leads(10, 1, "2020-01-01", None, false)
            .leads(20, 2, "2020-01-01", None, false)
            .leads(40, 4, "2020-01-01", None, false)
            .works(40, 4)
            .works(99, 4)
            .works(98, 5)
            .chart();
        assert_eq!(manager(&chart, 99, "2026-11-22"), Some(40));
        assert_eq!(
            manager(&chart, 98, "2026-11-22"),
            Some(20),
            "neither unit 5 nor department 3 has a leader"
        );
        assert_eq!(manager(&chart, 40, "2026-11-22"), Some(20));
        assert_eq!(manager(&chart, 20, "2026-11-22"), Some(10));
        assert_eq!(manager(&chart, 10, "2026-11-22"), None);
        assert_eq!(manager(&chart, 7, "2026-11-22"), None, "not employed");
    }

    #[test]
    fn end_dates_are_respected_to_the_day_and_acting_leaders_count() {
        let chart = Trust::new()
            .leads(30, 3, "2020-01-01", None, false)
            .leads(40, 4, "2020-01-01", Some("2026-11-30"), false)
            .leads(41, 4, "2027-01-01", None, true)
            .works(99, 4)
            .chart();
        assert_eq!(manager(&chart, 99, "2026-11-30"), Some(40));
        assert_eq!(manager(&chart, 99, "2026-12-01"), Some(30));
        assert_eq!(manager(&chart, 99, "2027-01-01"), Some(41));
    }

    #[test]
    fn of_two_leaders_at_once_the_later_appointed_is_in_charge() {
        let chart = Trust::new()
            .leads(40, 4, "2020-01-01", None, false)
            .leads(41, 4, "2026-10-01", Some("2026-12-31"), true)
            .works(99, 4)
            .works(41, 4)
            .chart();
        assert_eq!(manager(&chart, 99, "2026-11-22"), Some(41));
        assert_eq!(manager(&chart, 99, "2027-01-01"), Some(40));
    }

    #[test]
    fn a_named_override_wins_while_it_lasts_and_may_be_somebody_outside() {
        let chair = Outsider { name: "Kari Styreleder".into(), email: "styret@fjordheim.example".into() };
        let chart = Trust::new()
            .leads(10, 1, "2020-01-01", None, false)
            .leads(40, 4, "2020-01-01", None, false)
            .works(99, 4)
            .works(10, 1)
            .named(10, LineManager::Outside(chair.clone()))
            .named(99, LineManager::Person(person(10)))
            .chart();
        assert_eq!(line_manager(&chart, person(10), day("2026-06-01")), Some(LineManager::Outside(chair)));
        assert_eq!(manager(&chart, 99, "2026-12-31"), Some(10));
        assert_eq!(manager(&chart, 99, "2027-01-01"), Some(40));
        assert_eq!(manager(&chart, 10, "2027-01-01"), None);
    }

    #[test]
    fn a_named_manager_who_has_left_does_not_count() {
        let mut trust = Trust::new()
            .leads(40, 4, "2020-01-01", None, false)
            .works(99, 4)
            .works(10, 1)
            .named(99, LineManager::Person(person(10)));
        trust.employments[1].period.to = Some(day("2026-06-30"));
        let chart = trust.chart();
        assert_eq!(manager(&chart, 99, "2026-06-30"), Some(10));
        assert_eq!(manager(&chart, 99, "2026-07-01"), Some(40));
    }

    #[test]
    fn namings_that_turn_in_a_circle_on_some_day_are_seen() {
        let trust =
            Trust::new().named(2, LineManager::Person(person(3))).named(3, LineManager::Person(person(4)));
        let circle = |who: u128, by: u128, from: &str| {
            turns_in_a_circle(&trust.overrides, person(who), person(by), Period::since(day(from)))
        };
        assert!(circle(4, 2, "2026-12-31"));
        assert!(circle(3, 2, "2020-01-01"));
        assert!(!circle(4, 2, "2027-01-01"), "they end the day before");
        assert!(!circle(1, 2, "2020-01-01"));
    }

    #[test]
    fn a_leader_group_is_those_who_report_to_the_leader() {
        let chart = Trust::new()
            .leads(20, 2, "2020-01-01", None, false)
            .leads(30, 3, "2020-01-01", Some("2026-11-30"), false)
            .leads(40, 4, "2020-01-01", None, false)
            .leads(50, 5, "2020-01-01", None, false)
            .chart();
        let group = |date: &str| -> Vec<u128> {
            let group = leader_group(&chart, person(20), day(date));
            group.iter().map(|appointment| appointment.person.0.as_u128()).collect()
        };
        assert_eq!(group("2026-11-22"), [30]);
        assert_eq!(group("2026-12-01"), [40, 50], "their department has lost its head");
    }

    #[test]
    fn a_tree_that_turns_in_a_circle_ends_the_search() {
        let mut trust = Trust::new().works(99, 4);
        trust.units[2].parent = Some(unit(4));
        let chart = trust.chart();
        assert_eq!(manager(&chart, 99, "2026-11-22"), None);
        assert!(chart.downwards(unit(3), day("2026-11-22")).contains(&unit(5)));
    }

    #[test]
    fn a_unit_that_was_moved_has_the_manager_of_its_place_on_that_day() {
        let mut trust = Trust::new()
            .leads(30, 3, "2020-01-01", None, false)
            .leads(20, 2, "2020-01-01", None, false)
            .works(99, 4);
        trust.units[3].period.to = Some(day("2026-11-30"));
        let mut moved = trust.units[3].clone();
        moved.period = Period::since(day("2026-12-01"));
        moved.parent = Some(unit(2));
        trust.units.push(moved);
        let chart = trust.chart();
        assert_eq!(manager(&chart, 99, "2026-11-30"), Some(30));
        assert_eq!(manager(&chart, 99, "2026-12-01"), Some(20));
        assert_eq!(manager(&chart, 99, "2020-06-01"), Some(30));
    }
}
