//! The audit trail: append-only.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use uuid::Uuid;
use varde_model::ids::{AuditEventId, OrganisationId};

use crate::{Conn, Result, Tx, entity::audit_event, store::sealed::Raw};

/// One entry: who did what to what, when. Ids, states and counts only; never a name or an address.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEvent {
    /// Permanent id.
    pub id: AuditEventId,
    /// When.
    pub at: DateTime<Utc>,
    /// `account`, `person` or `system`.
    pub actor_kind: String,
    /// The account or person.
    pub actor_id: Option<Uuid>,
    /// The use case, such as `cohort.publish`.
    pub action: String,
    /// What it was done to, such as `cohort`.
    pub subject_kind: String,
    /// Its id.
    pub subject_id: Option<Uuid>,
    /// What changed.
    pub detail: serde_json::Value,
}

/// Adds entries.
pub async fn insert(tx: &Tx, org: OrganisationId, events: Vec<AuditEvent>) -> Result<()> {
    let mut rows = events.into_iter().map(|event| audit_event::ActiveModel {
        id: Set(event.id.0),
        organisation_id: Set(org.0),
        at: Set(event.at),
        actor_kind: Set(event.actor_kind),
        actor_id: Set(event.actor_id),
        action: Set(event.action),
        subject_kind: Set(event.subject_kind),
        subject_id: Set(event.subject_id),
        detail: Set(event.detail),
    });
    loop {
        let chunk: Vec<_> = rows.by_ref().take(500).collect();
        if chunk.is_empty() {
            return Ok(());
        }
        audit_event::Entity::insert_many(chunk).exec_without_returning(tx.raw()).await?;
    }
}

/// Which entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// About this subject.
    pub subject: Option<Uuid>,
    /// Of these actions, each whole (`cohort.publish`) or named by what it was done to (`cohort`); empty is any.
    pub actions: Vec<String>,
}

impl AuditFilter {
    /// Whatever was done to a subject.
    pub fn about(subject: impl Into<Uuid>) -> Self {
        Self { subject: Some(subject.into()), ..Self::default() }
    }

    fn select(&self, org: OrganisationId) -> Select<audit_event::Entity> {
        let mut find = audit_event::Entity::find().filter(audit_event::Column::OrganisationId.eq(org.0));
        if let Some(subject) = self.subject {
            find = find.filter(audit_event::Column::SubjectId.eq(subject));
        }
        if self.actions.is_empty() {
            return find;
        }
        let column = audit_event::Column::Action;
        find.filter(self.actions.iter().fold(Condition::any(), |any, action| {
            // An underscore in a name stands for any letter to LIKE; no two names differ in that alone.
            any.add(column.eq(action)).add(column.starts_with(format!("{action}.")))
        }))
    }
}

/// The latest entries, newest first.
pub async fn latest(
    conn: &impl Conn,
    org: OrganisationId,
    filter: &AuditFilter,
    before: Option<AuditEventId>,
    limit: u64,
) -> Result<Vec<AuditEvent>> {
    let mut find = filter.select(org);
    if let Some(before) = before {
        find = find.filter(audit_event::Column::Id.lt(before.0));
    }
    let rows = find.order_by_desc(audit_event::Column::Id).limit(limit).all(conn.raw()).await?;
    Ok(rows.into_iter().map(AuditEvent::from).collect())
}

/// Several entries, in no order.
pub async fn find_many(
    conn: &impl Conn,
    org: OrganisationId,
    ids: &[AuditEventId],
) -> Result<Vec<AuditEvent>> {
    let rows = audit_event::Entity::find()
        .filter(audit_event::Column::OrganisationId.eq(org.0))
        .filter(audit_event::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .all(conn.raw())
        .await?;
    Ok(rows.into_iter().map(AuditEvent::from).collect())
}

impl From<audit_event::Model> for AuditEvent {
    fn from(row: audit_event::Model) -> Self {
        Self {
            id: AuditEventId(row.id),
            at: row.at,
            actor_kind: row.actor_kind,
            actor_id: row.actor_id,
            action: row.action,
            subject_kind: row.subject_kind,
            subject_id: row.subject_id,
            detail: row.detail,
        }
    }
}

/// How many entries there are.
pub async fn count(conn: &impl Conn, org: OrganisationId, filter: &AuditFilter) -> Result<u64> {
    Ok(filter.select(org).count(conn.raw()).await?)
}
