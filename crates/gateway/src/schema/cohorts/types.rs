//! A cohort and a gathering as coordinators see them.

use async_graphql::{Context, ID, Object, SimpleObject};
use futures_util::future::try_join_all;
use varde_model::cohort;

use super::Gathering;
use crate::{
    relay,
    schema::{
        Caller,
        enrolments::EnrolmentConnection,
        errors::{bad_page, whole},
        groups::LeaderGroup,
        labels::{CohortStateLabel, EnrolmentStateLabel},
        loaders::{EnrolmentsOf, GatheringsOf, GroupsOf, Loaders},
    },
};

/// A cohort (kull): one run of a programme with its own dates, places and people.
#[derive(Debug, Clone)]
pub struct Cohort(pub(crate) cohort::Cohort);

impl From<cohort::Cohort> for Cohort {
    fn from(cohort: cohort::Cohort) -> Self {
        Self(cohort)
    }
}

/// Somebody who runs a cohort (programkoordinator).
#[derive(Debug, Clone, SimpleObject)]
pub struct CohortCoordinator {
    /// The account's id.
    account_id: ID,
    /// The name.
    display_name: String,
    /// The address to turn to.
    email: String,
}

impl From<varde_model::account::Account> for CohortCoordinator {
    fn from(account: varde_model::account::Account) -> Self {
        Self {
            account_id: relay::encode("Account", account.id.0),
            display_name: account.display_name,
            email: account.email,
        }
    }
}

/// A cohort (kull): one run of a programme with its own dates, places and people.
#[Object]
impl Cohort {
    /// Opaque permanent id.
    pub(crate) async fn id(&self) -> ID {
        relay::encode("Cohort", self.0.id.0)
    }

    /// The trust's own key, such as `INTRO-2` (kullkode).
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// What people call it.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Where it is in its life.
    async fn state(&self) -> CohortStateLabel {
        self.0.state.into()
    }

    /// The programme's key, such as `onboarding` (program).
    async fn programme_key(&self, context: &Context<'_>) -> async_graphql::Result<String> {
        let loaders = context.data_unchecked::<Loaders>();
        let version = whole(context, loaders.one(self.0.programme_version).await)?;
        Ok(version.map(|version| version.version.key).unwrap_or_default())
    }

    /// The programme's title in the caller's language.
    async fn programme_title(&self, context: &Context<'_>) -> async_graphql::Result<String> {
        let loaders = context.data_unchecked::<Loaders>();
        let version = whole(context, loaders.one(self.0.programme_version).await)?;
        let locale = Caller::of(context).locale();
        Ok(version.map(|version| version.programme.title.get(locale).to_owned()).unwrap_or_default())
    }

    /// The version of the programme that the cohort keeps.
    async fn programme_version(&self, context: &Context<'_>) -> async_graphql::Result<u32> {
        let loaders = context.data_unchecked::<Loaders>();
        let version = whole(context, loaders.one(self.0.programme_version).await)?;
        Ok(version.map(|version| version.version.version).unwrap_or_default())
    }

    /// How many gatherings a leader must have been at to complete it: what the programme's rule asks for, but never more
    /// than the cohort holds. Zero while it has none.
    async fn gatherings_asked_for(&self, context: &Context<'_>) -> async_graphql::Result<u32> {
        let loaders = context.data_unchecked::<Loaders>();
        let version = whole(context, loaders.one(self.0.programme_version).await)?;
        let gatherings = whole(context, loaders.one(GatheringsOf(self.0.id)).await)?.unwrap_or_default();
        let standing = gatherings.iter().filter(|gathering| !gathering.cancelled).count();
        Ok(match (version, u32::try_from(standing)) {
            (Some(version), Ok(standing @ 1..)) => version.programme.completion.asks_for(standing),
            _ => 0,
        })
    }

    /// The leader groups that take part as one, or are asked to (ledergrupper); at most 100.
    async fn leader_groups(&self, context: &Context<'_>) -> async_graphql::Result<Vec<LeaderGroup>> {
        let loaders = context.data_unchecked::<Loaders>();
        let all = whole(context, loaders.one(GroupsOf(self.0.id)).await)?.unwrap_or_default();
        Ok(all.into_iter().map(LeaderGroup::from).collect())
    }

    /// Seats.
    async fn capacity(&self) -> u32 {
        self.0.capacity
    }

    /// Where it meets, unless a gathering says otherwise.
    async fn place(&self) -> Option<&str> {
        self.0.place.as_deref()
    }

    /// Where it meets on the net, unless a gathering says otherwise.
    async fn link(&self) -> Option<&str> {
        self.0.link.as_deref()
    }

    /// Calendar days that an invited leader has to answer.
    async fn answer_days(&self) -> u32 {
        self.0.answer_days
    }

    /// Hours that a freed seat is held for the one it is offered to, and on to the next working time where they end outside it.
    async fn hold_hours(&self) -> u32 {
        self.0.hold_hours
    }

    /// Hours before the first gathering after which no freed seat is offered.
    async fn cutoff_hours(&self) -> u32 {
        self.0.cutoff_hours
    }

    /// Why it was called off.
    async fn cancel_reason(&self) -> Option<&str> {
        self.0.cancel_reason.as_deref()
    }

    /// Counts the changes; pass the one you saw when you edit.
    async fn version(&self) -> u32 {
        self.0.version
    }

    /// Who runs it.
    async fn coordinators(&self, context: &Context<'_>) -> async_graphql::Result<Vec<CohortCoordinator>> {
        let loaders = context.data_unchecked::<Loaders>();
        let found = try_join_all(self.0.coordinators.iter().map(|id| loaders.one(*id))).await;
        Ok(whole(context, found)?.into_iter().flatten().map(CohortCoordinator::from).collect())
    }

    /// Its gatherings (samlinger), by begin, called-off ones included.
    async fn gatherings(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Gathering>> {
        let loaders = context.data_unchecked::<Loaders>();
        let found = whole(context, loaders.one(GatheringsOf(self.0.id)).await)?;
        Ok(found.unwrap_or_default().into_iter().map(Gathering).collect())
    }

    /// How many seats are taken: held, given and completed ones.
    async fn seats_taken(&self, context: &Context<'_>) -> async_graphql::Result<usize> {
        let everyone = everyone(context, self.0.id).await?;
        Ok(everyone.iter().filter(|enrolment| enrolment.state.takes_a_seat()).count())
    }

    /// How many are in line (venteliste).
    async fn waiting_count(&self, context: &Context<'_>) -> async_graphql::Result<usize> {
        let everyone = everyone(context, self.0.id).await?;
        Ok(everyone.iter().filter(|e| e.state == varde_model::enrolment::EnrolmentState::Waiting).count())
    }

    /// The places in it (deltakelser): those in line in the order of the line, the others by when they were made.
    async fn enrolments(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only in these states.")] states: Option<Vec<EnrolmentStateLabel>>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<EnrolmentConnection> {
        let page = relay::PageArgs { first, after, last: None, before: None }
            .check()
            .map_err(|e| bad_page(Caller::of(context).locale(), &e))?;
        let mut everyone = everyone(context, self.0.id).await?;
        let states = states.map(|states| states.into_iter().map(Into::into).collect::<Vec<_>>());
        everyone.retain(|enrolment| states.as_ref().is_none_or(|states| states.contains(&enrolment.state)));
        everyone.sort_by_key(|enrolment| (enrolment.queue_number.unwrap_or(0), enrolment.id));
        EnrolmentConnection::cut(everyone, &page)
            .map_err(|error| bad_page(Caller::of(context).locale(), &error))
    }
}

async fn everyone(
    context: &Context<'_>,
    id: varde_model::ids::CohortId,
) -> async_graphql::Result<Vec<varde_model::enrolment::Enrolment>> {
    let loaders = context.data_unchecked::<Loaders>();
    Ok(whole(context, loaders.one(EnrolmentsOf(id)).await)?.unwrap_or_default())
}
