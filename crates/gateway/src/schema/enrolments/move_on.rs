//! Moving a leader from one cohort of a programme to another.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use varde_app::{
    Code, Ctx, Refusal,
    enrolments::{self, MoveEnrolment, Moved},
};

use super::Enrolment;
use crate::schema::{
    Caller, UserError,
    errors::{is_conflict, split, whole},
    keys,
    mails::{PlannedMail, mails},
    node::key,
    once::{fingerprint, once},
};

/// Whom to move, and where to.
#[derive(InputObject, Debug)]
pub struct MoveEnrolmentInput {
    /// The place that is left.
    enrolment_id: ID,
    /// The cohort to go on in, by its id: another one of the same programme. It must be published, unless the place is a
    /// proposal.
    cohort_id: Option<ID>,
    /// The cohort to go on in, by its code (kullkode).
    cohort_code: Option<String>,
    /// Why (begrunnelse). Lets in whom the programme is not meant for any more at the new cohort's first day.
    reason: Option<String>,
    /// The version of the place that you saw; a conflict refuses the call.
    version: Option<u32>,
    /// Keep nothing; answer with what would happen and who would get which mail.
    #[graphql(default)]
    dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    idempotency_key: Option<String>,
}

/// A leader who was moved.
#[derive(Debug, SimpleObject)]
pub struct MoveEnrolmentPayload {
    /// The place in the new cohort, as it is now or would be after a dry run.
    enrolment: Option<Enrolment>,
    /// The place that was left. After a conflict, the one that stands.
    former: Option<Enrolment>,
    /// The mail that goes out because of the change, in both cohorts.
    mails: Vec<PlannedMail>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// The mutation that moves.
#[derive(Default)]
pub struct MoveMutation;

#[Object]
impl MoveMutation {
    /// Moves a leader to another cohort of the programme (flytte til et annet kull): a proposal, an invitation, a place in
    /// line or a seat. Whoever has said yes gets a seat there, or a place in the line when it is full; a freed seat goes
    /// to the next in line. One letter tells it; calendars and reminders follow. To undo it, move back.
    async fn move_enrolment(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whom, and where to.")] input: MoveEnrolmentInput,
    ) -> async_graphql::Result<MoveEnrolmentPayload> {
        let caller = Caller::of(context);
        let id = key("Enrolment", "enrolmentId", &input.enrolment_id);
        let outcome = async {
            let right = caller.coordinator()?;
            let enrolment = *id.as_ref().map_err(|_| Refusal::new(Code::NotFound).at("enrolmentId"))?;
            let to = keys::cohort(caller, input.cohort_id.as_ref(), input.cohort_code.as_deref()).await?;
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key);
            let (reason, version, dry_run) = (input.reason, input.version, input.dry_run);
            let wanted = MoveEnrolment { enrolment, to, reason, version, dry_run };
            let run = async |ctx: Ctx| enrolments::move_to(&ctx, &right, &wanted).await;
            let again = |kept| Moved::again(&caller.ctx, &right, kept);
            once(context, "moveEnrolment", key.as_deref(), sent, run, again).await
        };
        let outcome = outcome.await;
        let conflict = is_conflict(&outcome);
        let (moved, errors) = split(context, outcome)?;
        Ok(match (moved, conflict, id, caller.coordinator()) {
            (Some(moved), ..) => MoveEnrolmentPayload {
                enrolment: Some(Enrolment(moved.enrolment)),
                former: Some(Enrolment(moved.former)),
                mails: mails(moved.mails),
                errors,
            },
            (None, true, Ok(id), Ok(right)) => {
                let standing = whole(context, enrolments::find(&caller.ctx, &right, id).await)?;
                let former = standing.map(Enrolment);
                MoveEnrolmentPayload { enrolment: None, former, mails: Vec::new(), errors }
            }
            _ => MoveEnrolmentPayload { enrolment: None, former: None, mails: Vec::new(), errors },
        })
    }
}
