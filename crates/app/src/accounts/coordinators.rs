//! The accounts of those who run cohorts.

use varde_model::{
    account::Account,
    ids::{AccountId, OrganisationId},
    roles::Role,
};
use varde_persistence::{Conn, accounts, roles};

use crate::{Ctx, Result, access::Coordinator};

/// Whom a coordinator can name as coordinator of a cohort: by name.
///
/// # Errors
/// The database refused.
pub async fn coordinators(ctx: &Ctx, right: &Coordinator) -> Result<Vec<Account>> {
    let mut found = who_run_cohorts(ctx, ctx.store(), right.org()).await?;
    found.sort_by(|one, other| (&one.display_name, one.id).cmp(&(&other.display_name, other.id)));
    Ok(found)
}

/// The open accounts that may run cohorts: coordinators' and administrators'.
pub(crate) async fn who_run_cohorts(
    ctx: &Ctx,
    conn: &impl Conn,
    org: OrganisationId,
) -> Result<Vec<Account>> {
    open_with(ctx, conn, org, &[Role::Coordinator, Role::Administrator]).await
}

/// The open accounts of the organisation's coordinators: whom its mail about cohorts in general goes to and names.
pub(crate) async fn who_coordinate(ctx: &Ctx, conn: &impl Conn, org: OrganisationId) -> Result<Vec<Account>> {
    open_with(ctx, conn, org, &[Role::Coordinator]).await
}

async fn open_with(
    ctx: &Ctx,
    conn: &impl Conn,
    org: OrganisationId,
    wanted: &[Role],
) -> Result<Vec<Account>> {
    let mut open = accounts::page(conn, org, None, u64::from(u32::MAX)).await?;
    open.retain(|account| account.disabled_at.is_none());
    let ids: Vec<AccountId> = open.iter().map(|account| account.id).collect();
    let grants = roles::current(conn, org, &ids, ctx.now).await?;
    open.retain(|account| {
        grants.iter().any(|grant| grant.account == account.id && wanted.contains(&grant.role))
    });
    Ok(open)
}
