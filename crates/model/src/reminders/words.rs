//! The words that policies are written with: anchors, recipients, conditions.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($($(#[$outer:meta])* $type:ident { $($(#[$doc:meta])* $word:ident = $text:literal,)* })*) => {$(
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $type {
            $($(#[$doc])* $word,)*
        }

        impl $type {
            /// All of them.
            pub const ALL: &[$type] = &[$($type::$word,)*];

            /// The word as files write it.
            pub const fn as_str(self) -> &'static str {
                match self { $($type::$word => $text,)* }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    )*};
}

words! {
    /// What a policy counts from. The fact behind it is an instant that the use case finds in the data.
    Anchor {
        /// The first day of a leadership appointment, or the day it was learnt of when that came later: HR
        /// systems tell of appointments after they have begun.
        Appointment = "appointment",
        /// The hour until which an invitation can be answered.
        InvitationDeadline = "invitation_deadline",
        /// The hour until which a freed seat is held.
        OfferDeadline = "offer_deadline",
        /// The start of a gathering, for one enrolled leader.
        GatheringStart = "gathering_start",
        /// The start of a cohort's first gathering.
        CohortStart = "cohort_start",
        /// The end of a cohort's last gathering.
        CohortEnd = "cohort_end",
        /// A day on which something happened in a cohort that its coordinators did not do themselves: answers, lapsed
        /// invitations, seats given back, a start with people who were never asked.
        CohortNews = "cohort_news",
        /// The close of a round of nominations, for one that is still a draft.
        NominationClose = "nomination_close",
        /// The hour until which a nomination can be endorsed.
        EndorsementDeadline = "endorsement_deadline",
    }

    /// Who gets a reminder. The people are looked up when the timer is written, their addresses when it is sent.
    Recipients {
        /// The leader whom it is about.
        Leader = "leader",
        /// That leader's line manager (nærmeste leder).
        LineManager = "line_manager",
        /// The cohort's coordinators.
        Coordinators = "coordinators",
        /// Who is writing the nomination.
        Nominator = "nominator",
        /// Who is asked to endorse it.
        Endorser = "endorser",
    }

    /// What must hold at the moment of sending. When it does not, the reminder is done without a mail.
    Condition {
        /// Nothing beyond that the subject still stands: the appointment has not ended, the gathering and the
        /// cohort are not cancelled. Every other condition asks for this as well.
        Always = "always",
        /// The leader has been invited and has not answered.
        Unanswered = "unanswered",
        /// A freed seat is held for the leader, who has not answered.
        HoldsOffer = "holds_offer",
        /// The leader has a seat.
        HoldsSeat = "holds_seat",
        /// The leader has a seat and has not said whether she or he comes to this gathering.
        NoRsvp = "no_rsvp",
        /// The leader has a seat and has not said no to this gathering: those who said yes, and those who have not
        /// answered.
        NotDeclined = "not_declined",
        /// Something that follows this gathering is to be tried out, and has not been told of as done.
        PracticeUndone = "practice_undone",
        /// The leader has no place in a cohort of the programme: neither invited, in line, offered a seat,
        /// enrolled nor completed.
        NotEnrolledYet = "not_enrolled_yet",
        /// Attendance is not recorded for everyone with a seat.
        AttendanceMissing = "attendance_missing",
        /// The nomination is still a draft.
        StillDraft = "still_draft",
        /// The nomination has been handed in and the endorser has not answered.
        AwaitsEndorsement = "awaits_endorsement",
    }
}

impl Anchor {
    /// Whether another date of the anchor makes another occurrence. An appointment is the exception: a
    /// corrected first day must not bring a second welcome.
    pub(crate) const fn recurs_when_moved(self) -> bool {
        !matches!(self, Anchor::Appointment)
    }
}

impl Condition {
    /// Whether the question can be asked of what the anchor is about.
    pub const fn can_be_asked_at(self, anchor: Anchor) -> bool {
        match self {
            Condition::Always => true,
            Condition::Unanswered => matches!(anchor, Anchor::InvitationDeadline),
            Condition::HoldsOffer => matches!(anchor, Anchor::OfferDeadline),
            Condition::HoldsSeat => {
                matches!(anchor, Anchor::GatheringStart | Anchor::CohortStart | Anchor::CohortEnd)
            }
            Condition::NoRsvp | Condition::NotDeclined | Condition::PracticeUndone => {
                matches!(anchor, Anchor::GatheringStart)
            }
            Condition::NotEnrolledYet => matches!(anchor, Anchor::Appointment),
            Condition::AttendanceMissing => matches!(anchor, Anchor::CohortEnd),
            Condition::StillDraft => matches!(anchor, Anchor::NominationClose),
            Condition::AwaitsEndorsement => matches!(anchor, Anchor::EndorsementDeadline),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_written_the_same_in_files_and_in_messages() {
        for anchor in Anchor::ALL {
            assert_eq!(serde_json::to_value(anchor).unwrap(), anchor.as_str());
        }
        for recipients in Recipients::ALL {
            assert_eq!(serde_json::to_value(recipients).unwrap(), recipients.as_str());
        }
        for condition in Condition::ALL {
            assert_eq!(serde_json::to_value(condition).unwrap(), condition.as_str());
        }
    }
}
