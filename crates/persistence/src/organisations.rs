//! Organisations and their closed days.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockType},
};
use varde_model::{
    Locale,
    ids::{ClosedDayId, OrganisationId},
    organisation::{ClosedDay, Organisation},
};

use crate::{
    Conn, Fault, Result, Tx,
    convert::{int, uint},
    entity::{closed_day, organisation},
    error::one_row,
    store::sealed::Raw,
};

impl TryFrom<organisation::Model> for Organisation {
    type Error = Fault;

    fn try_from(row: organisation::Model) -> Result<Self> {
        Ok(Self {
            id: OrganisationId(row.id),
            key: row.key,
            name: row.name,
            zone: row.time_zone.parse().map_err(|error| Fault::stored("organisation.time_zone", error))?,
            locale: Locale::from_tag(&row.locale)
                .ok_or_else(|| Fault::stored("organisation.locale", &row.locale))?,
            sender_address: row.sender_address,
            reply_to: row.reply_to,
            sending: row.sending,
            version: uint(row.version),
        })
    }
}

/// Writes a new organisation.
///
/// # Errors
/// Its key is taken (a unique violation).
pub async fn insert(tx: &Tx, new: &Organisation, now: DateTime<Utc>) -> Result<()> {
    let row = organisation::ActiveModel {
        id: Set(new.id.0),
        key: Set(new.key.clone()),
        name: Set(new.name.clone()),
        time_zone: Set(new.zone.name().to_owned()),
        locale: Set(new.locale.tag().to_owned()),
        sender_address: Set(new.sender_address.clone()),
        reply_to: Set(new.reply_to.clone()),
        sending: Set(new.sending),
        version: Set(int(new.version)),
        created_at: Set(now),
    };
    organisation::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Every organisation, by key: the scheduler's and the command line's view.
pub async fn all(conn: &impl Conn) -> Result<Vec<Organisation>> {
    let rows = organisation::Entity::find().order_by_asc(organisation::Column::Key).all(conn.raw()).await?;
    rows.into_iter().map(Organisation::try_from).collect()
}

/// One organisation.
pub async fn find(conn: &impl Conn, id: OrganisationId) -> Result<Option<Organisation>> {
    organisation::Entity::find_by_id(id.0).one(conn.raw()).await?.map(Organisation::try_from).transpose()
}

/// Takes the organisation's lock for the rest of the transaction: who compares people with what is known, or looks for
/// those without a place, has it first. Rows that refer to the organisation can be written meanwhile. (SQLite's writing
/// transactions exclude each other anyway.)
pub async fn lock(tx: &Tx, id: OrganisationId) -> Result<Option<Organisation>> {
    let found = organisation::Entity::find_by_id(id.0).lock(LockType::NoKeyUpdate).one(tx.raw()).await?;
    found.map(Organisation::try_from).transpose()
}

/// The organisation with that key.
pub async fn find_by_key(conn: &impl Conn, key: &str) -> Result<Option<Organisation>> {
    let found =
        organisation::Entity::find().filter(organisation::Column::Key.eq(key)).one(conn.raw()).await?;
    found.map(Organisation::try_from).transpose()
}

/// Writes what administrators set, and counts the version up.
pub async fn update(tx: &Tx, changed: &Organisation) -> Result<()> {
    let done = organisation::Entity::update_many()
        .col_expr(organisation::Column::Name, Expr::value(changed.name.clone()))
        .col_expr(organisation::Column::Locale, Expr::value(changed.locale.tag()))
        .col_expr(organisation::Column::SenderAddress, Expr::value(changed.sender_address.clone()))
        .col_expr(organisation::Column::ReplyTo, Expr::value(changed.reply_to.clone()))
        .col_expr(organisation::Column::Version, Expr::value(int(changed.version + 1)))
        .filter(organisation::Column::Id.eq(changed.id.0))
        .filter(organisation::Column::Version.eq(int(changed.version)))
        .exec(tx.raw())
        .await?;
    one_row("organisation.update", done.rows_affected)
}

/// Lets mail out, or holds it back.
pub async fn set_sending(tx: &Tx, id: OrganisationId, sending: bool) -> Result<()> {
    let done = organisation::Entity::update_many()
        .col_expr(organisation::Column::Sending, Expr::value(sending))
        .filter(organisation::Column::Id.eq(id.0))
        .exec(tx.raw())
        .await?;
    tx.leaves_work();
    one_row("organisation.set_sending", done.rows_affected)
}

/// The trust's own closed days, in order.
pub async fn closed_days(conn: &impl Conn, org: OrganisationId) -> Result<Vec<ClosedDay>> {
    let rows = closed_day::Entity::find()
        .filter(closed_day::Column::OrganisationId.eq(org.0))
        .order_by_asc(closed_day::Column::Day)
        .all(conn.raw())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| ClosedDay { id: ClosedDayId(row.id), day: row.day, name: row.name })
        .collect())
}

/// Adds a closed day.
///
/// # Errors
/// The day is closed already (a unique violation).
pub async fn insert_closed_day(
    tx: &Tx,
    org: OrganisationId,
    new: &ClosedDay,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = closed_day::ActiveModel {
        id: Set(new.id.0),
        organisation_id: Set(org.0),
        day: Set(new.day),
        name: Set(new.name.clone()),
        created_at: Set(now),
    };
    closed_day::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Removes a closed day; false when there was none on that day.
pub async fn delete_closed_day(tx: &Tx, org: OrganisationId, day: chrono::NaiveDate) -> Result<bool> {
    let done = closed_day::Entity::delete_many()
        .filter(closed_day::Column::OrganisationId.eq(org.0))
        .filter(closed_day::Column::Day.eq(day))
        .exec(tx.raw())
        .await?;
    Ok(done.rows_affected == 1)
}
