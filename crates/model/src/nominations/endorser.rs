//! Who may speak for a nomination, and who may not rank it: nobody is the judge of herself or himself, of what she or he
//! wrote, or of the own line. What counts as a conflict stands in [`crate::conflicts`].

use chrono::NaiveDate;

use super::Nomination;
use crate::{
    conflicts::{self, Conflict, ConflictRules, Constellation, Couple},
    ids::PersonId,
    people::{Chart, LineManager, line_manager},
};

/// Who speaks for a nomination on a day: whom a coordinator named, while she or he works here and stands in no conflict of
/// interest; else the independent voice in the line.
pub fn voice_of(
    rules: &ConflictRules,
    chart: &Chart,
    nomination: &Nomination,
    on: NaiveDate,
) -> Option<PersonId> {
    let (nominee, nominator) = (nomination.nominee, nomination.nominator);
    let may = |named: &PersonId| {
        chart.workplace_on(*named, on).is_some()
            && may_not_endorse(rules, chart, *named, nominee, nominator, on).is_empty()
    };
    let named = nomination.endorser.filter(|_| nomination.endorser_named).filter(may);
    named.or_else(|| independent_endorser(rules, chart, nominee, nominator, on))
}

/// The independent voice on a nomination: the nominee's line manager on a day, or, where the line manager stands in a
/// conflict of interest, as the nominator does, the next one up who does not. None where the line ends, or goes on
/// outside the trust.
fn independent_endorser(
    rules: &ConflictRules,
    chart: &Chart,
    nominee: PersonId,
    nominator: PersonId,
    on: NaiveDate,
) -> Option<PersonId> {
    let (mut of, mut seen) = (nominee, vec![nominee]);
    loop {
        let Some(LineManager::Person(manager)) = line_manager(chart, of, on) else { return None };
        // A line that turns in a circle has no independent voice in it.
        if seen.contains(&manager) {
            return None;
        }
        let couple = Couple { one: manager, other: nominee, nominator: Some(nominator) };
        if conflicts::find(rules, Constellation::Endorser, couple, chart, on).is_empty() {
            return Some(manager);
        }
        seen.push(manager);
        of = manager;
    }
}

/// Why a member of the panel may not rank a nominee; nothing for one who may.
pub fn ruled_out(
    rules: &ConflictRules,
    chart: &Chart,
    member: PersonId,
    nominee: PersonId,
    nominator: PersonId,
    on: NaiveDate,
) -> Vec<Conflict> {
    let couple = Couple { one: member, other: nominee, nominator: Some(nominator) };
    conflicts::find(rules, Constellation::PanelMember, couple, chart, on)
}

/// Why the one who endorsed, or is asked to, may not; nothing for one who may.
pub fn may_not_endorse(
    rules: &ConflictRules,
    chart: &Chart,
    endorser: PersonId,
    nominee: PersonId,
    nominator: PersonId,
    on: NaiveDate,
) -> Vec<Conflict> {
    let couple = Couple { one: endorser, other: nominee, nominator: Some(nominator) };
    conflicts::find(rules, Constellation::Endorser, couple, chart, on)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        conflicts::{Relation, RuleSet},
        ids::{AppointmentId, EmploymentId, UnitId, UnitPeriodId},
        people::{Appointment, Employment, Level, Period, UnitKind, UnitPeriod},
    };

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 28).unwrap()
    }

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    /// A trust (1), a clinic (2) and a department (3), led by 10, 20 and 30; 99 works in the department.
    fn chart() -> Chart {
        let always = Period::since(NaiveDate::from_ymd_opt(2020, 1, 1).unwrap());
        let unit = |number: u128| UnitId(Uuid::from_u128(number));
        let hangs = |(number, below): (u128, u128)| UnitPeriod {
            id: UnitPeriodId(Uuid::from_u128(number)),
            unit: unit(number),
            name: format!("Enhet {number}"),
            kind: UnitKind::Unit,
            parent: (below > 0).then(|| unit(below)),
            period: always,
        };
        let leads = |number: u128| Appointment {
            id: AppointmentId(Uuid::from_u128(number)),
            person: person(number * 10),
            unit: unit(number),
            level: Level::Two,
            acting: false,
            since: always.from,
            period: always,
        };
        let works = |(who, place): (u128, u128)| Employment {
            id: EmploymentId(Uuid::from_u128(who)),
            person: person(who),
            unit: unit(place),
            job_title: String::new(),
            period: always,
        };
        Chart::new(
            [(1, 0), (2, 1), (3, 2)].into_iter().map(hangs).collect(),
            [1, 2, 3].into_iter().map(leads).collect(),
            [(10, 1), (20, 2), (30, 3), (99, 3)].into_iter().map(works).collect(),
            Vec::new(),
        )
    }

    fn rules() -> ConflictRules {
        ConflictRules::new(vec![RuleSet::strictest()])
    }

    fn endorser(nominee: u128, nominator: u128) -> Option<u128> {
        let found = independent_endorser(&rules(), &chart(), person(nominee), person(nominator), day());
        found.map(|found| found.0.as_u128())
    }

    #[test]
    fn the_line_manager_endorses_and_the_next_one_up_where_she_nominated() {
        assert_eq!(endorser(99, 99), Some(30));
        assert_eq!(endorser(99, 30), Some(20), "the nominator is not the independent voice");
        assert_eq!(endorser(30, 30), Some(20));
        assert_eq!(endorser(20, 10), None, "above the director is nobody");
        assert_eq!(endorser(10, 10), None);
    }

    #[test]
    fn a_member_of_the_panel_ranks_neither_oneself_nor_the_own_line() {
        let why = |member, nominee, nominator| -> Vec<Relation> {
            ruled_out(&rules(), &chart(), person(member), person(nominee), person(nominator), day())
                .iter()
                .map(|conflict| conflict.relation)
                .collect()
        };
        assert_eq!(why(20, 20, 20), [Relation::Oneself]);
        assert_eq!(why(20, 30, 20), [Relation::Nominator, Relation::LineManager]);
        assert_eq!(why(30, 20, 20), [Relation::Below]);
    }
}
