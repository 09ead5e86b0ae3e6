//! People who join, leave, move, are renamed or come back.

use chrono::NaiveDate;

use super::Differ;
use crate::{
    hr::{Change, ChangeKind, KnownPerson, Leaver, StaffRow},
    ids::{PersonId, UnitId},
    people::{Employment, Period, Person, day_before},
};

impl Differ<'_> {
    pub(super) fn joined(&mut self, row: &StaffRow) {
        let Some(unit) = self.unit_ids.get(&row.unit_code).copied() else { return };
        let person = Person {
            id: self.id(),
            employee_number: row.employee_number.clone(),
            given_name: row.given_name.clone(),
            family_name: row.family_name.clone(),
            email: row.email.clone(),
            locale: row.locale.unwrap_or(self.locale),
            locale_chosen: false,
            profession: row.profession.clone(),
            workplace: row.workplace.clone(),
            employed: row.employed,
            missing_since: None,
            muted: false,
        };
        let who = person.id;
        self.change(ChangeKind::Joined, row, None, None, Some(row.employed.from));
        if let Some(last_day) = row.employed.to {
            self.diff.effects.left.push(Leaver { person: who, last_day });
        }
        self.diff.writes.new_people.push(person);
        let employment = self.employment(who, unit, row, row.employed.from);
        self.diff.writes.new_employments.push(employment);
        self.appointments(who, &[], row, unit);
    }

    pub(super) fn compared(&mut self, known: &KnownPerson, row: &StaffRow) {
        let Some(unit) = self.unit_ids.get(&row.unit_code).copied() else { return };
        let before = &known.person;
        let mut after = before.clone();
        after.given_name.clone_from(&row.given_name);
        after.family_name.clone_from(&row.family_name);
        after.email.clone_from(&row.email);
        if !before.locale_chosen {
            after.locale = row.locale.unwrap_or(before.locale);
        }
        after.profession.clone_from(&row.profession);
        after.workplace.clone_from(&row.workplace);
        after.employed = row.employed;
        after.missing_since = None;

        if before.name() != after.name() {
            self.change(ChangeKind::Renamed, row, Some(before.name()), Some(after.name()), None);
        }
        if before.email != after.email {
            let (old, new) = (before.email.clone(), after.email.clone());
            self.change(ChangeKind::EmailChanged, row, Some(old), Some(new), None);
        }
        if before.missing_since.is_some() {
            self.change(ChangeKind::Returned, row, None, None, Some(self.on));
        }
        self.last_day(before, row);
        self.details(before, &after, row);
        if *before != after {
            self.diff.writes.changed_people.push(after);
        }
        self.employments(known, row, unit);
        self.appointments(before.id, &known.appointments, row, unit);
    }

    fn last_day(&mut self, before: &Person, row: &StaffRow) {
        let old = before.employed.to.map(|day| day.to_string());
        match row.employed.to {
            Some(last_day) if before.employed.to != Some(last_day) => {
                self.change(ChangeKind::Left, row, old, Some(last_day.to_string()), Some(last_day));
                self.diff.effects.left.push(Leaver { person: before.id, last_day });
            }
            None if before.employed.to.is_some() => {
                self.change(ChangeKind::Stays, row, old, None, Some(row.employed.from));
                self.diff.effects.staying.push(before.id);
            }
            _ => {}
        }
    }

    fn details(&mut self, before: &Person, after: &Person, row: &StaffRow) {
        let pairs = [
            (before.profession.clone(), after.profession.clone()),
            (before.workplace.clone(), after.workplace.clone()),
            (Some(before.locale.to_string()), Some(after.locale.to_string())),
            (Some(before.employed.from.to_string()), Some(after.employed.from.to_string())),
        ];
        for (old, new) in pairs {
            if old != new {
                self.change(ChangeKind::DetailsChanged, row, old, new, None);
            }
        }
    }

    /// The last employment goes on, is put right, or ends where the next begins.
    fn employments(&mut self, known: &KnownPerson, row: &StaffRow, unit: UnitId) {
        let who = known.person.id;
        let Some(last) = known.employments.last() else {
            let first = self.employment(who, unit, row, row.employed.from);
            self.diff.writes.new_employments.push(first);
            return;
        };
        let rehired =
            last.period.to.is_some_and(|to| to < row.employed.from) && last.period.from < row.employed.from;
        if rehired {
            let again = self.employment(who, unit, row, row.employed.from);
            self.diff.writes.new_employments.push(again);
        }
        let moves = last.unit != unit;
        if moves {
            let (old, new) = (self.code_of(last.unit), Some(row.unit_code.clone()));
            self.change(ChangeKind::Moved, row, old, new, Some(self.on));
            self.diff.effects.moved.push(who);
        } else if last.job_title != row.job_title {
            let (old, new) = (Some(last.job_title.clone()), Some(row.job_title.clone()));
            self.change(ChangeKind::DetailsChanged, row, old, new, None);
        }
        if rehired {
            return;
        }

        let mut changed = last.clone();
        if known.employments.len() == 1 && known.person.employed.from != row.employed.from {
            changed.period.from = row.employed.from;
        }
        let differs = moves || last.job_title != row.job_title;
        // What began today is put right; what ended before today is not cut up any more.
        let goes_on = changed.period.from < self.on && !row.employed.is_over(self.on);
        if differs && goes_on {
            changed.period.to = Some(day_before(self.on));
            let next = self.employment(who, unit, row, self.on);
            self.diff.writes.new_employments.push(next);
        } else {
            (changed.unit, changed.job_title) = (unit, row.job_title.clone());
            changed.period.to = row.employed.to;
        }
        if changed != *last {
            self.diff.writes.changed_employments.push(changed);
        }
    }

    fn employment(&mut self, person: PersonId, unit: UnitId, row: &StaffRow, from: NaiveDate) -> Employment {
        Employment {
            id: self.id(),
            person,
            unit,
            job_title: row.job_title.clone(),
            period: Period { from, to: row.employed.to },
        }
    }

    pub(super) fn change(
        &mut self,
        kind: ChangeKind,
        row: &StaffRow,
        before: Option<String>,
        after: Option<String>,
        date: Option<NaiveDate>,
    ) {
        self.diff.changes.push(Change {
            kind,
            line: Some(row.line),
            employee_number: Some(row.employee_number.clone()),
            name: format!("{} {}", row.given_name, row.family_name),
            unit_code: Some(row.unit_code.clone()),
            before,
            after,
            date,
        });
    }
}
