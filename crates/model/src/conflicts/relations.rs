//! What one person is to another on a day, from the organisation's tree.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::{Couple, Relation};
use crate::{
    ids::{PersonId, UnitId},
    people::{Chart, LineManager, line_manager},
};

/// Everything that the first is to the second on a day. Oneself is that and nothing else.
pub fn relations(couple: Couple, chart: &Chart, on: NaiveDate) -> Vec<Relation> {
    let Couple { one, other, nominator } = couple;
    if one == other {
        return vec![Relation::Oneself];
    }
    let mut found = Vec::new();
    if nominator == Some(one) {
        found.push(Relation::Nominator);
    }
    match line_of_command(chart, other, on).iter().position(|above| *above == one) {
        Some(0) => found.push(Relation::LineManager),
        Some(_) => found.push(Relation::Above),
        None => {}
    }
    if line_of_command(chart, one, on).contains(&other) {
        found.push(Relation::Below);
    }
    let units = units(chart, one, on);
    if self::units(chart, other, on).iter().any(|unit| units.contains(unit)) {
        found.push(Relation::SameUnit);
    }
    found
}

/// The line managers above a person, nearest first. It ends with the director, with somebody outside the tree, and
/// where namings that are wrong begin to turn in a circle.
fn line_of_command(chart: &Chart, person: PersonId, on: NaiveDate) -> Vec<PersonId> {
    let (mut line, mut last) = (Vec::new(), person);
    while let Some(LineManager::Person(next)) = line_manager(chart, last, on) {
        if next == person || line.contains(&next) {
            break;
        }
        line.push(next);
        last = next;
    }
    line
}

/// The units that a person works in or leads.
fn units(chart: &Chart, person: PersonId, on: NaiveDate) -> HashSet<UnitId> {
    let led = chart.led_by_on(person, on).into_iter().map(|appointment| appointment.unit);
    led.chain(chart.workplace_on(person, on)).collect()
}
