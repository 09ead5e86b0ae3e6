//! What a file changes, worked out without touching anything.

mod appointments;
mod persons;
mod units;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::{Change, ChangeKind, Checked, Effects, Known, KnownPerson, Writes};
use crate::{Locale, ids::UnitId};

/// What a file changes: for people, for the database, and for the rest of the system.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// In the order of the file, units first and who is missing last.
    pub changes: Vec<Change>,
    /// Rows to write.
    pub writes: Writes,
    /// What others act on.
    pub effects: Effects,
}

/// Compares a checked file with what is known, on the day of the import: the day on which moves begin that the file
/// gives no date for. `locale` is the language of new people whose row names none.
pub fn diff(
    known: &Known,
    file: &Checked,
    on: NaiveDate,
    locale: Locale,
    new_id: &mut dyn FnMut() -> Uuid,
) -> Diff {
    let (unit_ids, unit_codes) = (BTreeMap::new(), BTreeMap::new());
    let mut differ = Differ { on, locale, new_id, diff: Diff::default(), unit_ids, unit_codes };
    differ.diff.effects.first_import = known.people.is_empty();
    differ.units(known, &file.units);
    for row in &file.rows {
        match known.people.get(&row.employee_number) {
            None => differ.joined(row),
            Some(known) => differ.compared(known, row),
        }
    }
    for (number, person) in &known.people {
        if !file.seen.contains(number) {
            differ.absent(person);
        }
    }
    differ.diff
}

struct Differ<'a> {
    on: NaiveDate,
    locale: Locale,
    new_id: &'a mut dyn FnMut() -> Uuid,
    diff: Diff,
    /// Units known and new, by code.
    unit_ids: BTreeMap<String, UnitId>,
    /// The same, by id.
    unit_codes: BTreeMap<UnitId, String>,
}

impl Differ<'_> {
    fn id<T: From<Uuid>>(&mut self) -> T {
        T::from((self.new_id)())
    }

    fn code_of(&self, unit: UnitId) -> Option<String> {
        self.unit_codes.get(&unit).cloned()
    }

    /// Somebody who is not in the file: flagged, unless the employment is over or the flag is there.
    fn absent(&mut self, known: &KnownPerson) {
        let person = &known.person;
        if person.missing_since.is_some() || person.employed.is_over(self.on) {
            return;
        }
        self.diff.changes.push(Change {
            kind: ChangeKind::Missing,
            line: None,
            employee_number: Some(person.employee_number.clone()),
            name: person.name(),
            unit_code: known.employments.last().and_then(|employment| self.code_of(employment.unit)),
            before: None,
            after: None,
            date: Some(self.on),
        });
        self.diff.effects.missing.push(person.id);
        let mut flagged = person.clone();
        flagged.missing_since = Some(self.on);
        self.diff.writes.missing.push(flagged);
    }
}

#[cfg(test)]
mod tests;
