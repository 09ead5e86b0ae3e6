//! A cohort: one run of a programme with its own dates, places and people.

use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, CohortId, ProgrammeId, ProgrammeVersionId};

/// Where a cohort is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CohortState {
    /// Being planned; nothing is sent.
    Draft,
    /// Invitations are out.
    Published,
    /// The first gathering has begun.
    Running,
    /// Closed: everyone has a result.
    Completed,
    /// Called off.
    Cancelled,
}

/// What can happen to a cohort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CohortEvent {
    /// The coordinator is done planning.
    Publish,
    /// The first gathering begins.
    Start,
    /// The coordinator closes it.
    Complete,
    /// The coordinator calls it off.
    Cancel,
}

impl CohortState {
    /// Every state, in the order of a life.
    pub const ALL: [Self; 5] =
        [Self::Draft, Self::Published, Self::Running, Self::Completed, Self::Cancelled];

    /// The state after an event, or None where the event may not happen.
    pub const fn after(self, event: CohortEvent) -> Option<Self> {
        use CohortEvent as E;
        match (self, event) {
            (Self::Draft, E::Publish) => Some(Self::Published),
            (Self::Published, E::Start) => Some(Self::Running),
            (Self::Published | Self::Running, E::Complete) => Some(Self::Completed),
            (Self::Draft | Self::Published | Self::Running, E::Cancel) => Some(Self::Cancelled),
            _ => None,
        }
    }

    /// True while mail about it goes out.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Published | Self::Running)
    }

    /// As stored and shown to programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Running => "running",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

impl CohortEvent {
    /// Every event.
    pub const ALL: [Self; 4] = [Self::Publish, Self::Start, Self::Complete, Self::Cancel];
}

/// One run of a programme.
#[derive(Clone, Debug, PartialEq)]
pub struct Cohort {
    /// Permanent id.
    pub id: CohortId,
    /// The programme.
    pub programme: ProgrammeId,
    /// The version of it that the cohort keeps.
    pub programme_version: ProgrammeVersionId,
    /// The trust's own key, such as `INTRO-2`.
    pub code: String,
    /// What people call it.
    pub title: String,
    /// Where it is in its life.
    pub state: CohortState,
    /// Seats.
    pub capacity: u32,
    /// Where its gatherings are, unless one says otherwise.
    pub place: Option<String>,
    /// The link to join by, for gatherings that are held online.
    pub link: Option<String>,
    /// Calendar days that an invited leader has to answer.
    pub answer_days: u32,
    /// Hours that a freed seat is held for the one it is offered to.
    pub hold_hours: u32,
    /// Hours before the first gathering after which no seat is offered any more.
    pub cutoff_hours: u32,
    /// Why it was called off.
    pub cancel_reason: Option<String>,
    /// Counts the changes; an edit states the one it saw.
    pub version: u32,
    /// Who runs it.
    pub coordinators: Vec<AccountId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_life_of_a_cohort() {
        let mut table = String::new();
        for state in CohortState::ALL {
            for event in CohortEvent::ALL {
                let after = state.after(event).map_or("-", CohortState::as_str);
                table.push_str(&format!("{:<10} {event:<10?} {after}\n", state.as_str()));
            }
        }
        insta::assert_snapshot!(table);
    }
}
