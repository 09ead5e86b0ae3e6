//! Long lists that came of work, kept in pieces, so that a page of one is read without the rest.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slice {
    /// The work that it came of.
    pub operation: OperationId,
    /// Which list.
    pub list: &'static str,
    /// The first row.
    pub start: usize,
    /// How many rows at the most.
    pub count: usize,
}

impl Slice {
    /// The pieces that hold it.
    fn pieces(self) -> impl Iterator<Item = (Uuid, &'static str, i32)> {
        let piece = |place: usize| i32::try_from(place / ROWS).unwrap_or(i32::MAX);
        let last = self.start.saturating_add(self.count.saturating_sub(1));
        (piece(self.start)..=piece(last)).map(move |number| (self.operation.0, self.list, number))
    }
}

/// The rows of slices, one answer for each, read together.
pub async fn read_slices(conn: &impl Conn, org: OrganisationId, slices: &[Slice]) -> Result<Vec<Vec<Value>>> {
    let of = [C::OperationId, C::List, C::Number];
    let wanted: BTreeSet<_> = slices.iter().flat_map(|slice| slice.pieces()).collect();
    let pieces = Entity::find()
        .filter(C::OrganisationId.eq(org.0))
        .filter(Expr::tuple(of.map(Expr::col)).in_tuples(wanted))
        .all(conn.raw())
        .await?;
    let pieces: HashMap<_, _> = pieces
        .iter()
        .map(|piece| ((piece.operation_id, piece.list.as_str(), piece.number), &piece.rows))
        .collect();
    let cut = |slice: &Slice| {
        let mut found = Vec::with_capacity(slice.count);
        for rows in slice.pieces().map_while(|key| pieces.get(&key)) {
            match rows {
                Value::Array(rows) => found.extend(rows),
                other => return Err(Fault::stored("operation_part.rows", other)),
            }
        }
        Ok(found.into_iter().skip(slice.start % ROWS).take(slice.count).cloned().collect())
    };
    slices.iter().map(cut).collect()
}
