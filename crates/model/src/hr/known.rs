//! What is known of an organisation before a file is read, and what a file changes in it.

use std::collections::BTreeMap;

use crate::people::{Appointment, Employment, Person, Unit, UnitPeriod};

/// The whole organisation as the database has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Units by code.
    pub units: BTreeMap<String, KnownUnit>,
    /// People by employee number.
    pub people: BTreeMap<String, KnownPerson>,
}

/// A unit with what it was called and where it hung, oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownUnit {
    /// The unit.
    pub unit: Unit,
    /// Its descriptions.
    pub periods: Vec<UnitPeriod>,
}

/// A person with employments and appointments, oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPerson {
    /// The person.
    pub person: Person,
    /// Where she or he worked.
    pub employments: Vec<Employment>,
    /// What she or he led.
    pub appointments: Vec<Appointment>,
}

/// Rows to write: new ones, and changed ones as they are to be. New people and units come before what refers to them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writes {
    /// New units.
    pub new_units: Vec<Unit>,
    /// New descriptions of units.
    pub new_unit_periods: Vec<UnitPeriod>,
    /// Changed descriptions.
    pub changed_unit_periods: Vec<UnitPeriod>,
    /// New people.
    pub new_people: Vec<Person>,
    /// Changed people.
    pub changed_people: Vec<Person>,
    /// New employments.
    pub new_employments: Vec<Employment>,
    /// Changed employments.
    pub changed_employments: Vec<Employment>,
    /// New appointments.
    pub new_appointments: Vec<Appointment>,
    /// Changed appointments.
    pub changed_appointments: Vec<Appointment>,
    /// People to be flagged as missing since the day of the import, and nothing else.
    pub missing: Vec<Person>,
}

impl Writes {
    /// How many rows are to be written.
    pub fn len(&self) -> usize {
        self.new_units.len()
            + self.new_unit_periods.len()
            + self.changed_unit_periods.len()
            + self.new_people.len()
            + self.changed_people.len()
            + self.new_employments.len()
            + self.changed_employments.len()
            + self.new_appointments.len()
            + self.changed_appointments.len()
            + self.missing.len()
    }

    /// True when nothing is to be written.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
