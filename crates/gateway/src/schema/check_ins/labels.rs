//! Enums of check-ins.

use async_graphql::Enum;
use varde_model::check_in;

/// Where a year's cycle of check-ins (lederkravsamtaler) is in its life.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "check_in::CycleState", name = "CheckInCycleState")]
pub enum CycleStateLabel {
    /// Being planned; nobody knows of it (utkast).
    Draft,
    /// To be opened by itself on its first day (planlagt).
    Scheduled,
    /// Opened: the check-ins are under way (åpen).
    Open,
    /// Closed: what is not signed is unfinished (lukket).
    Closed,
}

/// Where a check-in (lederkravsamtale) stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "check_in::CheckInState", name = "CheckInState")]
pub enum CheckInStateLabel {
    /// Neither has given a view (åpnet).
    Open,
    /// The leader has; the line manager does not see it yet (lederen har vurdert).
    LeaderDone,
    /// The line manager has; the leader does not see it yet (nærmeste leder har vurdert).
    ManagerDone,
    /// Both have, and see each other's (begge har vurdert).
    BothDone,
    /// They have met (samtalen er holdt).
    Met,
    /// The leader has signed (lederen har signert).
    LeaderSigned,
    /// The line manager has signed (nærmeste leder har signert).
    ManagerSigned,
    /// Both have signed: nothing is changed any more (signert).
    Signed,
    /// The leader has left or leads no more (avsluttet).
    Ended,
    /// The cycle was closed before both had signed (ikke fullført).
    Unfinished,
}

/// One of the two who hold a check-in.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "check_in::Party", name = "CheckInParty")]
pub enum PartyLabel {
    /// The leader whose requirements they are (leder).
    Leader,
    /// The line manager, or the named reviewer (nærmeste leder).
    Manager,
}

/// How far a leader has come with a requirement.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "check_in::Rating", name = "RequirementRating")]
pub enum RatingLabel {
    /// 1: not yet (ikke ennå).
    NotYet,
    /// 2: on the way (et stykke på vei).
    OnTheWay,
    /// 3: in place (på plass).
    InPlace,
    /// 4: a role model for others (forbilde for andre).
    RoleModel,
    /// It does not apply to this leader, for a stated reason (ikke aktuelt).
    NotApplicable,
}

/// How an agreed action (tiltak) stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "check_in::ActionState", name = "CheckInActionState")]
pub enum ActionStateLabel {
    /// Not begun (avtalt).
    Agreed,
    /// Begun (i gang).
    UnderWay,
    /// Done (gjennomført).
    Done,
    /// Given up (droppet).
    Dropped,
}

/// Why somebody with a contract takes no part in a cycle.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckInLeftOutReason {
    /// The appointment or the employment is over, or begins later (leder ikke nå).
    LeadsNoMore,
    /// Appointed too short a time ago (nylig tilsatt).
    TooNew,
}
