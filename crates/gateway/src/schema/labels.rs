//! Enums of the field as GraphQL sees them.

use async_graphql::Enum;
use varde_model::{cohort::CohortState, enrolment::EnrolmentState, gathering::Presence};

/// Where a cohort (kull) is in its life.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "CohortState", name = "CohortState")]
pub enum CohortStateLabel {
    /// Being planned; nothing is sent (utkast).
    Draft,
    /// Invitations are out (publisert).
    Published,
    /// The first gathering has begun (i gang).
    Running,
    /// Closed: everyone has a result (avsluttet).
    Completed,
    /// Called off (avlyst).
    Cancelled,
}

/// Where a leader stands with a cohort.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "EnrolmentState", name = "EnrolmentState")]
pub enum EnrolmentStateLabel {
    /// Proposed by an import or a coordinator; the leader knows nothing yet (foreslått).
    Proposed,
    /// Asked by mail; no seat is held (invitert).
    Invited,
    /// Said yes when the cohort was full; in line (på venteliste).
    Waiting,
    /// A freed seat is held until a stated hour (tilbudt plass).
    Offered,
    /// Has a seat (har plass).
    Enrolled,
    /// Said no (takket nei).
    Declined,
    /// Did not answer in time (ikke svart i tide).
    Lapsed,
    /// Taken out (trukket).
    Withdrawn,
    /// The completion rule is met (fullført).
    Completed,
    /// The completion rule is not met (ikke fullført).
    NotCompleted,
    /// The cohort was called off (avlyst).
    Cancelled,
}

/// How much of a gathering (samling) a leader was there for.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Presence", name = "Presence")]
pub enum PresenceLabel {
    /// All of it (til stede).
    Present,
    /// A part of it (delvis til stede).
    Partly,
    /// Nothing, and no notice was given (fraværende).
    Absent,
    /// Nothing, for a reason that the coordinator accepted (gyldig fravær).
    Excused,
}

/// What becomes of the good rows of a bulk call when others are refused.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "varde_app::input::ErrorPolicy", name = "ErrorPolicy")]
pub enum ErrorPolicyLabel {
    /// One refused row refuses all: nothing is changed.
    RejectAll,
    /// The good rows are kept; each refused one is reported with its index.
    RejectFailed,
}
