//! The coordinator's inbox (innboks): what kinds of things need a hand, and what is done about one of them.
//!
//! That something needs a hand is a question to the data, asked anew each time. Only what somebody did about it is kept.

use chrono::{DateTime, Utc};

use crate::{delivery::names, ids::AccountId};

names! {
    /// What needs a hand.
    InboxKind {
        /// An invitation or an offer that nobody has answered, and that lapses within days; a leader group's that has
        /// lapsed.
        Lapsing = "lapsing",
        /// A leader proposed for a cohort that is out, who has not been invited.
        NotInvited = "not_invited",
        /// Leaders whom a programme is for, and no cohort that they could have a place in.
        WithoutCohort = "without_cohort",
        /// Something about a person that the service needs and does not know.
        MissingFact = "missing_fact",
        /// A day of a cohort that cannot be as it stands.
        ImpossibleDate = "impossible_date",
        /// A mail that failed, or of which nobody knows whether it arrived.
        Mail = "mail",
        /// A gathering is over, and who was there is not recorded for everyone.
        AttendanceMissing = "attendance_missing",
        /// Every gathering of a cohort is over, and the cohort is not closed.
        NotClosed = "not_closed",
        /// Somebody leaves who has a place in a cohort, supports one who has, or runs one.
        Leaver = "leaver",
        /// Two people who may not stand beside each other do.
        Conflict = "conflict",
        /// An endorsement of a nomination that nobody gave in time.
        Endorsement = "endorsement",
        /// Outcomes of a round of nominations that nobody was told yet.
        Outcomes = "outcomes",
        /// Something agreed on that was to be followed up by now.
        FollowUp = "follow_up",
    }
}

names! {
    /// Why something needs a hand.
    InboxReason {
        /// A leader has not answered the invitation, and the time to answer is nearly over.
        InvitationLapses = "invitation_lapses",
        /// A seat is held for a leader who has not answered, and not for long any more.
        OfferLapses = "offer_lapses",
        /// A leader group's leader did not answer in time, and the group can be asked again.
        GroupLapsed = "group_lapsed",
        /// A leader was proposed after the cohort was published, and has not been invited.
        NotInvited = "not_invited",
        /// A leader was proposed, and it is too late to invite.
        TooLateToInvite = "too_late_to_invite",
        /// A programme is for some leaders, and no cohort of it is planned.
        NoCohort = "no_cohort",
        /// A programme is for some leaders, and its cohorts are full.
        NoRoom = "no_room",
        /// A leader has no line manager, by the tree or by name.
        NoLineManager = "no_line_manager",
        /// A leader has no line manager, and a check-in waits for one.
        CheckInWithoutManager = "check_in_without_manager",
        /// The director's check-in waits for somebody outside the tree to be named.
        CheckInWithoutReviewer = "check_in_without_reviewer",
        /// Somebody who leads or has a place is missing from the HR file, and no last day is known.
        MissingFromFile = "missing_from_file",
        /// Nobody runs a cohort.
        NoCoordinator = "no_coordinator",
        /// A gathering is near, and nobody has said where it is.
        NoPlace = "no_place",
        /// A gathering is on a day on which the trust is closed.
        ClosedDay = "closed_day",
        /// A gathering is on a public holiday.
        PublicHoliday = "public_holiday",
        /// Two gatherings of a cohort overlap.
        Overlap = "overlap",
        /// A draft's first gathering is over.
        DraftInThePast = "draft_in_the_past",
        /// A draft has to be published now if those invited are to have their time to answer.
        PublishNow = "publish_now",
        /// More seats are taken than a cohort has.
        OverCapacity = "over_capacity",
        /// A mail failed for good.
        MailFailed = "mail_failed",
        /// Nobody knows whether a mail arrived.
        MailUnknown = "mail_unknown",
        /// A gathering is over, and attendance is not recorded for everyone.
        AttendanceMissing = "attendance_missing",
        /// Every gathering is over and attendance is recorded, and the cohort is not closed.
        NotClosed = "not_closed",
        /// Every gathering is over, nobody has a place, and the cohort is not called off.
        NobodyCame = "nobody_came",
        /// A leader with a place leaves before the cohort ends.
        LeaverWithPlace = "leaver_with_place",
        /// Somebody who supports one with a place leaves before the cohort ends, or has left.
        LeaverSupports = "leaver_supports",
        /// Somebody who runs a cohort leaves, or cannot sign in any more.
        LeaverRunsCohort = "leaver_runs_cohort",
        /// Two people who may not stand beside each other do.
        Conflict = "conflict",
        /// Whoever was asked how something agreed on stands has not answered.
        FollowUpOverdue = "follow_up_overdue",
        /// A line manager has not answered a nomination in time.
        EndorsementLapsed = "endorsement_lapsed",
        /// Nobody independent is to be found who could endorse a nomination.
        NoEndorser = "no_endorser",
        /// The time to endorse is over, and the outcomes are not prepared.
        OutcomesNotPrepared = "outcomes_not_prepared",
        /// The outcomes are prepared, and nobody was told.
        OutcomesNotSent = "outcomes_not_sent",
        /// Nobody was told, and it is too late to offer places.
        OutcomesTooLate = "outcomes_too_late",
    }
}

names! {
    /// Where an item of the inbox stands.
    ItemState {
        /// It needs a hand.
        Open = "open",
        /// Put off until a moment.
        Snoozed = "snoozed",
        /// Somebody has seen to it, or found that nothing is to be done.
        Done = "done",
    }
}

names! {
    /// What happens to an item.
    ItemEvent {
        /// A coordinator puts it off.
        Snooze = "snooze",
        /// The moment until which it was put off has come.
        Wake = "wake",
        /// A coordinator is done with it.
        Finish = "finish",
        /// A coordinator takes it up again, put off or done.
        Reopen = "reopen",
    }
}

impl ItemState {
    /// The state after an event, or None where the event may not happen.
    pub const fn after(self, event: ItemEvent) -> Option<Self> {
        match (self, event) {
            (Self::Open | Self::Snoozed, ItemEvent::Snooze) => Some(Self::Snoozed),
            (Self::Open | Self::Snoozed, ItemEvent::Finish) => Some(Self::Done),
            (Self::Snoozed, ItemEvent::Wake) | (Self::Snoozed | Self::Done, ItemEvent::Reopen) => {
                Some(Self::Open)
            }
            _ => None,
        }
    }
}

/// What was done about an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handling {
    /// Whose it is.
    pub assigned_to: Option<AccountId>,
    /// Until when it is put off.
    pub snoozed_until: Option<DateTime<Utc>>,
    /// When somebody was done with it.
    pub done_at: Option<DateTime<Utc>>,
    /// Who was.
    pub done_by: Option<AccountId>,
    /// What there is to say about it.
    pub note: Option<String>,
}

impl Handling {
    /// Where the item stands at a moment: what was put off comes back by itself.
    pub fn state(&self, now: DateTime<Utc>) -> ItemState {
        if self.done_at.is_some() {
            return ItemState::Done;
        }
        match self.snoozed_until {
            Some(until) => {
                let woken = if until <= now { ItemState::Snoozed.after(ItemEvent::Wake) } else { None };
                woken.unwrap_or(ItemState::Snoozed)
            }
            None => ItemState::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn every_state_and_event() {
        let mut table = String::new();
        for state in ItemState::ALL {
            for event in ItemEvent::ALL {
                let to = state.after(*event).map_or("-", ItemState::as_str);
                writeln!(table, "{:9}{:8}{to}", state.as_str(), event.as_str()).unwrap();
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn what_was_put_off_comes_back_at_its_moment_and_what_is_done_does_not() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let until = at("2026-12-01T07:00:00Z");
        let put_off = Handling { snoozed_until: Some(until), ..Handling::default() };
        assert_eq!(put_off.state(at("2026-12-01T06:59:59Z")), ItemState::Snoozed);
        assert_eq!(put_off.state(until), ItemState::Open);
        let done = Handling { done_at: Some(until), ..put_off };
        assert_eq!(done.state(at("2027-12-01T07:00:00Z")), ItemState::Done);
        assert_eq!(Handling::default().state(until), ItemState::Open);
    }
}
