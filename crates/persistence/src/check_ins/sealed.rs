//! Sealed texts, whatever they are, for sealing them anew under another key.

use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, Func},
};
use uuid::Uuid;
use varde_model::{
    check_in::Party,
    ids::{CheckInActionId, CheckInId, OrganisationId},
};

use crate::{
    Conn, Fault, Result, Tx,
    entity::{check_in_action, check_in_addendum, check_in_rating},
    store::sealed::Raw,
};

/// What a sealed text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SealedField {
    /// The example or reason to a requirement.
    Rating(Party, String),
    /// What an action is about.
    Action(CheckInActionId),
    /// What was added after both had signed.
    Addendum(Uuid),
}

/// A sealed text with where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedText {
    /// The row's id.
    pub id: Uuid,
    /// The check-in.
    pub check_in: CheckInId,
    /// What it is.
    pub field: SealedField,
    /// The sealed text.
    pub bytes: Vec<u8>,
}

/// The tables that hold sealed texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealedTable {
    /// Ratings.
    Ratings,
    /// Actions.
    Actions,
    /// Addenda.
    Addenda,
}

impl SealedTable {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Ratings, Self::Actions, Self::Addenda];
}

/// So many sealed texts of a table, by id, after the one named.
pub async fn page(
    conn: &impl Conn,
    org: OrganisationId,
    table: SealedTable,
    after: Uuid,
    limit: u64,
) -> Result<Vec<SealedText>> {
    let text = |id, check_in, field, bytes: Option<Vec<u8>>| SealedText {
        id,
        check_in: CheckInId(check_in),
        field,
        bytes: bytes.unwrap_or_default(),
    };
    match table {
        SealedTable::Ratings => {
            use check_in_rating::Column as C;
            let rows = check_in_rating::Entity::find()
                .filter(C::OrganisationId.eq(org.0))
                .filter(C::Sealed.is_not_null())
                .filter(C::Id.gt(after))
                .order_by_asc(C::Id)
                .limit(limit)
                .all(conn.raw())
                .await?;
            let read = |row: check_in_rating::Model| {
                let party = Party::from_name(&row.party);
                let party = party.ok_or_else(|| Fault::stored("check_in_rating.party", &row.party))?;
                Ok(text(row.id, row.check_in_id, SealedField::Rating(party, row.requirement), row.sealed))
            };
            rows.into_iter().map(read).collect()
        }
        SealedTable::Actions => {
            use check_in_action::Column as C;
            let rows = check_in_action::Entity::find()
                .filter(C::OrganisationId.eq(org.0))
                .filter(C::Sealed.is_not_null())
                .filter(C::Id.gt(after))
                .order_by_asc(C::Id)
                .limit(limit)
                .all(conn.raw())
                .await?;
            let read = |row: check_in_action::Model| {
                let field = SealedField::Action(CheckInActionId(row.id));
                text(row.id, row.check_in_id, field, row.sealed)
            };
            Ok(rows.into_iter().map(read).collect())
        }
        SealedTable::Addenda => {
            use check_in_addendum::Column as C;
            let rows = check_in_addendum::Entity::find()
                .filter(C::OrganisationId.eq(org.0))
                .filter(C::Id.gt(after))
                .order_by_asc(C::Id)
                .limit(limit)
                .all(conn.raw())
                .await?;
            let read = |row: check_in_addendum::Model| {
                text(row.id, row.check_in_id, SealedField::Addendum(row.id), Some(row.sealed))
            };
            Ok(rows.into_iter().map(read).collect())
        }
    }
}

/// How the sealed texts of a table begin, as far as the name of a key reaches, and how many begin so.
pub async fn beginnings(
    conn: &impl Conn,
    org: OrganisationId,
    table: SealedTable,
    bytes: usize,
) -> Result<Vec<(Vec<u8>, u64)>> {
    match table {
        SealedTable::Ratings => {
            use check_in_rating::{Column as C, Entity};
            let own = Entity::find().filter(C::OrganisationId.eq(org.0));
            begin(conn, own, (C::Id, C::Sealed), bytes).await
        }
        SealedTable::Actions => {
            use check_in_action::{Column as C, Entity};
            let own = Entity::find().filter(C::OrganisationId.eq(org.0));
            begin(conn, own, (C::Id, C::Sealed), bytes).await
        }
        SealedTable::Addenda => {
            use check_in_addendum::{Column as C, Entity};
            let own = Entity::find().filter(C::OrganisationId.eq(org.0));
            begin(conn, own, (C::Id, C::Sealed), bytes).await
        }
    }
}

async fn begin<E: EntityTrait, C: ColumnTrait>(
    conn: &impl Conn,
    own: Select<E>,
    (id, sealed): (C, C),
    bytes: usize,
) -> Result<Vec<(Vec<u8>, u64)>> {
    let bytes = i32::try_from(bytes).unwrap_or(i32::MAX);
    let beginning = Func::cust("substr").arg(Expr::col(sealed)).arg(1).arg(bytes);
    let rows: Vec<(Vec<u8>, i64)> = own
        .filter(sealed.is_not_null())
        .select_only()
        .column_as(Expr::expr(beginning), "beginning")
        .column_as(id.count(), "texts")
        .group_by(Expr::col("beginning"))
        .into_tuple()
        .all(conn.raw())
        .await?;
    Ok(rows.into_iter().map(|(name, texts)| (name, u64::try_from(texts).unwrap_or_default())).collect())
}

/// Puts a text in the place of one that it says the same as. False where somebody has written another one meanwhile.
pub async fn replace(tx: &Tx, org: OrganisationId, old: &SealedText, bytes: Vec<u8>) -> Result<bool> {
    let done = match old.field {
        SealedField::Rating(..) => {
            use check_in_rating::Column as C;
            check_in_rating::Entity::update_many()
                .col_expr(C::Sealed, Expr::value(bytes))
                .filter(C::OrganisationId.eq(org.0))
                .filter(C::Id.eq(old.id))
                .filter(C::Sealed.eq(old.bytes.clone()))
                .exec(tx.raw())
                .await?
                .rows_affected
        }
        SealedField::Action(_) => {
            use check_in_action::Column as C;
            check_in_action::Entity::update_many()
                .col_expr(C::Sealed, Expr::value(bytes))
                .filter(C::OrganisationId.eq(org.0))
                .filter(C::Id.eq(old.id))
                .exec(tx.raw())
                .await?
                .rows_affected
        }
        SealedField::Addendum(_) => {
            use check_in_addendum::Column as C;
            check_in_addendum::Entity::update_many()
                .col_expr(C::Sealed, Expr::value(bytes))
                .filter(C::OrganisationId.eq(org.0))
                .filter(C::Id.eq(old.id))
                .exec(tx.raw())
                .await?
                .rows_affected
        }
    };
    Ok(done == 1)
}
