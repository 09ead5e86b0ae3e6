//! What became of those who completed a programme.

use async_graphql::{Context, Object, SimpleObject};
use varde_app::mobilisation::{self, BecameLeader as Found};

use crate::schema::{
    Caller, cohorts::Cohort, errors::whole, loaders::Loaders, people::Person, scalars::LocalDate,
};

/// What became of those who completed a cohort.
#[derive(SimpleObject, Debug)]
pub struct CohortOutcome {
    /// The cohort.
    cohort: Cohort,
    /// How many completed it.
    completed: usize,
    /// How many of them became leaders afterwards.
    became_leaders: usize,
    /// Those who did, the first one first.
    leaders: Vec<BecameLeader>,
}

/// Somebody who became a leader after completing.
#[derive(Debug)]
pub struct BecameLeader(Found);

/// Somebody who became a leader after completing.
#[Object]
impl BecameLeader {
    /// Who.
    async fn person(&self, context: &Context<'_>) -> async_graphql::Result<Option<Person>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(self.0.person).await)?.map(Person::from))
    }

    /// The first day of the first appointment after the last day of the cohort.
    async fn since(&self) -> LocalDate {
        self.0.appointment.since.into()
    }

    /// The level of that appointment (ledernivå).
    async fn level(&self) -> u8 {
        self.0.appointment.level.number()
    }

    /// Whole months between the last day of the cohort and that day.
    async fn months_after(&self) -> u32 {
        self.0.months_after
    }
}

/// Queries about what became of people.
#[derive(Default)]
pub struct OutcomeQuery;

#[Object]
impl OutcomeQuery {
    /// Of each completed cohort of a programme, such as the mobilisation programme, the latest first: how many of those who
    /// completed it became leaders afterwards, and when. Worked out from the appointments as they stand.
    async fn mobilisation_outcome(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The programme's key, such as `mobilisation`.")] programme: String,
    ) -> async_graphql::Result<Vec<CohortOutcome>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let found = whole(context, mobilisation::outcome(&caller.ctx, &right, &programme).await)?;
        let told = found.into_iter().map(|found| CohortOutcome {
            cohort: found.cohort.into(),
            completed: found.completed,
            became_leaders: found.leaders.len(),
            leaders: found.leaders.into_iter().map(BecameLeader).collect(),
        });
        Ok(told.collect())
    }
}
