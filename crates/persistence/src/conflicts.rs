//! Conflicts of interest that were found, and the sets of rules that a trust has published.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde_json::Value;
use uuid::Uuid;
use varde_model::{
    conflicts::{Conflict, Constellation, Relation},
    ids::{ConflictId, ConflictRulesId, OrganisationId, PersonId},
};

use crate::{
    Conn, Fault, Result, Tx,
    convert::{int, uint},
    entity::{conflict, conflict_rules},
    store::sealed::Raw,
};

/// A set of rules that a trust has published.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredRules {
    /// Permanent id.
    pub id: ConflictRulesId,
    /// 1 is the trust's first.
    pub version: u32,
    /// The set as the catalogue writes it.
    pub definition: Value,
    /// When it was published.
    pub published_at: DateTime<Utc>,
}

/// A conflict that was found in a constellation that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredConflict {
    /// Permanent id.
    pub id: ConflictId,
    /// What the two stand together in: a nomination, say.
    pub about: Uuid,
    /// Who is what to whom.
    pub conflict: Conflict,
    /// When it was found.
    pub found_at: DateTime<Utc>,
}

/// Publishes a set of rules.
pub async fn insert_rules(tx: &Tx, org: OrganisationId, new: &StoredRules) -> Result<()> {
    let row = conflict_rules::ActiveModel {
        id: Set(new.id.0),
        organisation_id: Set(org.0),
        version: Set(int(new.version)),
        definition: Set(new.definition.clone()),
        published_at: Set(new.published_at),
    };
    conflict_rules::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Every set of rules that a trust has published, oldest first.
pub async fn rules(conn: &impl Conn, org: OrganisationId) -> Result<Vec<StoredRules>> {
    let rows = conflict_rules::Entity::find()
        .filter(conflict_rules::Column::OrganisationId.eq(org.0))
        .order_by_asc(conflict_rules::Column::Version)
        .all(conn.raw())
        .await?;
    let read = |row: conflict_rules::Model| StoredRules {
        id: ConflictRulesId(row.id),
        version: uint(row.version),
        definition: row.definition,
        published_at: row.published_at,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// The conflicts that stand, oldest first.
pub async fn standing(conn: &impl Conn, org: OrganisationId) -> Result<Vec<StoredConflict>> {
    let rows = conflict::Entity::find()
        .filter(conflict::Column::OrganisationId.eq(org.0))
        .filter(conflict::Column::SettledAt.is_null())
        .order_by_asc(conflict::Column::Id)
        .all(conn.raw())
        .await?;
    rows.into_iter().map(read).collect()
}

fn read(row: conflict::Model) -> Result<StoredConflict> {
    let constellation = Constellation::from_name(&row.constellation)
        .ok_or_else(|| Fault::stored("conflict.constellation", &row.constellation))?;
    let relation = Relation::from_name(&row.relation)
        .ok_or_else(|| Fault::stored("conflict.relation", &row.relation))?;
    Ok(StoredConflict {
        id: ConflictId(row.id),
        about: row.about_id,
        conflict: Conflict {
            constellation,
            one: PersonId(row.one_id),
            other: PersonId(row.other_id),
            relation,
        },
        found_at: row.found_at,
    })
}

/// Writes conflicts that were found.
pub async fn insert(tx: &Tx, org: OrganisationId, new: &[StoredConflict]) -> Result<()> {
    for chunk in new.chunks(500) {
        let rows = chunk.iter().map(|found| conflict::ActiveModel {
            id: Set(found.id.0),
            organisation_id: Set(org.0),
            constellation: Set(found.conflict.constellation.as_str().to_owned()),
            about_id: Set(found.about),
            one_id: Set(found.conflict.one.0),
            other_id: Set(found.conflict.other.0),
            relation: Set(found.conflict.relation.as_str().to_owned()),
            found_at: Set(found.found_at),
            settled_at: Set(None),
        });
        conflict::Entity::insert_many(rows).exec_without_returning(tx.raw()).await?;
    }
    Ok(())
}

/// Settles conflicts that do not stand any more.
pub async fn settle(tx: &Tx, org: OrganisationId, gone: &[ConflictId], now: DateTime<Utc>) -> Result<()> {
    for chunk in gone.chunks(500) {
        let done = conflict::Entity::update_many()
            .col_expr(conflict::Column::SettledAt, Expr::value(now))
            .filter(conflict::Column::OrganisationId.eq(org.0))
            .filter(conflict::Column::SettledAt.is_null())
            .filter(conflict::Column::Id.is_in(chunk.iter().map(|id| id.0)))
            .exec(tx.raw())
            .await?;
        let expected = chunk.len() as u64;
        if done.rows_affected != expected {
            return Err(Fault::RowCount { what: "conflict.settle", touched: done.rows_affected, expected });
        }
    }
    Ok(())
}
