//! What the leader and the line manager do: the same as on the page behind the mail's link.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use varde_app::{
    Error,
    access::PlanHolder,
    competence_plans::{self, Rate},
};

use super::{labels::PlanRatingLabel, mine::MyCompetencePlan};
use crate::schema::{
    Caller, UserError,
    errors::{split, whole},
    node::key,
    scalars::LocalDate,
};

/// An item as it is to be rated.
#[derive(InputObject, Debug)]
pub struct CompetencePlanRatingInput {
    /// The item's key.
    item: String,
    /// How the leader stands to it.
    rating: PlanRatingLabel,
}

/// Rating the items of one's plan.
#[derive(InputObject, Debug)]
pub struct RateCompetencePlanInput {
    /// The plan.
    plan_id: ID,
    /// The items that are rated; the others stay as they are.
    #[graphql(validator(max_items = 200))]
    ratings: Vec<CompetencePlanRatingInput>,
    /// Hand it on to the line manager, once every item is rated.
    #[graphql(default)]
    hand_in: bool,
}

/// Agreeing on a plan.
#[derive(InputObject, Debug)]
pub struct AgreeOnCompetencePlanInput {
    /// The plan.
    plan_id: ID,
    /// The items on which the two came to something else than the leader said.
    #[graphql(default, validator(max_items = 200))]
    changes: Vec<CompetencePlanRatingInput>,
    /// The version that was read.
    version: Option<u32>,
}

/// Telling what was done.
#[derive(InputObject, Debug)]
pub struct SetCompetencePlanItemInput {
    /// The plan.
    plan_id: ID,
    /// The item's key.
    item: String,
    /// When it was done; null for not done after all.
    done_on: Option<LocalDate>,
}

/// A plan as it is after a change.
#[derive(Debug, SimpleObject)]
pub struct MyCompetencePlanPayload {
    /// The plan as one sees it now.
    plan: Option<MyCompetencePlan>,
    /// What stands in the way. Ratings are kept also where handing in was refused; else nothing was changed.
    errors: Vec<UserError>,
}

/// Mutations of the leader and the line manager.
#[derive(Default)]
pub struct OwnCompetencePlanMutation;

async fn held(caller: &Caller, id: &ID) -> Result<PlanHolder, Error> {
    let right = caller.oneself()?;
    competence_plans::hold(&caller.ctx, &right, key("CompetencePlan", "planId", id)?).await
}

fn rates(input: Vec<CompetencePlanRatingInput>) -> Vec<Rate> {
    input.into_iter().map(|row| Rate { item: row.item, rating: row.rating.into() }).collect()
}

async fn payload(
    context: &Context<'_>,
    id: &ID,
    outcome: Result<(), Error>,
) -> async_graphql::Result<MyCompetencePlanPayload> {
    let (done, errors) = split(context, outcome)?;
    if done.is_none() {
        return Ok(MyCompetencePlanPayload { plan: None, errors });
    }
    let caller = Caller::of(context);
    let right = whole(context, held(caller, id).await)?;
    let seen = whole(context, competence_plans::view(&caller.ctx, &right).await)?;
    Ok(MyCompetencePlanPayload { plan: Some(MyCompetencePlan::told(seen, caller.locale())), errors })
}

#[Object]
impl OwnCompetencePlanMutation {
    /// Rates the items of one's own plan (vurdere), and hands it on to the line manager.
    async fn rate_competence_plan(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How.")] input: RateCompetencePlanInput,
    ) -> async_graphql::Result<MyCompetencePlanPayload> {
        let caller = Caller::of(context);
        let RateCompetencePlanInput { plan_id, ratings, hand_in } = input;
        let outcome = async {
            let right = held(caller, &plan_id).await?;
            competence_plans::rate(&caller.ctx, &right, &rates(ratings)).await?;
            if hand_in { competence_plans::give(&caller.ctx, &right).await } else { Ok(()) }
        };
        payload(context, &plan_id, outcome.await).await
    }

    /// Agrees on a leader's plan (bli enige), as the line manager: on what the leader says, but for the changes.
    async fn agree_on_competence_plan(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "On what.")] input: AgreeOnCompetencePlanInput,
    ) -> async_graphql::Result<MyCompetencePlanPayload> {
        let caller = Caller::of(context);
        let AgreeOnCompetencePlanInput { plan_id, changes, version } = input;
        let outcome = async {
            let right = held(caller, &plan_id).await?;
            competence_plans::agree(&caller.ctx, &right, &rates(changes), version).await
        };
        payload(context, &plan_id, outcome.await).await
    }

    /// Tells that what was missing of an item is done (krysse av), or that it is not after all.
    async fn set_competence_plan_item(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which, and when.")] input: SetCompetencePlanItemInput,
    ) -> async_graphql::Result<MyCompetencePlanPayload> {
        let caller = Caller::of(context);
        let SetCompetencePlanItemInput { plan_id, item, done_on } = input;
        let outcome = async {
            let right = held(caller, &plan_id).await?;
            competence_plans::set_done(&caller.ctx, &right, &item, done_on.map(|day| day.0)).await
        };
        payload(context, &plan_id, outcome.await).await
    }
}
