//! Who may get a place in a cohort: what stands in the way of somebody, asked in one place whichever way she or he
//! comes in.

mod explanation;
mod ways;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::{
    catalogue::Audience,
    enrolment::EnrolmentState,
    people::{Appointment, Period},
};

pub use explanation::{Answer, Fact, Rule, explain, turns_yes};
pub use ways::{Ways, ways_in};

/// What is known of somebody who is to get a place.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// From and to when she or he is employed.
    pub employed: Period,
    /// What she or he led, leads or will lead.
    pub appointments: &'a [Appointment],
    /// Where she or he stands in the programme's other cohorts.
    pub elsewhere: &'a [EnrolmentState],
}

/// What stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Obstacle {
    /// Not employed any more on the first day: no mail would arrive, and no reason helps.
    HasLeft,
    /// The programme is not meant for her or him.
    OutsideAudience,
    /// She or he has a place in another cohort of the programme, or has completed it.
    AlreadyInProgramme,
}

impl Obstacle {
    /// True where a coordinator may let somebody in nevertheless, with a reason.
    pub const fn yields_to_a_reason(self) -> bool {
        !matches!(self, Self::HasLeft)
    }
}

/// Everything that stands in the way of a place, gravest first: what [`explain`] finds not to hold.
pub fn obstacles(
    audience: &Audience,
    candidate: &Candidate<'_>,
    today: NaiveDate,
    first_day: NaiveDate,
) -> Vec<Obstacle> {
    let failing = explain(audience, candidate, today, first_day).into_iter().filter(|answer| !answer.holds);
    let all: BTreeSet<Obstacle> = failing.filter_map(|answer| answer.rule.obstacle()).collect();
    all.into_iter().collect()
}

/// Why somebody in line is passed over for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// The employment is over.
    Employment,
    /// She or he led something when getting in line, and leads nothing any more.
    Appointment,
}

/// Whether somebody in line since a day is there in vain. Whoever led nothing on that day was let in with a reason,
/// and stays.
pub fn gone(candidate: &Candidate<'_>, in_line_since: NaiveDate, today: NaiveDate) -> Option<Gone> {
    let leads = |on| candidate.appointments.iter().any(|appointment| !ends_before(appointment, on));
    if candidate.employed.is_over(today) {
        Some(Gone::Employment)
    } else if leads(in_line_since) && !leads(today) {
        Some(Gone::Appointment)
    } else {
        None
    }
}

/// Over before a day, or withdrawn before it began. One that is yet to begin is not.
fn ends_before(appointment: &Appointment, day: NaiveDate) -> bool {
    let Period { from, to } = appointment.period;
    to.is_some_and(|to| to < day || to < from)
}

/// True for a place that is or was taken up, or still may be.
const fn stands(state: EnrolmentState) -> bool {
    use EnrolmentState as S;
    matches!(state, S::Proposed | S::Invited | S::Waiting | S::Offered | S::Enrolled | S::Completed)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        ids::{AppointmentId, PersonId, UnitId},
        people::Level,
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn leads(from: &str, to: Option<&str>) -> Appointment {
        Appointment {
            id: AppointmentId(Uuid::from_u128(1)),
            person: PersonId(Uuid::from_u128(2)),
            unit: UnitId(Uuid::from_u128(3)),
            level: Level::Four,
            acting: false,
            since: day(from),
            period: Period { from: day(from), to: to.map(day) },
        }
    }

    fn employed() -> Period {
        Period::since(day("2010-01-01"))
    }

    fn new_leaders() -> Audience {
        Audience {
            levels: vec![Level::Three, Level::Four],
            newly_appointed_within_months: Some(12),
            ..Audience::default()
        }
    }

    fn found(candidate: &Candidate<'_>) -> Vec<Obstacle> {
        obstacles(&new_leaders(), candidate, day("2026-11-23"), day("2027-01-13"))
    }

    #[test]
    fn a_current_or_coming_leader_of_the_audience_has_nothing_in_the_way() {
        for from in ["2026-09-01", "2027-01-01", "2027-01-13"] {
            let appointments = [leads(from, None)];
            let candidate = Candidate { employed: employed(), appointments: &appointments, elsewhere: &[] };
            assert_eq!(found(&candidate), [], "{from}");
        }
    }

    #[test]
    fn whoever_leads_nothing_or_led_too_long_or_not_until_the_first_day_is_outside_the_audience() {
        let outside: [&[Appointment]; 5] = [
            &[],
            &[leads("2026-01-01", None)],
            &[leads("2026-09-01", Some("2027-01-12"))],
            // Begins after the first day.
            &[leads("2027-01-14", None)],
            // Announced and withdrawn before it began.
            &[leads("2027-02-01", Some("2027-01-31"))],
        ];
        for (index, appointments) in outside.into_iter().enumerate() {
            let candidate = Candidate { employed: employed(), appointments, elsewhere: &[] };
            let found = found(&candidate);
            // The month counts to the first day: appointed on 1 January 2026 is new on 23 November and not in January.
            assert_eq!(found, [Obstacle::OutsideAudience], "{index}");
        }
    }

    #[test]
    fn a_place_that_stands_elsewhere_is_in_the_way_and_one_turned_down_is_not() {
        let appointments = [leads("2026-09-01", None)];
        for state in EnrolmentState::ALL {
            let elsewhere = [state];
            let candidate =
                Candidate { employed: employed(), appointments: &appointments, elsewhere: &elsewhere };
            let free = matches!(
                state,
                EnrolmentState::Declined
                    | EnrolmentState::Lapsed
                    | EnrolmentState::Withdrawn
                    | EnrolmentState::NotCompleted
                    | EnrolmentState::Cancelled
            );
            assert_eq!(found(&candidate).is_empty(), free, "{state:?}");
        }
    }

    #[test]
    fn only_the_end_of_the_employment_yields_to_no_reason() {
        let left = Period { from: day("2010-01-01"), to: Some(day("2026-11-22")) };
        let elsewhere = [EnrolmentState::Completed];
        let candidate = Candidate { employed: left, appointments: &[], elsewhere: &elsewhere };
        let all = found(&candidate);
        assert_eq!(all, [Obstacle::HasLeft, Obstacle::OutsideAudience, Obstacle::AlreadyInProgramme]);
        let hard: Vec<_> = all.into_iter().filter(|obstacle| !obstacle.yields_to_a_reason()).collect();
        assert_eq!(hard, [Obstacle::HasLeft]);
    }

    #[test]
    fn whoever_stopped_leading_while_in_line_is_gone_and_whoever_never_led_is_not() {
        let ended = [leads("2026-09-01", Some("2026-12-31"))];
        let candidate = Candidate { employed: employed(), appointments: &ended, elsewhere: &[] };
        let since = day("2026-12-01");
        assert_eq!(gone(&candidate, since, day("2026-12-31")), None);
        assert_eq!(gone(&candidate, since, day("2027-01-01")), Some(Gone::Appointment));
        assert_eq!(gone(&candidate, day("2027-01-02"), day("2027-01-03")), None, "let in with a reason");
        let outsider = Candidate { employed: employed(), appointments: &[], elsewhere: &[] };
        assert_eq!(gone(&outsider, since, day("2027-01-01")), None);
        let left = Candidate { employed: employed().cut(day("2026-12-31")), ..outsider };
        assert_eq!(gone(&left, since, day("2027-01-01")), Some(Gone::Employment));
    }
}
