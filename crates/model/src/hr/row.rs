//! A file as it was read: each row by itself is right, what rows say together is not yet looked at.

use std::collections::BTreeMap;

use crate::{
    Locale,
    hr::{Fault, Field},
    people::{Level, Period, UnitKind},
};

/// One row whose cells are right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffRow {
    /// The line it begins on; the header is line 1.
    pub line: u64,
    /// The key of the person.
    pub employee_number: String,
    /// Given name or names.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// Where mail goes.
    pub email: String,
    /// The unit she or he works in.
    pub unit_code: String,
    /// The job title; may be empty.
    pub job_title: String,
    /// Profession.
    pub profession: Option<String>,
    /// Site.
    pub workplace: Option<String>,
    /// Written language; None leaves it as it is.
    pub locale: Option<Locale>,
    /// First and last day of employment.
    pub employed: Period,
    /// What the row says of leading its unit.
    pub leadership: Option<Leadership>,
}

/// A row's leadership of its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leadership {
    /// Level.
    pub level: Level,
    /// For the time being.
    pub acting: bool,
    /// First and last day as leader.
    pub period: Period,
}

/// What a row says of its unit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnitDescription {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: UnitKind,
    /// The code of the unit above.
    pub parent: Option<String>,
}

/// One description of a unit and the lines that give it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitClaim {
    /// The description; None where the rows name the unit by its code alone.
    pub description: Option<UnitDescription>,
    /// The lines, in order.
    pub lines: Vec<u64>,
}

/// A file as it was read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Rows whose cells are right.
    pub rows: Vec<StaffRow>,
    /// What rows say of units, by code: also rows that are at fault elsewhere.
    pub units: BTreeMap<String, Vec<UnitClaim>>,
    /// Every employee number with its lines, also of rows at fault: nobody is missing whose row was faulty.
    pub numbers: BTreeMap<String, Vec<u64>>,
    /// Every address (as it is compared) with its lines, also of rows at fault.
    pub emails: BTreeMap<String, Vec<u64>>,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// The headers as the file writes them.
    pub headers: BTreeMap<Field, String>,
    /// Rows in the file, the faulty ones included and the header not.
    pub row_count: u64,
}

impl Reading {
    /// Notes what a line says of a unit.
    pub fn claim(&mut self, code: &str, description: Option<UnitDescription>, line: u64) {
        let claims = self.units.entry(code.to_owned()).or_default();
        match claims.iter_mut().find(|claim| claim.description == description) {
            Some(claim) => claim.lines.push(line),
            None => claims.push(UnitClaim { description, lines: vec![line] }),
        }
    }
}
