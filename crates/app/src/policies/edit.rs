//! From what a coordinator writes to a policy that holds.

use chrono::NaiveTime;
use varde_model::{
    Locale,
    catalogue::Texts,
    reminders::{ClosedDay, Condition, Latest, Offset, PolicyFault, ReminderPolicy},
};

use super::definition::{self, Unreadable};
use crate::{Code, Error, Refusal, Result, texts::text_with};

/// What a policy is to say: single values, or the whole as the catalogue's files write it.
#[derive(Clone, Debug)]
pub enum PolicyEdit {
    /// Values that change; None leaves one as it is.
    Fields(Box<PolicyFields>),
    /// The whole definition in TOML: what stands below `[[policy]]` in the catalogue.
    Toml(String),
}

/// Values of a policy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PolicyFields {
    /// What coordinators call it.
    pub title: Option<Texts>,
    /// How many days from the anchor's local date.
    pub offset: Option<Offset>,
    /// The local hour.
    pub at: Option<NaiveTime>,
    /// What must hold when it is sent.
    pub condition: Option<Condition>,
    /// The time past which it is never sent.
    pub latest: Option<Latest>,
    /// Whether it may be gathered with others into one mail a day.
    pub can_wait: Option<bool>,
}

impl PolicyEdit {
    /// From single values.
    pub fn fields(fields: PolicyFields) -> Self {
        Self::Fields(Box::new(fields))
    }

    /// The policy under this key as it is to be; `old` is None for a new one.
    /// What stands in the way is told in `locale`.
    pub(super) fn apply(
        &self,
        old: Option<&ReminderPolicy>,
        key: &str,
        locale: Locale,
    ) -> Result<ReminderPolicy> {
        let (programme, own_key) = key.split_once('/').unwrap_or(("", key));
        let (new, field) = match (self, old) {
            (Self::Fields(fields), Some(old)) => (fields.apply(old), None),
            (Self::Fields(_), None) => return Err(Refusal::new(Code::NotFound).at("key").into()),
            (Self::Toml(text), _) => {
                let told = |what: &Unreadable| {
                    Refusal::new(Code::Invalid).at("toml").with("hint", what.message(locale))
                };
                let read = definition::read(text, own_key);
                let mut new = read.map_err(|all| Error::Refused(all.iter().map(told).collect()))?;
                new.programme = programme.to_owned();
                (new, Some("toml"))
            }
        };
        let faults = new.faults();
        if faults.is_empty() {
            return Ok(new);
        }
        Err(Error::Refused(faults.iter().map(|fault| refusal(locale, field, fault)).collect()))
    }
}

impl PolicyFields {
    /// True when nothing changes.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn apply(&self, old: &ReminderPolicy) -> ReminderPolicy {
        let mut new = old.clone();
        if let Some(title) = &self.title {
            new.title = title.clone();
        }
        if let Some(at) = self.at {
            new.at = at.into();
        }
        new.offset = self.offset.unwrap_or(new.offset);
        new.condition = self.condition.unwrap_or(new.condition);
        new.latest = self.latest.unwrap_or(new.latest);
        new.can_wait = self.can_wait.unwrap_or(new.can_wait);
        new
    }
}

/// Working days, or calendar days with what becomes of a closed one.
pub fn offset(days: i32, on_closed_day: Option<ClosedDay>) -> Offset {
    match on_closed_day {
        None => Offset::Working { days },
        Some(on_closed_day) => Offset::Calendar { days, on_closed_day },
    }
}

/// Says where in the call a policy is at fault: the model names its keys as files write them.
fn refusal(locale: Locale, field: Option<&'static str>, fault: &PolicyFault) -> Refusal {
    let path: &[&'static str] = match (field, fault.key) {
        (Some(field), _) => &[field],
        (None, "offset.days") => &["offset", "days"],
        (None, "latest.hours_after_due") => &["latest", "hoursAfterDue"],
        (None, "latest.before_anchor") => &["latest", "beforeAnchor"],
        (None, "can_wait") => &["canWait"],
        (None, key) => &[key],
    };
    let hint = text_with(locale, &format!("policy-{}", fault.what.code()), &fault.what.args());
    let refusal = Refusal::new(Code::Invalid).with("hint", hint);
    path.iter().fold(refusal, |refusal, step| refusal.at(step))
}

#[cfg(test)]
mod tests {
    use varde_model::{
        letter::LetterKind,
        reminders::{Anchor, Mismatch, Recipients},
    };

    use super::*;

    #[test]
    fn what_does_not_go_together_is_told_in_every_language() {
        let (letter, anchor) = (LetterKind::GatheringReminder, Anchor::CohortEnd);
        let every = [
            Mismatch::NotAKey("Å".to_owned()),
            Mismatch::BlankText("nn"),
            Mismatch::OutOfReach(-401),
            Mismatch::ZeroWorkingDays,
            Mismatch::NoTimeToSend,
            Mismatch::AfterItsAnchor,
            Mismatch::ConditionOfAnchor(Condition::HoldsOffer, anchor),
            Mismatch::LetterOfItsCause(LetterKind::Invitation),
            Mismatch::LetterOfAnchor { letter, fitting: &[Anchor::GatheringStart], anchor },
            Mismatch::LetterTo(letter, Recipients::Leader),
            Mismatch::LetterIsMandatory(letter, true),
            Mismatch::MandatoryCannotWait,
        ];
        for what in every {
            let fault = PolicyFault { key: "offset.days", what };
            let texts = Locale::ALL.map(|locale| refusal(locale, None, &fault).message(locale));
            for text in &texts {
                assert!(!text.contains("policy-") && !text.contains("{$"), "{text}");
            }
            assert_ne!(texts[0], texts[2]);
            assert!(!texts[0].contains(&fault.what.to_string()), "{}", texts[0]);
        }
    }
}
