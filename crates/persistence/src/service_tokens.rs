//! Tokens of programs that call the API.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use varde_model::{
    Locale,
    account::ServiceToken,
    ids::{AccountId, OrganisationId, ServiceTokenId},
    roles::Role,
};

use crate::{
    Conn, Fault, Result, Tx,
    entity::{account, role_grant, service_token},
    error::one_row,
    roles,
    sessions::Authenticated,
    store::sealed::Raw,
};

impl TryFrom<service_token::Model> for ServiceToken {
    type Error = Fault;

    fn try_from(row: service_token::Model) -> Result<Self> {
        Ok(Self {
            id: ServiceTokenId(row.id),
            owner: AccountId(row.owner_id),
            name: row.name,
            roles: serde_json::from_value(row.roles)
                .map_err(|error| Fault::stored("service_token.roles", error))?,
            created_at: row.created_at,
            expires_at: row.expires_at,
            revoked_at: row.revoked_at,
            last_used_on: row.last_used_on,
        })
    }
}

/// Keeps a new token's digest.
///
/// # Errors
/// The name is taken (a unique violation).
pub async fn insert(tx: &Tx, org: OrganisationId, new: &ServiceToken, digest: [u8; 32]) -> Result<()> {
    let roles =
        serde_json::to_value(&new.roles).map_err(|error| Fault::stored("service_token.roles", error))?;
    let row = service_token::ActiveModel {
        id: Set(new.id.0),
        organisation_id: Set(org.0),
        owner_id: Set(new.owner.0),
        name: Set(new.name.clone()),
        digest: Set(digest.to_vec()),
        roles: Set(roles),
        created_at: Set(new.created_at),
        expires_at: Set(new.expires_at),
        revoked_at: Set(new.revoked_at),
        last_used_on: Set(new.last_used_on),
    };
    service_token::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// The token of a digest, if it is good now: neither expired nor revoked, and its owner an administrator who can sign
/// in.
pub async fn authenticated(
    conn: &impl Conn,
    digest: [u8; 32],
    now: DateTime<Utc>,
) -> Result<Option<(ServiceToken, Authenticated)>> {
    let found = service_token::Entity::find()
        .filter(service_token::Column::Digest.eq(digest.to_vec()))
        .filter(service_token::Column::RevokedAt.is_null())
        .filter(service_token::Column::ExpiresAt.gt(now))
        .one(conn.raw())
        .await?;
    let Some(row) = found else { return Ok(None) };
    let organisation = OrganisationId(row.organisation_id);
    let owner = account::Entity::find_by_id(row.owner_id)
        .filter(account::Column::OrganisationId.eq(organisation.0))
        .filter(account::Column::DisabledAt.is_null())
        .one(conn.raw())
        .await?;
    let administers = role_grant::Entity::find()
        .filter(role_grant::Column::AccountId.eq(row.owner_id))
        .filter(role_grant::Column::Role.eq(Role::Administrator.name()))
        .filter(roles::holds(now))
        .one(conn.raw())
        .await?
        .is_some();
    let Some(owner) = owner.filter(|_| administers) else { return Ok(None) };
    let token = ServiceToken::try_from(row)?;
    let behind = Authenticated {
        organisation,
        account: token.owner,
        // The owner's own matters are no program's business.
        person: None,
        locale: Locale::from_tag(&owner.locale)
            .ok_or_else(|| Fault::stored("account.locale", &owner.locale))?,
        expires_at: token.expires_at,
        roles: token.roles.clone(),
    };
    Ok(Some((token, behind)))
}

/// Notes the day on which a token was last used.
pub async fn used_on(tx: &Tx, org: OrganisationId, id: ServiceTokenId, day: NaiveDate) -> Result<()> {
    let done = service_token::Entity::update_many()
        .col_expr(service_token::Column::LastUsedOn, Expr::value(day))
        .filter(service_token::Column::OrganisationId.eq(org.0))
        .filter(service_token::Column::Id.eq(id.0))
        .exec(tx.raw())
        .await?;
    one_row("service_token.used_on", done.rows_affected)
}

/// Takes a token back; false when there is none of that id that is not revoked.
pub async fn revoke(tx: &Tx, org: OrganisationId, id: ServiceTokenId, now: DateTime<Utc>) -> Result<bool> {
    let done = service_token::Entity::update_many()
        .col_expr(service_token::Column::RevokedAt, Expr::value(now))
        .filter(service_token::Column::OrganisationId.eq(org.0))
        .filter(service_token::Column::Id.eq(id.0))
        .filter(service_token::Column::RevokedAt.is_null())
        .exec(tx.raw())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Tokens in the order in which they were made, after the given one.
pub async fn page(
    conn: &impl Conn,
    org: OrganisationId,
    after: Option<ServiceTokenId>,
    limit: u64,
) -> Result<Vec<ServiceToken>> {
    let mut find = service_token::Entity::find().filter(service_token::Column::OrganisationId.eq(org.0));
    if let Some(after) = after {
        find = find.filter(service_token::Column::Id.gt(after.0));
    }
    let rows = find.order_by_asc(service_token::Column::Id).limit(limit).all(conn.raw()).await?;
    rows.into_iter().map(ServiceToken::try_from).collect()
}

/// How many tokens there are.
pub async fn count(conn: &impl Conn, org: OrganisationId) -> Result<u64> {
    let all = service_token::Entity::find().filter(service_token::Column::OrganisationId.eq(org.0));
    Ok(all.count(conn.raw()).await?)
}

/// Several tokens, in no order.
pub async fn find_many(
    conn: &impl Conn,
    org: OrganisationId,
    ids: &[ServiceTokenId],
) -> Result<Vec<ServiceToken>> {
    let rows = service_token::Entity::find()
        .filter(service_token::Column::OrganisationId.eq(org.0))
        .filter(service_token::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .all(conn.raw())
        .await?;
    rows.into_iter().map(ServiceToken::try_from).collect()
}

/// One token.
pub async fn find(conn: &impl Conn, org: OrganisationId, id: ServiceTokenId) -> Result<Option<ServiceToken>> {
    let found = service_token::Entity::find_by_id(id.0)
        .filter(service_token::Column::OrganisationId.eq(org.0))
        .one(conn.raw())
        .await?;
    found.map(ServiceToken::try_from).transpose()
}
