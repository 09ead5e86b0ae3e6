//! What a file changes, for people to read, and for the rest of the system to act on.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::{AppointmentId, PersonId, UnitId};

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// A unit is new.
    UnitAdded,
    /// A unit has another name.
    UnitRenamed,
    /// A unit hangs under another one.
    UnitMoved,
    /// A unit is of another kind.
    UnitReclassified,
    /// A person is new.
    Joined,
    /// A person's last day is known, or another one.
    Left,
    /// A person whose last day was known stays, or comes back as employed.
    Stays,
    /// A person works in another unit.
    Moved,
    /// A person has another name.
    Renamed,
    /// A person has another e-mail address.
    EmailChanged,
    /// Job title, profession, workplace, language or first day is another.
    DetailsChanged,
    /// A person leads a unit and did not.
    NewAppointment,
    /// A leader's last day is known, or another one.
    EndedAppointment,
    /// A leader leads another unit, and is no newer as a leader for it.
    MovedAppointment,
    /// Level, acting, first day or an end taken back.
    ChangedAppointment,
    /// A person known is not in the file. Flagged, never deleted.
    Missing,
    /// A person who was missing is in the file again.
    Returned,
}

impl ChangeKind {
    /// Every kind.
    pub const ALL: [ChangeKind; 17] = [
        ChangeKind::UnitAdded,
        ChangeKind::UnitRenamed,
        ChangeKind::UnitMoved,
        ChangeKind::UnitReclassified,
        ChangeKind::Joined,
        ChangeKind::Left,
        ChangeKind::Stays,
        ChangeKind::Moved,
        ChangeKind::Renamed,
        ChangeKind::EmailChanged,
        ChangeKind::DetailsChanged,
        ChangeKind::NewAppointment,
        ChangeKind::EndedAppointment,
        ChangeKind::MovedAppointment,
        ChangeKind::ChangedAppointment,
        ChangeKind::Missing,
        ChangeKind::Returned,
    ];

    /// The name under which it is stored and counted.
    pub const fn key(self) -> &'static str {
        match self {
            ChangeKind::UnitAdded => "unit_added",
            ChangeKind::UnitRenamed => "unit_renamed",
            ChangeKind::UnitMoved => "unit_moved",
            ChangeKind::UnitReclassified => "unit_reclassified",
            ChangeKind::Joined => "joined",
            ChangeKind::Left => "left",
            ChangeKind::Stays => "stays",
            ChangeKind::Moved => "moved",
            ChangeKind::Renamed => "renamed",
            ChangeKind::EmailChanged => "email_changed",
            ChangeKind::DetailsChanged => "details_changed",
            ChangeKind::NewAppointment => "new_appointment",
            ChangeKind::EndedAppointment => "ended_appointment",
            ChangeKind::MovedAppointment => "moved_appointment",
            ChangeKind::ChangedAppointment => "changed_appointment",
            ChangeKind::Missing => "missing",
            ChangeKind::Returned => "returned",
        }
    }
}

/// One change, told flat so that it fits a table's row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// The line that says so; None for who is missing.
    pub line: Option<u64>,
    /// Whom it is about; None for a unit.
    pub employee_number: Option<String>,
    /// The name of the person or the unit.
    pub name: String,
    /// The unit it is about, by code.
    pub unit_code: Option<String>,
    /// What was.
    pub before: Option<String>,
    /// What is.
    pub after: Option<String>,
    /// The day from which it holds, or the last day.
    pub date: Option<NaiveDate>,
}

/// What the rest of the system acts on after an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// True when nobody was known before: an organisation's first file, whose leaders are not news.
    pub first_import: bool,
    /// Who leaves, with the last day, which may lie ahead.
    pub left: Vec<Leaver>,
    /// People who stay though a last day was known.
    pub staying: Vec<PersonId>,
    /// Who works in another unit.
    pub moved: Vec<PersonId>,
    /// Who is not in the file.
    pub missing: Vec<PersonId>,
    /// New appointments, moved ones not among them.
    pub new_appointments: Vec<AppointmentId>,
    /// Appointments that end or have ended, moved ones not among them.
    pub ended_appointments: Vec<AppointmentId>,
    /// Leaders who lead another unit.
    pub moved_appointments: Vec<MovedAppointment>,
    /// Units whose place in the tree is another: lines of command change below them.
    pub moved_units: Vec<UnitId>,
}

/// Somebody who leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaver {
    /// Who.
    pub person: PersonId,
    /// The last day of employment.
    pub last_day: NaiveDate,
}

/// A leader who takes over another unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MovedAppointment {
    /// The appointment that ended.
    pub ended: AppointmentId,
    /// The one that goes on from it.
    pub new: AppointmentId,
}
