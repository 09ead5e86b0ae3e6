//! What coordinators do with rounds and nominations.

use async_graphql::{Context, Object};
use varde_app::{
    Ctx,
    nominations::{
        self, EndorsementAnswer, Nominated, Outcomes, PrepareOutcomes, RecordEndorsement, ReopenEndorsement,
        RoundDraft, RoundEdit, SendOutcomes, SettleTie,
    },
};
use varde_model::ids::NominationId;

use super::{
    inputs::{
        CreateNominationRoundInput, EditNominationRoundInput, OpenNominationRoundInput, PrepareOutcomesInput,
        RecordEndorsementInput, ReopenEndorsementInput, SendOutcomesInput, SettleTieInput,
    },
    payloads::{NominationPayload, NominationRoundPayload, OutcomesPayload},
};
use crate::schema::{
    Caller,
    node::key,
    once::{fingerprint, once},
};

/// Mutations of rounds.
#[derive(Default)]
pub struct NominationMutation;

#[Object]
impl NominationMutation {
    /// Creates a round of nominations (nominasjonsrunde) as a draft. Nobody can nominate before `openNominationRound`.
    async fn create_nomination_round(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The round.")] input: CreateNominationRoundInput,
    ) -> async_graphql::Result<NominationRoundPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let draft = RoundDraft {
                cohort: input.cohort_code,
                code: input.code,
                opens: input.opens.into(),
                closes: input.closes.into(),
                endorse_by: input.endorse_by.into(),
                quota: input.quota,
                reserves: input.reserves,
                panel: input.panel,
            };
            nominations::create(&caller.ctx, &right, &draft).await
        };
        NominationRoundPayload::of(context, outcome.await)
    }

    /// Changes a round. Reminders and deadlines move along; what was prepared is thrown away.
    async fn edit_nomination_round(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The changes.")] input: EditNominationRoundInput,
    ) -> async_graphql::Result<NominationRoundPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let edit = RoundEdit {
                opens: input.opens.map(Into::into),
                closes: input.closes.map(Into::into),
                endorse_by: input.endorse_by.map(Into::into),
                quota: input.quota,
                reserves: input.reserves,
                panel: input.panel,
                version: input.version,
            };
            nominations::edit(&caller.ctx, &right, &input.round_code, &edit).await
        };
        NominationRoundPayload::of(context, outcome.await)
    }

    /// Opens a draft (åpne runden): from its first day on, leaders nominate. It closes by itself.
    async fn open_nomination_round(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which one.")] input: OpenNominationRoundInput,
    ) -> async_graphql::Result<NominationRoundPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            nominations::open(&caller.ctx, &right, &input.round_code, input.version).await
        };
        NominationRoundPayload::of(context, outcome.await)
    }

    /// Takes an endorsement in the line manager's place: late, by telephone, or from somebody outside the trust.
    async fn record_endorsement(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What was said.")] input: RecordEndorsementInput,
    ) -> async_graphql::Result<NominationPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let record = RecordEndorsement {
                nomination: key("Nomination", "nominationId", &input.nomination_id)?,
                answer: EndorsementAnswer { endorsed: input.endorsed, reason: input.reason },
                override_reason: input.override_reason,
                version: input.version,
            };
            nominations::record_endorsement(&caller.ctx, &right, &record).await
        };
        NominationPayload::of(context, outcome.await)
    }

    /// Asks for an endorsement once more, until a new day: after the time was over, or because whoever answered stands
    /// in a conflict of interest by now. You may name whom to ask.
    async fn reopen_endorsement(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which nomination, and until when.")] input: ReopenEndorsementInput,
    ) -> async_graphql::Result<NominationPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let (sent, own_key) = (fingerprint(&input)?, input.idempotency_key.clone());
            let wanted = ReopenEndorsement {
                nomination: key("Nomination", "nominationId", &input.nomination_id)?,
                until: input.until.into(),
                reason: input.reason,
                endorser: input.endorser_employee_number,
                version: input.version,
                dry_run: input.dry_run,
            };
            let run = async |ctx: Ctx| nominations::reopen_endorsement(&ctx, &right, &wanted).await;
            let again = |kept| Nominated::again(&caller.ctx, right.org(), kept);
            once(context, "reopenEndorsement", own_key.as_deref(), sent, run, again).await
        };
        NominationPayload::of(context, outcome.await)
    }

    /// Settles a tie by hand (avgjøre stemmelikhet): all who stand alike, in the order decided on, with the reason.
    async fn settle_tie(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The order.")] input: SettleTieInput,
    ) -> async_graphql::Result<NominationRoundPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let order = ids(&input.nomination_ids)?;
            let tie = SettleTie { round: input.round_code, order, reason: input.reason };
            nominations::settle_tie(&caller.ctx, &right, &tie).await
        };
        NominationRoundPayload::of(context, outcome.await)
    }

    /// Works the outcomes out for review (klargjøre utfallet): places within the quota, reserves, and the rest. Nobody is
    /// told; it can be done again.
    async fn prepare_outcomes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which round.")] input: PrepareOutcomesInput,
    ) -> async_graphql::Result<OutcomesPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let wanted = PrepareOutcomes {
                round: input.round_code,
                version: input.version,
                override_reason: input.override_reason,
            };
            nominations::prepare(&caller.ctx, &right, &wanted).await
        };
        OutcomesPayload::of(context, outcome.await)
    }

    /// Sends the outcomes (sende utfallet): places are offered, reserves stand in line, the others hear why not, all at
    /// once. A dry run lists the mail first. Where it is too late to offer places, `withoutPlaces` leaves nobody without an
    /// answer.
    async fn send_outcomes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which round.")] input: SendOutcomesInput,
    ) -> async_graphql::Result<OutcomesPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let (sent, own_key) = (fingerprint(&input)?, input.idempotency_key.clone());
            let wanted = SendOutcomes {
                round: input.round_code,
                version: input.version,
                without_places: input.without_places,
                dry_run: input.dry_run,
            };
            let run = async |ctx: Ctx| nominations::send(&ctx, &right, &wanted).await;
            let again = |kept| Outcomes::again(&caller.ctx, &right, kept);
            once(context, "sendOutcomes", own_key.as_deref(), sent, run, again).await
        };
        OutcomesPayload::of(context, outcome.await)
    }
}

/// Nominations by their ids, each refusal with the row.
pub(super) fn ids(given: &[async_graphql::ID]) -> Result<Vec<NominationId>, varde_app::Error> {
    let read = |(index, id): (usize, &async_graphql::ID)| {
        key("Nomination", "nominationIds", id).map_err(|error: varde_app::Error| match error {
            varde_app::Error::Refused(refusals) => {
                varde_app::Error::Refused(refusals.into_iter().map(|refusal| refusal.row(index)).collect())
            }
            other => other,
        })
    };
    given.iter().enumerate().map(read).collect()
}
