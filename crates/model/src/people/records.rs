//! What is known of units, people and who leads whom.

use serde::{Deserialize, Serialize};

use super::{Level, Period, UnitKind};
use crate::{
    Locale,
    ids::{AppointmentId, EmploymentId, LineManagerOverrideId, PersonId, UnitId, UnitPeriodId},
};

/// A node in the organisation's tree; what it is called and where it hangs is valid in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Permanent id.
    pub id: UnitId,
    /// The trust's own code, unique within it.
    pub code: String,
}

/// A unit's name, kind and place in the tree for a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitPeriod {
    /// Permanent id.
    pub id: UnitPeriodId,
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: UnitKind,
    /// The unit above; None for the root.
    pub parent: Option<UnitId>,
    /// When this held.
    pub period: Period,
}

/// Anyone employed. The employee number is the key; name and e-mail are attributes that may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Permanent id.
    pub id: PersonId,
    /// The trust's own number, unique within it.
    pub employee_number: String,
    /// Given name or names.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// Where mail goes, as HR writes it.
    pub email: String,
    /// The written language that mail comes in.
    pub locale: Locale,
    /// True where the person chose that language: an import does not change it then.
    pub locale_chosen: bool,
    /// Profession, such as `Sykepleier`.
    pub profession: Option<String>,
    /// The site.
    pub workplace: Option<String>,
    /// Employed from and, once HR says so, to.
    pub employed: Period,
    /// The day of the import whose file left her or him out; nobody is deleted for that.
    pub missing_since: Option<chrono::NaiveDate>,
    /// True when the person wants only mandatory mail.
    pub muted: bool,
}

impl Person {
    /// Given and family name.
    pub fn name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }
}

/// A person's unit and job title for a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Employment {
    /// Permanent id.
    pub id: EmploymentId,
    /// Who.
    pub person: PersonId,
    /// The unit she or he works in.
    pub unit: UnitId,
    /// The job title; may be empty.
    pub job_title: String,
    /// When this held.
    pub period: Period,
}

/// A person leads a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// Permanent id.
    pub id: AppointmentId,
    /// Who leads.
    pub person: PersonId,
    /// What is led.
    pub unit: UnitId,
    /// At which level.
    pub level: Level,
    /// Appointed for the time being.
    pub acting: bool,
    /// Leader since that day, as HR states it. A leader who takes over another unit without a new date keeps it,
    /// and so is not a new leader; `period` then begins with the move.
    pub since: chrono::NaiveDate,
    /// When the unit was led by this person.
    pub period: Period,
}

/// A named line manager who counts instead of the one that the tree gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineManagerOverride {
    /// Permanent id.
    pub id: LineManagerOverrideId,
    /// Whose line manager.
    pub person: PersonId,
    /// Who it is.
    pub manager: LineManager,
    /// When this holds.
    pub period: Period,
}

/// A line manager: somebody employed or, for the director, somebody outside, such as the board's chair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineManager {
    /// Somebody employed.
    Person(PersonId),
    /// Somebody outside the organisation's tree.
    Outside(Outsider),
}

/// Somebody who is not employed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outsider {
    /// Full name.
    pub name: String,
    /// Where mail goes.
    pub email: String,
}
