//! What leader groups agree on, and how it stands.

use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use varde_model::groups;

use super::labels::{MeasureKindLabel, StandingLabel};
use crate::{
    relay,
    schema::{
        errors::whole,
        loaders::{FollowUpsOf, Loaders},
        people::Person,
        scalars::LocalDate,
    },
};

/// A benefit that is wanted of a change (gevinst), or a measure that was agreed on (tiltak).
#[derive(Debug, Clone)]
pub struct Measure(groups::Measure);

/// A measure as coordinators see it.
pub(crate) fn told(measure: groups::Measure) -> Measure {
    Measure(measure)
}

/// A benefit that is wanted of a change (gevinst), or a measure that was agreed on (tiltak).
#[Object]
impl Measure {
    /// Opaque permanent id.
    pub(crate) async fn id(&self) -> ID {
        relay::encode("Measure", self.0.id.0)
    }

    /// Its id, for `setMeasure` and `recordFollowUp`.
    async fn measure_id(&self) -> ID {
        relay::encode("Measure", self.0.id.0)
    }

    /// Which of the two.
    async fn kind(&self) -> MeasureKindLabel {
        self.0.kind.into()
    }

    /// What it is.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// What it is measured by (indikator).
    async fn indicator(&self) -> Option<&str> {
        self.0.indicator.as_deref()
    }

    /// Where the indicator stood before (utgangspunkt).
    async fn baseline(&self) -> Option<&str> {
        self.0.baseline.as_deref()
    }

    /// Where it is to be (mål).
    async fn target(&self) -> Option<&str> {
        self.0.target.as_deref()
    }

    /// By when it is to be done.
    async fn due(&self) -> Option<LocalDate> {
        self.0.due.map(LocalDate::from)
    }

    /// Counts the changes; pass the one you saw when you change it.
    async fn version(&self) -> u32 {
        self.0.version
    }

    /// Who answers for it.
    async fn owner(&self, context: &Context<'_>) -> async_graphql::Result<Option<Person>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(self.0.owner).await)?.map(Person::from))
    }

    /// How it stood, by month; those that lie ahead are not there yet.
    async fn follow_ups(&self, context: &Context<'_>) -> async_graphql::Result<Vec<FollowUp>> {
        let loaders = context.data_unchecked::<Loaders>();
        let all = whole(context, loaders.one(FollowUpsOf(self.0.group)).await)?.unwrap_or_default();
        Ok(all.into_iter().filter(|one| one.measure == self.0.id).map(FollowUp).collect())
    }
}

/// How a measure stood some months after the group's last gathering (oppfølging).
#[derive(Debug, Clone)]
pub struct FollowUp(pub(super) groups::FollowUp);

/// How a measure stood some months after the group's last gathering (oppfølging).
#[Object]
impl FollowUp {
    /// How many months.
    async fn month(&self) -> u32 {
        self.0.month
    }

    /// Who was asked: the owner, or the group's leader where the owner has left. Null when nobody was, or could be.
    async fn asked(&self, context: &Context<'_>) -> async_graphql::Result<Option<Person>> {
        let Some(person) = self.0.asked else { return Ok(None) };
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(person).await)?.map(Person::from))
    }

    /// When.
    async fn asked_at(&self) -> Option<DateTime<Utc>> {
        self.0.asked_at
    }

    /// When the coordinators heard that no answer had come.
    async fn escalated_at(&self) -> Option<DateTime<Utc>> {
        self.0.escalated_at
    }

    /// Where it stood; null as long as nobody has answered.
    async fn standing(&self) -> Option<StandingLabel> {
        self.0.answer.as_ref().map(|answer| answer.standing.into())
    }

    /// Where the indicator stood.
    async fn figure(&self) -> Option<&str> {
        self.0.answer.as_ref().and_then(|answer| answer.figure.as_deref())
    }

    /// What there was to be said of it.
    async fn comment(&self) -> Option<&str> {
        self.0.answer.as_ref().and_then(|answer| answer.comment.as_deref())
    }

    /// When it was answered.
    async fn answered_at(&self) -> Option<DateTime<Utc>> {
        self.0.answer.as_ref().map(|answer| answer.at)
    }
}
