//! A reminder policy, as `config/catalogue/reminders/*.toml` writes it.

use serde::{Deserialize, Serialize};

use super::{LocalHour, Offset};
use crate::{catalogue::Texts, letter::LetterKind};

/// One rule of reminding: when, whom, on what condition and with which letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReminderPolicy {
    /// Its name, unique in the programme and permanent: rows of sent reminders carry it.
    pub key: String,
    /// The programme's key. In a file it stands once, at the top.
    #[serde(default)]
    pub programme: String,
    /// What coordinators call it.
    pub title: Texts,
    /// The letter that is sent.
    pub letter: LetterKind,
    /// What it counts from.
    pub anchor: Anchor,
    /// How many days from the anchor's local date.
    pub offset: Offset,
    /// The local hour, `08:00`.
    pub at: LocalHour,
    /// Who gets it.
    pub recipients: Recipients,
    /// What must hold when it is sent.
    pub condition: Condition,
    /// The time past which it is never sent.
    pub latest: Latest,
    /// Whether it goes also to those who have unsubscribed. Must agree with what the letter itself is.
    pub mandatory: bool,
    /// Whether it may be gathered with others into one mail a day.
    pub can_wait: bool,
}

/// What a policy counts from. The fact behind it is an instant that the use case finds in the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// The first day of a leadership appointment, or the day it was learnt of when that came later: HR
    /// systems tell of appointments after they have begun.
    Appointment,
    /// The hour until which an invitation can be answered.
    InvitationDeadline,
    /// The hour until which a freed seat is held.
    OfferDeadline,
    /// The start of a gathering, for one enrolled leader.
    GatheringStart,
    /// The start of a cohort's first gathering.
    CohortStart,
    /// The end of a cohort's last gathering.
    CohortEnd,
}

impl Anchor {
    /// Every anchor, in the order of a leader's way through a programme.
    pub const ALL: [Anchor; 6] = [
        Anchor::Appointment,
        Anchor::InvitationDeadline,
        Anchor::OfferDeadline,
        Anchor::GatheringStart,
        Anchor::CohortStart,
        Anchor::CohortEnd,
    ];

    /// Whether another date of the anchor makes another occurrence. An appointment is the exception: a
    /// corrected first day must not bring a second welcome.
    pub(crate) const fn recurs_when_moved(self) -> bool {
        !matches!(self, Anchor::Appointment)
    }
}

/// Who gets a reminder. The people are looked up when the timer is written, their addresses when it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipients {
    /// The leader whom it is about.
    Leader,
    /// That leader's line manager (nærmeste leder).
    LineManager,
    /// The cohort's coordinators.
    Coordinators,
}

/// What must hold at the moment of sending. When it does not, the reminder is done without a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Nothing beyond that the subject still stands: the appointment has not ended, the gathering and the
    /// cohort are not cancelled. Every other condition asks for this as well.
    Always,
    /// The leader has been invited and has not answered.
    Unanswered,
    /// A freed seat is held for the leader, who has not answered.
    HoldsOffer,
    /// The leader has a seat.
    HoldsSeat,
    /// The leader has a seat and has not said whether she or he comes to this gathering.
    NoRsvp,
    /// The leader has no place in a cohort of the programme: neither invited, in line, offered a seat,
    /// enrolled nor completed.
    NotEnrolledYet,
    /// Attendance is not recorded for everyone with a seat.
    AttendanceMissing,
}

impl Condition {
    /// Every condition.
    pub const ALL: [Condition; 7] = [
        Condition::Always,
        Condition::Unanswered,
        Condition::HoldsOffer,
        Condition::HoldsSeat,
        Condition::NoRsvp,
        Condition::NotEnrolledYet,
        Condition::AttendanceMissing,
    ];

    /// Whether the question can be asked of what the anchor is about.
    pub const fn can_be_asked_at(self, anchor: Anchor) -> bool {
        match self {
            Condition::Always => true,
            Condition::Unanswered => matches!(anchor, Anchor::InvitationDeadline),
            Condition::HoldsOffer => matches!(anchor, Anchor::OfferDeadline),
            Condition::HoldsSeat => {
                matches!(anchor, Anchor::GatheringStart | Anchor::CohortStart | Anchor::CohortEnd)
            }
            Condition::NoRsvp => matches!(anchor, Anchor::GatheringStart),
            Condition::NotEnrolledYet => matches!(anchor, Anchor::Appointment),
            Condition::AttendanceMissing => matches!(anchor, Anchor::CohortEnd),
        }
    }
}

/// The time past which a reminder is never sent: the earlier of the two limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Latest {
    /// Hours, as time passes, after it was due; at least 1.
    pub hours_after_due: u32,
    /// Whether it must be sent before its anchor: a reminder of something that has begun helps nobody.
    pub before_anchor: bool,
}
