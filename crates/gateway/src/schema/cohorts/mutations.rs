//! What coordinators do with a cohort as a whole.

use async_graphql::{Context, Object, SimpleObject};
use varde_app::{
    Code, Ctx, Error, Refusal,
    cohorts::{self, CancelCohort, Changed, CompleteCohort},
};
use varde_model::ids::CohortId;

use super::{
    Cohort,
    inputs::{
        CancelCohortInput, CompleteCohortInput, CreateCohortInput, EditCohortInput, PublishCohortInput,
    },
};
use crate::schema::{
    Caller, UserError,
    enrolments::Enrolment,
    errors::{is_conflict, split, whole},
    mails::{PlannedMail, mails},
    node::key,
    once::{Kept, fingerprint, once},
};

/// A changed cohort.
#[derive(Debug, SimpleObject)]
pub struct CohortPayload {
    /// The cohort as it is now, or would be after a dry run. After a conflict, the one that stands.
    cohort: Option<Cohort>,
    /// The mail that goes out because of the change.
    mails: Vec<PlannedMail>,
    /// Who was proposed and is not invited, each with the reason: has left, is missing from the HR file, or has no
    /// e-mail address. Whoever may still come stays proposed.
    left_out: Vec<Enrolment>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

impl CohortPayload {
    /// The payload of a change. A conflict answers with the cohort that stands.
    async fn of(
        context: &Context<'_>,
        id: Option<CohortId>,
        outcome: Result<Changed, Error>,
    ) -> async_graphql::Result<Self> {
        let conflict = is_conflict(&outcome);
        let (changed, errors) = split(context, outcome)?;
        let standing = match id {
            Some(id) if conflict => standing(context, id).await?,
            _ => None,
        };
        let Some(changed) = changed else {
            return Ok(Self {
                cohort: standing.map(Cohort),
                mails: Vec::new(),
                left_out: Vec::new(),
                errors,
            });
        };
        Ok(Self {
            cohort: Some(Cohort(changed.cohort)),
            mails: mails(changed.mails),
            left_out: changed.left_out.into_iter().map(Enrolment::from).collect(),
            errors,
        })
    }
}

async fn standing(
    context: &Context<'_>,
    id: CohortId,
) -> async_graphql::Result<Option<varde_model::cohort::Cohort>> {
    let caller = Caller::of(context);
    let right = whole(context, caller.coordinator())?;
    whole(context, cohorts::find(&caller.ctx, &right, id).await)
}

/// What a call that was done before answers: the cohort as it stands, and the mail that went out then.
async fn again(context: &Context<'_>, kept: Kept) -> Result<Changed, Error> {
    let caller = Caller::of(context);
    Ok(Changed::again(&caller.ctx, &caller.coordinator()?, kept).await?.0)
}

/// Mutations of cohorts.
#[derive(Default)]
pub struct CohortMutation;

#[Object]
impl CohortMutation {
    /// Creates a cohort (kull) as a draft. Nobody is told of it before `publishCohort`.
    async fn create_cohort(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The cohort.")] input: CreateCohortInput,
    ) -> async_graphql::Result<CohortPayload> {
        let outcome = async {
            let right = Caller::of(context).coordinator()?;
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key.clone());
            let run = async |ctx: Ctx| {
                let cohort = cohorts::create(&ctx, &right, &input.into_draft()?).await?;
                Ok(Changed { cohort, mails: Vec::new(), left_out: Vec::new() })
            };
            once(context, "createCohort", key.as_deref(), sent, run, |kept| again(context, kept)).await
        };
        CohortPayload::of(context, None, outcome.await).await
    }

    /// Changes a cohort. A new place or link reaches everyone's calendar.
    async fn edit_cohort(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The changes.")] input: EditCohortInput,
    ) -> async_graphql::Result<CohortPayload> {
        let id = key("Cohort", "cohortId", &input.cohort_id);
        let outcome = async {
            let right = Caller::of(context).coordinator()?;
            let id = id.as_ref().map_err(|_| not_found())?;
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key.clone());
            let run = async |ctx: Ctx| cohorts::edit(&ctx, &right, *id, &input.into_edit()?).await;
            once(context, "editCohort", key.as_deref(), sent, run, |kept| again(context, kept)).await
        };
        let outcome = outcome.await;
        CohortPayload::of(context, id.ok(), outcome).await
    }

    /// Publishes a draft: everyone proposed is invited by mail. A dry run lists the mail first.
    async fn publish_cohort(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which one.")] input: PublishCohortInput,
    ) -> async_graphql::Result<CohortPayload> {
        let id = key("Cohort", "cohortId", &input.cohort_id);
        let outcome = async {
            let right = Caller::of(context).coordinator()?;
            let id = id.as_ref().map_err(|_| not_found())?;
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key.clone());
            let run =
                async |ctx: Ctx| cohorts::publish(&ctx, &right, *id, input.version, input.dry_run).await;
            once(context, "publishCohort", key.as_deref(), sent, run, |kept| again(context, kept)).await
        };
        let outcome = outcome.await;
        CohortPayload::of(context, id.ok(), outcome).await
    }

    /// Closes a cohort after its last gathering: everyone with a seat has completed the course or not, and is told.
    async fn complete_cohort(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which one, and how.")] input: CompleteCohortInput,
    ) -> async_graphql::Result<CohortPayload> {
        let id = key("Cohort", "cohortId", &input.cohort_id);
        let outcome = async {
            let right = Caller::of(context).coordinator()?;
            let id = id.as_ref().map_err(|_| not_found())?;
            let how = CompleteCohort {
                missing_as_absent: input.missing_as_absent,
                version: input.version,
                dry_run: input.dry_run,
            };
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key.clone());
            let run = async |ctx: Ctx| cohorts::complete(&ctx, &right, *id, how).await;
            once(context, "completeCohort", key.as_deref(), sent, run, |kept| again(context, kept)).await
        };
        let outcome = outcome.await;
        CohortPayload::of(context, id.ok(), outcome).await
    }

    /// Calls a cohort off. Everyone who was told of it is told of this, and calendars are cleared.
    async fn cancel_cohort(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which one, and why.")] input: CancelCohortInput,
    ) -> async_graphql::Result<CohortPayload> {
        let id = key("Cohort", "cohortId", &input.cohort_id);
        let outcome = async {
            let right = Caller::of(context).coordinator()?;
            let id = id.as_ref().map_err(|_| not_found())?;
            let how =
                CancelCohort { reason: input.reason.clone(), version: input.version, dry_run: input.dry_run };
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key.clone());
            let run = async |ctx: Ctx| cohorts::cancel(&ctx, &right, *id, &how).await;
            once(context, "cancelCohort", key.as_deref(), sent, run, |kept| again(context, kept)).await
        };
        let outcome = outcome.await;
        CohortPayload::of(context, id.ok(), outcome).await
    }
}

fn not_found() -> Error {
    Refusal::new(Code::NotFound).at("cohortId").into()
}
