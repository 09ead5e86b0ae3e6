//! Sessions with their chains of refresh tokens.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationDef,
    sea_query::Expr,
};
use uuid::Uuid;
use varde_model::{
    Locale,
    ids::{AccountId, OrganisationId, PersonId, SessionId},
    roles::Role,
};

use crate::{
    Conn, Fault, Result, Tx,
    entity::{account, refresh_token, role_grant, session},
    roles,
    store::sealed::Raw,
};

/// Why a session ended before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revocation {
    /// Its holder signed out.
    SignedOut,
    /// A refresh token was presented a second time: somebody has a copy.
    Reused,
    /// The password was changed.
    PasswordChanged,
    /// The account was closed.
    Disabled,
}

impl Revocation {
    const fn name(self) -> &'static str {
        match self {
            Revocation::SignedOut => "signed_out",
            Revocation::Reused => "reused",
            Revocation::PasswordChanged => "password_changed",
            Revocation::Disabled => "disabled",
        }
    }
}

/// What stands behind a token that is good now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authenticated {
    /// The account's organisation.
    pub organisation: OrganisationId,
    /// Who.
    pub account: AccountId,
    /// The employed person behind the account.
    pub person: Option<PersonId>,
    /// The language of its messages.
    pub locale: Locale,
    /// When the session, or the service token, ends by itself.
    pub expires_at: DateTime<Utc>,
    /// Granted roles that hold now, in the order of [`Role::ALL`].
    pub roles: Vec<Role>,
}

/// A refresh token as it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    /// Its row.
    pub id: Uuid,
    /// The session's organisation.
    pub organisation: OrganisationId,
    /// The session it prolongs.
    pub session: SessionId,
    /// True when it was exchanged before.
    pub used: bool,
}

/// Opens a session.
pub async fn insert(
    tx: &Tx,
    org: OrganisationId,
    id: SessionId,
    account: AccountId,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<()> {
    let row = session::ActiveModel {
        id: Set(id.0),
        organisation_id: Set(org.0),
        account_id: Set(account.0),
        created_at: Set(now),
        expires_at: Set(expires_at),
        revoked_at: Set(None),
        revoked_because: Set(None),
    };
    session::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// The session's account with the roles granted to it, in one statement. None when the session has ended or was
/// revoked, or the account is closed.
pub async fn authenticated(
    conn: &impl Conn,
    id: SessionId,
    now: DateTime<Utc>,
) -> Result<Option<Authenticated>> {
    let to_account: RelationDef = session::Entity::belongs_to(account::Entity)
        .from(session::Column::AccountId)
        .to(account::Column::Id)
        .into();
    let to_grants: RelationDef = session::Entity::belongs_to(role_grant::Entity)
        .from(session::Column::AccountId)
        .to(role_grant::Column::AccountId)
        .on_condition(move |_, _| roles::holds(now))
        .into();
    /// Organisation, account, person, locale, end, role: a row for each role.
    type Row = (Uuid, Uuid, Option<Uuid>, String, DateTime<Utc>, Option<String>);
    let rows: Vec<Row> = session::Entity::find_by_id(id.0)
        .select_only()
        .column(session::Column::OrganisationId)
        .column(session::Column::AccountId)
        .column(account::Column::PersonId)
        .column(account::Column::Locale)
        .column(session::Column::ExpiresAt)
        .column(role_grant::Column::Role)
        .join(JoinType::InnerJoin, to_account)
        .join(JoinType::LeftJoin, to_grants)
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now))
        .filter(account::Column::DisabledAt.is_null())
        .into_tuple()
        .all(conn.raw())
        .await?;
    let Some((organisation, account, person, locale, expires_at, _)) = rows.first().cloned() else {
        return Ok(None);
    };
    let mut held = Vec::with_capacity(rows.len());
    for name in rows.iter().filter_map(|row| row.5.as_deref()) {
        held.push(roles::role(name)?);
    }
    held.sort_unstable();
    held.dedup();
    Ok(Some(Authenticated {
        organisation: OrganisationId(organisation),
        account: AccountId(account),
        person: person.map(PersonId),
        locale: Locale::from_tag(&locale).ok_or_else(|| Fault::stored("account.locale", &locale))?,
        expires_at,
        roles: held,
    }))
}

/// Ends a session; false when it had been revoked before.
pub async fn revoke(
    tx: &Tx,
    org: OrganisationId,
    id: SessionId,
    because: Revocation,
    now: DateTime<Utc>,
) -> Result<bool> {
    let done = revocation(org, because, now).filter(session::Column::Id.eq(id.0)).exec(tx.raw()).await?;
    Ok(done.rows_affected == 1)
}

/// Ends every session of an account, save the one named; says how many there were.
pub async fn revoke_all(
    tx: &Tx,
    org: OrganisationId,
    account: AccountId,
    except: Option<SessionId>,
    because: Revocation,
    now: DateTime<Utc>,
) -> Result<u64> {
    let mut revocation = revocation(org, because, now).filter(session::Column::AccountId.eq(account.0));
    if let Some(except) = except {
        revocation = revocation.filter(session::Column::Id.ne(except.0));
    }
    Ok(revocation.exec(tx.raw()).await?.rows_affected)
}

/// Keeps the digest of a refresh token that is being handed out.
pub async fn insert_refresh_token(
    tx: &Tx,
    org: OrganisationId,
    session: SessionId,
    id: Uuid,
    digest: [u8; 32],
    now: DateTime<Utc>,
) -> Result<()> {
    let row = refresh_token::ActiveModel {
        id: Set(id),
        organisation_id: Set(org.0),
        session_id: Set(session.0),
        digest: Set(digest.to_vec()),
        issued_at: Set(now),
        used_at: Set(None),
        replaced_by: Set(None),
    };
    refresh_token::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// The refresh token of a digest, whichever organisation it is of.
pub async fn refresh_token(conn: &impl Conn, digest: [u8; 32]) -> Result<Option<RefreshToken>> {
    let found = refresh_token::Entity::find()
        .filter(refresh_token::Column::Digest.eq(digest.to_vec()))
        .one(conn.raw())
        .await?;
    Ok(found.map(|row| RefreshToken {
        id: row.id,
        organisation: OrganisationId(row.organisation_id),
        session: SessionId(row.session_id),
        used: row.used_at.is_some(),
    }))
}

/// Uses a refresh token up in favour of its successor. False when it was used meanwhile: of two that present it at
/// once, one is told so.
pub async fn exchange(tx: &Tx, token: Uuid, successor: Uuid, now: DateTime<Utc>) -> Result<bool> {
    let done = refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::UsedAt, Expr::value(now))
        .col_expr(refresh_token::Column::ReplacedBy, Expr::value(successor))
        .filter(refresh_token::Column::Id.eq(token))
        .filter(refresh_token::Column::UsedAt.is_null())
        .exec(tx.raw())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Deletes sessions that ended before an instant, with their refresh tokens; says how many sessions.
pub async fn delete_ended(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let ended = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(session::Column::ExpiresAt.lt(before));
    refresh_token::Entity::delete_many()
        .filter(refresh_token::Column::SessionId.in_subquery(sea_orm::QueryTrait::into_query(ended)))
        .exec(tx.raw())
        .await?;
    let done =
        session::Entity::delete_many().filter(session::Column::ExpiresAt.lt(before)).exec(tx.raw()).await?;
    Ok(done.rows_affected)
}

fn revocation(
    org: OrganisationId,
    because: Revocation,
    now: DateTime<Utc>,
) -> sea_orm::UpdateMany<session::Entity> {
    session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::value(now))
        .col_expr(session::Column::RevokedBecause, Expr::value(because.name()))
        .filter(session::Column::OrganisationId.eq(org.0))
        .filter(session::Column::RevokedAt.is_null())
}
