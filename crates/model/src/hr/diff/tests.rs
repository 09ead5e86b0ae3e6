use chrono::Days;
use proptest::prelude::*;

use super::*;
use crate::{
    hr::{KnownUnit, Leadership, Leaver, Reading, StaffRow, UnitDescription, check},
    people::{Level, Period, UnitKind},
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Writes the rows into what is known: what the database does.
fn apply(mut known: Known, writes: &Writes) -> Known {
    for unit in &writes.new_units {
        known.units.insert(unit.code.clone(), KnownUnit { unit: unit.clone(), periods: vec![] });
    }
    for unit in known.units.values_mut() {
        put(&mut unit.periods, &writes.changed_unit_periods, |row| row.id, |row| row.unit == unit.unit.id);
        put(&mut unit.periods, &writes.new_unit_periods, |row| row.id, |row| row.unit == unit.unit.id);
        unit.periods.sort_by_key(|period| (period.period.from, period.id));
    }
    for person in &writes.new_people {
        let new = KnownPerson { person: person.clone(), employments: vec![], appointments: vec![] };
        assert!(known.people.insert(person.employee_number.clone(), new).is_none());
    }
    for person in writes.changed_people.iter().chain(&writes.missing) {
        known.people.get_mut(&person.employee_number).unwrap().person = person.clone();
    }
    for known in known.people.values_mut() {
        let who = known.person.id;
        put(&mut known.employments, &writes.changed_employments, |row| row.id, |row| row.person == who);
        put(&mut known.employments, &writes.new_employments, |row| row.id, |row| row.person == who);
        known.employments.sort_by_key(|employment| (employment.period.from, employment.id));
        put(&mut known.appointments, &writes.changed_appointments, |row| row.id, |row| row.person == who);
        put(&mut known.appointments, &writes.new_appointments, |row| row.id, |row| row.person == who);
        known.appointments.sort_by_key(|appointment| (appointment.period.from, appointment.id));
    }
    known
}

fn put<T: Clone, K: PartialEq>(rows: &mut Vec<T>, with: &[T], key: fn(&T) -> K, mine: impl Fn(&T) -> bool) {
    for row in with.iter().filter(|row| mine(row)) {
        match rows.iter_mut().find(|old| key(old) == key(row)) {
            Some(old) => *old = row.clone(),
            None => rows.push(row.clone()),
        }
    }
}

/// An organisation that is imported into, file after file.
#[derive(Default)]
struct Trust {
    known: Known,
    ids: u128,
}

impl Trust {
    fn look(&mut self, rows: &[StaffRow], on: NaiveDate) -> Diff {
        let mut reading = Reading::default();
        for (index, row) in rows.iter().enumerate() {
            let mut row = row.clone();
            row.line = index as u64 + 2;
            reading.numbers.entry(row.employee_number.clone()).or_default().push(row.line);
            reading.claim(&row.unit_code, Some(described(&row.unit_code)), row.line);
            reading.rows.push(row);
        }
        let checked = check(reading, &self.known);
        assert_eq!(checked.faults, []);
        let mut new_id = || {
            self.ids += 1;
            Uuid::from_u128(self.ids)
        };
        diff(&self.known, &checked, on, Locale::Nb, &mut new_id)
    }

    fn import(&mut self, rows: &[StaffRow], on: &str) -> Vec<String> {
        let diff = self.look(rows, day(on));
        self.known = apply(std::mem::take(&mut self.known), &diff.writes);
        let told = diff.changes.iter().map(|change| {
            let date = change.date.map(|date| format!(" {date}")).unwrap_or_default();
            format!("{} {}{date}", change.employee_number.as_deref().unwrap_or("-"), change.kind.key())
        });
        told.collect()
    }
}

/// The root is 1; every other unit hangs under it.
fn described(code: &str) -> UnitDescription {
    let parent = (code != "1").then(|| "1".to_owned());
    UnitDescription { name: format!("Enhet {code}"), kind: UnitKind::Unit, parent }
}

fn row(number: &str, unit: &str) -> StaffRow {
    StaffRow {
        line: 0,
        employee_number: number.into(),
        given_name: "Kari".into(),
        family_name: "Lie".into(),
        email: format!("{number}@fjordheim.example"),
        unit_code: unit.into(),
        job_title: String::new(),
        profession: None,
        workplace: None,
        locale: None,
        employed: Period::since(day("2015-01-01")),
        leadership: None,
    }
}

fn leads(mut row: StaffRow, from: &str, to: Option<&str>) -> StaffRow {
    let period = Period { from: day(from), to: to.map(day) };
    row.leadership = Some(Leadership { level: Level::Four, acting: false, period });
    row
}

#[test]
fn a_leader_who_moves_keeps_the_day_since_when_she_leads() {
    let mut trust = Trust::default();
    trust.import(&[row("9", "1"), leads(row("10", "2"), "2026-10-30", None)], "2026-11-22");
    let moved = [row("9", "1"), leads(row("10", "3"), "2026-10-30", None)];
    assert_eq!(
        trust.import(&moved, "2026-12-01"),
        ["- unit_added 2026-12-01", "10 moved 2026-12-01", "10 moved_appointment 2026-12-01"]
    );
    let known = &trust.known.people["10"];
    let periods: Vec<_> = known.appointments.iter().map(|led| (led.since, led.period)).collect();
    let since = day("2026-10-30");
    assert_eq!(
        periods,
        [
            (since, Period { from: since, to: Some(day("2026-11-30")) }),
            (since, Period::since(day("2026-12-01"))),
        ]
    );
    assert_eq!(known.employments[0].period.to, Some(day("2026-11-30")));
}

#[test]
fn an_appointment_ends_on_the_stated_day_or_when_the_file_no_longer_tells_of_it() {
    let mut trust = Trust::default();
    trust.import(
        &[leads(row("10", "1"), "2016-09-06", None), leads(row("11", "1"), "2020-01-01", None)],
        "2026-11-22",
    );
    let told = trust
        .import(&[leads(row("10", "1"), "2016-09-06", Some("2026-12-31")), row("11", "1")], "2026-12-01");
    assert_eq!(told, ["10 ended_appointment 2026-12-31", "11 ended_appointment 2026-11-30"]);
    let told = trust.import(&[row("10", "1"), row("11", "1")], "2027-01-05");
    assert_eq!(told, [""; 0], "past its stated end, silence is no news");
}

#[test]
fn an_appointment_announced_and_withdrawn_never_held() {
    let mut trust = Trust::default();
    trust.import(&[leads(row("10", "1"), "2027-02-01", None)], "2026-12-01");
    assert_eq!(trust.import(&[row("10", "1")], "2026-12-15"), ["10 ended_appointment 2027-01-31"]);
    assert!(!trust.known.people["10"].appointments[0].period.holds_on(day("2027-02-01")));
}

#[test]
fn a_first_day_that_was_put_right_makes_no_new_leader() {
    let mut trust = Trust::default();
    trust.import(&[leads(row("10", "1"), "2026-03-01", None)], "2026-11-22");
    let told = trust.import(&[leads(row("10", "1"), "2026-03-15", None)], "2026-12-01");
    assert_eq!(told, ["10 changed_appointment 2026-03-15"]);
}

#[test]
fn an_acting_leader_who_is_appointed_for_good_from_a_new_day_is_a_new_leader() {
    let mut trust = Trust::default();
    let mut acting = leads(row("10", "1"), "2026-03-01", Some("2026-11-30"));
    acting.leadership.as_mut().unwrap().acting = true;
    trust.import(&[acting], "2026-11-22");
    let told = trust.import(&[leads(row("10", "1"), "2026-12-01", None)], "2026-11-25");
    assert_eq!(told, ["10 new_appointment 2026-12-01"]);
}

#[test]
fn nobody_leads_after_the_last_day_of_employment() {
    let mut trust = Trust::default();
    trust.import(&[leads(row("10", "1"), "2020-01-01", None)], "2026-11-22");
    let mut leaver = leads(row("10", "1"), "2020-01-01", None);
    leaver.employed.to = Some(day("2026-12-15"));
    assert_eq!(
        trust.import(&[leaver], "2026-12-01"),
        ["10 left 2026-12-15", "10 ended_appointment 2026-12-15"]
    );
}

#[test]
fn who_is_left_out_is_flagged_once_and_the_flag_goes_when_she_is_back() {
    let mut trust = Trust::default();
    let both = [row("10", "1"), row("11", "1")];
    trust.import(&both, "2026-11-22");
    assert_eq!(trust.import(&both[..1], "2026-12-01"), ["11 missing 2026-12-01"]);
    assert_eq!(trust.import(&both[..1], "2026-12-02"), [""; 0]);
    assert_eq!(trust.import(&both, "2026-12-03"), ["11 returned 2026-12-03"]);
    assert_eq!(trust.known.people["11"].person.missing_since, None);
}

#[test]
fn who_joins_for_a_time_leaves_after_the_last_day() {
    let mut trust = Trust::default();
    trust.import(&[row("10", "1")], "2026-11-22");
    let mut substitute = row("11", "1");
    substitute.employed = Period { from: day("2026-12-01"), to: Some(day("2027-02-01")) };
    let rows = [row("10", "1"), substitute];
    let diff = trust.look(&rows, day("2026-12-01"));
    let person = diff.writes.new_people[0].id;
    assert_eq!(diff.effects.left, [Leaver { person, last_day: day("2027-02-01") }]);
    assert_eq!(trust.import(&rows, "2026-12-01"), ["11 joined 2026-12-01"]);
    assert_eq!(trust.look(&rows, day("2026-12-02")), Diff::default(), "told once");
}

#[test]
fn who_has_left_is_not_missed_and_may_come_back() {
    let mut trust = Trust::default();
    let mut leaver = row("11", "1");
    leaver.employed.to = Some(day("2026-11-30"));
    trust.import(&[row("10", "1"), leaver], "2026-11-22");
    assert_eq!(trust.import(&[row("10", "1")], "2026-12-01"), [""; 0]);
    let mut back = row("11", "1");
    back.employed.from = day("2027-03-01");
    let told = trust.import(&[row("10", "1"), back], "2027-03-01");
    assert_eq!(told, ["11 stays 2027-03-01", "11 details_changed"]);
    assert_eq!(trust.known.people["11"].employments.len(), 2);
}

#[test]
fn a_renamed_and_moved_unit_keeps_its_history() {
    let mut trust = Trust::default();
    trust.import(&[row("10", "2"), row("9", "1")], "2026-11-22");
    let mut reading = Reading::default();
    reading.claim("2", Some(UnitDescription { name: "Nytt navn".into(), ..described("1") }), 2);
    reading.numbers.insert("10".into(), vec![2]);
    reading.numbers.insert("9".into(), vec![3]);
    let checked = check(reading, &trust.known);
    let mut ids = 1000;
    let mut new_id = || {
        ids += 1;
        Uuid::from_u128(ids)
    };
    let diff = diff(&trust.known, &checked, day("2026-12-01"), Locale::Nb, &mut new_id);
    let kinds: Vec<_> = diff.changes.iter().map(|change| change.kind).collect();
    assert_eq!(kinds, [ChangeKind::UnitRenamed, ChangeKind::UnitMoved]);
    let known = apply(trust.known, &diff.writes);
    let periods = &known.units["2"].periods;
    assert_eq!(periods[0].period.to, Some(day("2026-11-30")));
    assert_eq!((periods[1].name.as_str(), periods[1].parent), ("Nytt navn", None));
}

fn any_date() -> impl Strategy<Value = NaiveDate> {
    (0..40u64).prop_map(|weeks| day("2026-06-01") + Days::new(weeks * 7))
}

fn any_period() -> impl Strategy<Value = Period> {
    (any_date(), proptest::option::of(0..30u64))
        .prop_map(|(from, days)| Period { from, to: days.map(|days| from + Days::new(days * 5)) })
}

prop_compose! {
    fn any_row(number: usize)(
        unit in 1..4u8,
        name in 0..2u8,
        title in 0..2u8,
        employed in any_period(),
        leading in proptest::option::of((3..5u8, any::<bool>(), any_period())),
    ) -> StaffRow {
        let mut row = row(&number.to_string(), &unit.to_string());
        row.family_name = format!("Lie {name}");
        row.job_title = format!("Tittel {title}");
        row.employed = employed;
        row.leadership = leading.map(|(level, acting, period)| Leadership {
            level: Level::try_from(level).unwrap(),
            acting,
            period,
        });
        row
    }
}

/// Files of up to three people with the root's own row in each, and the days on which they come.
fn any_files() -> impl Strategy<Value = Vec<(Vec<StaffRow>, NaiveDate)>> {
    let file = (
        proptest::option::of(any_row(1)),
        proptest::option::of(any_row(2)),
        proptest::option::of(any_row(3)),
        any_date(),
    );
    let file = file.prop_map(|(first, second, third, on)| {
        let mut rows = vec![row("0", "1")];
        rows.extend([first, second, third].into_iter().flatten());
        (rows, on)
    });
    proptest::collection::vec(file, 1..6).prop_map(|mut files| {
        files.sort_by_key(|(_, on)| *on);
        files
    })
}

proptest! {
    #[test]
    fn the_same_file_again_changes_nothing_on_that_day_or_the_next(files in any_files()) {
        let mut trust = Trust::default();
        for (rows, on) in files {
            let first = trust.look(&rows, on);
            trust.known = apply(std::mem::take(&mut trust.known), &first.writes);
            for later in [on, on + Days::new(1)] {
                let again = trust.look(&rows, later);
                prop_assert_eq!(again, Diff::default(), "on {}", later);
            }
        }
    }

    #[test]
    fn nobody_is_appointed_twice_without_an_end(files in any_files()) {
        let mut trust = Trust::default();
        for (rows, on) in files {
            let diff = trust.look(&rows, on);
            trust.known = apply(std::mem::take(&mut trust.known), &diff.writes);
            for known in trust.known.people.values() {
                let open = known.appointments.iter().filter(|led| led.period.to.is_none());
                let mut open: Vec<_> = open.map(|led| (led.unit, led.since)).collect();
                let all = open.len();
                open.sort();
                open.dedup();
                prop_assert_eq!(open.len(), all);
            }
        }
    }

    #[test]
    fn every_kind_of_write_is_told_and_nothing_is_told_without_a_write(files in any_files()) {
        let mut trust = Trust::default();
        for (rows, on) in files {
            let diff = trust.look(&rows, on);
            prop_assert_eq!(diff.changes.is_empty(), diff.writes.is_empty());
            trust.known = apply(std::mem::take(&mut trust.known), &diff.writes);
        }
    }
}

#[test]
fn a_language_that_the_person_chose_stays_whatever_the_file_says() {
    let mut trust = Trust::default();
    let speaks = |locale| {
        let mut row = row("10", "1");
        row.locale = Some(locale);
        row
    };
    trust.import(&[speaks(Locale::Nb)], "2026-11-22");
    assert_eq!(trust.import(&[speaks(Locale::Nn)], "2026-12-01"), ["10 details_changed"]);
    let known = trust.known.people.get_mut("10").unwrap();
    (known.person.locale, known.person.locale_chosen) = (Locale::En, true);
    assert_eq!(trust.import(&[speaks(Locale::Nb)], "2027-01-01"), Vec::<String>::new());
    assert_eq!(trust.known.people["10"].person.locale, Locale::En);
}
