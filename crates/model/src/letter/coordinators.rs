//! What the letters to coordinators tell.

use chrono::NaiveDate;
use serde::Serialize;

use super::{CohortFacts, GatheringFacts};
use crate::unproposed::NotProposed;

/// A leader found by an import.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NewLeader {
    /// The leader.
    pub name: String,
    /// The unit that she or he leads.
    pub unit_name: String,
    /// The appointment's first day.
    pub from: NaiveDate,
}

/// Facts of [`super::Letter::CoordinatorNewLeaders`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CoordinatorNewLeaders {
    /// How many are new; may be more than are named.
    pub total: u32,
    /// The first of them by name.
    pub leaders: Vec<NewLeader>,
    /// For which cohorts how many were proposed because of it.
    pub proposed: Vec<ProposedFor>,
    /// How many were not proposed, by reason.
    pub not_proposed: Vec<NotProposed>,
    /// Where to go on; None where coordinators have a client of their own.
    pub url: Option<String>,
}

/// How many leaders were proposed for a cohort.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProposedFor {
    /// The cohort's title.
    pub title: String,
    /// Its code.
    pub code: String,
    /// How many.
    pub leaders: usize,
}

/// A gathering with attendance not yet recorded.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MissingAttendance {
    /// The gathering.
    pub gathering: GatheringFacts,
    /// For how many participants nothing is recorded.
    pub missing: u32,
}

/// Facts of [`super::Letter::CoordinatorAttendanceMissing`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CoordinatorAttendanceMissing {
    /// The cohort that ended.
    pub cohort: CohortFacts,
    /// What is missing, by gathering.
    pub gatherings: Vec<MissingAttendance>,
    /// Where to go on; None where coordinators have a client of their own.
    pub url: Option<String>,
}

/// Somebody of whom there is news.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NewsItem {
    /// Who.
    pub name: String,
    /// The reason given, if there is one.
    pub reason: Option<String>,
}

/// Facts of [`super::Letter::CoordinatorNews`]: who stands where since the day that is told of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CoordinatorNews {
    /// The cohort.
    pub cohort: CohortFacts,
    /// Said yes and have a seat.
    pub accepted: Vec<NewsItem>,
    /// Said yes and are in line.
    pub in_line: Vec<NewsItem>,
    /// Said no.
    pub declined: Vec<NewsItem>,
    /// Did not answer in time.
    pub lapsed: Vec<NewsItem>,
    /// Left again, or were taken out.
    pub withdrawn: Vec<NewsItem>,
    /// Proposed and not asked, whatever day that was.
    pub proposed: Vec<NewsItem>,
    /// Where to go on; None where coordinators have a client of their own.
    pub url: Option<String>,
}
