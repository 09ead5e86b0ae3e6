//! Long lists that came of work, kept in pieces, so that a page of one is read without the rest.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;
use uuid::Uuid;
use varde_model::ids::{OperationId, OrganisationId};

use crate::{
    Conn, Fault, Result, Tx,
    entity::operation_part::{ActiveModel, Column as C, Entity},
    store::sealed::Raw,
};

/// Rows of a list in one piece: as many as a page has at the most.
const ROWS: usize = 100;

/// Pieces in one statement.
const CHUNK: usize = 50;

/// Keeps a list with its work. An id is drawn for each piece.
pub async fn insert_list(
    tx: &Tx,
    org: OrganisationId,
    operation: OperationId,
    list: &str,
    rows: &[Value],
    new_id: &mut (dyn FnMut() -> Uuid + Send),
) -> Result<()> {
    let mut pieces = rows.chunks(ROWS).zip(0..).peekable();
    while pieces.peek().is_some() {
        let chunk: Vec<ActiveModel> = pieces
            .by_ref()
            .take(CHUNK)
            .map(|(rows, number)| ActiveModel {
                id: Set(new_id()),
                organisation_id: Set(org.0),
                operation_id: Set(operation.0),
                list: Set(list.to_owned()),
                number: Set(number),
                rows: Set(Value::Array(rows.to_vec())),
            })
            .collect();
        Entity::insert_many(chunk).exec_without_returning(tx.raw()).await?;
    }
    Ok(())
}

/// Rows of a kept list, from a place in it.
pub async fn read_list(
    conn: &impl Conn,
    org: OrganisationId,
    operation: OperationId,
    list: &str,
    start: usize,
    count: usize,
) -> Result<Vec<Value>> {
    let piece = |place: usize| i32::try_from(place / ROWS).unwrap_or(i32::MAX);
    let pieces = Entity::find()
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::OperationId.eq(operation.0))
        .filter(C::List.eq(list))
        .filter(C::Number.between(piece(start), piece(start.saturating_add(count))))
        .order_by_asc(C::Number)
        .all(conn.raw())
        .await?;
    let mut found = Vec::with_capacity(count);
    for piece in pieces {
        match piece.rows {
            Value::Array(rows) => found.extend(rows),
            other => return Err(Fault::stored("operation_part.rows", other)),
        }
    }
    Ok(found.into_iter().skip(start % ROWS).take(count).collect())
}
