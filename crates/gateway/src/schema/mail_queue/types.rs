//! A mail as coordinators see it. Its text is not kept: it is composed when it is sent.

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use varde_app::texts::text;
use varde_model::{
    delivery::{MailState, OutboxRow},
    ids::CheckInId,
    people::LineManager,
    work::{About, Recipient},
};

use crate::{
    relay,
    schema::{
        Caller, errors::whole, labels::MailStateLabel, loaders::Loaders, paging::page, people::Person,
        state_reason::StateReason,
    },
};

/// A mail (e-post) on its way, or sent.
#[derive(Debug, Clone)]
pub struct Mail(OutboxRow);

impl From<OutboxRow> for Mail {
    fn from(row: OutboxRow) -> Self {
        Self(row)
    }
}

/// What went wrong with a mail, without an address or a name in it.
#[derive(Debug, SimpleObject)]
pub struct MailError {
    /// For programs: `smtp_550`, `refused`, `unknown`, `holder_lost`, `compose`.
    code: String,
    /// What it is and what to do, in the caller's language (`Accept-Language`, else the account's).
    message: String,
    /// The same in the words of the mail server, or of the program, for whoever operates it.
    text: String,
}

/// A mail (e-post) on its way, or sent.
#[Object]
impl Mail {
    /// Opaque permanent id; the Message-ID is made from it.
    pub(crate) async fn id(&self) -> ID {
        relay::encode("Mail", self.0.id.0)
    }

    /// Which letter, such as `invitation`.
    async fn letter(&self) -> &'static str {
        self.0.request.letter.as_str()
    }

    /// Where it stands.
    async fn state(&self) -> MailStateLabel {
        self.0.state.into()
    }

    /// Why it stands there, such as `TOO_LATE`.
    async fn reason(&self, context: &Context<'_>) -> Option<StateReason> {
        self.0.reason.map(|reason| StateReason::told(reason, Caller::of(context).locale()))
    }

    /// The mail that it went out within, to look up with `node`: several that could wait go as one.
    async fn gathered_in_id(&self) -> Option<ID> {
        self.0.gathered_in.map(|mail| relay::encode("Mail", mail.0))
    }

    /// How often it was handed to the mail server, or could not be composed.
    async fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// What went wrong last.
    async fn last_error(&self, context: &Context<'_>) -> Option<MailError> {
        let error = self.0.last_error.clone()?;
        let message = text(Caller::of(context).locale(), error.key());
        Some(MailError { code: error.code, message, text: error.text })
    }

    /// Whether it may be gathered with others into one mail a day.
    async fn can_wait(&self) -> bool {
        self.0.can_wait
    }

    /// When it was queued.
    async fn queued_at(&self) -> DateTime<Utc> {
        self.0.queued_at
    }

    /// When it is tried next; null when there is nothing left to try.
    async fn due_at(&self) -> Option<DateTime<Utc>> {
        self.0.state.is_waiting().then_some(self.0.due_at)
    }

    /// Later than this it is not sent.
    async fn not_after(&self) -> Option<DateTime<Utc>> {
        self.0.not_after
    }

    /// When the mail server took it.
    async fn sent_at(&self) -> Option<DateTime<Utc>> {
        self.0.sent_at
    }

    /// The name of the one who gets it.
    async fn recipient_name(&self, context: &Context<'_>) -> async_graphql::Result<Option<String>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(match self.0.recipient {
            Recipient::Person { person } => {
                whole(context, loaders.one(person).await)?.map(|person| person.name())
            }
            Recipient::Account { account } => {
                whole(context, loaders.one(account).await)?.map(|a| a.display_name)
            }
            Recipient::Reviewer { check_in } => reviewer_name(context, check_in).await?,
        })
    }

    /// The person who gets it; null for an account without one.
    async fn person(&self, context: &Context<'_>) -> async_graphql::Result<Option<Person>> {
        let Recipient::Person { person } = self.0.recipient else { return Ok(None) };
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(person).await)?.map(Person::from))
    }

    /// What it is about, to look up with `node`.
    async fn about_id(&self) -> ID {
        about_id(&self.0.request.about)
    }
}

/// What somebody outside the tree is called who holds a check-in; null once it has gone to somebody else.
pub(crate) async fn reviewer_name(
    context: &Context<'_>,
    check_in: CheckInId,
) -> async_graphql::Result<Option<String>> {
    let found = whole(context, context.data_unchecked::<Loaders>().one(check_in).await)?;
    Ok(found.and_then(|one| match one.manager {
        Some(LineManager::Outside(outsider)) => Some(outsider.name),
        _ => None,
    }))
}

/// The permanent id of what a mail or a reminder is about; of a gathering, the gathering's.
pub(crate) fn about_id(about: &About) -> ID {
    match *about {
        About::Appointment { appointment } => relay::encode("Appointment", appointment.0),
        About::Enrolment { enrolment } => relay::encode("Enrolment", enrolment.0),
        About::Gathering { gathering, .. } => relay::encode("Gathering", gathering.0),
        About::Cohort { cohort } => relay::encode("Cohort", cohort.0),
        About::Nomination { nomination } => relay::encode("Nomination", nomination.0),
        About::Operation { operation } => relay::encode("Operation", operation.0),
        About::Survey { survey } => relay::encode("Survey", survey.0),
        About::CheckIn { check_in } => relay::encode("CheckIn", check_in.0),
        About::CheckInCycle { cycle } => relay::encode("CheckInCycle", cycle.0),
        About::CompetencePlan { plan } => relay::encode("CompetencePlan", plan.0),
        About::LeaderGroup { group } | About::FollowUp { group, .. } => relay::encode("LeaderGroup", group.0),
    }
}

page!(
    /// Mail, newest first.
    MailConnection, MailEdge, Mail
);

/// How many mails stand in a state.
#[derive(Debug, SimpleObject)]
pub struct MailCount {
    /// The state.
    state: MailStateLabel,
    /// How many.
    count: u64,
}

impl MailCount {
    pub(super) fn new(state: MailState, count: u64) -> Self {
        Self { state: state.into(), count }
    }
}
