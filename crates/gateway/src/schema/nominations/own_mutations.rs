//! What nominators, line managers, panels and leaders do.

use async_graphql::{Context, Object};
use varde_app::{
    Ctx, Error,
    nominations::{self, EditNomination, EndorsementAnswer, Nominated, NominationDraft},
};
use varde_model::ids::EnrolmentId;

use super::{
    inputs::{
        AnswerEndorsementInput, EditDevelopmentProjectInput, EditNominationInput, NominateInput,
        RankNominationsInput, WithdrawNominationInput,
    },
    mutations::ids,
    own::MyNomination,
    payloads::{DevelopmentProjectPayload, MyNominationPayload, RankNominationsPayload},
};
use crate::schema::{
    Caller,
    enrolments::MyMail,
    errors::{split, whole},
    node::key,
    once::{fingerprint, once},
};

/// Mutations of one's own part in nominations.
#[derive(Default)]
pub struct OwnNominationMutation;

async fn payload(
    context: &Context<'_>,
    outcome: Result<Nominated, Error>,
) -> async_graphql::Result<MyNominationPayload> {
    let caller = Caller::of(context);
    let (done, errors) = split(context, outcome)?;
    let Some(Nominated { nomination, mails, .. }) = done else {
        return Ok(MyNominationPayload { nomination: None, mails: Vec::new(), errors });
    };
    let right = whole(context, caller.oneself())?;
    let told = whole(context, nominations::told_to(&caller.ctx, &right, nomination).await)?;
    let nomination = told.map(|mine| MyNomination::told(mine, caller.locale()));
    Ok(MyNominationPayload { nomination, mails: mails.into_iter().map(MyMail::from).collect(), errors })
}

#[Object]
impl OwnNominationMutation {
    /// Nominates oneself, or a leader who reports to one (nominere). Handed in, the line manager is asked by mail where the
    /// programme asks for an endorsement; a draft waits until it is handed in, and is reminded of.
    async fn nominate(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whom, and why.")] input: NominateInput,
    ) -> async_graphql::Result<MyNominationPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.oneself()?;
            let (sent, own_key) = (fingerprint(&input)?, input.idempotency_key.clone());
            let draft = NominationDraft {
                round: input.round_code,
                nominee: input.employee_number,
                motivation: input.motivation,
                project: input.project,
                submit: input.submit,
                dry_run: input.dry_run,
            };
            let run = async |ctx: Ctx| nominations::nominate(&ctx, &right, &draft).await;
            let again = |kept| Nominated::again(&caller.ctx, right.org(), kept);
            once(context, "nominate", own_key.as_deref(), sent, run, again).await
        };
        payload(context, outcome.await).await
    }

    /// Changes a nomination before the close, or hands a draft in. What was endorsed is asked about anew.
    async fn edit_nomination(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The changes.")] input: EditNominationInput,
    ) -> async_graphql::Result<MyNominationPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.oneself()?;
            let id = key("Nomination", "nominationId", &input.nomination_id)?;
            let (sent, own_key) = (fingerprint(&input)?, input.idempotency_key.clone());
            let edit = EditNomination {
                motivation: input.motivation,
                project: input.project,
                submit: input.submit,
                version: input.version,
                dry_run: input.dry_run,
            };
            let run = async |ctx: Ctx| nominations::edit_nomination(&ctx, &right, id, &edit).await;
            let again = |kept| Nominated::again(&caller.ctx, right.org(), kept);
            once(context, "editNomination", own_key.as_deref(), sent, run, again).await
        };
        payload(context, outcome.await).await
    }

    /// Takes a nomination back (trekke): who wrote it until the close, the nominee until everybody is told.
    async fn withdraw_nomination(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which one.")] input: WithdrawNominationInput,
    ) -> async_graphql::Result<MyNominationPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.oneself()?;
            let id = key("Nomination", "nominationId", &input.nomination_id)?;
            nominations::withdraw(&caller.ctx, &right, id, input.version).await
        };
        payload(context, outcome.await).await
    }

    /// Answers a nomination that one is asked to endorse (gi tilslutning): the same as behind the mail's link.
    async fn answer_endorsement(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The answer.")] input: AnswerEndorsementInput,
    ) -> async_graphql::Result<MyNominationPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.oneself()?;
            let id = key("Nomination", "nominationId", &input.nomination_id)?;
            let answer = EndorsementAnswer { endorsed: input.endorsed, reason: input.reason };
            let nomination = nominations::answer_endorsement(&caller.ctx, &right, id, &answer).await?;
            Ok(Nominated { nomination, mails: Vec::new(), warnings: Vec::new() })
        };
        payload(context, outcome.await).await
    }

    /// Ranks what comes before the panel in which one is (rangere), the best first. Ranking once more takes the place of
    /// what was said before.
    async fn rank_nominations(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The order.")] input: RankNominationsInput,
    ) -> async_graphql::Result<RankNominationsPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.oneself()?;
            let order = ids(&input.nomination_ids)?;
            nominations::rank(&caller.ctx, &right, &input.round_code, &order).await?;
            Ok(order.len())
        };
        let (ranked, errors) = split(context, outcome.await)?;
        Ok(RankNominationsPayload { ranked: ranked.unwrap_or_default(), errors })
    }

    /// Writes one's own development project for a place (utviklingsprosjekt), until the cohort has ended.
    async fn edit_development_project(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The project.")] input: EditDevelopmentProjectInput,
    ) -> async_graphql::Result<DevelopmentProjectPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.oneself()?;
            let id: EnrolmentId = key("Enrolment", "enrolmentId", &input.enrolment_id)?;
            nominations::edit_project(&caller.ctx, &right, id, &input.text, input.version).await
        };
        DevelopmentProjectPayload::of(context, outcome.await)
    }
}
