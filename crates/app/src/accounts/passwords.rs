//! Choosing a password by a link, and changing one's own. Hashes are made before the transaction, never in it.

use std::net::IpAddr;

use secrecy::SecretString;
use serde_json::json;
use varde_auth::LinkKind;
use varde_model::{
    account::Account,
    ids::{AccountId, LinkId},
};
use varde_persistence::{
    accounts::{self, Credentials},
    sessions::{self, Revocation},
};

use super::{PasswordLink, find, weak, write_link};
use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::{Actor, Administrator, Viewer},
    audit::{self, Deed},
    sessions::Gate,
};

/// Makes a link by which the account's holder chooses a password; an earlier one that was not used serves no more.
///
/// # Errors
/// [`Code::NotFound`].
pub async fn create_password_link(ctx: &Ctx, right: &Administrator, id: AccountId) -> Result<PasswordLink> {
    let tx = ctx.store().write().await?;
    find(&tx, right.org(), id).await?;
    let link = write_link(ctx, &tx, right.org(), id).await?;
    let deed = Deed::on("account.create_password_link", id);
    audit::record(ctx, &tx, right.org(), right.actor(), deed, json!({})).await?;
    tx.commit().await?;
    Ok(link)
}

/// The account whose password a link chooses: what the page behind it shows before it asks.
///
/// # Errors
/// [`Code::LinkSpent`]: forged, used, replaced or too old.
pub async fn account_of_password_link(ctx: &Ctx, token: &str) -> Result<Account> {
    Ok(behind(ctx, token).await?.1.account)
}

/// Chooses the password by a link. Every session of the account ends: who asked for a new password may have lost the
/// old one to somebody.
///
/// # Errors
/// [`Code::LinkSpent`], or [`Code::WeakPassword`], after which the link still serves.
pub async fn choose_password(ctx: &Ctx, token: &str, password: SecretString) -> Result<Account> {
    let (link, Credentials { account, password_hash }) = behind(ctx, token).await?;
    if let Some(refusal) = weak(&password, &account.email, "password") {
        return Err(refusal.into());
    }
    let hash = ctx.app().sessions().passwords.hash(password, ctx.random_bytes()).await?;
    let org = account.organisation;
    let tx = ctx.store().write().await?;
    if !accounts::use_password_link(&tx, link, ctx.now).await?
        || !accounts::replace_password(&tx, org, account.id, password_hash.as_deref(), &hash).await?
    {
        return Err(spent());
    }
    Gate::new(ctx, &account.email, None).leave(ctx, &tx).await?;
    let ended =
        sessions::revoke_all(&tx, org, account.id, None, Revocation::PasswordChanged, ctx.now).await?;
    let deed = Deed::on("account.choose_password", account.id);
    audit::record(ctx, &tx, org, Actor::Account(account.id), deed, json!({ "sessions": ended })).await?;
    tx.commit().await?;
    ctx.app().sessions().cache.forget();
    Ok(Account { has_password: true, ..account })
}

/// Changes one's own password. The old one is asked for, so that a session left open on a shared machine is not
/// enough; wrong ones count as failed sign-ins do. Every other session ends.
///
/// # Errors
/// [`Code::WrongPassword`], [`Code::WeakPassword`], [`Code::RateLimited`], or [`Error::Denied`] for a program.
pub async fn change_password(
    ctx: &Ctx,
    viewer: &Viewer,
    old: SecretString,
    new: SecretString,
    client: Option<IpAddr>,
) -> Result<Account> {
    let session = viewer.session.ok_or(Error::Denied)?;
    let org = viewer.organisation;
    let found = accounts::credentials_of(ctx.store(), org, viewer.account).await?;
    let Credentials { account, password_hash } = found.ok_or(Error::Unauthenticated)?;
    if let Some(refusal) = weak(&new, &account.email, "newPassword") {
        return Err(refusal.into());
    }
    let gate = Gate::new(ctx, &account.email, client);
    gate.enter(ctx).await?;
    let worker = &ctx.app().sessions().passwords;
    if !worker.check(old, password_hash.clone(), ctx.random_bytes()).await?.fits {
        return Err(Refusal::new(Code::WrongPassword).at("oldPassword").into());
    }
    let hash = worker.hash(new, ctx.random_bytes()).await?;
    let tx = ctx.store().write().await?;
    gate.leave(ctx, &tx).await?;
    if !accounts::replace_password(&tx, org, account.id, password_hash.as_deref(), &hash).await? {
        return Err(Refusal::new(Code::WrongPassword).at("oldPassword").into());
    }
    let because = Revocation::PasswordChanged;
    let ended = sessions::revoke_all(&tx, org, account.id, Some(session), because, ctx.now).await?;
    let deed = Deed::on("account.change_password", account.id);
    audit::record(ctx, &tx, org, Actor::Account(account.id), deed, json!({ "sessions": ended })).await?;
    tx.commit().await?;
    ctx.app().sessions().cache.forget();
    Ok(account)
}

async fn behind(ctx: &Ctx, token: &str) -> Result<(LinkId, Credentials)> {
    let link = ctx.keys().links().verify(LinkKind::SetPassword, token).ok_or_else(spent)?;
    let found = accounts::by_password_link(ctx.store(), link, ctx.now).await?;
    let found = found.filter(|found| found.account.disabled_at.is_none()).ok_or_else(spent)?;
    Ok((link, found))
}

fn spent() -> Error {
    Refusal::new(Code::LinkSpent).at("token").into()
}
