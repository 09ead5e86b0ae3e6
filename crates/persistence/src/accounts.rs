//! Accounts and the links by which their passwords are chosen.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use varde_model::{
    Locale,
    account::Account,
    ids::{AccountId, LinkId, OrganisationId, PersonId},
    people::email_key,
};

use crate::{
    Conn, Fault, Result, Tx,
    entity::{account, password_link},
    error::one_row,
    people,
    store::sealed::Raw,
};

/// An account with the hash of its password: for checking a password and nothing else.
#[derive(Clone)]
pub struct Credentials {
    /// The account.
    pub account: Account,
    /// The argon2id hash; None until a password was chosen.
    pub password_hash: Option<String>,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").field("account", &self.account.id).finish_non_exhaustive()
    }
}

impl TryFrom<account::Model> for Account {
    type Error = Fault;

    fn try_from(row: account::Model) -> Result<Self> {
        Ok(Self {
            id: AccountId(row.id),
            organisation: OrganisationId(row.organisation_id),
            person: row.person_id.map(PersonId),
            email: row.email,
            display_name: row.display_name,
            locale: Locale::from_tag(&row.locale)
                .ok_or_else(|| Fault::stored("account.locale", &row.locale))?,
            has_password: row.password_hash.is_some(),
            disabled_at: row.disabled_at,
            created_at: row.created_at,
        })
    }
}

/// Writes a new account.
///
/// # Errors
/// Its address, or its person's account, is taken (a unique violation).
pub async fn insert(
    tx: &Tx,
    org: OrganisationId,
    new: &Account,
    password_hash: Option<String>,
) -> Result<()> {
    let row = account::ActiveModel {
        id: Set(new.id.0),
        organisation_id: Set(org.0),
        person_id: Set(new.person.map(|person| person.0)),
        email: Set(new.email.clone()),
        email_normalised: Set(email_key(&new.email)),
        display_name: Set(new.display_name.clone()),
        locale: Set(new.locale.tag().to_owned()),
        password_hash: Set(password_hash),
        disabled_at: Set(new.disabled_at),
        created_at: Set(new.created_at),
    };
    account::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// One account.
pub async fn find(conn: &impl Conn, org: OrganisationId, id: AccountId) -> Result<Option<Account>> {
    of(org).filter(account::Column::Id.eq(id.0)).one(conn.raw()).await?.map(Account::try_from).transpose()
}

/// The accounts of these ids, in no order.
pub async fn find_many(conn: &impl Conn, org: OrganisationId, ids: &[AccountId]) -> Result<Vec<Account>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let ids = chunk.iter().map(|id| id.0);
        for row in of(org).filter(account::Column::Id.is_in(ids)).all(conn.raw()).await? {
            found.push(Account::try_from(row)?);
        }
    }
    Ok(found)
}

/// The account that signs in with this address, whichever organisation it is of.
pub async fn credentials_by_email(conn: &impl Conn, email: &str) -> Result<Option<Credentials>> {
    let found = account::Entity::find()
        .filter(account::Column::EmailNormalised.eq(email_key(email)))
        .one(conn.raw())
        .await?;
    found.map(credentials).transpose()
}

/// An account with its password's hash.
pub async fn credentials_of(
    conn: &impl Conn,
    org: OrganisationId,
    id: AccountId,
) -> Result<Option<Credentials>> {
    of(org).filter(account::Column::Id.eq(id.0)).one(conn.raw()).await?.map(credentials).transpose()
}

/// Accounts in the order in which they were made, after the given one.
pub async fn page(
    conn: &impl Conn,
    org: OrganisationId,
    after: Option<AccountId>,
    limit: u64,
) -> Result<Vec<Account>> {
    let mut find = of(org);
    if let Some(after) = after {
        find = find.filter(account::Column::Id.gt(after.0));
    }
    let rows = find.order_by_asc(account::Column::Id).limit(limit).all(conn.raw()).await?;
    rows.into_iter().map(Account::try_from).collect()
}

/// True for a person of the organisation who has no account.
pub async fn person_is_free(conn: &impl Conn, org: OrganisationId, person: PersonId) -> Result<bool> {
    let known = people::find(conn, org, person).await?.is_some();
    let taken =
        account::Entity::find().filter(account::Column::PersonId.eq(person.0)).count(conn.raw()).await?;
    Ok(known && taken == 0)
}

/// How many accounts there are.
pub async fn count(conn: &impl Conn, org: OrganisationId) -> Result<u64> {
    Ok(of(org).count(conn.raw()).await?)
}

/// Whose account a language is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The account itself.
    Account(AccountId),
    /// That of the person, where there is one.
    Person(PersonId),
}

/// Writes the language of an account's messages.
pub async fn set_locale(tx: &Tx, org: OrganisationId, of: Holder, locale: Locale) -> Result<()> {
    let own = match of {
        Holder::Account(id) => account::Column::Id.eq(id.0),
        Holder::Person(person) => account::Column::PersonId.eq(person.0),
    };
    account::Entity::update_many()
        .col_expr(account::Column::Locale, Expr::value(locale.tag()))
        .filter(account::Column::OrganisationId.eq(org.0))
        .filter(own)
        .exec(tx.raw())
        .await?;
    Ok(())
}

/// Puts another hash in the place of the one that was read before; false when somebody else was first.
pub async fn replace_password(
    tx: &Tx,
    org: OrganisationId,
    id: AccountId,
    before: Option<&str>,
    hash: &str,
) -> Result<bool> {
    let same = match before {
        Some(before) => account::Column::PasswordHash.eq(before),
        None => account::Column::PasswordHash.is_null(),
    };
    let done = account::Entity::update_many()
        .col_expr(account::Column::PasswordHash, Expr::value(hash))
        .filter(account::Column::OrganisationId.eq(org.0))
        .filter(account::Column::Id.eq(id.0))
        .filter(same)
        .exec(tx.raw())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Closes an account, or opens it again.
pub async fn set_disabled(
    tx: &Tx,
    org: OrganisationId,
    id: AccountId,
    disabled_at: Option<DateTime<Utc>>,
) -> Result<()> {
    let done = account::Entity::update_many()
        .col_expr(account::Column::DisabledAt, Expr::value(disabled_at))
        .filter(account::Column::OrganisationId.eq(org.0))
        .filter(account::Column::Id.eq(id.0))
        .exec(tx.raw())
        .await?;
    one_row("account.set_disabled", done.rows_affected)
}

/// Writes a link by which the account's password can be chosen, and takes back those before it.
pub async fn insert_password_link(
    tx: &Tx,
    org: OrganisationId,
    link: LinkId,
    account: AccountId,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<()> {
    password_link::Entity::delete_many()
        .filter(password_link::Column::OrganisationId.eq(org.0))
        .filter(password_link::Column::AccountId.eq(account.0))
        .filter(password_link::Column::UsedAt.is_null())
        .exec(tx.raw())
        .await?;
    let row = password_link::ActiveModel {
        id: Set(link.0),
        organisation_id: Set(org.0),
        account_id: Set(account.0),
        created_at: Set(now),
        expires_at: Set(expires_at),
        used_at: Set(None),
    };
    password_link::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// The account whose password this link chooses, while the link is neither used nor expired.
pub async fn by_password_link(
    conn: &impl Conn,
    link: LinkId,
    now: DateTime<Utc>,
) -> Result<Option<Credentials>> {
    let Some(row) = open_link(link, now).one(conn.raw()).await? else { return Ok(None) };
    credentials_of(conn, OrganisationId(row.organisation_id), AccountId(row.account_id)).await
}

/// Uses the link up; false when it was used or ran out meanwhile.
pub async fn use_password_link(tx: &Tx, link: LinkId, now: DateTime<Utc>) -> Result<bool> {
    let done = password_link::Entity::update_many()
        .col_expr(password_link::Column::UsedAt, Expr::value(now))
        .filter(password_link::Column::Id.eq(link.0))
        .filter(password_link::Column::UsedAt.is_null())
        .filter(password_link::Column::ExpiresAt.gt(now))
        .exec(tx.raw())
        .await?;
    Ok(done.rows_affected == 1)
}

fn of(org: OrganisationId) -> sea_orm::Select<account::Entity> {
    account::Entity::find().filter(account::Column::OrganisationId.eq(org.0))
}

fn open_link(link: LinkId, now: DateTime<Utc>) -> sea_orm::Select<password_link::Entity> {
    password_link::Entity::find_by_id(link.0)
        .filter(password_link::Column::UsedAt.is_null())
        .filter(password_link::Column::ExpiresAt.gt(now))
}

fn credentials(row: account::Model) -> Result<Credentials> {
    let password_hash = row.password_hash.clone();
    Ok(Credentials { account: Account::try_from(row)?, password_hash })
}
