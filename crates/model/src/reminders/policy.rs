//! A reminder policy, as `config/catalogue/reminders/*.toml` writes it.

use serde::{Deserialize, Serialize};

use super::{Anchor, Condition, LocalHour, Offset, Recipients};
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

/// The time past which a reminder is never sent: the earlier of the two limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Latest {
    /// Hours, as time passes, after it was due; at least 1.
    pub hours_after_due: u32,
    /// Whether it must be sent before its anchor: a reminder of something that has begun helps nobody.
    pub before_anchor: bool,
}
