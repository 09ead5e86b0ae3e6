//! Granting roles and taking them back. An organisation is never left without an administrator.

use chrono::{DateTime, Utc};
use serde_json::json;
use varde_model::{
    account::RoleGrant,
    ids::{AccountId, OrganisationId},
    roles::Role,
};
use varde_persistence::{Tx, roles};

use super::{AccountWithRoles, find, finish, granted_by};
use crate::{
    Code, Ctx, Refusal, Result,
    access::Administrator,
    audit::{self, Deed},
};

/// Grants a role from now on, until an instant or for good. A grant of the role that holds already is replaced.
///
/// # Errors
/// [`Code::NotFound`], [`Code::RoleNotGranted`], an end that has passed, or an end to the last administrator.
pub async fn grant_role(
    ctx: &Ctx,
    right: &Administrator,
    id: AccountId,
    role: Role,
    until: Option<DateTime<Utc>>,
) -> Result<AccountWithRoles> {
    if !role.is_granted() {
        return Err(Refusal::new(Code::RoleNotGranted).at("role").into());
    }
    if until.is_some_and(|until| until <= ctx.now) {
        return Err(Refusal::new(Code::EndsBeforeStart).at("until").into());
    }
    let tx = ctx.store().write().await?;
    let account = find(&tx, right.org(), id).await?;
    if role == Role::Administrator && until.is_some() {
        // A grant with an end in the place of an open one would leave nobody when it ends.
        keep_an_administrator(ctx, &tx, right.org(), id).await?;
    }
    roles::end(&tx, right.org(), id, role, ctx.now).await?;
    let grant = RoleGrant { account: id, role, starts_at: ctx.now, ends_at: until };
    roles::insert(&tx, right.org(), ctx.new_id(), &grant, granted_by(right.actor())).await?;
    let detail = json!({ "role": role, "until": until });
    audit::record(ctx, &tx, right.org(), right.actor(), Deed::on("account.grant_role", id), detail).await?;
    finish(ctx, tx, account).await
}

/// Takes a role back. One that is not held is left so.
///
/// # Errors
/// [`Code::NotFound`], [`Code::RoleNotGranted`], or [`Code::LastAdministrator`].
pub async fn revoke_role(
    ctx: &Ctx,
    right: &Administrator,
    id: AccountId,
    role: Role,
) -> Result<AccountWithRoles> {
    if !role.is_granted() {
        return Err(Refusal::new(Code::RoleNotGranted).at("role").into());
    }
    let tx = ctx.store().write().await?;
    let account = find(&tx, right.org(), id).await?;
    if role == Role::Administrator {
        keep_an_administrator(ctx, &tx, right.org(), id).await?;
    }
    if roles::end(&tx, right.org(), id, role, ctx.now).await? > 0 {
        let detail = json!({ "role": role });
        audit::record(ctx, &tx, right.org(), right.actor(), Deed::on("account.revoke_role", id), detail)
            .await?;
    }
    finish(ctx, tx, account).await
}

/// Refuses to go on where the account is the organisation's only administrator who can sign in.
pub(super) async fn keep_an_administrator(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    id: AccountId,
) -> Result<()> {
    let administrators = roles::lock_administrators(tx, org, ctx.now).await?;
    if administrators.contains(&id) && administrators.iter().all(|other| *other == id) {
        return Err(Refusal::new(Code::LastAdministrator).into());
    }
    Ok(())
}
