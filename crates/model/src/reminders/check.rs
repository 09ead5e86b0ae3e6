//! What a policy must hold beyond its shape.

use super::{Anchor, Condition, Offset, Recipients, ReminderPolicy};
use crate::letter::LetterKind;

/// Something in a policy that does not go together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {what}")]
pub struct PolicyFault {
    /// The key at fault, such as `latest.hours_after_due`.
    pub key: &'static str,
    /// What is wrong.
    pub what: Mismatch,
}

/// What does not go together in a policy, as operators read it in the catalogue's errors. What users read is keyed by
/// [`Mismatch::code`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// Keys have one alphabet.
    #[error("'{0}' is not a key; use small letters a to z, digits and _")]
    NotAKey(String),
    /// A text is missing in a language.
    #[error("the text in '{0}' is blank")]
    BlankText(&'static str),
    /// So many days lie out of reach.
    #[error("{0} days is out of reach; at most {MOST_DAYS} either way")]
    OutOfReach(i32),
    /// The anchor's day may be closed.
    #[error("zero working days has no meaning; use unit = \"calendar\"")]
    ZeroWorkingDays,
    /// It would never be sent.
    #[error("must be at least 1")]
    NoTimeToSend,
    /// It comes after what it must come before.
    #[error("a reminder after its anchor cannot be sent before it")]
    AfterItsAnchor,
    /// The anchor has nothing to ask the condition of.
    #[error("'{0}' cannot be asked of '{1}'")]
    ConditionOfAnchor(Condition, Anchor),
    /// A letter of the use cases.
    #[error("'{0}' is sent by what causes it, never by a policy")]
    LetterOfItsCause(LetterKind),
    /// The letter tells of something else.
    #[error("'{letter}' tells of {fitting}, not of {anchor}", fitting = either(.fitting))]
    LetterOfAnchor {
        /// The letter.
        letter: LetterKind,
        /// What it tells of.
        fitting: &'static [Anchor],
        /// What the policy counts from.
        anchor: Anchor,
    },
    /// The letter is written to others.
    #[error("'{0}' is written to {1}")]
    LetterTo(LetterKind, Recipients),
    /// The letter decides whether it is mandatory.
    #[error("'{0}' is mandatory = {1}")]
    LetterIsMandatory(LetterKind, bool),
    /// A mandatory mail goes by itself.
    #[error("a mandatory reminder cannot wait for the daily mail")]
    MandatoryCannotWait,
}

impl Mismatch {
    /// The code under which the texts in the three languages lie.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAKey(_) => "not-a-key",
            Self::BlankText(_) => "blank-text",
            Self::OutOfReach(_) => "out-of-reach",
            Self::ZeroWorkingDays => "zero-working-days",
            Self::NoTimeToSend => "no-time-to-send",
            Self::AfterItsAnchor => "after-its-anchor",
            Self::ConditionOfAnchor(..) => "condition-of-anchor",
            Self::LetterOfItsCause(_) => "letter-of-its-cause",
            Self::LetterOfAnchor { .. } => "letter-of-anchor",
            Self::LetterTo(..) => "letter-to",
            Self::LetterIsMandatory(..) => "letter-is-mandatory",
            Self::MandatoryCannotWait => "mandatory-cannot-wait",
        }
    }

    /// The values that the texts name, as the policy's definition writes them.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotAKey(key) => vec![("key", key.clone())],
            Self::BlankText(language) => vec![("language", (*language).to_owned())],
            Self::OutOfReach(days) => vec![("days", days.to_string()), ("most", MOST_DAYS.to_string())],
            Self::ZeroWorkingDays | Self::NoTimeToSend | Self::AfterItsAnchor | Self::MandatoryCannotWait => {
                Vec::new()
            }
            Self::ConditionOfAnchor(condition, anchor) => {
                vec![("condition", condition.to_string()), ("anchor", anchor.to_string())]
            }
            Self::LetterOfItsCause(letter) => vec![("letter", letter.to_string())],
            Self::LetterOfAnchor { letter, fitting, anchor } => {
                let fitting: Vec<_> = fitting.iter().map(|anchor| anchor.as_str()).collect();
                vec![
                    ("letter", letter.to_string()),
                    ("fitting", fitting.join(", ")),
                    ("anchor", anchor.to_string()),
                ]
            }
            Self::LetterTo(letter, recipients) => {
                vec![("letter", letter.to_string()), ("recipients", recipients.to_string())]
            }
            Self::LetterIsMandatory(letter, mandatory) => {
                vec![("letter", letter.to_string()), ("mandatory", mandatory.to_string())]
            }
        }
    }
}

fn either(anchors: &[Anchor]) -> String {
    anchors.iter().map(|anchor| anchor.as_str()).collect::<Vec<_>>().join(" or ")
}

/// Longer offsets are misprints: no programme reminds of something years away.
const MOST_DAYS: u32 = 400;

impl ReminderPolicy {
    /// Everything in the policy that does not go together; empty when it is sound.
    pub fn faults(&self) -> Vec<PolicyFault> {
        let mut faults = Vec::new();
        let mut fault = |key, what| faults.push(PolicyFault { key, what });
        if !is_key(&self.key) {
            fault("key", Mismatch::NotAKey(self.key.clone()));
        }
        if let Some(language) = self.title.first_blank() {
            fault("title", Mismatch::BlankText(language));
        }
        let days = self.offset.days();
        if days.unsigned_abs() > MOST_DAYS {
            fault("offset.days", Mismatch::OutOfReach(days));
        }
        if self.offset == (Offset::Working { days: 0 }) {
            fault("offset.days", Mismatch::ZeroWorkingDays);
        }
        if self.latest.hours_after_due == 0 {
            fault("latest.hours_after_due", Mismatch::NoTimeToSend);
        }
        if self.latest.before_anchor && days > 0 {
            fault("latest.before_anchor", Mismatch::AfterItsAnchor);
        }
        if !self.condition.can_be_asked_at(self.anchor) {
            fault("condition", Mismatch::ConditionOfAnchor(self.condition, self.anchor));
        }
        let letter = self.letter;
        match fit(letter) {
            None => fault("letter", Mismatch::LetterOfItsCause(letter)),
            Some((fitting, recipients)) => {
                if !fitting.contains(&self.anchor) {
                    fault("anchor", Mismatch::LetterOfAnchor { letter, fitting, anchor: self.anchor });
                }
                if recipients != self.recipients {
                    fault("recipients", Mismatch::LetterTo(letter, recipients));
                }
            }
        }
        if self.mandatory != letter.is_mandatory() {
            fault("mandatory", Mismatch::LetterIsMandatory(letter, letter.is_mandatory()));
        }
        if self.mandatory && self.can_wait {
            fault("can_wait", Mismatch::MandatoryCannotWait);
        }
        faults
    }
}

/// Keys stand in rows and in addresses of the API: one alphabet for all of them.
pub fn is_key(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.len() <= 60
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// True for letters that policies send; the others are sent by what causes them.
pub const fn is_sent_by_policies(letter: LetterKind) -> bool {
    fit(letter).is_some()
}

/// The anchors that a letter can tell of and whom it is written to; none for letters of the use cases.
const fn fit(letter: LetterKind) -> Option<(&'static [Anchor], Recipients)> {
    match letter {
        LetterKind::WelcomeNewLeader => Some((&[Anchor::Appointment], Recipients::Leader)),
        LetterKind::InvitationReminder | LetterKind::GroupInvitationReminder => {
            Some((&[Anchor::InvitationDeadline], Recipients::Leader))
        }
        LetterKind::SeatOfferReminder => Some((&[Anchor::OfferDeadline], Recipients::Leader)),
        LetterKind::GatheringReminder
        | LetterKind::GatheringPractical
        | LetterKind::PracticeTasks
        | LetterKind::PracticeReminder => Some((&[Anchor::GatheringStart], Recipients::Leader)),
        LetterKind::LineManagerNotice => Some((&[Anchor::CohortStart], Recipients::LineManager)),
        LetterKind::CoordinatorAttendanceMissing => Some((&[Anchor::CohortEnd], Recipients::Coordinators)),
        LetterKind::NominationDraftReminder => Some((&[Anchor::NominationClose], Recipients::Nominator)),
        LetterKind::EndorsementReminder => Some((&[Anchor::EndorsementDeadline], Recipients::Endorser)),
        LetterKind::CoordinatorNews => Some((&[Anchor::CohortNews], Recipients::Coordinators)),
        LetterKind::Invitation
        | LetterKind::GroupInvitation
        | LetterKind::FollowUpRequest
        | LetterKind::FollowUpReminder
        | LetterKind::CoordinatorFollowUpOverdue
        | LetterKind::WaitingListConfirmed
        | LetterKind::SeatOffered
        | LetterKind::InvitationLapsed
        | LetterKind::OfferLapsed
        | LetterKind::WaitingListClosed
        | LetterKind::EnrolmentConfirmed
        | LetterKind::GatheringInvitation
        | LetterKind::GatheringMoved
        | LetterKind::GatheringCancelled
        | LetterKind::GatheringLeft
        | LetterKind::EnrolmentWithdrawn
        | LetterKind::EnrolmentMoved
        | LetterKind::CohortCancelled
        | LetterKind::CohortCompleted
        | LetterKind::CohortNotCompleted
        | LetterKind::SurveyRequest
        | LetterKind::SurveyReminder
        | LetterKind::EndorsementRequest
        | LetterKind::NominationPlaced
        | LetterKind::NominationReserve
        | LetterKind::NominationNotPlaced
        | LetterKind::SupporterNamed
        | LetterKind::SupporterTask
        | LetterKind::CheckInOpened
        | LetterKind::CheckInsToHold
        | LetterKind::CheckInReminder
        | LetterKind::CheckInActionsDue
        | LetterKind::CheckInShared
        | LetterKind::CheckInMeeting
        | LetterKind::CheckInMeetingOff
        | LetterKind::CheckInSigned
        | LetterKind::CheckInsLate
        | LetterKind::CoordinatorCheckInsLate
        | LetterKind::CompetencePlanOpened
        | LetterKind::CompetencePlanToAgree
        | LetterKind::CompetencePlanAgreed
        | LetterKind::CompetencePlanReminder
        | LetterKind::CompetencePlanDue
        | LetterKind::CompetencePlanRenewed
        | LetterKind::LineManagerUpdate
        | LetterKind::CoordinatorNewLeaders
        | LetterKind::DailyDigest => None,
    }
}
