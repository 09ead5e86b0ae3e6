//! What letters about the yearly check-in tell. Nothing that the two have written is in a mail.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

/// A check-in, as every letter about one names it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckInFacts {
    /// The cycle's code, such as `2027`.
    pub cycle: String,
    /// The leader.
    pub leader_name: String,
    /// Who holds it with the leader; None while there is nobody.
    pub manager_name: Option<String>,
    /// By when both should have signed.
    pub due_on: NaiveDate,
    /// After that day nothing is taken any more.
    pub closes_on: NaiveDate,
    /// True when the due date is past.
    pub late: bool,
    /// How many requirements are gone through.
    pub requirements: usize,
    /// True where the reader is the leader, false for the line manager.
    pub to_leader: bool,
    /// The page on which all of it is done.
    pub page_url: String,
}

/// Facts of [`super::Letter::CheckInSigned`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckInSigned {
    /// The check-in.
    pub check_in: CheckInFacts,
    /// When the second of the two signed.
    pub signed_at: DateTime<Utc>,
}

/// An agreed action that the reader has to do. What was written about it is in no mail.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActionDue {
    /// The programme, or the item of the competence plan, that it leads to; None for one in own words.
    pub leads_to: Option<String>,
    /// By when.
    pub due_on: NaiveDate,
    /// True when that day is over.
    pub past: bool,
}

/// Facts of [`super::Letter::CheckInActionsDue`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckInActionsDue {
    /// The cycle's code, such as `2027`.
    pub cycle: String,
    /// Whom it was agreed with; None where there is nobody any more.
    pub agreed_with: Option<String>,
    /// The actions by their dates.
    pub actions: Vec<ActionDue>,
    /// True where one of them is past its date.
    pub past: bool,
    /// The page on which one tells how they go.
    pub page_url: String,
}

/// What is wanted of somebody at a check-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckInWanted {
    /// The own view.
    View,
    /// Meeting, and writing down what was agreed.
    Meeting,
    /// The signature.
    Signature,
}

/// One check-in in which something is wanted of the reader.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckInToDo {
    /// The leader whose it is; None for the reader's own.
    pub leader_name: Option<String>,
    /// What is wanted.
    pub wanted: CheckInWanted,
    /// The page on which it is done.
    pub page_url: String,
}

/// Facts of [`super::Letter::CheckInsToHold`] and [`super::Letter::CheckInReminder`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckInsToDo {
    /// The cycle's code.
    pub cycle: String,
    /// By when both should have signed.
    pub due_on: NaiveDate,
    /// After that day nothing is taken any more.
    pub closes_on: NaiveDate,
    /// True when the due date is past.
    pub late: bool,
    /// What is wanted, the own check-in first.
    pub to_do: Vec<CheckInToDo>,
}

/// Facts of [`super::Letter::CheckInsLate`]: to a line manager, whose leaders are late.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckInsLate {
    /// The cycle's code.
    pub cycle: String,
    /// By when both should have signed.
    pub due_on: NaiveDate,
    /// Those of whom something is waited for.
    pub leaders: Vec<String>,
}

/// Facts of [`super::Letter::CoordinatorCheckInsLate`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CoordinatorCheckInsLate {
    /// The cycle's code.
    pub cycle: String,
    /// By when both should have signed.
    pub due_on: NaiveDate,
    /// Check-ins that are not signed.
    pub late: usize,
    /// Check-ins of the cycle.
    pub of: usize,
    /// The same by the clinics and staffs at the top of the tree.
    pub units: Vec<LateUnit>,
    /// Where to go on; None where coordinators have a client of their own.
    pub url: Option<String>,
}

/// How a unit stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LateUnit {
    /// What it is called.
    pub name: String,
    /// Check-ins that are not signed.
    pub late: usize,
    /// Check-ins of the unit and those below.
    pub of: usize,
}
