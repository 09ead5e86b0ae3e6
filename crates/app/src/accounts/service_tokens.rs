//! Tokens of programs that call the API: named, with an end, shown once.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use varde_auth::OpaqueToken;
use varde_model::{
    account::ServiceToken,
    ids::{AccountId, ServiceTokenId},
    roles::Role,
};
use varde_persistence::{roles, service_tokens};

use super::{MAX_NAME_CHARS, MAX_PAGE};
use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::Administrator,
    audit::{self, Deed},
    input,
};

/// The longest life of a service token.
pub const MAX_LIFETIME: TimeDelta = TimeDelta::days(400);

/// A token to be made.
#[derive(Clone, Debug)]
pub struct NewServiceToken {
    /// What it is for, such as `Power BI`. Unique in the organisation.
    pub name: String,
    /// What its holder may: coordinator, administrator.
    pub roles: Vec<Role>,
    /// When it ceases to serve, at most 400 days from now.
    pub expires_at: DateTime<Utc>,
    /// The administrator who answers for it. It serves only as long as she or he is one.
    pub owner: AccountId,
}

/// A new token: the only time that it is shown.
#[derive(Clone)]
pub struct IssuedServiceToken {
    /// What is kept of it.
    pub kept: ServiceToken,
    /// The token itself.
    pub token: String,
}

impl std::fmt::Debug for IssuedServiceToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IssuedServiceToken").field("kept", &self.kept).finish_non_exhaustive()
    }
}

/// Makes a service token.
///
/// # Errors
/// A name that is empty or taken, no role or one that is not granted, an end that has passed or lies too far off, an
/// owner who is no administrator.
pub async fn create_service_token(
    ctx: &Ctx,
    right: &Administrator,
    new: NewServiceToken,
) -> Result<IssuedServiceToken> {
    let refusals = flaws(ctx, &new);
    if !refusals.is_empty() {
        return Err(Error::Refused(refusals));
    }
    let token = OpaqueToken::service(ctx.random_bytes());
    let kept = ServiceToken {
        id: ctx.new_id(),
        owner: new.owner,
        name: new.name.trim().to_owned(),
        roles: new.roles,
        created_at: ctx.now,
        expires_at: new.expires_at,
        revoked_at: None,
        last_used_on: None,
    };
    let tx = ctx.store().write().await?;
    let administrators = roles::lock_administrators(&tx, right.org(), ctx.now).await?;
    if !administrators.contains(&kept.owner) {
        return Err(Refusal::new(Code::NotFound).at("owner").into());
    }
    match service_tokens::insert(&tx, right.org(), &kept, token.digest()).await {
        Err(fault) if fault.is_unique_violation() => return Err(Refusal::new(Code::Taken).at("name").into()),
        other => other?,
    }
    let detail = json!({ "roles": kept.roles, "owner": kept.owner, "expiresAt": kept.expires_at });
    let deed = Deed::on("service_token.create", kept.id);
    audit::record(ctx, &tx, right.org(), right.actor(), deed, detail).await?;
    tx.commit().await?;
    Ok(IssuedServiceToken { kept, token: token.expose().to_owned() })
}

/// Takes a token back. One that is revoked already is left so.
///
/// # Errors
/// [`Code::NotFound`].
pub async fn revoke_service_token(
    ctx: &Ctx,
    right: &Administrator,
    id: ServiceTokenId,
) -> Result<ServiceToken> {
    let tx = ctx.store().write().await?;
    let found = service_tokens::find(&tx, right.org(), id).await?;
    let mut kept = found.ok_or_else(|| Refusal::new(Code::NotFound).at("serviceTokenId"))?;
    if service_tokens::revoke(&tx, right.org(), id, ctx.now).await? {
        kept.revoked_at = Some(ctx.now);
        let deed = Deed::on("service_token.revoke", id);
        audit::record(ctx, &tx, right.org(), right.actor(), deed, json!({})).await?;
    }
    tx.commit().await?;
    ctx.app().sessions().cache.forget();
    Ok(kept)
}

/// Tokens in the order in which they were made, after the given one: at most `first`, and never above a hundred.
///
/// # Errors
/// The database could not be reached.
pub async fn list_service_tokens(
    ctx: &Ctx,
    right: &Administrator,
    after: Option<ServiceTokenId>,
    first: u64,
) -> Result<Vec<ServiceToken>> {
    Ok(service_tokens::page(ctx.store(), right.org(), after, first.min(MAX_PAGE)).await?)
}

/// How many tokens there are.
///
/// # Errors
/// The database could not be reached.
pub async fn count_service_tokens(ctx: &Ctx, right: &Administrator) -> Result<u64> {
    Ok(service_tokens::count(ctx.store(), right.org()).await?)
}

/// Several tokens by id, in no order.
///
/// # Errors
/// The database could not be reached.
pub async fn find_service_tokens(
    ctx: &Ctx,
    right: &Administrator,
    ids: &[ServiceTokenId],
) -> Result<Vec<ServiceToken>> {
    Ok(service_tokens::find_many(ctx.store(), right.org(), ids).await?)
}

fn flaws(ctx: &Ctx, new: &NewServiceToken) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    refusals.extend(input::text("name", &new.name, MAX_NAME_CHARS).err());
    if new.roles.is_empty() {
        refusals.push(Refusal::new(Code::Required).at("roles"));
    } else if new.roles.iter().any(|role| !role.is_granted()) {
        refusals.push(Refusal::new(Code::RoleNotGranted).at("roles"));
    }
    let (least, most) = (ctx.now, ctx.now + MAX_LIFETIME);
    if new.expires_at <= least || new.expires_at > most {
        let day = |at: DateTime<Utc>| at.format("%F").to_string();
        refusals.push(
            Refusal::new(Code::OutOfRange).at("expiresAt").with("least", day(least)).with("most", day(most)),
        );
    }
    refusals
}
