//! Signing in with e-mail address and password.

use std::net::IpAddr;

use secrecy::SecretString;
use serde_json::json;
use varde_model::ids::SessionId;
use varde_persistence::{
    accounts::{self, Credentials},
    sessions,
};

use super::{Gate, SESSION_LIFETIME, Tokens, issue};
use crate::{
    Code, Ctx, Refusal, Result,
    access::Actor,
    audit::{self, Deed},
};

/// Signs in. An unknown address, a closed account, one without a password and a wrong password get the same answer
/// after the same work. `client` is the network address of the caller, None for one on this machine.
///
/// # Errors
/// [`Code::SignInFailed`], or [`Code::RateLimited`] after too many tries.
pub async fn sign_in(
    ctx: &Ctx,
    email: &str,
    password: SecretString,
    client: Option<IpAddr>,
) -> Result<Tokens> {
    let gate = Gate::new(ctx, email, client);
    gate.enter(ctx).await?;

    let known = find(ctx, email).await?;
    let stored = known.as_ref().and_then(|known| known.password_hash.clone());
    let checked = ctx.app().sessions().passwords.check(password, stored, ctx.random_bytes()).await?;

    match known {
        Some(known) if checked.fits && known.account.disabled_at.is_none() => {
            open(ctx, &gate, &known, checked.renewed.as_deref()).await
        }
        known => refuse(ctx, &gate, known.as_ref()).await,
    }
}

async fn find(ctx: &Ctx, email: &str) -> Result<Option<Credentials>> {
    // PostgreSQL refuses a text with a zero in it, and no address has one.
    if email.chars().any(char::is_control) {
        return Ok(None);
    }
    Ok(accounts::credentials_by_email(ctx.store(), email).await?)
}

async fn open(ctx: &Ctx, gate: &Gate, known: &Credentials, renewed: Option<&str>) -> Result<Tokens> {
    let (org, account) = (known.account.organisation, known.account.id);
    let session: SessionId = ctx.new_id();
    let tx = ctx.store().write().await?;
    gate.leave(ctx, &tx).await?;
    if let Some(hash) = renewed {
        accounts::replace_password(&tx, org, account, known.password_hash.as_deref(), hash).await?;
    }
    sessions::insert(&tx, org, session, account, ctx.now, ctx.now + SESSION_LIFETIME).await?;
    let tokens = issue(ctx, &tx, org, account, session, ctx.new_id()).await?;
    let deed = Deed::on("session.sign_in", session);
    audit::record(ctx, &tx, org, Actor::Account(account), deed, json!({})).await?;
    tx.commit().await?;
    metrics::counter!("varde_sign_ins_total", "outcome" => "succeeded").increment(1);
    Ok(tokens)
}

async fn refuse(ctx: &Ctx, gate: &Gate, known: Option<&Credentials>) -> Result<Tokens> {
    let tx = ctx.store().write().await?;
    if let Some(known) = known {
        let (org, account) = (known.account.organisation, known.account.id);
        let deed = Deed::on("account.sign_in_failed", account);
        audit::record(ctx, &tx, org, Actor::Account(account), deed, json!({})).await?;
    } else {
        gate.touch(&tx).await?;
    }
    tx.commit().await?;
    metrics::counter!("varde_sign_ins_total", "outcome" => "failed").increment(1);
    Err(Refusal::new(Code::SignInFailed).into())
}
