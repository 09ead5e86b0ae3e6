//! Appointments that begin, end, move or are put right.
//!
//! A row tells of one leadership at most, that of its own unit, with the day since when she or he leads. So:
//! - the same unit and the same day is the same appointment;
//! - another unit and the same day is a move: the old one ends the day before the import, and the leader is no newer;
//! - the same unit and another day is that day put right, unless level or acting is another too, or the old one had
//!   ended before: then it is a new appointment;
//! - no leadership any more ends what is open, the day before the import;
//! - nobody leads after the last day of employment.

use super::Differ;
use crate::{
    hr::{ChangeKind, Leadership, MovedAppointment, StaffRow},
    ids::{PersonId, UnitId},
    people::{Appointment, Period, day_before},
};

impl Differ<'_> {
    pub(super) fn appointments(
        &mut self,
        who: PersonId,
        known: &[Appointment],
        row: &StaffRow,
        unit: UnitId,
    ) {
        let open: Vec<&Appointment> =
            known.iter().filter(|appointment| !appointment.period.is_over(self.on)).collect();
        let Some(mut said) = row.leadership else {
            for appointment in open {
                self.end(appointment, appointment.period.cut(day_before(self.on)), row);
            }
            return;
        };
        said.period.to = [said.period.to, row.employed.to].into_iter().flatten().min();

        let same = known.iter().rfind(|known| known.unit == unit && known.since == said.period.from);
        // One that is over is only meant if nothing came after it, or if it ended as the row says.
        let same = same.filter(|same| {
            !same.period.is_over(self.on) || known.last() == Some(*same) || same.period.to == said.period.to
        });
        if let Some(same) = same {
            self.put_right(same, said, row);
            return;
        }
        let stated_again = open.iter().find(|open| is_put_right(open, unit, said));
        if let Some(stated_again) = stated_again {
            self.put_right(stated_again, said, row);
            return;
        }
        self.begin(who, &open, row, unit, said);
    }

    fn begin(
        &mut self,
        who: PersonId,
        open: &[&Appointment],
        row: &StaffRow,
        unit: UnitId,
        said: Leadership,
    ) {
        // Led elsewhere since that day, now or until the import before: the same leader in another unit.
        let moved = open.iter().find(|open| open.unit != unit && open.since == said.period.from);
        let from = if moved.is_some() { self.on.max(said.period.from) } else { said.period.from };
        let new = Appointment {
            id: self.id(),
            person: who,
            unit,
            level: said.level,
            acting: said.acting,
            since: said.period.from,
            period: Period { from, to: said.period.to },
        };
        for ending in open {
            let last_day = if new.period.from > ending.period.from {
                day_before(new.period.from)
            } else {
                day_before(self.on)
            };
            let period = ending.period.cut(last_day);
            if moved.is_some_and(|moved| moved.id == ending.id) {
                let before = self.code_of(ending.unit);
                let after = Some(row.unit_code.clone());
                self.change(ChangeKind::MovedAppointment, row, before, after, Some(from));
                self.diff.effects.moved_appointments.push(MovedAppointment { ended: ending.id, new: new.id });
                self.diff.writes.changed_appointments.push(Appointment { period, ..(*ending).clone() });
            } else {
                self.end(ending, period, row);
            }
        }
        if moved.is_none() {
            let level = Some(said.level.number().to_string());
            self.change(ChangeKind::NewAppointment, row, None, level, Some(from));
            self.diff.effects.new_appointments.push(new.id);
        }
        self.diff.writes.new_appointments.push(new);
    }

    fn end(&mut self, appointment: &Appointment, period: Period, row: &StaffRow) {
        if period == appointment.period {
            return;
        }
        let before = appointment.period.to.map(|day| day.to_string());
        let after = period.to.map(|day| day.to_string());
        self.change(ChangeKind::EndedAppointment, row, before, after, period.to);
        self.diff.effects.ended_appointments.push(appointment.id);
        self.diff.writes.changed_appointments.push(Appointment { period, ..appointment.clone() });
    }

    /// The same appointment with what the row says of it.
    fn put_right(&mut self, known: &Appointment, said: Leadership, row: &StaffRow) {
        let mut changed = known.clone();
        (changed.level, changed.acting) = (said.level, said.acting);
        if known.since != said.period.from {
            changed.since = said.period.from;
            changed.period.from = said.period.from;
        }
        let differs = changed != *known || (known.period.to.is_some() && said.period.to.is_none());
        if differs {
            let tell = |appointment: &Appointment, to: Option<chrono::NaiveDate>| {
                let acting = if appointment.acting { " acting" } else { "" };
                let to = to.map(|day| day.to_string()).unwrap_or_default();
                Some(format!("{}{acting} {}/{to}", appointment.level.number(), appointment.since))
            };
            let (before, after) = (tell(known, known.period.to), tell(&changed, said.period.to));
            self.change(ChangeKind::ChangedAppointment, row, before, after, Some(changed.since));
        }
        if let Some(last_day) = said.period.to.filter(|to| known.period.to != Some(*to)) {
            let before = known.period.to.map(|day| day.to_string());
            let after = Some(last_day.to_string());
            self.change(ChangeKind::EndedAppointment, row, before, after, Some(last_day));
            self.diff.effects.ended_appointments.push(known.id);
        }
        changed.period.to = said.period.to;
        if changed != *known {
            self.diff.writes.changed_appointments.push(changed);
        }
    }
}

/// The same leadership with its first day stated otherwise.
fn is_put_right(open: &Appointment, unit: UnitId, said: Leadership) -> bool {
    open.unit == unit
        && open.level == said.level
        && open.acting == said.acting
        && open.period.to.is_none_or(|to| said.period.from <= to)
}
