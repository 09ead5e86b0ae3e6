//! Enums of leader groups.

use async_graphql::Enum;
use varde_model::groups::{GroupState, MeasureKind, Standing};

/// Where a leader group (ledergruppe) stands with its cohort.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "GroupState", name = "LeaderGroupState")]
pub enum LeaderGroupStateLabel {
    /// Put in by a coordinator; nobody of it knows yet (foreslått).
    Proposed,
    /// Its leader is asked on behalf of all; no seats are held (invitert).
    Invited,
    /// Every member has a seat (har plass).
    Enrolled,
    /// Its leader said no (takket nei).
    Declined,
    /// Its leader did not answer in time, or the cohort ended before anybody was asked (ikke svart i tide).
    Lapsed,
    /// Taken out, or called off with its cohort (meldt av).
    Withdrawn,
    /// Its cohort is closed; what was agreed on is followed up (gjennomført).
    Completed,
}

/// What kind of agreement it is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "MeasureKind", name = "MeasureKind")]
pub enum MeasureKindLabel {
    /// A benefit that is wanted of a change (gevinst): it has an indicator and a target.
    Benefit,
    /// Something that the group does (tiltak).
    Action,
}

/// Where a benefit or a measure stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Standing", name = "MeasureStanding")]
pub enum StandingLabel {
    /// Nothing has been done yet (ikke begynt).
    NotBegun,
    /// It is being worked on (i gang).
    UnderWay,
    /// It is reached, or done (oppnådd).
    Reached,
    /// It is not pursued any more (oppgitt). It is not asked about again.
    GivenUp,
}
