//! A leader's contract (lederkontrakt): binds an appointment to one version of the framework.

use chrono::{DateTime, NaiveDate, Utc};

use crate::ids::{AppointmentId, ContractId, PersonId};

/// A contract. It keeps the version that it was made on until it is renewed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Permanent id.
    pub id: ContractId,
    /// The appointment it binds.
    pub appointment: AppointmentId,
    /// The leader.
    pub person: PersonId,
    /// The version of the framework.
    pub framework: u32,
    /// When it was signed; None while nobody has told.
    pub signed_on: Option<NaiveDate>,
    /// The trust's own reference to the document, such as a case number.
    pub document: Option<String>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// When a renewed one took its place.
    pub replaced_at: Option<DateTime<Utc>>,
}
