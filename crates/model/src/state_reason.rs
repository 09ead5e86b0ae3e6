//! Why a mail or a reminder stands where it stands.

use crate::delivery::names;

names! {
    /// Why a mail or a reminder stands where it stands. Rows keep its name; people read it in their own language.
    StateReason {
        /// Its latest time had passed, or passes before it may go out.
        TooLate = "too_late",
        /// A coordinator sends it again.
        Requeued = "requeued",
        /// It went out within another mail: the one that gathers what could wait.
        Gathered = "gathered",
        /// It comes at another moment, or not at all, since what it counts from has changed.
        Replanned = "replanned",
        /// The rule that asked for it is switched off.
        PolicyInactive = "policy_inactive",
        /// The recipient has unsubscribed from what is not mandatory.
        Unsubscribed = "unsubscribed",
        /// The recipient has left, has no address or no account any more.
        RecipientUnreached = "recipient_unreached",
        /// The leader has no line manager to write to.
        NoLineManager = "no_line_manager",
        /// The employment has ended.
        EmploymentEnded = "employment_ended",
        /// Whoever was to leave stays.
        Stays = "stays",
        /// The leadership appointment has ended.
        AppointmentEnded = "appointment_ended",
        /// None of the new leaders is one any more.
        NoNewLeader = "no_new_leader",
        /// The programme has reached the leader already.
        HasPlace = "has_place",
        /// The question was answered.
        Answered = "answered",
        /// The leader has said that she or he does not come.
        NotComing = "not_coming",
        /// The leader has no seat, or none any more.
        NoSeat = "no_seat",
        /// No seat is held for the leader any more.
        NoSeatHeld = "no_seat_held",
        /// The leader is not invited any more, or the time to answer is over.
        NotInvited = "not_invited",
        /// The leader is not in line any more.
        NotInLine = "not_in_line",
        /// The lapsed place stands again.
        NotLapsed = "not_lapsed",
        /// The leader has not been moved from another cohort.
        NotMoved = "not_moved",
        /// The cohort is not published, or has ended.
        CohortNotRunning = "cohort_not_running",
        /// The cohort has begun already, is called off, or begins later.
        CohortNotToStart = "cohort_not_to_start",
        /// The cohort was closed.
        CohortCompleted = "cohort_completed",
        /// The cohort was called off.
        CohortCancelled = "cohort_cancelled",
        /// The gathering was called off.
        GatheringCancelled = "gathering_cancelled",
        /// The gathering is back where the leader knows it to be.
        BackWhereItWas = "back_where_it_was",
        /// The leader was never told of the gathering.
        NeverTold = "never_told",
        /// Nothing is left to try out.
        PracticeDone = "practice_done",
        /// Nobody supports the one who takes part, or somebody else.
        NoSupporter = "no_supporter",
        /// Attendance is recorded for everyone.
        AttendanceRecorded = "attendance_recorded",
        /// Nobody is recorded as present.
        NobodyThere = "nobody_there",
        /// The survey is not for the reader any more.
        NotAsked = "not_asked",
        /// The survey takes no answer any more.
        SurveyClosed = "survey_closed",
        /// The result is another one by now.
        AnotherResult = "another_result",
        /// Nothing is left to tell of.
        NoNews = "no_news",
        /// A newer mail says it.
        NewerSaysIt = "newer_says_it",
        /// What it would say does not hold any more.
        DoesNotHold = "does_not_hold",
        /// What it is about is not there any more.
        SubjectGone = "subject_gone",
        /// No such letter can be written about this.
        NoSuchLetter = "no_such_letter",
        /// A reason that this version does not know.
        Unknown = "unknown",
    }
}

impl StateReason {
    /// The reason with a row's name; [`StateReason::Unknown`] for a name that another version wrote.
    pub fn read(name: &str) -> Self {
        Self::from_name(name).unwrap_or(Self::Unknown)
    }

    /// The key of the text that tells it.
    pub fn key(self) -> String {
        format!("state-reason-{}", self.as_str().replace('_', "-"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_row_keeps_is_read_as_it_was_written() {
        for reason in StateReason::ALL {
            assert_eq!(StateReason::read(reason.as_str()), *reason);
        }
    }

    #[test]
    fn a_name_that_nobody_knows_is_read_all_the_same() {
        assert_eq!(StateReason::read("gathered in 0192"), StateReason::Unknown);
        assert_eq!(StateReason::read(""), StateReason::Unknown);
    }
}
