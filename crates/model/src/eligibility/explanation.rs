//! Whether a programme is meant for somebody: each rule with the fact that it used, and the day on which it turns.

use chrono::NaiveDate;

use super::{Candidate, Obstacle, ends_before, stands};
use crate::{
    catalogue::Audience,
    enrolment::EnrolmentState,
    nominations::NominationState,
    people::{Appointment, Level},
};

/// A rule of a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The trust employs her or him on the first day.
    Employed,
    /// She or he leads something on the first day.
    Leads,
    /// She or he leads nothing on the first day.
    LeadsNothing,
    /// The level is one of the programme's.
    Level,
    /// The appointment is younger than so many months.
    NewlyAppointed,
    /// The appointment is at least so many months old.
    LongInRole,
    /// No place in another cohort of the programme, and it is not completed.
    NoOtherPlace,
    /// Places are given by nomination.
    ByNomination,
    /// Places are given by own interest.
    OwnInterest,
    /// The line manager is asked for an answer to it.
    LeadersView,
    /// Leader groups enrol as one.
    WithGroup,
}

impl Rule {
    /// What stands in the way where the rule does not hold; None for one that only tells how people come in.
    pub const fn obstacle(self) -> Option<Obstacle> {
        Some(match self {
            Self::Employed => Obstacle::HasLeft,
            Self::Leads | Self::LeadsNothing | Self::Level | Self::NewlyAppointed | Self::LongInRole => {
                Obstacle::OutsideAudience
            }
            Self::NoOtherPlace => Obstacle::AlreadyInProgramme,
            Self::ByNomination | Self::OwnInterest | Self::LeadersView | Self::WithGroup => return None,
        })
    }
}

/// What a rule was answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The last day of the employment, where one is known.
    EmployedUntil(Option<NaiveDate>),
    /// The first day of the appointment that counts, and its last where one is known; None where there is none.
    Appointment(Option<(NaiveDate, Option<NaiveDate>)>),
    /// The level of the appointment that counts.
    Level(Level),
    /// The first day of the appointment that counts, and how many months the programme asks for.
    Since(NaiveDate, u32),
    /// The place in another cohort that stands; None where none does.
    Place(Option<EnrolmentState>),
    /// The round in which she or he is nominated, and where the nomination stands; None where she or he is not.
    Nomination(Option<(String, NominationState)>),
    /// What the line manager answered; None for nothing yet.
    View(Option<bool>),
    /// The leader group with which she or he takes part; None for none.
    Group(Option<String>),
}

/// What one rule says of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The rule.
    pub rule: Rule,
    /// Whether it holds on the cohort's first day.
    pub holds: bool,
    /// The fact that it used.
    pub fact: Fact,
    /// Where it does not hold: the first day on which it would; None when no day is known.
    pub turns: Option<NaiveDate>,
}

impl Answer {
    /// True where the programme is not meant for somebody because of it.
    pub const fn forbids(&self) -> bool {
        !self.holds && self.rule.obstacle().is_some()
    }
}

/// What every rule of a programme says of somebody. All of it is counted to the cohort's first day, as nobody is to become
/// too new or too old for a programme by being asked early. Of several appointments the one counts that most rules hold
/// for, of those one that has begun by then, and the latest of those.
pub fn explain(
    audience: &Audience,
    candidate: &Candidate<'_>,
    today: NaiveDate,
    first_day: NaiveDate,
) -> Vec<Answer> {
    let on = today.max(first_day);
    let leading = |appointment: &&Appointment| !ends_before(appointment, on);
    let begun = |appointment: &Appointment| appointment.period.from <= on;
    let counts = candidate.appointments.iter().filter(leading).max_by_key(|appointment| {
        let holding =
            of_appointment(audience, appointment, first_day).iter().filter(|answer| answer.holds).count();
        let begun = begun(appointment);
        (holding + usize::from(begun), begun, appointment.since, appointment.id)
    });
    let mut answers = vec![Answer {
        rule: Rule::Employed,
        holds: !candidate.employed.is_over(on),
        fact: Fact::EmployedUntil(candidate.employed.to),
        turns: None,
    }];
    let fact = Fact::Appointment(counts.map(|found| (found.since, found.period.to)));
    if audience.without_appointment {
        // Of several appointments the last to end decides.
        let ends = candidate.appointments.iter().filter(leading).map(|appointment| appointment.period.to);
        let free_from = ends.collect::<Option<Vec<_>>>().and_then(|ends| ends.into_iter().max()?.succ_opt());
        answers.push(Answer {
            rule: Rule::LeadsNothing,
            holds: counts.is_none(),
            fact,
            turns: free_from.filter(|_| counts.is_some()),
        });
    } else {
        let holds = counts.is_some_and(begun);
        let turns = counts.map(|found| found.period.from).filter(|_| !holds);
        answers.push(Answer { rule: Rule::Leads, holds, fact, turns });
        answers.extend(counts.into_iter().flat_map(|found| of_appointment(audience, found, first_day)));
    }
    let place = candidate.elsewhere.iter().copied().find(|state| stands(*state));
    answers.push(Answer {
        rule: Rule::NoOtherPlace,
        holds: place.is_none(),
        fact: Fact::Place(place),
        turns: None,
    });
    answers
}

fn of_appointment(audience: &Audience, found: &Appointment, first_day: NaiveDate) -> Vec<Answer> {
    let mut answers = vec![Answer {
        rule: Rule::Level,
        holds: audience.levels.contains(&found.level),
        fact: Fact::Level(found.level),
        turns: None,
    }];
    if let Some(months) = audience.newly_appointed_within_months {
        answers.push(Answer {
            rule: Rule::NewlyAppointed,
            holds: audience.new_until(found.since).is_none_or(|until| first_day < until),
            fact: Fact::Since(found.since, months),
            turns: None,
        });
    }
    if let Some(months) = audience.in_role_at_least_months {
        let from = audience.ripe_from(found.since);
        let holds = from.is_none_or(|from| from <= first_day);
        let fact = Fact::Since(found.since, months);
        answers.push(Answer { rule: Rule::LongInRole, holds, fact, turns: from.filter(|_| !holds) });
    }
    answers
}

/// The first day on which everything that does not hold would; None where everything holds already, or something never
/// will as far as is known.
pub fn turns_yes(answers: &[Answer]) -> Option<NaiveDate> {
    let failing = answers.iter().filter(|answer| answer.forbids());
    failing.map(|answer| answer.turns).collect::<Option<Vec<_>>>()?.into_iter().max()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        ids::{AppointmentId, PersonId, UnitId},
        people::Period,
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn leads(number: u128, level: Level, from: &str) -> Appointment {
        Appointment {
            id: AppointmentId(Uuid::from_u128(number)),
            person: PersonId(Uuid::from_u128(2)),
            unit: UnitId(Uuid::from_u128(3)),
            level,
            acting: false,
            since: day(from),
            period: Period::since(day(from)),
        }
    }

    fn six_months_in_the_role() -> Audience {
        Audience {
            levels: vec![Level::Three, Level::Four],
            in_role_at_least_months: Some(6),
            ..Audience::default()
        }
    }

    fn asked(appointments: &[Appointment], first_day: &str) -> Vec<Answer> {
        let employed = Period::since(day("2010-01-01"));
        let candidate = Candidate { employed, appointments, elsewhere: &[] };
        explain(&six_months_in_the_role(), &candidate, day("2026-11-23"), day(first_day))
    }

    #[test]
    fn six_months_count_to_the_first_day_and_the_day_on_which_they_are_full_is_told() {
        let appointments = [leads(1, Level::Four, "2026-09-15")];
        let early = asked(&appointments, "2027-03-14");
        assert!(early.iter().all(|answer| answer.holds == (answer.rule != Rule::LongInRole)), "{early:?}");
        assert_eq!(turns_yes(&early), Some(day("2027-03-15")));
        let full = asked(&appointments, "2027-03-15");
        assert!(full.iter().all(|answer| answer.holds));
        assert_eq!(turns_yes(&full), None, "it is yes already");
    }

    #[test]
    fn of_two_appointments_the_one_counts_that_most_speaks_for() {
        let appointments = [leads(1, Level::Four, "2024-01-01"), leads(2, Level::Two, "2026-10-01")];
        let answers = asked(&appointments, "2027-01-13");
        assert!(answers.iter().all(|answer| answer.holds), "{answers:?}");
        assert_eq!(answers[2].fact, Fact::Level(Level::Four));
    }

    #[test]
    fn a_programme_for_those_who_lead_nothing_is_for_nobody_else() {
        let audience = Audience { without_appointment: true, ..Audience::default() };
        let asked = |appointments: &[Appointment]| {
            let employed = Period::since(day("2010-01-01"));
            let candidate = Candidate { employed, appointments, elsewhere: &[] };
            explain(&audience, &candidate, day("2026-11-23"), day("2027-01-13"))
        };
        let nothing = asked(&[]);
        assert!(nothing.iter().all(|answer| answer.holds), "{nothing:?}");
        let rules: Vec<_> = nothing.iter().map(|answer| answer.rule).collect();
        assert_eq!(rules, [Rule::Employed, Rule::LeadsNothing, Rule::NoOtherPlace]);
        let leading = asked(&[leads(1, Level::Four, "2027-03-01")]);
        assert!(!leading[1].holds, "who will lead, does not consider it any more");
        let mut ending = leads(1, Level::Four, "2020-01-01");
        ending.period = ending.period.cut(day("2027-02-28"));
        assert_eq!(turns_yes(&asked(&[ending.clone()])), Some(day("2027-03-01")));
        ending.period = Period::since(day("2020-01-01")).cut(day("2026-12-31"));
        assert!(asked(&[ending])[1].holds, "it is over by the first day");
    }

    #[test]
    fn an_appointment_that_begins_after_the_first_day_counts_from_then_on() {
        let appointments = [leads(1, Level::Four, "2027-03-01")];
        let early = asked(&appointments, "2027-02-28");
        assert_eq!((early[1].rule, early[1].holds), (Rule::Leads, false));
        assert_eq!(early[1].turns, Some(day("2027-03-01")));
        assert_eq!(turns_yes(&early), Some(day("2027-09-01")), "six months in the role after that");
        assert!(asked(&appointments, "2027-03-01")[1].holds);
        // Who leads something already, leads.
        let both = [leads(1, Level::Two, "2020-01-01"), leads(2, Level::Two, "2027-03-01")];
        assert!(asked(&both, "2027-02-28")[1].holds);
    }

    #[test]
    fn whoever_leaves_before_the_first_day_is_not_employed_then() {
        let appointments = [leads(1, Level::Four, "2020-01-01")];
        let employed = Period::since(day("2010-01-01")).cut(day("2027-01-12"));
        let candidate = Candidate { employed, appointments: &appointments, elsewhere: &[] };
        let on = |first_day| {
            explain(&six_months_in_the_role(), &candidate, day("2026-11-23"), day(first_day))[0].holds
        };
        assert_eq!([on("2027-01-12"), on("2027-01-13")], [true, false]);
    }

    #[test]
    fn a_level_outside_the_audience_turns_on_no_day() {
        let answers = asked(&[leads(1, Level::Two, "2026-10-01")], "2027-01-13");
        assert_eq!(turns_yes(&answers), None, "waiting does not help");
        let failing: Vec<_> =
            answers.iter().filter(|answer| !answer.holds).map(|answer| answer.rule).collect();
        assert_eq!(failing, [Rule::Level, Rule::LongInRole]);
    }
}
