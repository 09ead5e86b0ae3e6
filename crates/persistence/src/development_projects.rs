//! Development projects: what a leader works on of her or his own while in a cohort. One for each place.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;
use varde_model::{
    enrolment::DevelopmentProject,
    ids::{EnrolmentId, OrganisationId},
};

use crate::{
    Conn, Result, Tx,
    convert::{int, uint},
    entity::development_project::{ActiveModel, Column as C, Entity, Model},
    error::one_row,
    store::sealed::Raw,
};

impl From<Model> for DevelopmentProject {
    fn from(row: Model) -> Self {
        Self {
            enrolment: EnrolmentId(row.enrolment_id),
            text: row.text,
            version: uint(row.version),
            changed_at: row.changed_at,
        }
    }
}

/// The projects of some places.
pub async fn of_enrolments(
    conn: &impl Conn,
    org: OrganisationId,
    enrolments: &[EnrolmentId],
) -> Result<Vec<DevelopmentProject>> {
    let mut found = Vec::new();
    for chunk in enrolments.chunks(500) {
        let rows = Entity::find()
            .filter(C::OrganisationId.eq(org.0))
            .filter(C::EnrolmentId.is_in(chunk.iter().map(|id| id.0)))
            .all(conn.raw())
            .await?;
        found.extend(rows.into_iter().map(DevelopmentProject::from));
    }
    Ok(found)
}

/// Writes the project of a place: a new one, or in place of the version that stands.
pub async fn put(
    tx: &Tx,
    org: OrganisationId,
    id: Uuid,
    enrolment: EnrolmentId,
    text: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let Some(standing) = of_enrolments(tx, org, &[enrolment]).await?.pop() else {
        let row = ActiveModel {
            id: Set(id),
            organisation_id: Set(org.0),
            enrolment_id: Set(enrolment.0),
            text: Set(text.to_owned()),
            version: Set(1),
            changed_at: Set(now),
        };
        Entity::insert(row).exec_without_returning(tx.raw()).await?;
        return Ok(());
    };
    let done = Entity::update_many()
        .col_expr(C::Text, Expr::value(text))
        .col_expr(C::Version, Expr::value(int(standing.version + 1)))
        .col_expr(C::ChangedAt, Expr::value(now))
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::EnrolmentId.eq(enrolment.0))
        .filter(C::Version.eq(int(standing.version)))
        .exec(tx.raw())
        .await?;
    one_row("development_project.update", done.rows_affected)
}
