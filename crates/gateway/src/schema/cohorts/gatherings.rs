//! What coordinators do with gatherings.

use async_graphql::{Context, Object, SimpleObject};
use varde_app::{
    Code, Ctx, Error, Refusal,
    cohorts::{self, Changed},
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
    warnings::{Warning, warnings},
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
    /// What to look at once more, such as a day on which nobody is at work; it does not stand in the way.
    warnings: Vec<Warning>,
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
        let locale = Caller::of(context).locale();
        let warned = changed.as_ref().map(|c| warnings(&c.warnings, locale)).unwrap_or_default();
        let (cohort, planned) = changed.map_or((None, Vec::new()), |c| (Some(Cohort(c.cohort)), c.mails));
        let gathering = gathering.map(Gathering);
        Ok(Self { gathering, cohort, mails: mails(planned), warnings: warned, errors })
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
            let run = async |ctx: Ctx| {
                let mut draft = input.gathering.into_draft().map_err(|e| e.under(&["gathering".into()]))?;
                let group = input.leader_group_id.as_ref();
                draft.group = group
                    .map(|id| crate::schema::node::key("LeaderGroup", "leaderGroupId", id))
                    .transpose()?;
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
            let run = async |ctx: Ctx| {
                let edit = input.into_edit()?;
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
