//! Units that are new, renamed, moved or of another kind.

use std::collections::BTreeMap;

use super::Differ;
use crate::{
    hr::{Change, ChangeKind, Known, KnownUnit, UnitDescription},
    ids::UnitId,
    people::{Period, Unit, UnitPeriod},
};

impl Differ<'_> {
    pub(super) fn units(&mut self, known: &Known, described: &BTreeMap<String, UnitDescription>) {
        self.unit_ids = known.units.iter().map(|(code, unit)| (code.clone(), unit.unit.id)).collect();
        for code in described.keys() {
            if !self.unit_ids.contains_key(code) {
                let unit = Unit { id: self.id(), code: code.clone() };
                self.unit_ids.insert(code.clone(), unit.id);
                self.diff.writes.new_units.push(unit);
            }
        }
        self.unit_codes = self.unit_ids.iter().map(|(code, id)| (*id, code.clone())).collect();
        for (code, description) in described {
            let Some(unit) = self.unit_ids.get(code).copied() else { continue };
            let parent = description.parent.as_ref().and_then(|parent| self.unit_ids.get(parent).copied());
            match known.units.get(code).and_then(|known| known.periods.last().map(|last| (known, last))) {
                None => self.unit_added(unit, code, description, parent),
                Some((known, last)) => self.unit_compared(known, last, description, parent),
            }
        }
    }

    fn unit_added(&mut self, unit: UnitId, code: &str, said: &UnitDescription, parent: Option<UnitId>) {
        self.unit_change(ChangeKind::UnitAdded, code, said, None, said.parent.clone());
        let period = self.unit_period(unit, said, parent);
        self.diff.writes.new_unit_periods.push(period);
    }

    fn unit_compared(
        &mut self,
        known: &KnownUnit,
        last: &UnitPeriod,
        said: &UnitDescription,
        parent: Option<UnitId>,
    ) {
        let code = &known.unit.code;
        if last.name != said.name {
            let (before, after) = (Some(last.name.clone()), Some(said.name.clone()));
            self.unit_change(ChangeKind::UnitRenamed, code, said, before, after);
        }
        if last.parent != parent {
            let before = last.parent.and_then(|parent| self.code_of(parent));
            self.unit_change(ChangeKind::UnitMoved, code, said, before, said.parent.clone());
            self.diff.effects.moved_units.push(known.unit.id);
        }
        if last.kind != said.kind {
            let (before, after) = (last.kind.key().to_owned(), said.kind.key().to_owned());
            self.unit_change(ChangeKind::UnitReclassified, code, said, Some(before), Some(after));
        }
        if last.name == said.name && last.parent == parent && last.kind == said.kind {
            return;
        }
        let mut changed = last.clone();
        if last.period.from >= self.on {
            // Described only today: put right rather than kept as history.
            (changed.name, changed.kind, changed.parent) = (said.name.clone(), said.kind, parent);
        } else {
            changed.period = last.period.cut(crate::people::day_before(self.on));
            let next = self.unit_period(known.unit.id, said, parent);
            self.diff.writes.new_unit_periods.push(next);
        }
        self.diff.writes.changed_unit_periods.push(changed);
    }

    fn unit_period(&mut self, unit: UnitId, said: &UnitDescription, parent: Option<UnitId>) -> UnitPeriod {
        UnitPeriod {
            id: self.id(),
            unit,
            name: said.name.clone(),
            kind: said.kind,
            parent,
            period: Period::since(self.on),
        }
    }

    fn unit_change(
        &mut self,
        kind: ChangeKind,
        code: &str,
        said: &UnitDescription,
        before: Option<String>,
        after: Option<String>,
    ) {
        self.diff.changes.push(Change {
            kind,
            line: None,
            employee_number: None,
            name: said.name.clone(),
            unit_code: Some(code.to_owned()),
            before,
            after,
            date: Some(self.on),
        });
    }
}
