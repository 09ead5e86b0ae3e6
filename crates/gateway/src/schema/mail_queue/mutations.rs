//! Sending mail again, and holding it back.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use serde::Serialize;
use varde_app::{Code, Error, Refusal, mails, organisations};
use varde_model::ids::OutboxId;

use super::Mail;
use crate::schema::{
    Caller, UserError,
    errors::split,
    node::key,
    once::{Once, once},
    sessions::Organisation,
};

/// Which mails to send again.
#[derive(InputObject, Serialize)]
pub struct RequeueMailsInput {
    /// Mails that failed, or of which nobody knows whether they arrived; at most 500.
    mail_ids: Vec<ID>,
    /// A key of your choice: the same call sent twice with it happens once.
    #[serde(skip)]
    idempotency_key: Option<String>,
}

/// Mails that are sent again.
#[derive(SimpleObject)]
pub struct RequeueMailsPayload {
    /// The mails as they are now.
    mails: Vec<Mail>,
    /// What stands in the way, with the row's index; nothing was changed then.
    errors: Vec<UserError>,
}

/// Whether mail goes out.
#[derive(InputObject)]
pub struct SetSendingInput {
    /// False holds every mail back; what becomes too late meanwhile is not sent any more.
    on: bool,
}

/// The trust after a change.
#[derive(SimpleObject)]
pub struct OrganisationPayload {
    /// The trust as it is now.
    organisation: Option<Organisation>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// Mutations of mail.
#[derive(Default)]
pub struct MailMutation;

#[Object]
impl MailMutation {
    /// Sends mails again that failed (send på nytt), all of them or none. What they rest on is asked again at the moment
    /// of sending.
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
            match once(context, &right, "requeueMails", input.idempotency_key.as_deref(), &input).await? {
                Once::Run(ctx) => mails::requeue(&ctx, &right, &ids).await,
                Once::Replay => {
                    let mut standing = Vec::with_capacity(ids.len());
                    for id in &ids {
                        standing.extend(mails::find(&caller.ctx, &right, *id).await?);
                    }
                    Ok(standing)
                }
            }
        };
        let (requeued, errors) = split(context, outcome.await)?;
        Ok(RequeueMailsPayload {
            mails: requeued.unwrap_or_default().into_iter().map(Mail::from).collect(),
            errors,
        })
    }

    /// Lets the trust's mail out, or holds it back (slå utsending på eller av). For administrators.
    async fn set_sending(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "On or off.")] input: SetSendingInput,
    ) -> async_graphql::Result<OrganisationPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.administrator()?;
            organisations::set_sending(&caller.ctx, &right, input.on).await
        };
        let (organisation, errors) = split(context, outcome.await)?;
        Ok(OrganisationPayload { organisation: organisation.map(Organisation::from), errors })
    }
}
