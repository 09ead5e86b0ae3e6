//! What a policy must hold beyond its shape.

use super::{Anchor, Offset, Recipients, ReminderPolicy};
use crate::letter::LetterKind;

/// Something in a policy that does not go together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {message}")]
pub struct PolicyFault {
    /// The key at fault, such as `latest.hours_after_due`.
    pub key: &'static str,
    /// What is wrong and what would be right.
    pub message: String,
}

/// Longer offsets are misprints: no programme reminds of something years away.
const MOST_DAYS: u32 = 400;

impl ReminderPolicy {
    /// Everything in the policy that does not go together; empty when it is sound.
    pub fn faults(&self) -> Vec<PolicyFault> {
        let mut faults = Vec::new();
        let mut fault = |key, message: String| faults.push(PolicyFault { key, message });
        if !is_key(&self.key) {
            fault("key", format!("'{}' is not a key; use small letters a to z, digits and _", self.key));
        }
        if let Some(key) = self.title.first_blank() {
            fault("title", format!("the text in '{key}' is blank"));
        }
        let days = self.offset.days();
        if days.unsigned_abs() > MOST_DAYS {
            fault("offset.days", format!("{days} days is out of reach; at most {MOST_DAYS} either way"));
        }
        if self.offset == (Offset::Working { days: 0 }) {
            fault("offset.days", "zero working days has no meaning; use unit = \"calendar\"".to_owned());
        }
        if self.latest.hours_after_due == 0 {
            fault("latest.hours_after_due", "must be at least 1".to_owned());
        }
        if self.latest.before_anchor && days > 0 {
            fault("latest.before_anchor", "a reminder after its anchor cannot be sent before it".to_owned());
        }
        if !self.condition.can_be_asked_at(self.anchor) {
            let (condition, anchor) = (self.condition, self.anchor);
            fault("condition", format!("'{condition}' cannot be asked of '{anchor}'"));
        }
        match fit(self.letter) {
            None => {
                let letter = self.letter;
                fault("letter", format!("'{letter}' is sent by what causes it, never by a policy"));
            }
            Some((anchors, recipients)) => {
                if !anchors.contains(&self.anchor) {
                    let fitting: Vec<_> = anchors.iter().map(|anchor| anchor.as_str()).collect();
                    let fitting = fitting.join(" or ");
                    fault("anchor", format!("'{}' tells of {fitting}, not of {}", self.letter, self.anchor));
                }
                if recipients != self.recipients {
                    fault("recipients", format!("'{}' is written to {recipients}", self.letter));
                }
            }
        }
        if self.mandatory != self.letter.is_mandatory() {
            fault("mandatory", format!("'{}' is mandatory = {}", self.letter, self.letter.is_mandatory()));
        }
        if self.mandatory && self.can_wait {
            fault("can_wait", "a mandatory reminder cannot wait for the daily mail".to_owned());
        }
        faults
    }
}

/// Keys stand in rows and in addresses of the API: one alphabet for all of them.
pub(crate) fn is_key(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.len() <= 60
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// The anchors that a letter can tell of and whom it is written to; none for letters of the use cases.
const fn fit(letter: LetterKind) -> Option<(&'static [Anchor], Recipients)> {
    match letter {
        LetterKind::WelcomeNewLeader => Some((&[Anchor::Appointment], Recipients::Leader)),
        LetterKind::InvitationReminder => Some((&[Anchor::InvitationDeadline], Recipients::Leader)),
        LetterKind::SeatOfferReminder => Some((&[Anchor::OfferDeadline], Recipients::Leader)),
        LetterKind::GatheringReminder | LetterKind::GatheringPractical => {
            Some((&[Anchor::GatheringStart], Recipients::Leader))
        }
        LetterKind::LineManagerNotice => Some((&[Anchor::CohortStart], Recipients::LineManager)),
        LetterKind::CoordinatorAttendanceMissing => Some((&[Anchor::CohortEnd], Recipients::Coordinators)),
        LetterKind::CoordinatorNews => Some((&[Anchor::CohortNews], Recipients::Coordinators)),
        LetterKind::Invitation
        | LetterKind::WaitingListConfirmed
        | LetterKind::SeatOffered
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
        | LetterKind::CoordinatorNewLeaders
        | LetterKind::DailyDigest => None,
    }
}
