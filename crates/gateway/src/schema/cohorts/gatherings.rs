//! What coordinators do with gatherings.

use async_graphql::{Context, Object, SimpleObject};
use varde_app::{
    Code, Ctx, Error, Refusal,
    cohorts::{self, Changed, GatheringDraft},
};
use varde_model::{gathering, ids::GatheringId};

use super::{
    Cohort, Gathering,
    inputs::{AddGatheringInput, CancelGatheringInput, EditGatheringInput},
};
use crate::schema::{
    Caller, UserError,
    errors::{is_conflict, split, whole},
    keys,
    mails::{PlannedMail, mails},
    node::key,
    once::{fingerprint, once},
};

/// A changed gathering.
#[derive(Debug, SimpleObject)]
pub struct GatheringPayload {
    /// The gathering as it is now, or would be after a dry run. Null when a draft's was removed. After a conflict, the
    /// one that stands.
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
    /// The payload of a change. A conflict answers with the gathering that stands.
    async fn of(
        context: &Context<'_>,
        id: Option<GatheringId>,
        outcome: Outcome,
    ) -> async_graphql::Result<Self> {
        let conflict = is_conflict(&outcome);
        let (changed, errors) = split(context, outcome)?;
        let (changed, gathering) = match (changed, id) {
            (Some((changed, gathering)), _) => (Some(changed), gathering),
            (None, Some(id)) if conflict => (None, standing(context, id).await?),
            (None, _) => (None, None),
        };
        let (cohort, planned) = changed.map_or((None, Vec::new()), |c| (Some(Cohort(c.cohort)), c.mails));
        Ok(Self { gathering: gathering.map(Gathering), cohort, mails: mails(planned), errors })
    }
}

async fn standing(
    context: &Context<'_>,
    id: GatheringId,
) -> async_graphql::Result<Option<gathering::Gathering>> {
    let caller = Caller::of(context);
    let right = whole(context, caller.coordinator())?;
    whole(context, cohorts::find_gathering(&caller.ctx, &right, id).await)
}

fn not_found() -> Error {
    Refusal::new(Code::NotFound).at("gatheringId").into()
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
            let id = keys::cohort(caller, input.cohort_id.as_ref(), input.cohort_code.as_deref()).await?;
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key);
            let draft = GatheringDraft::from(input.gathering);
            let run = async |ctx: Ctx| {
                let (changed, added) =
                    cohorts::add_gathering(&ctx, &right, id, &draft, input.dry_run).await?;
                Ok((changed, Some(added)))
            };
            let again = |kept| Changed::again(&caller.ctx, &right, kept);
            once(context, "addGathering", key.as_deref(), sent, run, again).await
        };
        GatheringPayload::of(context, None, outcome.await).await
    }

    /// Changes a gathering. Another time, place, room or link reaches every calendar, and reminders follow.
    async fn edit_gathering(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The changes.")] input: EditGatheringInput,
    ) -> async_graphql::Result<GatheringPayload> {
        let id = key("Gathering", "gatheringId", &input.gathering_id);
        let outcome = async {
            let caller = Caller::of(context);
            let right = caller.coordinator()?;
            let id = *id.as_ref().map_err(|_| not_found())?;
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key.clone());
            let edit = input.into_edit();
            let run = async |ctx: Ctx| {
                let (changed, after) = cohorts::edit_gathering(&ctx, &right, id, &edit).await?;
                Ok((changed, Some(after)))
            };
            let again = |kept| Changed::again(&caller.ctx, &right, kept);
            once(context, "editGathering", key.as_deref(), sent, run, again).await
        };
        let outcome = outcome.await;
        GatheringPayload::of(context, id.ok(), outcome).await
    }

    /// Calls a gathering off. Everyone with a seat is told and calendars are cleared; in a draft it is removed.
    async fn cancel_gathering(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which one, and why.")] input: CancelGatheringInput,
    ) -> async_graphql::Result<GatheringPayload> {
        let id = key("Gathering", "gatheringId", &input.gathering_id);
        let outcome = async {
            let caller = Caller::of(context);
            let right = caller.coordinator()?;
            let id = *id.as_ref().map_err(|_| not_found())?;
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key.as_deref());
            let run = async |ctx: Ctx| {
                let reason = input.reason.as_deref();
                cohorts::cancel_gathering(&ctx, &right, id, reason, input.version, input.dry_run).await
            };
            let again = |kept| Changed::again(&caller.ctx, &right, kept);
            once(context, "cancelGathering", key, sent, run, again).await
        };
        let outcome = outcome.await;
        GatheringPayload::of(context, id.ok(), outcome).await
    }
}
