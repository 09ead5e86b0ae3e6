//! A rule, a planned reminder, and what becomes of one when a rule changes.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use varde_app::{
    policies::OwnPolicy,
    replanning::{self, ReminderChangeKind},
};
use varde_model::{
    catalogue,
    local_time::Zoned,
    people::LineManager,
    reminders::{Offset, Recipients},
    timers::Timer,
    work::{Job, Recipient},
};

use crate::{
    relay,
    schema::{
        Caller,
        errors::whole,
        labels::{AnchorLabel, ConditionLabel, OnClosedDayLabel, RecipientsLabel, ReminderStateLabel},
        loaders::{LineManagerOf, Loaders},
        mail_queue::{about_id, reviewer_name},
        paging::page,
        scalars::{LocalDate, LocalTime},
        state_reason::StateReason,
    },
};

/// A text in the three languages.
#[derive(Debug, Clone, SimpleObject)]
pub struct Texts {
    /// Bokmål.
    nb: String,
    /// Nynorsk.
    nn: String,
    /// English.
    en: String,
}

impl From<catalogue::Texts> for Texts {
    fn from(texts: catalogue::Texts) -> Self {
        Self { nb: texts.nb, nn: texts.nn, en: texts.en }
    }
}

/// A rule of reminding (påminnelsesregel): when, whom, on what condition and with which letter.
#[derive(Debug, Clone)]
pub struct ReminderPolicy(pub(super) OwnPolicy);

impl From<OwnPolicy> for ReminderPolicy {
    fn from(policy: OwnPolicy) -> Self {
        Self(policy)
    }
}

/// A rule of reminding (påminnelsesregel): when, whom, on what condition and with which letter.
#[Object]
impl ReminderPolicy {
    /// Opaque permanent id.
    pub(crate) async fn id(&self) -> ID {
        relay::encode("ReminderPolicy", self.0.id.0)
    }

    /// The programme's key and the rule's own, such as `onboarding/welcome`.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// The programme that it serves.
    async fn programme_key(&self) -> &str {
        &self.0.policy.programme
    }

    /// What coordinators call it, in the caller's language.
    async fn title(&self, context: &Context<'_>) -> &str {
        self.0.policy.title.get(Caller::of(context).locale())
    }

    /// What coordinators call it, in all three languages.
    async fn titles(&self) -> Texts {
        self.0.policy.title.clone().into()
    }

    /// The letter that is sent, such as `gathering_reminder`.
    async fn letter(&self) -> &'static str {
        self.0.policy.letter.as_str()
    }

    /// What it counts from.
    async fn anchor(&self) -> AnchorLabel {
        self.0.policy.anchor.into()
    }

    /// How many days from the anchor's local date; negative before it.
    async fn days(&self) -> i32 {
        self.0.policy.offset.days()
    }

    /// True when only working days count.
    async fn working_days(&self) -> bool {
        matches!(self.0.policy.offset, Offset::Working { .. })
    }

    /// What becomes of a reminder of calendar days that falls on a day when nobody is at work; null where only working
    /// days count.
    async fn on_closed_day(&self) -> Option<OnClosedDayLabel> {
        match self.0.policy.offset {
            Offset::Calendar { on_closed_day, .. } => Some(on_closed_day.into()),
            Offset::Working { .. } => None,
        }
    }

    /// The local hour.
    async fn at(&self) -> LocalTime {
        self.0.policy.at.time().into()
    }

    /// Who gets it.
    async fn recipients(&self) -> RecipientsLabel {
        self.0.policy.recipients.into()
    }

    /// What must hold when it is sent.
    async fn condition(&self) -> ConditionLabel {
        self.0.policy.condition.into()
    }

    /// Hours after it was due past which it is never sent.
    async fn latest_hours(&self) -> u32 {
        self.0.policy.latest.hours_after_due
    }

    /// True when it must be sent before its anchor.
    async fn before_anchor_only(&self) -> bool {
        self.0.policy.latest.before_anchor
    }

    /// Whether it goes also to those who have unsubscribed.
    async fn mandatory(&self) -> bool {
        self.0.policy.mandatory
    }

    /// Whether it may be gathered with others into one mail a day.
    async fn can_wait(&self) -> bool {
        self.0.policy.can_wait
    }

    /// An inactive rule plans nothing.
    async fn active(&self) -> bool {
        self.0.active
    }

    /// Anchors before this moment are not reminded of: a new rule is not retroactive.
    async fn effective_from(&self) -> DateTime<Utc> {
        self.0.effective_from
    }

    /// Counts the changes; pass the one you saw when you edit.
    async fn version(&self) -> u32 {
        self.0.version
    }
}

/// A reminder (påminnelse) as it stands in the plan: what it says will be sent is read from there.
#[derive(Debug, Clone)]
pub struct PlannedReminder(pub(super) Timer);

impl From<Timer> for PlannedReminder {
    fn from(timer: Timer) -> Self {
        Self(timer)
    }
}

impl PlannedReminder {
    /// The moment on the trust's wall clock.
    fn at(&self) -> Zoned {
        Zoned::at(self.0.due_at, self.0.local.zone)
    }

    /// As it was planned: of a reminder to a line manager, the leader.
    fn recipient(&self) -> Option<Recipient> {
        match &self.0.job {
            Job::Remind { recipient, .. } => Some(*recipient),
            _ => None,
        }
    }

    async fn goes_to_the_line_manager(&self, context: &Context<'_>) -> async_graphql::Result<bool> {
        let Some(policy) = self.0.job.policy() else { return Ok(false) };
        let policy = whole(context, context.data_unchecked::<Loaders>().one(policy).await)?;
        Ok(policy.is_some_and(|own| own.policy.recipients == Recipients::LineManager))
    }
}

/// A reminder (påminnelse) as it stands in the plan: what it says will be sent is read from there.
#[Object]
impl PlannedReminder {
    /// Opaque permanent id.
    pub(crate) async fn id(&self) -> ID {
        relay::encode("PlannedReminder", self.0.id.0)
    }

    /// The rule that asked for it.
    async fn policy(&self, context: &Context<'_>) -> async_graphql::Result<Option<ReminderPolicy>> {
        let Some(id) = self.0.job.policy() else { return Ok(None) };
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(id).await)?.map(ReminderPolicy))
    }

    /// The moment.
    async fn due_at(&self) -> DateTime<Utc> {
        self.0.due_at
    }

    /// The day, where the trust is.
    async fn local_date(&self) -> LocalDate {
        self.at().date.into()
    }

    /// The hour, where the trust is.
    async fn local_time(&self) -> LocalTime {
        self.at().time.into()
    }

    /// The zone of day and hour.
    async fn time_zone(&self) -> &'static str {
        self.0.local.zone.name()
    }

    /// Later than this it is not sent.
    async fn latest_at(&self) -> Option<DateTime<Utc>> {
        self.0.latest_at
    }

    /// Where it stands.
    async fn state(&self) -> ReminderStateLabel {
        self.0.state.into()
    }

    /// Why it stands there, such as `ANSWERED`.
    async fn reason(&self, context: &Context<'_>) -> Option<StateReason> {
        self.0.reason.map(|reason| StateReason::told(reason, Caller::of(context).locale()))
    }

    /// The leader whom it is about; null where it is about a cohort as a whole.
    async fn leader_name(&self, context: &Context<'_>) -> async_graphql::Result<Option<String>> {
        let Some(Recipient::Person { person }) = self.recipient() else { return Ok(None) };
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(person).await)?.map(|person| person.name()))
    }

    /// The name of the one who gets it. A line manager is looked up anew when it is sent: this is who it is today, and null
    /// where there is none to write to.
    async fn recipient_name(&self, context: &Context<'_>) -> async_graphql::Result<Option<String>> {
        let loaders = context.data_unchecked::<Loaders>();
        let person = match self.recipient() {
            Some(Recipient::Account { account }) => {
                return Ok(whole(context, loaders.one(account).await)?.map(|account| account.display_name));
            }
            Some(Recipient::Reviewer { check_in }) => return reviewer_name(context, check_in).await,
            Some(Recipient::Person { person }) if self.goes_to_the_line_manager(context).await? => {
                match whole(context, loaders.one(LineManagerOf(person, None)).await)? {
                    Some(LineManager::Person(manager)) => Some(manager),
                    // Somebody outside the tree is not written to.
                    Some(LineManager::Outside(_)) | None => None,
                }
            }
            Some(Recipient::Person { person }) => Some(person),
            None => None,
        };
        let Some(person) = person else { return Ok(None) };
        Ok(whole(context, loaders.one(person).await)?.map(|person| person.name()))
    }

    /// What it is about, to look up with `node`.
    async fn about_id(&self) -> Option<ID> {
        match &self.0.job {
            Job::Remind { about, .. } => Some(about_id(about)),
            _ => None,
        }
    }
}

page!(
    /// Rules of reminding, by key.
    ReminderPolicyConnection, ReminderPolicyEdge, ReminderPolicy
);

page!(
    /// Reminders, by their moment.
    PlannedReminderConnection, PlannedReminderEdge, PlannedReminder
);

/// What becomes of a reminder.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "ReminderChangeKind", name = "ReminderChangeKind")]
pub enum ReminderChangeLabel {
    /// It was not planned and is now (ny).
    Added,
    /// It comes at another moment (flyttet).
    Moved,
    /// It was planned and does not come (fjernet).
    Cancelled,
}

/// One reminder that a change adds, moves or cancels.
#[derive(Debug, Clone, SimpleObject)]
pub struct ReminderChange {
    /// What becomes of it.
    kind: ReminderChangeLabel,
    /// The reminder: as it is planned now, or as it was before it was cancelled.
    reminder: PlannedReminder,
    /// The moment it was planned for before, where it was moved.
    was_due_at: Option<DateTime<Utc>>,
}

impl From<replanning::ReminderChange> for ReminderChange {
    fn from(change: replanning::ReminderChange) -> Self {
        Self { kind: change.kind.into(), reminder: PlannedReminder(change.timer), was_due_at: change.was }
    }
}
