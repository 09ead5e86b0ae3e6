//! A leader's place in a cohort: from the proposal to the completed course.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{CohortId, EnrolmentId, LeaderGroupId, PersonId};

/// Where a leader stands with a cohort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnrolmentState {
    /// Proposed by an import or a coordinator; the leader knows nothing yet.
    Proposed,
    /// Asked by mail. No seat is held: whoever accepts while there is room gets one.
    Invited,
    /// Said yes when the cohort was full; in line.
    Waiting,
    /// A freed seat is held for the leader until a stated hour.
    Offered,
    /// Has a seat.
    Enrolled,
    /// Said no.
    Declined,
    /// Did not answer in time.
    Lapsed,
    /// Taken out, by own wish or by the coordinator.
    Withdrawn,
    /// The completion rule is met.
    Completed,
    /// The completion rule is not met.
    NotCompleted,
    /// The cohort ended before the leader's turn came: it was called off, or it closed while the leader was in line or
    /// had not been asked.
    Cancelled,
}

/// What can happen to an enrolment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnrolmentEvent {
    /// The invitation goes out, also once more.
    Invite,
    /// The leader says yes and there is room.
    Seat,
    /// The leader says yes and the cohort is full; or a lapsed one comes back to the line.
    Queue,
    /// A freed seat is offered.
    Offer,
    /// The leader says no.
    Decline,
    /// The time to answer has run out.
    Lapse,
    /// Taken out.
    Withdraw,
    /// A coordinator gives a seat past the line, with a reason.
    Override,
    /// The cohort is closed and the rule is met.
    Complete,
    /// The cohort is closed and the rule is not met.
    Miss,
    /// The cohort ends before the leader's turn came.
    Cancel,
    /// The leader group that she or he belongs to takes part: a seat, as everybody of it gets one.
    Admit,
    /// Moved back into a cohort out of which she or he was moved before anybody was told.
    Propose,
}

impl EnrolmentEvent {
    /// Whether coordinators want to hear of it when it was not they who did it.
    pub const fn is_news(self) -> bool {
        matches!(self, Self::Seat | Self::Queue | Self::Decline | Self::Lapse | Self::Withdraw)
    }
}

impl EnrolmentState {
    /// Every state.
    pub const ALL: [Self; 11] = [
        Self::Proposed,
        Self::Invited,
        Self::Waiting,
        Self::Offered,
        Self::Enrolled,
        Self::Declined,
        Self::Lapsed,
        Self::Withdrawn,
        Self::Completed,
        Self::NotCompleted,
        Self::Cancelled,
    ];

    /// The state after an event, or None where the event may not happen.
    pub const fn after(self, event: EnrolmentEvent) -> Option<Self> {
        use EnrolmentEvent as E;
        match (self, event) {
            (Self::Proposed | Self::Declined | Self::Lapsed | Self::Withdrawn, E::Invite) => {
                Some(Self::Invited)
            }
            (Self::Invited | Self::Offered, E::Seat) => Some(Self::Enrolled),
            // Proposed: the outcome of a nomination.
            (Self::Proposed | Self::Invited | Self::Lapsed, E::Queue) => Some(Self::Waiting),
            (Self::Proposed | Self::Waiting | Self::Lapsed, E::Offer) => Some(Self::Offered),
            (Self::Invited | Self::Waiting | Self::Offered, E::Decline) => Some(Self::Declined),
            (Self::Proposed | Self::Invited | Self::Waiting | Self::Offered, E::Lapse) => Some(Self::Lapsed),
            (
                Self::Proposed | Self::Invited | Self::Waiting | Self::Offered | Self::Enrolled,
                E::Withdraw,
            ) => Some(Self::Withdrawn),
            (
                Self::Proposed
                | Self::Invited
                | Self::Waiting
                | Self::Offered
                | Self::Declined
                | Self::Lapsed
                | Self::Withdrawn,
                E::Override | E::Admit,
            ) => Some(Self::Enrolled),
            (Self::Enrolled | Self::NotCompleted, E::Complete) => Some(Self::Completed),
            (Self::Enrolled | Self::Completed, E::Miss) => Some(Self::NotCompleted),
            (Self::Proposed | Self::Invited | Self::Waiting | Self::Offered | Self::Enrolled, E::Cancel) => {
                Some(Self::Cancelled)
            }
            (Self::Withdrawn, E::Propose) => Some(Self::Proposed),
            _ => None,
        }
    }

    /// True when one of the cohort's seats is taken by it. Occupancy is the count of such rows, nothing else.
    pub const fn takes_a_seat(self) -> bool {
        matches!(self, Self::Offered | Self::Enrolled | Self::Completed | Self::NotCompleted)
    }

    /// True for a leader who takes part: the one whom gatherings and their reminders are for.
    pub const fn takes_part(self) -> bool {
        matches!(self, Self::Enrolled | Self::Completed | Self::NotCompleted)
    }

    /// What closing the cohort does to a place without a seat. A question that was left open lapses; those who were
    /// in line or had not been asked missed out, so that the next cohort is for them. None for those with a seat,
    /// whose result the completion rule gives, and for those who are out already.
    pub const fn at_closing(self) -> Option<EnrolmentEvent> {
        match self {
            Self::Proposed | Self::Waiting => Some(EnrolmentEvent::Cancel),
            Self::Invited | Self::Offered => Some(EnrolmentEvent::Lapse),
            _ => None,
        }
    }

    /// True when the leader need not be proposed for another cohort of the programme. Whoever declined, was silent or
    /// left was asked: that is the coordinator's to take up again.
    pub const fn counts_as_asked(self) -> bool {
        !matches!(self, Self::Cancelled)
    }

    /// True while the leader has something to answer.
    pub const fn awaits_an_answer(self) -> bool {
        matches!(self, Self::Invited | Self::Offered)
    }

    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Invited => "invited",
            Self::Waiting => "waiting",
            Self::Offered => "offered",
            Self::Enrolled => "enrolled",
            Self::Declined => "declined",
            Self::Lapsed => "lapsed",
            Self::Withdrawn => "withdrawn",
            Self::Completed => "completed",
            Self::NotCompleted => "not_completed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

impl EnrolmentEvent {
    /// Every event.
    pub const ALL: [Self; 13] = [
        Self::Invite,
        Self::Seat,
        Self::Queue,
        Self::Offer,
        Self::Decline,
        Self::Lapse,
        Self::Withdraw,
        Self::Override,
        Self::Complete,
        Self::Miss,
        Self::Cancel,
        Self::Propose,
        Self::Admit,
    ];
}

/// A leader's place in a cohort.
#[derive(Clone, Debug, PartialEq)]
pub struct Enrolment {
    /// Permanent id.
    pub id: EnrolmentId,
    /// The cohort.
    pub cohort: CohortId,
    /// The leader.
    pub person: PersonId,
    /// Where the leader stands.
    pub state: EnrolmentState,
    /// The place in the line: whoever has the lowest number comes first. Kept once given.
    pub queue_number: Option<i64>,
    /// Until when an invitation can be answered or a freed seat is held.
    pub answer_by: Option<DateTime<Utc>>,
    /// Since when the state holds.
    pub since: DateTime<Utc>,
    /// Why, where a reason was given.
    pub reason: Option<String>,
    /// True when a coordinator gave the seat past the line.
    pub overridden: bool,
    /// The cohort from which a coordinator moved the leader here.
    pub moved_from: Option<CohortId>,
    /// The leader group with which the leader takes part, where it is one that enrols.
    pub group: Option<LeaderGroupId>,
    /// Counts the changes; an edit states the one it saw.
    pub version: u32,
}

/// What a leader works on of her or his own while in a cohort (utviklingsprosjekt).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DevelopmentProject {
    /// The place that it belongs to.
    pub enrolment: EnrolmentId,
    /// The leader's own words.
    pub text: String,
    /// Counts the changes; an edit states the one it saw.
    pub version: u32,
    /// When it was changed last.
    pub changed_at: DateTime<Utc>,
}

impl Enrolment {
    /// Of a person's places, the one in which this one goes on that a coordinator moved; None for one that was not
    /// moved, or was changed since.
    pub fn goes_on_in<'a>(&self, own: &'a [Enrolment]) -> Option<&'a Enrolment> {
        let next = |from: &Enrolment| {
            own.iter().find(|to| {
                from.state == EnrolmentState::Withdrawn
                    && to.moved_from == Some(from.cohort)
                    && to.person == from.person
                    && to.since >= from.since
            })
        };
        let mut place = next(self)?;
        // Moved twice, it is the last cohort that counts; there are no more steps than places.
        for _ in own {
            place = next(place).unwrap_or(place);
        }
        Some(place)
    }
}

/// The answer of a cohort to a yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// There is room, and nobody waits for it.
    Seat,
    /// Full, or others were in line first.
    Line,
}

/// Whether a new yes gets a seat. While someone waits, a free seat is theirs, not the newcomer's.
pub const fn admit(capacity: u32, seats_taken: u32, waiting: u32) -> Admission {
    if seats_taken < capacity && waiting == 0 { Admission::Seat } else { Admission::Line }
}

/// How many of those in line are offered a seat now. None after the cut-off before the first gathering.
pub fn seats_to_offer(
    capacity: u32,
    seats_taken: u32,
    cutoff: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> u32 {
    if cutoff.is_some_and(|cutoff| now >= cutoff) { 0 } else { capacity.saturating_sub(seats_taken) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_life_of_an_enrolment() {
        let mut table = String::new();
        for state in EnrolmentState::ALL {
            for event in EnrolmentEvent::ALL {
                let after = state.after(event).map_or("-", EnrolmentState::as_str);
                table.push_str(&format!("{:<13} {event:<9?} {after}\n", state.as_str()));
            }
        }
        insta::assert_snapshot!(table);
    }

    /// Each by the table, and so that those whose turn never came are not taken for asked.
    #[test]
    fn closing_ends_every_place_without_a_seat() {
        use EnrolmentState as S;
        let after = |state: S| state.at_closing().and_then(|event| state.after(event));
        for missed in [S::Proposed, S::Waiting] {
            assert_eq!(after(missed), Some(S::Cancelled));
        }
        for silent in [S::Invited, S::Offered] {
            assert_eq!(after(silent), Some(S::Lapsed));
        }
        for ended in [S::Enrolled, S::Declined, S::Lapsed, S::Withdrawn, S::Cancelled] {
            assert_eq!(ended.at_closing(), None);
        }
        assert!(S::ALL.into_iter().all(|state| state.counts_as_asked() == (state != S::Cancelled)));
    }

    /// Moved on, moved back, and left for good: a place goes on only where it was moved to last.
    #[test]
    fn a_place_that_was_moved_goes_on_in_another_cohort() {
        use EnrolmentState as S;
        let place = |number: u128, from: Option<u128>, state, hour| Enrolment {
            id: uuid::Uuid::from_u128(number + 100).into(),
            cohort: uuid::Uuid::from_u128(number).into(),
            person: uuid::Uuid::from_u128(1).into(),
            state,
            queue_number: None,
            answer_by: None,
            since: DateTime::UNIX_EPOCH + chrono::TimeDelta::hours(hour),
            reason: None,
            overridden: false,
            moved_from: from.map(|cohort| uuid::Uuid::from_u128(cohort).into()),
            group: None,
            version: 1,
        };
        let goes_on = |own: &[Enrolment], at: usize| own[at].goes_on_in(own).map(|to| to.id);
        let once = [place(1, None, S::Withdrawn, 1), place(2, Some(1), S::Enrolled, 2)];
        assert_eq!((goes_on(&once, 0), goes_on(&once, 1)), (Some(once[1].id), None));
        let twice = [
            place(1, None, S::Withdrawn, 1),
            place(2, Some(1), S::Withdrawn, 2),
            place(3, Some(2), S::Invited, 2),
        ];
        assert_eq!((goes_on(&twice, 0), goes_on(&twice, 1)), (Some(twice[2].id), Some(twice[2].id)));
        let back = [place(1, Some(2), S::Enrolled, 2), place(2, Some(1), S::Withdrawn, 2)];
        assert_eq!((goes_on(&back, 0), goes_on(&back, 1)), (None, Some(back[0].id)));
        let left = [place(1, Some(2), S::Withdrawn, 3), place(2, Some(1), S::Withdrawn, 2)];
        assert_eq!(goes_on(&left, 0), None);
    }

    #[test]
    fn a_newcomer_never_passes_those_who_wait() {
        assert_eq!(admit(10, 9, 0), Admission::Seat);
        assert_eq!(admit(10, 9, 1), Admission::Line);
        assert_eq!(admit(10, 10, 0), Admission::Line);
    }
}
