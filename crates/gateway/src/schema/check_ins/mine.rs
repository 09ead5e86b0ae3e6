//! A check-in as one of the two who hold it sees it.

use async_graphql::{ComplexObject, Context, ID, SimpleObject};
use chrono::{DateTime, Utc};
use varde_app::{
    access::OneOfTwo,
    check_ins::{self, Agreed, Conversation},
};
use varde_model::{
    Locale,
    check_in::{CheckIn, Cycle, Flaw, Party, Rated},
    ids::PersonId,
};

use super::{
    labels::{ActionStateLabel, CheckInStateLabel, PartyLabel, RatingLabel},
    thread::{MyCheckInEvidence, MyCheckInNeed},
};
use crate::{
    relay,
    schema::{Caller, errors::whole, scalars::LocalDate},
};

/// A check-in that one holds (lederkravsamtale), as the leader or as the line manager.
#[derive(Clone, Debug, SimpleObject)]
pub struct MyCheckIn {
    /// The id that `myCheckIn` takes.
    check_in_id: ID,
    /// The cycle's code, such as `2027`.
    cycle_code: String,
    /// Where it stands.
    state: CheckInStateLabel,
    /// Whether one is the leader or the line manager in it.
    party: PartyLabel,
    /// By this day both should have signed.
    due_on: LocalDate,
}

impl MyCheckIn {
    pub(super) fn told(one: &CheckIn, cycle: &Cycle, person: PersonId) -> Self {
        Self {
            check_in_id: relay::encode("CheckIn", one.id.0),
            cycle_code: cycle.code.clone(),
            state: one.state.into(),
            party: one.party_of(person).unwrap_or(Party::Manager).into(),
            due_on: LocalDate(cycle.due_on),
        }
    }
}

/// A check-in with what was written. Confidential between the two.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct MyCheckInConversation {
    #[graphql(skip)]
    right: OneOfTwo,
    #[graphql(skip)]
    held: Box<Conversation>,
    /// The id that the mutations take.
    check_in_id: ID,
    /// The cycle's code.
    cycle_code: String,
    /// Where it stands.
    state: CheckInStateLabel,
    /// Whether one is the leader or the line manager in it.
    party: PartyLabel,
    /// The leader.
    leader_name: String,
    /// The line manager; null while there is nobody.
    manager_name: Option<String>,
    /// By this day both should have signed.
    due_on: LocalDate,
    /// After this day nothing is taken any more.
    closes_on: LocalDate,
    /// The requirements in their order, with what both say of them.
    requirements: Vec<MyCheckInRequirement>,
    /// Whether the own view is whole and can be given.
    can_be_given: bool,
    /// The day on which the two met.
    met_on: Option<LocalDate>,
    /// What was agreed on.
    actions: Vec<MyCheckInAction>,
    /// When the leader signed.
    leader_signed_at: Option<DateTime<Utc>>,
    /// When the line manager signed.
    manager_signed_at: Option<DateTime<Utc>>,
    /// What was added after both had signed.
    addenda: Vec<MyCheckInAddendum>,
    /// Counts the changes; `signCheckIn` states the one that was read.
    version: u32,
}

/// A requirement (lederkrav) at a check-in.
#[derive(Clone, Debug, SimpleObject)]
pub struct MyCheckInRequirement {
    /// Its key.
    key: String,
    /// Its number in the contract.
    number: usize,
    /// Its name.
    title: String,
    /// What the leader must do.
    text: String,
    /// What that means at the leader's level.
    responsibilities: Vec<String>,
    /// The own view; null where nothing is saved.
    own: Option<MyCheckInRating>,
    /// The other's view; null until both have given theirs.
    other: Option<MyCheckInRating>,
    /// What the own view lacks here before it can be given: `rating`, `text` or null.
    lacks: Option<String>,
}

/// What one of the two says of a requirement.
#[derive(Clone, SimpleObject)]
pub struct MyCheckInRating {
    /// How far.
    rating: Option<RatingLabel>,
    /// The example, or why it does not apply.
    text: String,
    /// The version, for saving; null for the other's.
    version: Option<u32>,
}

/// What was written is in no debug output.
impl std::fmt::Debug for MyCheckInRating {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MyCheckInRating").field("version", &self.version).finish_non_exhaustive()
    }
}

impl MyCheckInRating {
    pub(super) fn told(rated: &Rated, version: Option<u32>) -> Self {
        Self { rating: rated.rating.map(Into::into), text: rated.text.clone(), version }
    }
}

/// An agreed action (tiltak).
#[derive(Clone, SimpleObject)]
pub struct MyCheckInAction {
    /// The id that the mutations take.
    action_id: ID,
    /// What is to be done, in own words; empty where what it leads to says it.
    text: String,
    /// What the programme or the item of the competence plan is called that it leads to.
    leads_to: Option<String>,
    /// Whose it is to do.
    owner: PartyLabel,
    /// By when.
    due_on: LocalDate,
    /// The key of the requirement that it serves.
    requirement: Option<String>,
    /// The key of the programme that it leads to.
    programme_key: Option<String>,
    /// The key of the item of the competence plan (kompetanseplan) that it leads to.
    plan_item: Option<String>,
    /// How it stands.
    state: ActionStateLabel,
}

impl MyCheckInAction {
    pub(super) fn told(one: &Agreed, locale: Locale) -> Self {
        Self {
            action_id: relay::encode("CheckInAction", one.action.id.0),
            text: one.text.clone(),
            leads_to: one.leads_to.as_ref().map(|title| title.get(locale).to_owned()),
            owner: one.action.owner.into(),
            due_on: LocalDate(one.action.due_on),
            requirement: one.action.requirement.clone(),
            programme_key: one.action.programme.clone(),
            plan_item: one.action.plan_item.clone(),
            state: one.action.state.into(),
        }
    }
}

/// What was written is in no debug output.
impl std::fmt::Debug for MyCheckInAction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MyCheckInAction").field("action_id", &self.action_id).finish_non_exhaustive()
    }
}

/// An addendum to a signed check-in (tillegg).
#[derive(Clone, SimpleObject)]
pub struct MyCheckInAddendum {
    /// Who added it.
    party: PartyLabel,
    /// What.
    text: String,
    /// When.
    added_at: DateTime<Utc>,
}

/// What was written is in no debug output.
impl std::fmt::Debug for MyCheckInAddendum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MyCheckInAddendum").field("added_at", &self.added_at).finish_non_exhaustive()
    }
}

impl MyCheckInConversation {
    pub(super) fn told(right: OneOfTwo, held: Conversation, locale: Locale) -> Self {
        let lacks = |key: &str| {
            held.lacks.iter().find_map(|flaw| match flaw {
                Flaw::NotRated(own) if own == key => Some("rating".to_owned()),
                Flaw::NoText(own) if own == key => Some("text".to_owned()),
                Flaw::NotRated(_) | Flaw::NoText(_) => None,
            })
        };
        let framework = &held.framework;
        let requirements = (1..).zip(&framework.requirements).map(|(number, one)| MyCheckInRequirement {
            key: one.key.clone(),
            number,
            title: one.title.get(locale).to_owned(),
            text: one.text.get(locale).to_owned(),
            responsibilities: framework
                .asked_of(one, held.level)
                .map(|asked| asked.text.get(locale).to_owned())
                .collect(),
            own: held.own.get(&one.key).map(|(rated, version)| MyCheckInRating::told(rated, Some(*version))),
            other: held
                .other
                .as_ref()
                .and_then(|view| view.get(&one.key))
                .map(|rated| MyCheckInRating::told(rated, None)),
            lacks: lacks(&one.key),
        });
        Self {
            check_in_id: relay::encode("CheckIn", held.check_in.id.0),
            cycle_code: held.cycle.code.clone(),
            state: held.check_in.state.into(),
            party: held.party.into(),
            leader_name: held.leader.name(),
            manager_name: held.manager_name.clone(),
            due_on: LocalDate(held.cycle.due_on),
            closes_on: LocalDate(held.cycle.closes_on),
            requirements: requirements.collect::<Vec<_>>(),
            can_be_given: held.lacks.is_empty()
                && held.check_in.state.is_open()
                && held.check_in.given.of(held.party).is_none(),
            met_on: held.check_in.met_on.map(LocalDate),
            actions: held.actions.iter().map(|one| MyCheckInAction::told(one, locale)).collect(),
            leader_signed_at: held.check_in.signed.leader,
            manager_signed_at: held.check_in.signed.manager,
            addenda: held
                .addenda
                .iter()
                .map(|one| MyCheckInAddendum {
                    party: one.party.into(),
                    text: one.text.clone(),
                    added_at: one.at,
                })
                .collect(),
            version: held.check_in.version,
            right,
            held: Box::new(held),
        }
    }
}

#[ComplexObject]
impl MyCheckInConversation {
    /// What serves the low requirements and domains (det som kan hjelpe): programmes with the reason, whether the leader may take
    /// part, and the next dates. Empty until both have given their views.
    async fn thread(&self, context: &Context<'_>) -> async_graphql::Result<Vec<MyCheckInNeed>> {
        let caller = Caller::of(context);
        let found = whole(context, check_ins::thread(&caller.ctx, &self.right, &self.held).await)?;
        Ok(found.into_iter().map(|one| MyCheckInNeed::told(one, caller.locale())).collect())
    }

    /// What the leader has done since the last check-in that serves the requirements, and how the actions of that one stand.
    async fn evidence(&self, context: &Context<'_>) -> async_graphql::Result<MyCheckInEvidence> {
        let caller = Caller::of(context);
        let found = whole(context, check_ins::evidence(&caller.ctx, &self.right, &self.held).await)?;
        Ok(MyCheckInEvidence::told(found, caller.locale()))
    }
}
