//! Organisations: made by the machine's operator, each closed to the others from the first moment.

use chrono_tz::Tz;
use serde_json::json;
use varde_model::{
    Locale,
    delivery::{MailState, OutboxRow},
    ids::OutboxId,
    organisation::Organisation,
};
use varde_persistence::{organisations, outbox};

use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::{Actor, Administrator, SignedIn},
    audit::{self, Deed},
    cohorts::settle,
    daily,
    idempotency::Kept,
    input::{email_if_given, text},
};

const MAX_KEY_CHARS: usize = 40;

/// An organisation to be made.
#[derive(Clone, Debug)]
pub struct NewOrganisation {
    /// The short name of files and commands: letters a to z, digits and hyphens.
    pub key: String,
    /// The full name as mails show it.
    pub name: String,
    /// Where its clocks stand.
    pub zone: Tz,
    /// The language of those who chose none.
    pub locale: Locale,
}

/// Makes an organisation, whose mail goes out from the start. Only who operates the machine can: no account lies
/// above organisations.
///
/// # Errors
/// Refused: a key that is taken or holds other signs, a name that is empty or too long.
pub async fn create(ctx: &Ctx, new: &NewOrganisation) -> Result<Organisation> {
    let key = text("key", &new.key, MAX_KEY_CHARS)?;
    let plain = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
    if !key.chars().all(plain) {
        return Err(Refusal::new(Code::Invalid).at("key").with("hint", "a-z, 0-9, -").into());
    }
    let organisation = Organisation {
        id: ctx.new_id(),
        key,
        name: text("name", &new.name, 200)?,
        zone: new.zone,
        locale: new.locale,
        sender_address: None,
        reply_to: None,
        sending: true,
        version: 1,
    };
    let tx = ctx.store().write().await?;
    match organisations::insert(&tx, &organisation, ctx.now).await {
        Err(fault) if fault.is_unique_violation() => return Err(Refusal::new(Code::Taken).at("key").into()),
        other => other?,
    }
    let deed = Deed::on("organisation.create", organisation.id);
    audit::record(ctx, &tx, organisation.id, Actor::System, deed, json!({ "key": organisation.key })).await?;
    daily::plan_next(ctx, &tx, &organisation).await?;
    tx.commit().await?;
    Ok(organisation)
}

/// Mails that a change of sending lists.
pub const MOST_LISTED: u64 = 100;

/// Sending after a change of it.
#[derive(Clone, Debug)]
pub struct Sending {
    /// The organisation as it is now, or would be.
    pub organisation: Organisation,
    /// The mail that waits, and so goes out or is held back: the latest, at most [`MOST_LISTED`].
    pub waiting: Vec<OutboxRow>,
}

impl Sending {
    /// What a call was answered that was done before: with the organisation and the mails as they stand.
    ///
    /// # Errors
    /// The database refused.
    pub async fn again(ctx: &Ctx, right: &Administrator, kept: Kept) -> Result<Self> {
        let (store, org) = (ctx.store(), right.org());
        let organisation = organisations::find(store, org).await?.ok_or(Refusal::new(Code::NotFound))?;
        let ids: Vec<OutboxId> = kept.ids.iter().copied().map(OutboxId).collect();
        let waiting = outbox::find_many(store, org, &ids).await?;
        let waiting = kept.in_order(waiting, |mail| mail.id.0);
        Ok(Self { organisation, waiting })
    }
}

/// Lets the organisation's mail out, or holds it back. What waits is kept; what has become too late while it waited
/// is not sent any more. A dry run lists what waits.
///
/// # Errors
/// The database refused.
pub async fn set_sending(ctx: &Ctx, right: &Administrator, sending: bool, dry_run: bool) -> Result<Sending> {
    let tx = ctx.store().write().await?;
    organisations::set_sending(&tx, right.org(), sending).await?;
    let detail = json!({ "sending": sending });
    audit::record(ctx, &tx, right.org(), right.actor(), Deed::overall("organisation.set_sending"), detail)
        .await?;
    let organisation = organisations::find(&tx, right.org()).await?.ok_or(Refusal::new(Code::NotFound))?;
    let waiting = outbox::page(&tx, right.org(), &[MailState::Queued], None, MOST_LISTED).await?;
    settle(ctx, right.org(), tx, dry_run, &Kept::of(waiting.iter().map(|mail| mail.id.0))).await?;
    Ok(Sending { organisation, waiting })
}

/// What an administrator sets; None leaves a value as it is, and an empty text clears it.
#[derive(Clone, Debug, Default)]
pub struct OrganisationEdit {
    /// The full name as mails show it, also as their sender.
    pub name: Option<String>,
    /// The language of those who chose none.
    pub locale: Option<Locale>,
    /// The address that mail comes from; empty is the installation's own.
    pub sender_address: Option<String>,
    /// Where answers to mail go; empty is whoever coordinates the cohort.
    pub reply_to: Option<String>,
    /// The version that the caller saw.
    pub version: Option<u32>,
}

/// Changes what an administrator sets. Mail that waits goes out with it.
///
/// # Errors
/// Refused: changed since `version`, a name that is empty or too long, an address that is none.
pub async fn edit(ctx: &Ctx, right: &Administrator, edit: &OrganisationEdit) -> Result<Organisation> {
    let tx = ctx.store().write().await?;
    let before = organisations::lock(&tx, right.org()).await?.ok_or(Refusal::new(Code::NotFound))?;
    if edit.version.is_some_and(|seen| seen != before.version) {
        return Err(Refusal::new(Code::Conflict).into());
    }
    let mut after = before.clone();
    if let Some(name) = &edit.name {
        after.name = text("name", name, 200)?;
    }
    if let Some(locale) = edit.locale {
        after.locale = locale;
    }
    if let Some(address) = &edit.sender_address {
        after.sender_address = email_if_given("senderAddress", address)?;
    }
    if let Some(address) = &edit.reply_to {
        after.reply_to = email_if_given("replyTo", address)?;
    }
    if after != before {
        organisations::update(&tx, &after).await?;
        after.version += 1;
        let fields = [
            ("name", before.name != after.name),
            ("locale", before.locale != after.locale),
            ("senderAddress", before.sender_address != after.sender_address),
            ("replyTo", before.reply_to != after.reply_to),
        ];
        let changed: Vec<_> =
            fields.into_iter().filter(|(_, changed)| *changed).map(|(name, _)| name).collect();
        let detail = json!({ "changed": changed });
        audit::record(ctx, &tx, right.org(), right.actor(), Deed::overall("organisation.edit"), detail)
            .await?;
    }
    tx.commit().await?;
    Ok(after)
}

/// The caller's own organisation.
///
/// # Errors
/// The database refused.
pub async fn own(ctx: &Ctx, right: &SignedIn) -> Result<Organisation> {
    let found = organisations::find(ctx.store(), right.org()).await?;
    found.ok_or_else(|| Error::internal("the organisation of a right is gone"))
}
