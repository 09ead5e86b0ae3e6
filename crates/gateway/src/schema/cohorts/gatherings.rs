//! What coordinators do with gatherings.

use async_graphql::{Context, Object, SimpleObject};
use varde_app::{
    Code, Error, Refusal,
    cohorts::{self, Changed, GatheringDraft},
};
use varde_model::{gathering, ids::GatheringId};

use super::{
    Cohort, Gathering,
    inputs::{AddGatheringInput, CancelGatheringInput, EditGatheringInput},
};
use crate::schema::{
    Caller, UserError,
    errors::split,
    mails::{PlannedMail, mails},
    node::key,
    once::{Once, once},
};

/// A changed gathering.
#[derive(Debug, SimpleObject)]
pub struct GatheringPayload {
    /// The gathering as it is now, or would be after a dry run. Null when a draft's was removed.
    gathering: Option<Gathering>,
    /// The cohort that meets.
    cohort: Option<Cohort>,
    /// The mail that goes out because of the change.
    mails: Vec<PlannedMail>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

type Outcome = Result<(Changed, Option<gathering::Gathering>), Error>;

impl GatheringPayload {
    fn of(context: &Context<'_>, outcome: Outcome) -> async_graphql::Result<Self> {
        let (changed, errors) = split(context, outcome)?;
        Ok(match changed {
            Some((changed, gathering)) => Self {
                gathering: gathering.map(Gathering),
                cohort: Some(Cohort(changed.cohort)),
                mails: mails(changed.mails),
                errors,
            },
            None => Self { gathering: None, cohort: None, mails: Vec::new(), errors },
        })
    }
}

/// What a call that was done before answers: what stands.
async fn replay(context: &Context<'_>, id: GatheringId) -> Outcome {
    let caller = Caller::of(context);
    let right = caller.coordinator()?;
    let gathering =
        cohorts::find_gathering(&caller.ctx, &right, id).await?.ok_or(Refusal::new(Code::NotFound))?;
    let cohort =
        cohorts::find(&caller.ctx, &right, gathering.cohort).await?.ok_or(Refusal::new(Code::NotFound))?;
    Ok((Changed { cohort, mails: Vec::new() }, Some(gathering)))
}

/// Mutations of gatherings.
#[derive(Default)]
pub struct GatheringMutation;

#[Object]
impl GatheringMutation {
    /// Adds a gathering (samling). In a published cohort everyone with a seat gets it into the calendar.
    async fn add_gathering(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The gathering.")] input: AddGatheringInput,
    ) -> async_graphql::Result<GatheringPayload> {
        let outcome = async {
            let caller = Caller::of(context);
            let right = caller.coordinator()?;
            let id = key("Cohort", "cohortId", &input.cohort_id)?;
            match once(context, &right, "addGathering", input.idempotency_key.as_deref(), &input).await? {
                Once::Run(ctx) => {
                    let draft = GatheringDraft::from(input.gathering);
                    let (changed, added) =
                        cohorts::add_gathering(&ctx, &right, id, &draft, input.dry_run).await?;
                    Ok((changed, Some(added)))
                }
                Once::Replay => {
                    let added = cohorts::gatherings_of(&caller.ctx, &right, &[id]).await?;
                    let last =
                        added.iter().max_by_key(|gathering| gathering.position).map(|gathering| gathering.id);
                    replay(context, last.ok_or(Refusal::new(Code::NotFound))?).await
                }
            }
        };
        GatheringPayload::of(context, outcome.await)
    }

    /// Changes a gathering. Another time, place, room or link reaches every calendar, and reminders follow.
    async fn edit_gathering(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The changes.")] input: EditGatheringInput,
    ) -> async_graphql::Result<GatheringPayload> {
        let outcome = async {
            let right = Caller::of(context).coordinator()?;
            let id = key("Gathering", "gatheringId", &input.gathering_id)?;
            match once(context, &right, "editGathering", input.idempotency_key.as_deref(), &input).await? {
                Once::Run(ctx) => {
                    let (changed, after) =
                        cohorts::edit_gathering(&ctx, &right, id, &input.into_edit()).await?;
                    Ok((changed, Some(after)))
                }
                Once::Replay => replay(context, id).await,
            }
        };
        GatheringPayload::of(context, outcome.await)
    }

    /// Calls a gathering off. Everyone with a seat is told and calendars are cleared; in a draft it is removed.
    async fn cancel_gathering(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which one, and why.")] input: CancelGatheringInput,
    ) -> async_graphql::Result<GatheringPayload> {
        let outcome = async {
            let right = Caller::of(context).coordinator()?;
            let id = key("Gathering", "gatheringId", &input.gathering_id)?;
            match once(context, &right, "cancelGathering", input.idempotency_key.as_deref(), &input).await? {
                Once::Run(ctx) => {
                    let reason = input.reason.as_deref();
                    let changed = cohorts::cancel_gathering(&ctx, &right, id, reason, input.dry_run).await?;
                    let standing = cohorts::find_gathering(&ctx, &right, id).await?;
                    Ok((changed, standing))
                }
                Once::Replay => replay(context, id).await,
            }
        };
        GatheringPayload::of(context, outcome.await)
    }
}
