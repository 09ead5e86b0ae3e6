//! An item of the inbox as coordinators see it.

use async_graphql::{Context, Enum, ID, Json, Object, SimpleObject};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use varde_app::{
    Ctx, Error,
    access::Coordinator,
    inbox::{self, Act, ActValue, Handed},
    texts,
};
use varde_model::inbox as model;

use crate::{
    relay::{self, PageInfo},
    schema::{
        Caller,
        cohorts::{Cohort, CohortCoordinator},
        errors::whole,
        loaders::Loaders,
        people::Person,
    },
};

/// What needs a hand.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "model::InboxKind", name = "InboxKind")]
pub enum InboxKindLabel {
    /// An invitation or an offer that nobody has answered, and that lapses within days; a leader group's that has lapsed
    /// (ubesvart).
    Lapsing,
    /// A leader proposed for a cohort that is out, who has not been invited (foreslått, ikke invitert).
    NotInvited,
    /// Leaders whom a programme is for, and no cohort that they could have a place in (ledere uten kull).
    WithoutCohort,
    /// Something about a person or a cohort that the service needs and does not know (manglende opplysning).
    MissingFact,
    /// Days or seats of a cohort that cannot be as they stand (umulig dato).
    ImpossibleDate,
    /// A mail that failed, or of which nobody knows whether it arrived (e-post som ikke kom fram).
    Mail,
    /// A gathering is over, and who was there is not recorded for everyone (manglende oppmøte).
    AttendanceMissing,
    /// Every gathering of a cohort is over, and the cohort is not closed (kull som skal avsluttes).
    NotClosed,
    /// Somebody leaves who has a place in a cohort, supports one who has, or runs one (slutter).
    Leaver,
    /// Two people who may not stand beside each other do (inhabilitet).
    Conflict,
    /// An endorsement of a nomination that nobody gave in time (anbefaling).
    Endorsement,
    /// Outcomes of a round of nominations that nobody was told yet (utfall av nominasjon).
    Outcomes,
    /// Something agreed on that was to be followed up by now (oppfølging).
    FollowUp,
}

/// Why something needs a hand. `labels` has the sentences.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "model::InboxReason", name = "InboxReason")]
pub enum InboxReasonLabel {
    /// A leader has not answered the invitation, and the time to answer is nearly over.
    InvitationLapses,
    /// A seat is held for a leader who has not answered, and not for long any more.
    OfferLapses,
    /// A leader group's leader did not answer in time, and the group can be asked again.
    GroupLapsed,
    /// A leader was proposed after the cohort was published, and has not been invited.
    NotInvited,
    /// A leader was proposed, and it is too late to invite.
    TooLateToInvite,
    /// A programme is for some leaders, and no cohort of it is planned.
    NoCohort,
    /// A programme is for some leaders, and its cohorts are full.
    NoRoom,
    /// A leader has no line manager, by the tree or by name.
    NoLineManager,
    /// A leader has no line manager, and a check-in waits for one (lederkravsamtale uten nærmeste leder).
    CheckInWithoutManager,
    /// The director's check-in waits for somebody outside the tree to be named, such as the board's chair.
    CheckInWithoutReviewer,
    /// Somebody who leads or has a place is missing from the HR file, and no last day is known.
    MissingFromFile,
    /// Nobody runs a cohort.
    NoCoordinator,
    /// A gathering is near, and nobody has said where it is.
    NoPlace,
    /// A gathering is on a day on which the trust is closed.
    ClosedDay,
    /// A gathering is on a public holiday.
    PublicHoliday,
    /// Two gatherings of a cohort overlap.
    Overlap,
    /// A draft's first gathering is over.
    DraftInThePast,
    /// A draft has to be published now if those invited are to have their time to answer.
    PublishNow,
    /// More seats are taken than a cohort has.
    OverCapacity,
    /// A mail failed for good.
    MailFailed,
    /// Nobody knows whether a mail arrived.
    MailUnknown,
    /// A gathering is over, and attendance is not recorded for everyone.
    AttendanceMissing,
    /// Every gathering is over and attendance is recorded, and the cohort is not closed.
    NotClosed,
    /// Every gathering is over, nobody has a place, and the cohort is not called off.
    NobodyCame,
    /// A leader with a place leaves before the cohort ends.
    LeaverWithPlace,
    /// Somebody who supports one with a place leaves before the cohort ends, or has left.
    LeaverSupports,
    /// Somebody who runs a cohort leaves, or cannot sign in any more.
    LeaverRunsCohort,
    /// Two people who may not stand beside each other do.
    Conflict,
    /// Whoever was asked how something agreed on stands has not answered.
    FollowUpOverdue,
    /// A line manager has not answered a nomination in time (tilslutning mangler).
    EndorsementLapsed,
    /// Nobody independent is to be found who could endorse a nomination (ingen uavhengig leder).
    NoEndorser,
    /// The time to endorse is over, and the outcomes of the round are not prepared (utfallet er ikke klargjort).
    OutcomesNotPrepared,
    /// The outcomes of a round are prepared, and nobody was told (utfallet er ikke sendt).
    OutcomesNotSent,
    /// Nobody was told the outcomes of a round, and it is too late to offer places (for sent å tilby plasser).
    OutcomesTooLate,
}

/// Where an item of the inbox stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "model::ItemState", name = "InboxItemState")]
pub enum InboxItemStateLabel {
    /// It needs a hand (åpen).
    Open,
    /// Put off until a moment (utsatt).
    Snoozed,
    /// Somebody has seen to it, or found that nothing is to be done (ferdig).
    Done,
}

/// Something that needs a hand (sak i innboksen). It is a question to the data: what mends the fact takes it away.
#[derive(Debug, Clone)]
pub struct InboxItem {
    handed: Handed,
    text: String,
}

impl InboxItem {
    /// Items with their texts, in their order.
    pub(crate) async fn all(ctx: &Ctx, right: &Coordinator, items: Vec<Handed>) -> Result<Vec<Self>, Error> {
        let texts = inbox::told(ctx, right, &items).await?;
        Ok(items.into_iter().zip(texts).map(|(handed, text)| Self { handed, text }).collect())
    }

    /// Its key.
    pub(crate) fn key(&self) -> varde_model::ids::InboxItemId {
        self.handed.item.id
    }
}

/// What is proposed for an item of the inbox: an operation of the library, with the values that are known.
#[derive(Debug, SimpleObject)]
pub struct ProposedAct {
    /// What to do, in the caller's language.
    text: String,
    /// The operation's name in the library of operations, such as `invite-again`.
    operation: &'static str,
    /// The variables to run it with.
    variables: Json<Value>,
    /// True where it can be run with these variables as they stand. False where something is to be found out, decided or
    /// filled in first.
    ready: bool,
}

/// Something that needs a hand (sak i innboksen). It is a question to the data: what mends the fact takes it away.
#[Object]
impl InboxItem {
    /// Opaque permanent id: the same fact has the same one. One that was done comes back under another id when the fact
    /// changes.
    pub(crate) async fn id(&self) -> ID {
        relay::encode("InboxItem", self.handed.item.id.0)
    }

    /// What needs a hand.
    async fn kind(&self) -> InboxKindLabel {
        self.handed.item.kind.into()
    }

    /// Why, for programs.
    async fn reason(&self) -> InboxReasonLabel {
        self.handed.item.reason.into()
    }

    /// Why, in the caller's language (`Accept-Language`, else the account's).
    async fn text(&self) -> &str {
        &self.text
    }

    /// Where it stands.
    async fn state(&self) -> InboxItemStateLabel {
        self.handed.state.into()
    }

    /// Since when it is so, where that is known.
    async fn since(&self) -> Option<DateTime<Utc>> {
        self.handed.item.since
    }

    /// Until when something can be done about it, or should be; null where there is no such moment.
    async fn due_at(&self) -> Option<DateTime<Utc>> {
        self.handed.item.due
    }

    /// Whom it is about; null where it is about nobody in particular.
    async fn person(&self, context: &Context<'_>) -> async_graphql::Result<Option<Person>> {
        let Some(person) = self.handed.item.person else { return Ok(None) };
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(person).await)?.map(Person::from))
    }

    /// The cohort that it is about; null where it is about none.
    async fn cohort(&self, context: &Context<'_>) -> async_graphql::Result<Option<Cohort>> {
        let Some(cohort) = self.handed.item.cohort else { return Ok(None) };
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(cohort).await)?.map(Cohort::from))
    }

    /// The object that it is about, to look up with `node`: a place, a gathering, a mail, a person, a cohort.
    async fn subject_id(&self) -> Option<ID> {
        self.handed.item.subject.map(|(kind, key)| relay::encode(kind, key))
    }

    /// What is proposed; null where no operation of the library would see to it.
    async fn proposed_act(&self, context: &Context<'_>) -> Option<ProposedAct> {
        let act = self.handed.item.act.as_ref()?;
        let text = texts::text(Caller::of(context).locale(), &format!("inbox-act-{}", act.operation));
        Some(ProposedAct {
            text,
            operation: act.operation,
            variables: Json(variables(act)),
            ready: act.ready,
        })
    }

    /// Whose it is (ansvarlig); null for nobody's.
    async fn assigned_to(&self, context: &Context<'_>) -> async_graphql::Result<Option<CohortCoordinator>> {
        let Some(account) = self.handed.handling.assigned_to else { return Ok(None) };
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(account).await)?.map(CohortCoordinator::from))
    }

    /// Until when it was put off; also of one that has come back (utsatt til).
    async fn snoozed_until(&self) -> Option<DateTime<Utc>> {
        self.handed.handling.snoozed_until
    }

    /// When somebody was done with it.
    async fn done_at(&self) -> Option<DateTime<Utc>> {
        self.handed.handling.done_at
    }

    /// Who was done with it.
    async fn done_by(&self, context: &Context<'_>) -> async_graphql::Result<Option<CohortCoordinator>> {
        let Some(account) = self.handed.handling.done_by else { return Ok(None) };
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(account).await)?.map(CohortCoordinator::from))
    }

    /// What whoever was done with it had to say (merknad).
    async fn note(&self) -> Option<&str> {
        self.handed.handling.note.as_deref()
    }
}

/// The variables of an operation: a mutation's stand in its `input`.
fn variables(act: &Act) -> Value {
    let value = |value: &ActValue| match value {
        ActValue::Id(kind, key) => json!(relay::encode(kind, *key).to_string()),
        ActValue::Ids(kind, keys) => {
            json!(keys.iter().map(|key| relay::encode(kind, *key).to_string()).collect::<Vec<_>>())
        }
        ActValue::Text(text) => json!(text),
        ActValue::Texts(texts) => json!(texts),
        ActValue::Number(number) => json!(number),
        ActValue::Flag(flag) => json!(flag),
    };
    let values: Map<String, Value> =
        act.values.iter().map(|(name, of)| ((*name).to_owned(), value(of))).collect();
    if act.mutation { json!({ "input": values }) } else { Value::Object(values) }
}

/// How many items of a kind there are.
#[derive(Debug, Clone, PartialEq, Eq, SimpleObject)]
pub struct InboxTotal {
    /// The kind.
    kind: InboxKindLabel,
    /// That need a hand.
    open: u64,
    /// That are put off.
    snoozed: u64,
    /// That somebody was done with, as long as the fact stands.
    done: u64,
}

impl From<inbox::Total> for InboxTotal {
    fn from(total: inbox::Total) -> Self {
        let inbox::Total { kind, open, snoozed, done } = total;
        Self { kind: kind.into(), open, snoozed, done }
    }
}

/// What needs a hand, page by page.
#[derive(Debug, SimpleObject)]
pub struct InboxItemConnection {
    /// The rows of this page with their cursors.
    pub(super) edges: Vec<InboxItemEdge>,
    /// The rows of this page.
    pub(super) nodes: Vec<InboxItem>,
    /// Where this page stands in the list.
    pub(super) page_info: PageInfo,
    /// How many rows the whole list has.
    pub(super) total_count: u64,
    /// How many there are of each kind, whatever the filter says of kinds and of what is put off or done.
    pub(super) totals: Vec<InboxTotal>,
}

/// One row of a page.
#[derive(Debug, SimpleObject)]
pub struct InboxItemEdge {
    /// The row.
    pub(super) node: InboxItem,
    /// Where the row stands; pass it as `after`.
    pub(super) cursor: String,
}
