//! The organisation chart: the tree with its leaders, to be asked about any date.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::{Appointment, Employment, LineManagerOverride, UnitPeriod};
use crate::ids::{PersonId, UnitId};

/// The tree, the appointments, and as many employments and overrides as the question needs.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    units: HashMap<UnitId, Vec<UnitPeriod>>,
    leaders: HashMap<UnitId, Vec<Appointment>>,
    led: HashMap<PersonId, Vec<Appointment>>,
    employments: HashMap<PersonId, Vec<Employment>>,
    overrides: HashMap<PersonId, Vec<LineManagerOverride>>,
}

impl Chart {
    /// Puts the chart together, in any order.
    pub fn new(
        units: Vec<UnitPeriod>,
        appointments: Vec<Appointment>,
        employments: Vec<Employment>,
        overrides: Vec<LineManagerOverride>,
    ) -> Self {
        let mut chart = Self::default();
        for unit in units {
            chart.units.entry(unit.unit).or_default().push(unit);
        }
        for periods in chart.units.values_mut() {
            periods.sort_by_key(|period| period.period.from);
        }
        for appointment in appointments {
            chart.led.entry(appointment.person).or_default().push(appointment.clone());
            chart.leaders.entry(appointment.unit).or_default().push(appointment);
        }
        for employment in employments {
            chart.employments.entry(employment.person).or_default().push(employment);
        }
        for named in overrides {
            chart.overrides.entry(named.person).or_default().push(named);
        }
        chart
    }

    /// What a unit was on a date. Before the first thing known of it, the oldest description counts: the tree is
    /// known from the first import on, appointments reach further back.
    pub fn unit_on(&self, unit: UnitId, date: NaiveDate) -> Option<&UnitPeriod> {
        let periods = self.units.get(&unit)?;
        periods.iter().rev().find(|period| period.period.from <= date).or_else(|| periods.first())
    }

    /// The unit above on a date.
    pub fn parent_on(&self, unit: UnitId, date: NaiveDate) -> Option<UnitId> {
        self.unit_on(unit, date).and_then(|period| period.parent)
    }

    /// A unit and the units above it, upwards. Ends where a tree that is wrong begins to turn in a circle.
    pub fn upwards(&self, unit: UnitId, date: NaiveDate) -> Vec<UnitId> {
        let mut path = vec![unit];
        let mut above = self.parent_on(unit, date);
        while let Some(next) = above.filter(|next| !path.contains(next)) {
            path.push(next);
            above = self.parent_on(next, date);
        }
        path
    }

    /// A unit and every unit below it on a date.
    pub fn downwards(&self, unit: UnitId, date: NaiveDate) -> HashSet<UnitId> {
        let mut children: HashMap<UnitId, Vec<UnitId>> = HashMap::new();
        for below in self.units.keys() {
            if let Some(parent) = self.parent_on(*below, date) {
                children.entry(parent).or_default().push(*below);
            }
        }
        let (mut found, mut open) = (HashSet::from([unit]), vec![unit]);
        while let Some(next) = open.pop() {
            for child in children.get(&next).into_iter().flatten() {
                if found.insert(*child) {
                    open.push(*child);
                }
            }
        }
        found
    }

    /// Every unit of the tree as it was on a date, the order is by id.
    pub fn units_on(&self, date: NaiveDate) -> Vec<&UnitPeriod> {
        let mut units: Vec<_> = self.units.keys().filter_map(|unit| self.unit_on(*unit, date)).collect();
        units.sort_by_key(|period| period.unit);
        units
    }

    /// Who leads a unit on a date, the first in charge first: the latest appointed. Where a head and somebody acting
    /// for the head are in place at once, that is the one who acts; in a handover it is the successor.
    pub fn leaders_on(&self, unit: UnitId, date: NaiveDate) -> Vec<&Appointment> {
        in_charge_first(self.leaders.get(&unit), date)
    }

    /// What a person leads on a date; the highest level first.
    pub fn led_by_on(&self, person: PersonId, date: NaiveDate) -> Vec<&Appointment> {
        let mut led = in_charge_first(self.led.get(&person), date);
        led.sort_by_key(|appointment| appointment.level);
        led
    }

    /// Every appointment that holds on a date: who leads what.
    pub fn appointments_on(&self, date: NaiveDate) -> Vec<&Appointment> {
        let mut all: Vec<_> =
            self.leaders.values().flatten().filter(|appointment| appointment.period.holds_on(date)).collect();
        all.sort_by_key(|appointment| appointment.id);
        all
    }

    /// The unit that a person works in on a date.
    pub fn workplace_on(&self, person: PersonId, date: NaiveDate) -> Option<UnitId> {
        let employments = self.employments.get(&person)?;
        let current = employments.iter().filter(|employment| employment.period.holds_on(date));
        current.max_by_key(|employment| employment.period.from).map(|employment| employment.unit)
    }

    /// The named line manager who counts on a date.
    pub fn override_on(&self, person: PersonId, date: NaiveDate) -> Option<&LineManagerOverride> {
        let named = self.overrides.get(&person)?.iter().filter(|named| named.period.holds_on(date));
        named.max_by_key(|named| (named.period.from, named.id))
    }
}

fn in_charge_first(appointments: Option<&Vec<Appointment>>, date: NaiveDate) -> Vec<&Appointment> {
    let mut current: Vec<_> =
        appointments.into_iter().flatten().filter(|appointment| appointment.period.holds_on(date)).collect();
    current.sort_by_key(|appointment| std::cmp::Reverse((appointment.period.from, appointment.id)));
    current
}
