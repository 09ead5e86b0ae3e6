//! Sending mail again, and holding it back.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use varde_app::{
    Code, Ctx, Error, Refusal,
    mails::{self, Requeued},
    organisations::{self, Sending},
};
use varde_model::ids::OutboxId;

use super::Mail;
use crate::schema::{
    Caller, UserError,
    errors::split,
    labels::ErrorPolicyLabel,
    node::key,
    once::{fingerprint, once},
    sessions::Organisation,
};

/// Which mails to send again.
#[derive(InputObject)]
pub struct RequeueMailsInput {
    /// Mails that failed, or of which nobody knows whether they arrived; at most 500.
    mail_ids: Vec<ID>,
    /// What becomes of the other mails when one is refused.
    #[graphql(default_with = "ErrorPolicyLabel::RejectAll")]
    error_policy: ErrorPolicyLabel,
    /// Keep nothing; answer with the mails as they would be.
    #[graphql(default)]
    dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    idempotency_key: Option<String>,
}

/// Mails that are sent again.
#[derive(SimpleObject)]
pub struct RequeueMailsPayload {
    /// The mails as they are now, or would be after a dry run.
    mails: Vec<Mail>,
    /// What stands in the way, with the row's index.
    errors: Vec<UserError>,
}

/// Whether mail goes out.
#[derive(InputObject)]
pub struct SetSendingInput {
    /// False holds every mail back; what becomes too late meanwhile is not sent any more.
    on: bool,
    /// Keep nothing; answer with the mail that waits.
    #[graphql(default)]
    dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    idempotency_key: Option<String>,
}

/// Whether mail goes out, after a change.
#[derive(SimpleObject)]
pub struct SetSendingPayload {
    /// The trust as it is now, or would be after a dry run.
    organisation: Option<Organisation>,
    /// The mail that waited: it goes out, or is held back. The latest, at most 100; `mailCounts` has their number.
    waiting: Vec<Mail>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// Mutations of mail.
#[derive(Default)]
pub struct MailMutation;

#[Object]
impl MailMutation {
    /// Sends mails again that failed (send på nytt). What they rest on is asked again at the moment of sending.
    async fn requeue_mails(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which ones.")] input: RequeueMailsInput,
    ) -> async_graphql::Result<RequeueMailsPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let mut ids: Vec<OutboxId> = Vec::with_capacity(input.mail_ids.len());
            for (index, id) in input.mail_ids.iter().enumerate() {
                let id = key("Mail", "mailIds", id)
                    .map_err(|_| Refusal::new(Code::NotFound).at("mailIds").row(index));
                ids.push(id.map_err(Error::from)?);
            }
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key.as_deref());
            let run = async |ctx: Ctx| {
                let policy = input.error_policy.into();
                mails::requeue(&ctx, &right, &ids, policy, input.dry_run).await
            };
            let again = |kept| Requeued::again(&caller.ctx, &right, kept);
            once(context, "requeueMails", key, sent, run, again).await
        };
        let (requeued, mut errors) = split(context, outcome.await)?;
        let mails = match requeued {
            Some(requeued) => {
                errors.extend(UserError::all(&requeued.refusals, caller.locale()));
                requeued.mails.into_iter().map(Mail::from).collect()
            }
            None => Vec::new(),
        };
        Ok(RequeueMailsPayload { mails, errors })
    }

    /// Lets the trust's mail out, or holds it back (slå utsending på eller av). For administrators.
    async fn set_sending(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "On or off.")] input: SetSendingInput,
    ) -> async_graphql::Result<SetSendingPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.administrator()?;
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key.as_deref());
            let run =
                async |ctx: Ctx| organisations::set_sending(&ctx, &right, input.on, input.dry_run).await;
            let again = |kept| Sending::again(&caller.ctx, &right, kept);
            once(context, "setSending", key, sent, run, again).await
        };
        let (changed, errors) = split(context, outcome.await)?;
        let (organisation, waiting) =
            changed.map_or((None, Vec::new()), |c| (Some(c.organisation), c.waiting));
        Ok(SetSendingPayload {
            organisation: organisation.map(Organisation::from),
            waiting: waiting.into_iter().map(Mail::from).collect(),
            errors,
        })
    }
}
