//! What coordinators write about rules of reminding.

use async_graphql::InputObject;
use varde_app::{
    Code, Error, Refusal,
    policies::{ChangePolicy, PolicyEdit, PolicyFields, offset},
};
use varde_model::{catalogue::Texts, reminders::Latest};

use crate::schema::labels::{ConditionLabel, OnClosedDayLabel};
use crate::schema::scalars::LocalTime;

/// A text in the three languages.
#[derive(InputObject, Debug)]
pub struct TextsInput {
    /// Bokmål.
    nb: String,
    /// Nynorsk.
    nn: String,
    /// English.
    en: String,
}

impl From<TextsInput> for Texts {
    fn from(given: TextsInput) -> Self {
        Self { nb: given.nb, nn: given.nn, en: given.en }
    }
}

/// How many days from the anchor.
#[derive(InputObject, Debug)]
pub struct ReminderOffsetInput {
    /// Days from the anchor's local date; negative before it.
    days: i32,
    /// Left out, only working days count. Given, every day counts, and this is what becomes of a day when nobody is at
    /// work.
    on_closed_day: Option<OnClosedDayLabel>,
}

/// The time past which a reminder is never sent.
#[derive(InputObject, Debug)]
pub struct ReminderLatestInput {
    /// Hours after it was due.
    hours_after_due: u32,
    /// True when it must be sent before its anchor.
    before_anchor: bool,
}

/// A change of a rule of reminding. What is left out stays.
#[derive(InputObject, Debug)]
pub struct ChangeReminderPolicyInput {
    /// The rule's key, such as `onboarding/welcome`. A key that is not known adds a rule; then `toml` is needed.
    pub(super) key: String,
    /// What coordinators call it.
    title: Option<TextsInput>,
    /// How many days from the anchor.
    offset: Option<ReminderOffsetInput>,
    /// The local hour.
    at: Option<LocalTime>,
    /// What must hold when it is sent.
    condition: Option<ConditionLabel>,
    /// The time past which it is never sent.
    latest: Option<ReminderLatestInput>,
    /// Whether it may be gathered with others into one mail a day.
    can_wait: Option<bool>,
    /// The whole rule as the catalogue writes it below `[[policy]]`, in place of the single values.
    toml: Option<String>,
    /// Whether it plans.
    active: Option<bool>,
    /// The version that you saw; a conflict refuses the change.
    version: Option<u32>,
    /// A rule that is new, or active anew, counts from anchors that lie ahead. To let it count from those behind as
    /// well, confirm how many reminders that adds: `remindersOfPast` of a dry run.
    reminders_of_past: Option<u64>,
    /// Keep nothing; answer with every reminder that would be added, moved or cancelled.
    #[graphql(default)]
    dry_run: bool,
}

impl ChangeReminderPolicyInput {
    pub(super) fn into_change(self) -> Result<ChangePolicy, Error> {
        let fields = PolicyFields {
            title: self.title.map(Texts::from),
            offset: self.offset.map(|wanted| offset(wanted.days, wanted.on_closed_day.map(Into::into))),
            at: self.at.map(Into::into),
            condition: self.condition.map(Into::into),
            latest: self.latest.map(|latest| Latest {
                hours_after_due: latest.hours_after_due,
                before_anchor: latest.before_anchor,
            }),
            can_wait: self.can_wait,
        };
        let edit = match (self.toml, fields.is_empty()) {
            (Some(toml), true) => Some(PolicyEdit::Toml(toml)),
            (None, true) => None,
            (None, false) => Some(PolicyEdit::fields(fields)),
            (Some(_), false) => {
                return Err(Refusal::new(Code::Invalid)
                    .at("toml")
                    .with("hint", "toml | title, offset, at ...")
                    .into());
            }
        };
        Ok(ChangePolicy {
            key: self.key.trim().to_owned(),
            edit,
            active: self.active,
            version: self.version,
            reminders_of_past: self.reminders_of_past,
            dry_run: self.dry_run,
        })
    }
}
