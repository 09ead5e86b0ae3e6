//! Queries about competence plans.

use async_graphql::{Context, ID, Object};
use varde_app::{
    Error,
    competence_plans::{self, Intake},
};
use varde_model::plan as model;

use super::{
    labels::PlanStateLabel,
    mine::{MyCompetencePlan, MyCompetencePlanEntry},
    plans::{CompetencePlanConnection, CompetencePlanNeeds, CompetencePlanRules},
};
use crate::schema::{
    Caller,
    errors::whole,
    node::key,
    paging::{page_of, part},
    scalars::LocalDate,
};

/// Queries of coordinators.
#[derive(Default)]
pub struct CompetencePlanQuery;

#[Object]
impl CompetencePlanQuery {
    /// Competence plans (kompetanseplaner) and where each stands, in the order in which they were made. For coordinators.
    async fn competence_plans(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only those in this state; all if left out.")] state: Option<PlanStateLabel>,
        #[graphql(desc = "Only those on this version of the framework; all if left out.")]
        framework_version: Option<u32>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<CompetencePlanConnection> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let page = page_of(caller.locale(), first, after)?;
        let mut found = whole(context, competence_plans::all(&caller.ctx, &right).await)?;
        found.retain(|plan| state.is_none_or(|wanted| model::PlanState::from(wanted) == plan.state));
        found.retain(|plan| framework_version.is_none_or(|wanted| wanted == plan.framework));
        let place = |plan: &model::Plan| (Vec::new(), plan.id.0);
        let (rows, more, total) = part(caller.locale(), found, &page, "competencePlans", place)?;
        let rows = rows.into_iter().map(|(cursor, plan)| (cursor, plan.into())).collect();
        Ok(CompetencePlanConnection::new(rows, &page, more, total))
    }

    /// What an intake needs, item by item (behovet i inntaket), before its gatherings are planned: leaders appointed in some
    /// quarters. Counts alone, by whole quarters and of five leaders at a time, so that no two of them tell of one person. For
    /// coordinators.
    async fn competence_plan_needs(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Appointed in the quarter of this day or later.")] appointed_from: Option<LocalDate>,
        #[graphql(desc = "Appointed in the quarter of this day or earlier.")] appointed_to: Option<LocalDate>,
    ) -> async_graphql::Result<CompetencePlanNeeds> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let intake = Intake {
            appointed_from: appointed_from.map(|day| day.0),
            appointed_to: appointed_to.map(|day| day.0),
        };
        let needs = whole(context, competence_plans::needs(&caller.ctx, &right, &intake).await)?;
        Ok(CompetencePlanNeeds::told(needs, caller.locale()))
    }

    /// When competence plans are made by themselves, and when they remind. For coordinators.
    async fn competence_plan_rules(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<CompetencePlanRules> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        Ok(whole(context, competence_plans::rules(&caller.ctx, &right).await)?.into())
    }
}

/// Plans at the most that one call lists.
const MOST: usize = 100;

/// Queries of the leader and the line manager.
#[derive(Default)]
pub struct OwnCompetencePlanQuery;

#[Object]
impl OwnCompetencePlanQuery {
    /// One's own competence plans (mine kompetanseplaner), as the leader or as the line manager: the latest hundred.
    async fn my_competence_plans(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<Vec<MyCompetencePlanEntry>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.oneself())?;
        let found = whole(context, competence_plans::mine(&caller.ctx, &right, MOST).await)?;
        Ok(found.iter().map(|plan| MyCompetencePlanEntry::told(plan, right.person())).collect())
    }

    /// A competence plan of one's own, with its items and the path to what is missing; null for one that is somebody else's.
    async fn my_competence_plan(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
    ) -> async_graphql::Result<Option<MyCompetencePlan>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.oneself())?;
        let read = async {
            let right =
                competence_plans::hold(&caller.ctx, &right, key("CompetencePlan", "planId", &id)?).await?;
            competence_plans::view(&caller.ctx, &right).await
        };
        match read.await {
            // Whether there is one that somebody else holds is not told.
            Err(Error::Refused(_)) => Ok(None),
            read => Ok(Some(MyCompetencePlan::told(whole(context, read)?, caller.locale()))),
        }
    }
}
