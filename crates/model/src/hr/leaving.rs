//! A coordinator's word that somebody has left whom the HR file no longer tells of.

use chrono::NaiveDate;

use super::{Effects, KnownPerson, Leaver, Writes};
use crate::people::{Period, day_before};

/// Ends employment and appointments on a last day, as a file's row would that tells it. What ended on the last day
/// stated before goes with it, so that a wrong day can be put right. The flag stays: the file still lacks the person.
pub fn end_employment(known: &KnownPerson, last_day: NaiveDate) -> (Writes, Effects) {
    let (mut writes, mut effects) = (Writes::default(), Effects::default());
    let stated = known.person.employed.to;
    let ended = |period: Period| {
        let ends = period.to.is_none_or(|to| to > last_day || Some(to) == stated);
        let to = last_day.max(day_before(period.from));
        (ends && period.to != Some(to)).then_some(Period { from: period.from, to: Some(to) })
    };
    if let Some(employed) = ended(known.person.employed) {
        let mut person = known.person.clone();
        person.employed = employed;
        writes.changed_people.push(person);
        effects.left.push(Leaver { person: known.person.id, last_day });
    }
    for employment in &known.employments {
        if let Some(period) = ended(employment.period) {
            let mut changed = employment.clone();
            changed.period = period;
            writes.changed_employments.push(changed);
        }
    }
    for appointment in &known.appointments {
        if let Some(period) = ended(appointment.period) {
            effects.ended_appointments.push(appointment.id);
            let mut changed = appointment.clone();
            changed.period = period;
            writes.changed_appointments.push(changed);
        }
    }
    (writes, effects)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        Locale,
        ids::{AppointmentId, EmploymentId, PersonId, UnitId},
        people::{Appointment, Employment, Level, Person},
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn leader() -> KnownPerson {
        let (id, unit) = (PersonId(Uuid::from_u128(1)), UnitId(Uuid::from_u128(2)));
        let since = Period::since(day("2020-01-01"));
        let led = |number, period| Appointment {
            id: AppointmentId(Uuid::from_u128(number)),
            person: id,
            unit,
            level: Level::Four,
            acting: false,
            since: day("2020-01-01"),
            period,
        };
        KnownPerson {
            person: Person {
                id,
                employee_number: "10".into(),
                given_name: "Kari".into(),
                family_name: "Lie".into(),
                email: "10@fjordheim.example".into(),
                locale: Locale::Nb,
                locale_chosen: false,
                profession: None,
                workplace: None,
                employed: since,
                missing_since: Some(day("2026-12-01")),
                muted: false,
            },
            employments: vec![Employment {
                id: EmploymentId(Uuid::from_u128(3)),
                person: id,
                unit,
                job_title: String::new(),
                period: since,
            }],
            appointments: vec![
                led(4, Period { from: day("2020-01-01"), to: Some(day("2022-12-31")) }),
                led(5, Period::since(day("2023-01-01"))),
            ],
        }
    }

    #[test]
    fn everything_that_was_open_ends_and_what_had_ended_stays() {
        let known = leader();
        let last_day = day("2026-11-30");
        let (writes, effects) = end_employment(&known, last_day);
        assert_eq!(writes.changed_people[0].employed.to, Some(last_day));
        assert_eq!(writes.changed_people[0].missing_since, known.person.missing_since);
        assert_eq!(writes.changed_employments[0].period.to, Some(last_day));
        assert_eq!(writes.changed_appointments.len(), 1);
        assert_eq!(writes.changed_appointments[0].period.to, Some(last_day));
        assert_eq!(effects.left, [Leaver { person: known.person.id, last_day }]);
        assert_eq!(effects.ended_appointments, [known.appointments[1].id]);
    }

    #[test]
    fn a_last_day_is_put_right_in_both_directions_and_said_twice_changes_nothing() {
        let mut known = leader();
        for last_day in ["2026-11-30", "2026-11-15", "2026-12-02"].map(day) {
            let (writes, _) = end_employment(&known, last_day);
            known.person = writes.changed_people[0].clone();
            known.employments[0] = writes.changed_employments[0].clone();
            known.appointments[1] = writes.changed_appointments[0].clone();
            assert_eq!(known.appointments[1].period.to, Some(last_day));
            let (again, effects) = end_employment(&known, last_day);
            assert!(again.is_empty());
            assert_eq!(effects, Effects::default());
        }
    }
}
