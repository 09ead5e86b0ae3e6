//! Prolonging a session and ending it.

use serde_json::json;
use varde_model::ids::SessionId;
use varde_persistence::sessions::{self, RefreshToken, Revocation};

use super::{Tokens, issue};
use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::{Actor, Viewer},
    audit::{self, Deed},
};

/// Exchanges a refresh token for the next pair. Of several that present the same token at once exactly one gets a
/// pair, and since the token was in several hands the session ends with it.
///
/// # Errors
/// [`Code::SessionEnded`]: the token is unknown or used, or the session is over.
pub async fn refresh(ctx: &Ctx, refresh_token: &str) -> Result<Tokens> {
    let tx = ctx.store().write().await?;
    let Some(found) = sessions::refresh_token(&tx, varde_auth::digest(refresh_token)).await? else {
        return Err(ended());
    };
    let Some(live) = sessions::authenticated(&tx, found.session, ctx.now).await? else {
        return Err(ended());
    };
    let successor = ctx.new_id();
    if found.used || !sessions::exchange(&tx, found.id, successor, ctx.now).await? {
        let deed = Deed::on("session.refresh_token_reused", found.session);
        sessions::revoke(&tx, found.organisation, found.session, Revocation::Reused, ctx.now).await?;
        audit::record(ctx, &tx, found.organisation, Actor::Account(live.account), deed, json!({})).await?;
        tx.commit().await?;
        return Err(warn(ctx, &found));
    }
    let tokens = issue(ctx, &tx, found.organisation, live.account, found.session, successor).await?;
    let deed = Deed::on("session.refresh", found.session);
    audit::record(ctx, &tx, found.organisation, Actor::Account(live.account), deed, json!({})).await?;
    tx.commit().await?;
    Ok(tokens)
}

/// Ends the session that the caller is in: its access and refresh tokens serve no more.
///
/// # Errors
/// [`Error::Denied`] for a service token, which is revoked and not signed out.
pub async fn sign_out(ctx: &Ctx, viewer: &Viewer) -> Result<SessionId> {
    let session = viewer.session.ok_or(Error::Denied)?;
    let tx = ctx.store().write().await?;
    if sessions::revoke(&tx, viewer.organisation, session, Revocation::SignedOut, ctx.now).await? {
        let deed = Deed::on("session.sign_out", session);
        audit::record(ctx, &tx, viewer.organisation, Actor::Account(viewer.account), deed, json!({})).await?;
    }
    tx.commit().await?;
    ctx.app().sessions().cache.forget();
    Ok(session)
}

fn warn(ctx: &Ctx, found: &RefreshToken) -> Error {
    ctx.app().sessions().cache.forget();
    metrics::counter!("varde_refresh_tokens_reused_total").increment(1);
    tracing::warn!(session = %found.session, "a refresh token was presented twice; the session was revoked");
    ended()
}

fn ended() -> Error {
    Refusal::new(Code::SessionEnded).into()
}
