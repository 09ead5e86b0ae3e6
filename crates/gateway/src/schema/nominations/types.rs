//! Rounds and nominations as coordinators see them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use futures_util::future::{try_join, try_join_all};
use varde_app::nominations::{self, FoundConflict, Review};
use varde_model::{conflicts::Constellation, nominations as model};

use super::{
    answers::{NominationDecision, NominationEndorsement},
    labels::{NominationRuleFacts, NominationStateLabel, RoundStateLabel},
};
use crate::{
    relay,
    schema::{
        Caller,
        cohorts::{Cohort, CohortCoordinator},
        errors::whole,
        loaders::{Loaders, NominationsOf, ReviewOf, RuleOf},
        paging::{page, page_of, part},
        people::Person,
    },
};

/// A window within which leaders are nominated for the places of a cohort (nominasjonsrunde).
#[derive(Debug, Clone)]
pub struct NominationRound(pub(crate) model::NominationRound);

/// One leader's nomination in a round (nominasjon).
#[derive(Debug, Clone)]
pub struct Nomination(pub(crate) model::Nomination);

impl From<model::NominationRound> for NominationRound {
    fn from(round: model::NominationRound) -> Self {
        Self(round)
    }
}

impl From<model::Nomination> for Nomination {
    fn from(nomination: model::Nomination) -> Self {
        Self(nomination)
    }
}

page!(
    /// Nominations of a round: those who were ranked first, in their order.
    NominationConnection, NominationEdge, Nomination
);

/// A member of a panel, and how far she or he has come.
#[derive(Debug, Clone)]
pub struct PanelMember(nominations::MemberReview);

/// A member of a panel (panelmedlem), and how far she or he has come.
#[Object]
impl PanelMember {
    /// Who.
    async fn person(&self, context: &Context<'_>) -> async_graphql::Result<Option<Person>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(self.0.person).await)?.map(Person::from))
    }

    /// How many nominations she or he has ranked.
    async fn ranked(&self) -> usize {
        self.0.ranked
    }

    /// How many are left to rank: also those that came before the panel later, such as by a late endorsement.
    async fn missing(&self) -> usize {
        self.0.missing
    }

    /// In how many she or he may have no say, by a conflict of interest (inhabilitet).
    async fn ruled_out(&self) -> usize {
        self.0.ruled_out
    }
}

/// Nominations with the same mean, where a place or a number in reserve hangs on their order.
#[derive(Debug, Clone)]
pub struct NominationTie(Vec<model::Nomination>);

/// Nominations with the same mean, where a place or a number in reserve hangs on their order (stemmelikhet). A
/// coordinator settles it with `settleTie`.
#[Object]
impl NominationTie {
    /// Those who stand alike.
    async fn nominations(&self) -> Vec<Nomination> {
        self.0.iter().cloned().map(Nomination).collect()
    }
}

/// Somebody who may have no say about a nomination.
#[derive(Debug, Clone, SimpleObject)]
pub struct NominationConflict {
    /// The nomination.
    nomination: Nomination,
    /// Who may have no say.
    person: Option<Person>,
    /// True for whoever endorsed it, or is asked to; false for a member of the panel.
    as_endorser: bool,
    /// Why, in the caller's language.
    text: String,
}

/// A window within which leaders are nominated for the places of a cohort (nominasjonsrunde).
#[Object]
impl NominationRound {
    /// Opaque permanent id.
    pub(crate) async fn id(&self) -> ID {
        relay::encode("NominationRound", self.0.id.0)
    }

    /// The trust's own key (rundekode).
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Where it is in its life.
    async fn state(&self) -> RoundStateLabel {
        self.0.state.into()
    }

    /// The cohort whose places are given.
    async fn cohort(&self, context: &Context<'_>) -> async_graphql::Result<Option<Cohort>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(self.0.cohort).await)?.map(Cohort::from))
    }

    /// How people are nominated, by the programme that the cohort keeps.
    async fn rule(&self, context: &Context<'_>) -> async_graphql::Result<Option<NominationRuleFacts>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(RuleOf(self.0.id)).await)?.map(NominationRuleFacts::from))
    }

    /// From then on nominations are taken, once the round is open.
    async fn opens_at(&self) -> DateTime<Utc> {
        self.0.opens_at
    }

    /// Nominations are written, changed and taken back before this moment.
    async fn closes_at(&self) -> DateTime<Utc> {
        self.0.closes_at
    }

    /// Line managers answer before this moment.
    async fn endorse_by(&self) -> DateTime<Utc> {
        self.0.endorse_by
    }

    /// Places (kvote).
    async fn quota(&self) -> u32 {
        self.0.quota
    }

    /// Places in reserve.
    async fn reserves(&self) -> u32 {
        self.0.reserves
    }

    /// Counts the changes; pass the one you saw when you change it.
    async fn version(&self) -> u32 {
        self.0.version
    }

    /// Who ranks, and how far each has come (panel).
    async fn panel(&self, context: &Context<'_>) -> async_graphql::Result<Vec<PanelMember>> {
        let review = self.review(context).await?;
        Ok(review.iter().flat_map(|review| &review.members).cloned().map(PanelMember).collect())
    }

    /// Why the outcomes were prepared before all of the panel had ranked; null where all had, or nothing is prepared.
    async fn ballots_override(&self) -> Option<&str> {
        self.0.ballots_override.as_deref()
    }

    /// Ties that have to be settled before the outcomes can be prepared.
    async fn ties(&self, context: &Context<'_>) -> async_graphql::Result<Vec<NominationTie>> {
        let review = self.review(context).await?;
        let all = self.all(context).await?;
        let tie = |ids: &Vec<varde_model::ids::NominationId>| {
            let own = ids.iter().filter_map(|id| all.iter().find(|one| one.id == *id)).cloned();
            NominationTie(own.collect())
        };
        Ok(review.iter().flat_map(|review| &review.ranked.undecided).map(tie).collect())
    }

    /// Who may have no say in what as things stand today, by a conflict of interest (inhabilitet).
    async fn conflicts(&self, context: &Context<'_>) -> async_graphql::Result<Vec<NominationConflict>> {
        let review = self.review(context).await?;
        let all = self.all(context).await?;
        let loaders = context.data_unchecked::<Loaders>();
        let locale = Caller::of(context).locale();
        let name = |person: &Option<varde_model::people::Person>| {
            person.as_ref().map(varde_model::people::Person::name).unwrap_or_default()
        };
        let tell = async |found: &FoundConflict| {
            let Some(nomination) = all.iter().find(|one| one.id == found.nomination).cloned() else {
                return Ok(None);
            };
            let (one, other) =
                try_join(loaders.one(found.conflict.one), loaders.one(found.conflict.other)).await?;
            let args = [("one", name(&one)), ("other", name(&other))];
            Ok(Some(NominationConflict {
                nomination: Nomination(nomination),
                as_endorser: found.conflict.constellation == Constellation::Endorser,
                text: varde_app::texts::text_with(locale, &found.conflict.key(), &args),
                person: one.map(Person::from),
            }))
        };
        // Side by side, so that the people are fetched together.
        let told = review.iter().flat_map(|review| &review.conflicts).map(tell);
        let told: Result<Vec<_>, varde_app::Error> = try_join_all(told).await;
        Ok(whole(context, told)?.into_iter().flatten().collect())
    }

    /// Everyone nominated: once the outcomes are prepared, those who were ranked first, in their order; else by when it
    /// was begun.
    async fn nominations(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only in these states.")] states: Option<Vec<NominationStateLabel>>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<NominationConnection> {
        let locale = Caller::of(context).locale();
        let page = page_of(locale, first, after)?;
        let mut all = self.all(context).await?;
        let states: Option<Vec<model::NominationState>> =
            states.map(|states| states.into_iter().map(Into::into).collect());
        all.retain(|one| states.as_ref().is_none_or(|states| states.contains(&one.state)));
        let place = |one: &model::Nomination| {
            let position = one.decision.as_ref().map_or(u32::MAX, |decision| decision.position);
            (vec![format!("{position:010}")], one.id.0)
        };
        let (rows, more, total) = part(locale, all, &page, "nominations", place)?;
        let rows = rows.into_iter().map(|(cursor, one)| (cursor, Nomination(one))).collect();
        Ok(NominationConnection::new(rows, &page, more, total))
    }
}

impl NominationRound {
    async fn review(&self, context: &Context<'_>) -> async_graphql::Result<Option<Arc<Review>>> {
        let loaders = context.data_unchecked::<Loaders>();
        whole(context, loaders.one(ReviewOf(self.0.id)).await)
    }

    async fn all(&self, context: &Context<'_>) -> async_graphql::Result<Vec<model::Nomination>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(NominationsOf(self.0.id)).await)?.unwrap_or_default())
    }
}

/// One leader's nomination in a round (nominasjon).
#[Object]
impl Nomination {
    /// Opaque permanent id.
    pub(crate) async fn id(&self) -> ID {
        relay::encode("Nomination", self.0.id.0)
    }

    /// Where it stands.
    async fn state(&self) -> NominationStateLabel {
        self.0.state.into()
    }

    /// Since when.
    async fn since(&self) -> DateTime<Utc> {
        self.0.since
    }

    /// The round.
    async fn round(&self, context: &Context<'_>) -> async_graphql::Result<Option<NominationRound>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(self.0.round).await)?.map(NominationRound))
    }

    /// Whom it is about (den nominerte).
    async fn nominee(&self, context: &Context<'_>) -> async_graphql::Result<Option<Person>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(self.0.nominee).await)?.map(Person::from))
    }

    /// Who wrote it: the nominee, or the line manager.
    async fn nominator(&self, context: &Context<'_>) -> async_graphql::Result<Option<Person>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(self.0.nominator).await)?.map(Person::from))
    }

    /// Why this leader, in the nominator's words. Null for a draft, which is the nominator's own.
    async fn motivation(&self) -> Option<&str> {
        (self.0.state != model::NominationState::Draft).then_some(self.0.motivation.as_str())
    }

    /// The nominee's own development project (utviklingsprosjekt). Null for a draft.
    async fn project(&self) -> Option<&str> {
        self.0.project.as_deref().filter(|_| self.0.state != model::NominationState::Draft)
    }

    /// Who is or was asked to endorse it; null where nobody independent is to be found: a coordinator sees to it with
    /// `recordEndorsement`.
    async fn endorser(&self, context: &Context<'_>) -> async_graphql::Result<Option<Person>> {
        let Some(endorser) = self.0.endorser else { return Ok(None) };
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(endorser).await)?.map(Person::from))
    }

    /// Until when she or he may answer.
    async fn endorse_by(&self) -> Option<DateTime<Utc>> {
        self.0.endorse_by
    }

    /// The answer.
    async fn endorsement(&self) -> Option<NominationEndorsement> {
        self.0.endorsement.clone().map(Into::into)
    }

    /// Who wrote the answer down, on the line manager's behalf or in the place of what she or he answered; null where the
    /// line manager answered.
    async fn endorsement_recorded_by(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<Option<CohortCoordinator>> {
        let Some(account) = self.0.endorsement.as_ref().and_then(|given| given.recorded_by) else {
            return Ok(None);
        };
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(account).await)?.map(CohortCoordinator::from))
    }

    /// What was decided, once the outcomes are prepared.
    async fn decision(&self) -> Option<NominationDecision> {
        self.0.decision.clone().map(Into::into)
    }

    /// Why it stands where it stands, sentence by sentence in the caller's language (begrunnelse).
    async fn explanation(&self, context: &Context<'_>) -> async_graphql::Result<Vec<String>> {
        let loaders = context.data_unchecked::<Loaders>();
        let rule = whole(context, loaders.one(RuleOf(self.0.round)).await)?;
        let locale = Caller::of(context).locale();
        Ok(rule.map(|rule| nominations::explanation(&self.0, rule, locale)).unwrap_or_default())
    }

    /// Counts the changes; pass the one you saw when you change it.
    async fn version(&self) -> u32 {
        self.0.version
    }
}
