//! What rows say together: numbers and addresses that stand twice, and whether the units make a tree.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    Fault, FaultCode, Field, Known, Notice, NoticeCode, Reading, StaffRow, UnitClaim, UnitDescription,
};
use crate::people::email_key;

/// Rows, and people known, from which on a file of another organisation can be told from one of many newcomers.
const ENOUGH_TO_TELL: usize = 10;

/// A file whose rows agree with each other: what is left after the faulty rows are taken out.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// Rows to import.
    pub rows: Vec<StaffRow>,
    /// Units to import, by code. Each unit above is among them or known.
    pub units: BTreeMap<String, UnitDescription>,
    /// Everybody the file names, also in faulty rows.
    pub seen: BTreeSet<String>,
    /// Every fault, by line.
    pub faults: Vec<Fault>,
    /// What a person should look at.
    pub notices: Vec<Notice>,
}

/// Looks at what rows say together.
pub fn check(reading: Reading, known: &Known) -> Checked {
    let mut checker = Checker { reading, known, faulty: BTreeSet::new(), units: BTreeMap::new() };
    checker.faulty = checker.reading.faults.iter().filter_map(|fault| fault.line).collect();
    checker.numbers();
    checker.addresses();
    checker.describe_units();
    checker.unnamed_units();
    checker.tree();
    let notices = checker.notices();
    if checker.is_of_others() {
        checker.reading.faults = vec![Fault::of_file(FaultCode::FileOfOthers, "")];
    }

    let Checker { mut reading, faulty, units, .. } = checker;
    reading.faults.sort_by_key(|fault| fault.line);
    reading.rows.retain(|row| !faulty.contains(&row.line));
    Checked {
        rows: reading.rows,
        units,
        seen: reading.numbers.into_keys().collect(),
        faults: reading.faults,
        notices,
    }
}

struct Checker<'a> {
    reading: Reading,
    known: &'a Known,
    faulty: BTreeSet<u64>,
    units: BTreeMap<String, UnitDescription>,
}

impl Checker<'_> {
    fn fault(&mut self, line: u64, field: Field, value: &str, code: FaultCode, hint: impl Into<String>) {
        let header = self.reading.headers.get(&field).map_or(field.key(), String::as_str);
        self.reading.faults.push(Fault::of_cell(line, header, value, code, hint));
        self.faulty.insert(line);
    }

    /// The first row with a number is right, the others are at fault.
    fn numbers(&mut self) {
        for (line, number, first) in repeated(&self.reading.numbers) {
            self.fault(line, Field::EmployeeNumber, &number, FaultCode::NumberTwice, first.to_string());
        }
    }

    fn addresses(&mut self) {
        let written: HashMap<u64, String> =
            self.reading.rows.iter().map(|row| (row.line, row.email.clone())).collect();
        for (line, address, first) in repeated(&self.reading.emails) {
            // The same person twice is told once, as that.
            if !self.faulty.contains(&line) {
                let shown = written.get(&line).unwrap_or(&address);
                self.fault(line, Field::Email, shown, FaultCode::EmailTwice, first.to_string());
            }
        }
    }

    /// What most rows say of a unit holds; at a draw, what stands first.
    fn describe_units(&mut self) {
        for (code, claims) in std::mem::take(&mut self.reading.units) {
            let described: Vec<&UnitClaim> =
                claims.iter().filter(|claim| claim.description.is_some()).collect();
            let Some(holds) = described.iter().rev().max_by_key(|claim| claim.lines.len()) else {
                self.reading.units.insert(code, claims);
                continue;
            };
            let Some(description) = &holds.description else { continue };
            for other in described.iter().filter(|claim| claim.description != holds.description) {
                let Some(differs) = &other.description else { continue };
                let (field, value) = difference(description, differs);
                let first = holds.lines.first().copied().unwrap_or_default();
                for line in &other.lines {
                    self.fault(*line, field, &value, FaultCode::UnitDescribedTwice, first.to_string());
                }
            }
            self.units.insert(code.clone(), description.clone());
            self.reading.units.insert(code, claims);
        }
    }

    /// A unit by its code alone is enough where it is known or another row describes it.
    fn unnamed_units(&mut self) {
        let unnamed: Vec<(String, Vec<u64>)> = self
            .reading
            .units
            .iter()
            .filter(|(code, _)| !self.units.contains_key(*code) && !self.known.units.contains_key(*code))
            .map(|(code, claims)| {
                (code.clone(), claims.iter().flat_map(|claim| claim.lines.clone()).collect())
            })
            .collect();
        for (code, lines) in unnamed {
            for line in lines {
                self.fault(line, Field::UnitCode, &code, FaultCode::UnitWithoutName, "");
            }
        }
    }

    /// Takes out, with all their rows, units whose unit above is unknown and units that go in a circle, until what
    /// is left hangs together.
    fn tree(&mut self) {
        loop {
            let mut wrong: Vec<(String, FaultCode)> = Vec::new();
            for (code, description) in &self.units {
                let Some(parent) = &description.parent else { continue };
                if !self.units.contains_key(parent) && !self.known.units.contains_key(parent) {
                    wrong.push((code.clone(), FaultCode::ParentUnknown));
                } else if self.turns_in_a_circle(code) {
                    wrong.push((code.clone(), FaultCode::UnitCircle));
                }
            }
            if wrong.is_empty() {
                return;
            }
            for (code, fault) in wrong {
                let parent = self.units.remove(&code).and_then(|unit| unit.parent).unwrap_or_default();
                for line in self.lines_of(&code) {
                    self.fault(line, Field::ParentUnit, &parent, fault, code.clone());
                }
            }
        }
    }

    fn lines_of(&self, code: &str) -> Vec<u64> {
        let claims = self.reading.units.get(code).into_iter().flatten();
        claims.flat_map(|claim| claim.lines.iter().copied()).collect()
    }

    fn turns_in_a_circle(&self, code: &str) -> bool {
        let mut path = BTreeSet::new();
        let mut above = self.parent(code);
        while let Some(next) = above {
            if next == code {
                return true;
            }
            if !path.insert(next) {
                // A circle further up: its own units are told.
                return false;
            }
            above = self.parent(next);
        }
        false
    }

    /// The unit above, as it will be: what the file says, else what is known.
    fn parent(&self, code: &str) -> Option<&str> {
        if let Some(described) = self.units.get(code) {
            return described.parent.as_deref();
        }
        let parent = self.known.units.get(code)?.periods.last()?.parent?;
        let known = self.known.units.values().find(|unit| unit.unit.id == parent);
        known.map(|unit| unit.unit.code.as_str())
    }

    /// True when the numbers of the file belong to other people than those who are known by them. Somebody who married
    /// keeps an address or a name; a file of a few rows, or the first ones, tells nothing.
    fn is_of_others(&self) -> bool {
        let rows = &self.reading.rows;
        if rows.len() < ENOUGH_TO_TELL || self.known.people.len() < ENOUGH_TO_TELL {
            return false;
        }
        let is_known = |row: &&StaffRow| {
            self.known.people.get(&row.employee_number).is_some_and(|known| {
                let person = &known.person;
                email_key(&person.email) == email_key(&row.email)
                    || (person.given_name == row.given_name && person.family_name == row.family_name)
            })
        };
        rows.iter().filter(is_known).count() * 10 < rows.len()
    }

    fn notices(&self) -> Vec<Notice> {
        let mut notices = Vec::new();
        let rows = || self.reading.rows.iter().filter(|row| !self.faulty.contains(&row.line));

        let mut leaders: BTreeMap<&str, Vec<&StaffRow>> = BTreeMap::new();
        for row in rows() {
            let Some(leads) = row.leadership.filter(|leads| !leads.acting) else { continue };
            let others = leaders.entry(&row.unit_code).or_default();
            let overlapping = others
                .iter()
                .find(|other| other.leadership.is_some_and(|other| other.period.overlaps(&leads.period)));
            if let Some(other) = overlapping {
                notices.push(Notice {
                    line: Some(row.line),
                    subject: row.unit_code.clone(),
                    code: NoticeCode::TwoLeaders,
                    hint: other.line.to_string(),
                });
            }
            others.push(row);
        }

        let absent = || {
            let not_in_file = |number: &&String| !self.reading.numbers.contains_key(*number);
            self.known
                .people
                .iter()
                .filter(move |(number, _)| not_in_file(number))
                .map(|(_, known)| &known.person)
        };
        let held: HashMap<String, &str> =
            absent().map(|person| (email_key(&person.email), person.employee_number.as_str())).collect();
        for row in rows() {
            if let Some(holder) = held.get(&email_key(&row.email)) {
                notices.push(Notice {
                    line: Some(row.line),
                    subject: row.employee_number.clone(),
                    code: NoticeCode::EmailHeld,
                    hint: (*holder).to_owned(),
                });
            }
        }

        let newly_absent =
            absent().filter(|person| person.missing_since.is_none() && person.employed.to.is_none()).count();
        if newly_absent * 5 > self.known.people.len() {
            notices.push(Notice {
                line: None,
                subject: newly_absent.to_string(),
                code: NoticeCode::ManyMissing,
                hint: self.known.people.len().to_string(),
            });
        }
        notices
    }
}

/// Lines on which a value stands again, with the value and the line on which it stood first; by line.
fn repeated(values: &BTreeMap<String, Vec<u64>>) -> Vec<(u64, String, u64)> {
    let mut repeated: Vec<_> = values
        .iter()
        .filter_map(|(value, lines)| lines.split_first().map(|(first, others)| (value, *first, others)))
        .flat_map(|(value, first, others)| others.iter().map(move |line| (*line, value.clone(), first)))
        .collect();
    repeated.sort();
    repeated
}

/// The first cell in which a description differs from the one that holds.
fn difference(holds: &UnitDescription, differs: &UnitDescription) -> (Field, String) {
    if differs.name != holds.name {
        (Field::UnitName, differs.name.clone())
    } else if differs.parent != holds.parent {
        (Field::ParentUnit, differs.parent.clone().unwrap_or_default())
    } else {
        (Field::UnitKind, differs.kind.key().to_owned())
    }
}
