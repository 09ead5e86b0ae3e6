//! The tenant: a hospital trust. Nothing is shared between two of them.

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::{
    Locale,
    ids::{ClosedDayId, OrganisationId},
};

/// A hospital trust.
#[derive(Clone, Debug, PartialEq)]
pub struct Organisation {
    /// Permanent id.
    pub id: OrganisationId,
    /// The short name used in files and on the command line, such as `fjordheim`.
    pub key: String,
    /// The full name as mails show it.
    pub name: String,
    /// Where its clocks stand.
    pub zone: Tz,
    /// The language of those who chose none.
    pub locale: Locale,
    /// The address its mail comes from; None is the installation's own.
    pub sender_address: Option<String>,
    /// Where answers to its mail go; None is whoever coordinates the cohort.
    pub reply_to: Option<String>,
    /// False holds every mail back.
    pub sending: bool,
    /// Counts the changes of what administrators set.
    pub version: u32,
}

/// A day on which the trust itself is closed, beside the public holidays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedDay {
    /// Permanent id.
    pub id: ClosedDayId,
    /// The day.
    pub day: NaiveDate,
    /// Why, such as `Julestengt`.
    pub name: String,
}
