//! What coordinators do with a cohort as a whole.

use async_graphql::{Context, Object, SimpleObject};
use varde_app::{
    Ctx, Error,
    cohorts::{self, CancelCohort, Changed, CompleteCohort},
};
use varde_model::ids::CohortId;

use super::{
    Cohort,
    inputs::{
        CancelCohortInput, CompleteCohortInput, CreateCohortInput, EditCohortInput, PublishCohortInput,
    },
    upsert::UpsertCohortInput,
};
use crate::schema::{
    Caller, UserError,
    enrolments::Enrolment,
    errors::{is_conflict, split, whole},
    keys,
    mails::{PlannedMail, mails},
    once::{Kept, fingerprint, once},
    warnings::{Warning, warnings},
};

/// A changed cohort.
#[derive(Debug, SimpleObject)]
pub struct CohortPayload {
    /// The cohort as it is now, or would be after a dry run. After a conflict, the one that stands.
    cohort: Option<Cohort>,
    /// The mail that goes out because of the change.
    mails: Vec<PlannedMail>,
    /// What to look at once more, such as a day on which nobody is at work; it does not stand in the way.
    warnings: Vec<Warning>,
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
        let locale = Caller::of(context).locale();
        let warned = changed.as_ref().map(|c| warnings(&c.warnings, locale)).unwrap_or_default();
        let Some(changed) = changed else {
            return Ok(Self {
                cohort: standing.map(Cohort),
                mails: Vec::new(),
                warnings: warned,
                left_out: Vec::new(),
                errors,
            });
        };
        Ok(Self {
            cohort: Some(Cohort(changed.cohort)),
            mails: mails(changed.mails),
            warnings: warned,
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
            let run = async |ctx: Ctx| cohorts::create(&ctx, &right, &input.into_draft()?).await;
            once(context, "createCohort", key.as_deref(), sent, run, |kept| again(context, kept)).await
        };
        CohortPayload::of(context, None, outcome.await).await
    }

    /// Creates the cohort (kull) with a code as a draft, or changes the draft that has it: the same call can be sent again
    /// whenever the plan changed. Once published, a cohort is changed by `editCohort`.
    async fn upsert_cohort(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The cohort.")] input: UpsertCohortInput,
    ) -> async_graphql::Result<CohortPayload> {
        let code = input.code().to_owned();
        let outcome = async {
            let right = Caller::of(context).coordinator()?;
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key.clone());
            let run = async |ctx: Ctx| cohorts::upsert(&ctx, &right, input.into_upsert()?).await;
            once(context, "upsertCohort", key.as_deref(), sent, run, |kept| again(context, kept)).await
        };
        let outcome = outcome.await;
        let standing = match is_conflict(&outcome) {
            true => keys::cohort_by_code(Caller::of(context), Some(&code)).await.ok(),
            false => None,
        };
        CohortPayload::of(context, standing, outcome).await
    }

    /// Changes a cohort. A new place or link reaches everyone's calendar.
    async fn edit_cohort(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The changes.")] input: EditCohortInput,
    ) -> async_graphql::Result<CohortPayload> {
        let id =
            keys::cohort(Caller::of(context), input.cohort_id.as_ref(), input.cohort_code.as_deref()).await;
        let standing = id.as_ref().ok().copied();
        let outcome = async {
            let right = Caller::of(context).coordinator()?;
            let id = id?;
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key.clone());
            let run = async |ctx: Ctx| cohorts::edit(&ctx, &right, id, &input.into_edit()?).await;
            once(context, "editCohort", key.as_deref(), sent, run, |kept| again(context, kept)).await
        };
        let outcome = outcome.await;
        CohortPayload::of(context, standing, outcome).await
    }

    /// Publishes a draft: everyone proposed is invited by mail. A dry run lists the mail first.
    async fn publish_cohort(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which one.")] input: PublishCohortInput,
    ) -> async_graphql::Result<CohortPayload> {
        let id =
            keys::cohort(Caller::of(context), input.cohort_id.as_ref(), input.cohort_code.as_deref()).await;
        let standing = id.as_ref().ok().copied();
        let outcome = async {
            let right = Caller::of(context).coordinator()?;
            let id = id?;
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key.clone());
            let run = async |ctx: Ctx| cohorts::publish(&ctx, &right, id, input.version, input.dry_run).await;
            once(context, "publishCohort", key.as_deref(), sent, run, |kept| again(context, kept)).await
        };
        let outcome = outcome.await;
        CohortPayload::of(context, standing, outcome).await
    }

    /// Closes a cohort after its last gathering: everyone with a seat has completed the course or not, and is told.
    async fn complete_cohort(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which one, and how.")] input: CompleteCohortInput,
    ) -> async_graphql::Result<CohortPayload> {
        let id =
            keys::cohort(Caller::of(context), input.cohort_id.as_ref(), input.cohort_code.as_deref()).await;
        let standing = id.as_ref().ok().copied();
        let outcome = async {
            let right = Caller::of(context).coordinator()?;
            let id = id?;
            let how = CompleteCohort {
                missing_as_absent: input.missing_as_absent,
                version: input.version,
                dry_run: input.dry_run,
            };
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key.clone());
            let run = async |ctx: Ctx| cohorts::complete(&ctx, &right, id, how).await;
            once(context, "completeCohort", key.as_deref(), sent, run, |kept| again(context, kept)).await
        };
        let outcome = outcome.await;
        CohortPayload::of(context, standing, outcome).await
    }

    /// Calls a cohort off. Everyone who was told of it is told of this, and calendars are cleared.
    async fn cancel_cohort(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which one, and why.")] input: CancelCohortInput,
    ) -> async_graphql::Result<CohortPayload> {
        let id =
            keys::cohort(Caller::of(context), input.cohort_id.as_ref(), input.cohort_code.as_deref()).await;
        let standing = id.as_ref().ok().copied();
        let outcome = async {
            let right = Caller::of(context).coordinator()?;
            let id = id?;
            let how =
                CancelCohort { reason: input.reason.clone(), version: input.version, dry_run: input.dry_run };
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key.clone());
            let run = async |ctx: Ctx| cohorts::cancel(&ctx, &right, id, &how).await;
            once(context, "cancelCohort", key.as_deref(), sent, run, |kept| again(context, kept)).await
        };
        let outcome = outcome.await;
        CohortPayload::of(context, standing, outcome).await
    }
}
