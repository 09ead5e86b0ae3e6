//! One-time links in mails. A live link stands once for each purpose, subject and person.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use serde_json::Value;
use uuid::Uuid;
use varde_model::{
    ids::{LinkId, OrganisationId, PersonId},
    links::{Link, LinkPurpose, NewLink, subject_key},
    work::About,
};

use crate::{Conn, Fault, Result, Tx, entity::link, store::sealed::Raw};

/// True for a link that was neither used nor taken back, in the words of the unique index.
const LIVE: &str = "used_at IS NULL AND revoked_at IS NULL";

impl TryFrom<link::Model> for Link {
    type Error = Fault;

    fn try_from(row: link::Model) -> Result<Self> {
        Ok(Self {
            id: LinkId(row.id),
            organisation: OrganisationId(row.organisation_id),
            purpose: LinkPurpose::from_name(&row.purpose)
                .ok_or_else(|| Fault::stored("link.purpose", &row.purpose))?,
            person: PersonId(row.person_id),
            subject: row
                .subject
                .map(serde_json::from_value)
                .transpose()
                .map_err(|error| Fault::stored("link.subject", error))?,
            created_at: row.created_at,
            expires_at: row.expires_at,
            used_at: row.used_at,
            outcome: row.outcome,
            revoked_at: row.revoked_at,
        })
    }
}

/// The live link for a purpose, subject and person: the one that stands, prolonged if need be, or a new one. Two who
/// ask at once get the same.
pub async fn ensure(tx: &Tx, org: OrganisationId, new: &NewLink, now: DateTime<Utc>) -> Result<Link> {
    ensure_many(tx, org, std::slice::from_ref(new), now).await?;
    let live = link::Entity::find().filter(same(org, new)).one(tx.raw()).await?;
    live.ok_or(Fault::RowCount { what: "link.ensure", touched: 0, expected: 1 })?.try_into()
}

/// The same for many links at a time, which are not read.
pub async fn ensure_many(tx: &Tx, org: OrganisationId, new: &[NewLink], now: DateTime<Utc>) -> Result<()> {
    for chunk in new.chunks(500) {
        let rows = chunk.iter().map(|one| new_row(org, one, now)).collect::<Result<Vec<_>>>()?;
        link::Entity::insert_many(rows)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(tx.raw())
            .await?;
    }
    let ends: BTreeSet<DateTime<Utc>> = new.iter().map(|one| one.expires_at).collect();
    for until in ends {
        let own: Vec<&NewLink> = new.iter().filter(|one| one.expires_at == until).collect();
        for chunk in own.chunks(200) {
            let these = chunk.iter().fold(sea_orm::Condition::any(), |any, one| any.add(same(org, one)));
            link::Entity::update_many()
                .col_expr(link::Column::ExpiresAt, Expr::value(until))
                .filter(these)
                .filter(link::Column::ExpiresAt.lt(until))
                .exec(tx.raw())
                .await?;
        }
    }
    Ok(())
}

fn new_row(org: OrganisationId, new: &NewLink, now: DateTime<Utc>) -> Result<link::ActiveModel> {
    let subject = new.subject.map(serde_json::to_value).transpose();
    Ok(link::ActiveModel {
        id: Set(new.id.0),
        organisation_id: Set(org.0),
        purpose: Set(new.purpose.as_str().to_owned()),
        person_id: Set(new.person.0),
        subject: Set(subject.map_err(|error| Fault::stored("link.subject", error))?),
        subject_key: Set(subject_key(new.subject.as_ref())),
        created_at: Set(now),
        expires_at: Set(new.expires_at),
        used_at: Set(None),
        outcome: Set(None),
        revoked_at: Set(None),
    })
}

fn same(org: OrganisationId, new: &NewLink) -> sea_orm::Condition {
    sea_orm::Condition::all()
        .add(link::Column::OrganisationId.eq(org.0))
        .add(link::Column::Purpose.eq(new.purpose.as_str()))
        .add(link::Column::SubjectKey.eq(subject_key(new.subject.as_ref())))
        .add(link::Column::PersonId.eq(new.person.0))
        .add(Expr::cust(LIVE))
}

/// The live links of some people: what the letters to them carry.
pub async fn live_of(conn: &impl Conn, org: OrganisationId, people: &[PersonId]) -> Result<Vec<Link>> {
    let mut found = Vec::new();
    for chunk in people.chunks(500) {
        let rows = link::Entity::find()
            .filter(link::Column::OrganisationId.eq(org.0))
            .filter(link::Column::PersonId.is_in(chunk.iter().map(|id| id.0)))
            .filter(Expr::cust(LIVE))
            .all(conn.raw())
            .await?;
        for row in rows {
            found.push(Link::try_from(row)?);
        }
    }
    Ok(found)
}

/// The link behind a token, whatever its organisation: the token's signature is the proof.
pub async fn find(conn: &impl Conn, id: LinkId) -> Result<Option<Link>> {
    link::Entity::find_by_id(id.0).one(conn.raw()).await?.map(Link::try_from).transpose()
}

/// Uses a link up, in the transaction of what it does. True exactly once, and never after its time ran out.
pub async fn use_once(
    tx: &Tx,
    org: OrganisationId,
    id: LinkId,
    outcome: Value,
    now: DateTime<Utc>,
) -> Result<bool> {
    let done = link::Entity::update_many()
        .col_expr(link::Column::UsedAt, Expr::value(now))
        .col_expr(link::Column::Outcome, Expr::value(outcome))
        .filter(link::Column::OrganisationId.eq(org.0))
        .filter(link::Column::Id.eq(id.0))
        .filter(Expr::cust(LIVE))
        .filter(link::Column::ExpiresAt.gt(now))
        .exec(tx.raw())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Lets the live links for a purpose live until a moment, where they would end before.
pub async fn prolong(
    tx: &Tx,
    org: OrganisationId,
    purpose: LinkPurpose,
    subjects: &[About],
    until: DateTime<Utc>,
) -> Result<()> {
    for chunk in subjects.chunks(500) {
        link::Entity::update_many()
            .col_expr(link::Column::ExpiresAt, Expr::value(until))
            .filter(link::Column::OrganisationId.eq(org.0))
            .filter(link::Column::Purpose.eq(purpose.as_str()))
            .filter(link::Column::SubjectKey.is_in(chunk.iter().map(|subject| subject_key(Some(subject)))))
            .filter(Expr::cust(LIVE))
            .filter(link::Column::ExpiresAt.lt(until))
            .exec(tx.raw())
            .await?;
    }
    Ok(())
}

/// Takes back the live link of a purpose that somebody has about a subject. True where there was one.
pub async fn revoke_of(
    tx: &Tx,
    org: OrganisationId,
    subject: &About,
    purpose: LinkPurpose,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let done = link::Entity::update_many()
        .col_expr(link::Column::RevokedAt, Expr::value(now))
        .filter(link::Column::OrganisationId.eq(org.0))
        .filter(link::Column::SubjectKey.eq(subject_key(Some(subject))))
        .filter(link::Column::Purpose.eq(purpose.as_str()))
        .filter(link::Column::PersonId.eq(Uuid::from(person)))
        .filter(Expr::cust(LIVE))
        .exec(tx.raw())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Takes back the live links about a subject, or about anything, of one person, or of everyone. Gives how many.
pub async fn revoke(
    tx: &Tx,
    org: OrganisationId,
    subject: Option<&About>,
    person: Option<PersonId>,
    now: DateTime<Utc>,
) -> Result<u64> {
    let mut update = link::Entity::update_many()
        .col_expr(link::Column::RevokedAt, Expr::value(now))
        .filter(link::Column::OrganisationId.eq(org.0))
        .filter(Expr::cust(LIVE));
    if let Some(subject) = subject {
        update = update.filter(link::Column::SubjectKey.eq(subject_key(Some(subject))));
    }
    if let Some(person) = person {
        update = update.filter(link::Column::PersonId.eq(Uuid::from(person)));
    }
    Ok(update.exec(tx.raw()).await?.rows_affected)
}
