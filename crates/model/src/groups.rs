//! A leader group (ledergruppe) in a cohort: a leader and those who report to that leader, who take part as one.

pub mod measures;
pub mod members;

pub use measures::{FollowUp, FollowUpStep, Measure, MeasureKind, Standing};
pub use members::Member;

use chrono::{DateTime, Utc};

use crate::{
    delivery::names,
    ids::{CohortId, LeaderGroupId, PersonId, UnitId},
};

names! {
    /// Where a leader group stands with its cohort.
    GroupState {
        /// A coordinator has put it in; nobody of it knows yet.
        Proposed = "proposed",
        /// Its leader is asked, on behalf of all. No seats are held.
        Invited = "invited",
        /// Every member has a seat.
        Enrolled = "enrolled",
        /// Its leader said no.
        Declined = "declined",
        /// Its leader did not answer in time, or the cohort ended before anybody was asked.
        Lapsed = "lapsed",
        /// Taken out by a coordinator, or called off with its cohort.
        Withdrawn = "withdrawn",
        /// Its cohort is closed: what was agreed is followed up.
        Completed = "completed",
    }
}

names! {
    /// What can happen to a leader group.
    GroupEvent {
        /// Its leader is asked, also once more.
        Invite = "invite",
        /// Its leader says yes and there is room for all.
        Accept = "accept",
        /// Its leader says no.
        Decline = "decline",
        /// The time to answer has run out.
        Lapse = "lapse",
        /// Taken out.
        Withdraw = "withdraw",
        /// The cohort is closed.
        Complete = "complete",
    }
}

impl GroupState {
    /// The state after an event, or None where the event may not happen.
    pub const fn after(self, event: GroupEvent) -> Option<Self> {
        use GroupEvent as E;
        match (self, event) {
            (Self::Proposed | Self::Declined | Self::Lapsed | Self::Withdrawn, E::Invite) => {
                Some(Self::Invited)
            }
            (Self::Invited, E::Accept) => Some(Self::Enrolled),
            (Self::Invited, E::Decline) => Some(Self::Declined),
            (Self::Proposed | Self::Invited, E::Lapse) => Some(Self::Lapsed),
            (Self::Proposed | Self::Invited | Self::Enrolled, E::Withdraw) => Some(Self::Withdrawn),
            (Self::Enrolled, E::Complete) => Some(Self::Completed),
            _ => None,
        }
    }

    /// True for a group that takes part: whoever joins it gets a seat, and what it agrees on is followed up.
    pub const fn takes_part(self) -> bool {
        matches!(self, Self::Enrolled | Self::Completed)
    }

    /// True while its members may be changed.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Proposed | Self::Invited | Self::Enrolled)
    }

    /// What the end of its cohort does to it; None where it is out already.
    pub const fn at_closing(self) -> Option<GroupEvent> {
        match self {
            Self::Proposed | Self::Invited => Some(GroupEvent::Lapse),
            Self::Enrolled => Some(GroupEvent::Complete),
            _ => None,
        }
    }
}

/// Leader groups in a cohort at the most.
pub const MOST_GROUPS: usize = 100;

/// A leader group in a cohort.
#[derive(Clone, Debug, PartialEq)]
pub struct LeaderGroup {
    /// Permanent id.
    pub id: LeaderGroupId,
    /// The cohort.
    pub cohort: CohortId,
    /// The unit that its leader leads.
    pub unit: UnitId,
    /// Its leader, who answers on behalf of all.
    pub leader: PersonId,
    /// What it is called.
    pub name: String,
    /// Where it stands.
    pub state: GroupState,
    /// Until when its leader may answer.
    pub answer_by: Option<DateTime<Utc>>,
    /// Since when the state holds.
    pub since: DateTime<Utc>,
    /// Why, where a reason was given.
    pub reason: Option<String>,
    /// Who guides it, where somebody from outside does.
    pub facilitator: Option<Facilitator>,
    /// The change that it works on, in a programme that asks for one.
    pub case: ChangeCase,
    /// Counts the changes; an edit states the one it saw.
    pub version: u32,
}

/// Somebody from outside who guides a group (prosessveileder).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facilitator {
    /// Full name.
    pub name: String,
    /// Where she or he works.
    pub organisation: Option<String>,
    /// How to reach her or him.
    pub email: Option<String>,
}

/// The change that a group works on (endringssak). The benefits wanted are [`Measure`]s.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeCase {
    /// What changes.
    pub what_changes: Option<String>,
    /// Who is touched by it.
    pub who_is_touched: Option<String>,
}

impl ChangeCase {
    /// True when both are told.
    pub const fn is_told(&self) -> bool {
        self.what_changes.is_some() && self.who_is_touched.is_some()
    }
}

/// Whether everybody who is to get a seat with a group finds one: all or none. While somebody waits, a free seat is
/// theirs.
pub const fn fits(capacity: u32, seats_taken: u32, waiting: u32, seats_wanted: u32) -> bool {
    seats_wanted == 0 || (waiting == 0 && seats_taken.saturating_add(seats_wanted) <= capacity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_life_of_a_leader_group() {
        let mut table = String::new();
        for state in GroupState::ALL {
            for event in GroupEvent::ALL {
                let after = state.after(*event).map_or("-", GroupState::as_str);
                table.push_str(&format!("{:<9} {:<8} {after}\n", state.as_str(), event.as_str()));
            }
        }
        insta::assert_snapshot!(table);
    }

    /// By the table, so that nothing is left open in a closed cohort.
    #[test]
    fn closing_ends_every_group() {
        for state in GroupState::ALL {
            let after = state.at_closing().map(|event| state.after(event));
            assert!(after != Some(None), "{state:?}");
            assert!(after.flatten().unwrap_or(*state) != GroupState::Invited);
        }
    }

    #[test]
    fn a_group_finds_room_for_all_or_none() {
        assert!(fits(12, 4, 0, 8));
        assert!(!fits(12, 5, 0, 8));
        assert!(!fits(12, 0, 1, 2), "somebody waits");
        assert!(fits(12, 12, 3, 0), "all have their seats already");
    }
}
