//! Questions about mail: a coordinator's list, the counts, what waits and since when.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use varde_model::{
    delivery::{MailState, OutboxRow},
    ids::{OrganisationId, OutboxId},
    work::Recipient,
};

use super::{WAITING, recipient_columns};
use crate::{Conn, Fault, Result, entity::outbox};

/// One mail.
pub async fn find(conn: &impl Conn, org: OrganisationId, id: OutboxId) -> Result<Option<OutboxRow>> {
    let found = outbox::Entity::find_by_id(id.0)
        .filter(outbox::Column::OrganisationId.eq(org.0))
        .one(conn.raw())
        .await?;
    found.map(OutboxRow::try_from).transpose()
}

/// Several mails, in no order.
pub async fn find_many(conn: &impl Conn, org: OrganisationId, ids: &[OutboxId]) -> Result<Vec<OutboxRow>> {
    let rows = outbox::Entity::find()
        .filter(outbox::Column::OrganisationId.eq(org.0))
        .filter(outbox::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .all(conn.raw())
        .await?;
    rows.into_iter().map(OutboxRow::try_from).collect()
}

/// Which of these keys are those of mails that went out, or may have.
pub async fn told(conn: &impl Conn, org: OrganisationId, keys: &[String]) -> Result<HashSet<String>> {
    let out = [MailState::Sending, MailState::Sent, MailState::DeliveryUnknown].map(MailState::as_str);
    of_keys(conn, org, keys, Condition::all().add(outbox::Column::State.is_in(out))).await
}

/// Those of the keys that a mail was left with, whatever became of it.
pub async fn left(conn: &impl Conn, org: OrganisationId, keys: &[String]) -> Result<HashSet<String>> {
    of_keys(conn, org, keys, Condition::all()).await
}

async fn of_keys(
    conn: &impl Conn,
    org: OrganisationId,
    keys: &[String],
    which: Condition,
) -> Result<HashSet<String>> {
    let mut found = HashSet::new();
    for chunk in keys.chunks(500) {
        let some: Vec<String> = outbox::Entity::find()
            .filter(outbox::Column::OrganisationId.eq(org.0))
            .filter(outbox::Column::DedupeKey.is_in(chunk))
            .filter(which.clone())
            .select_only()
            .column(outbox::Column::DedupeKey)
            .into_tuple()
            .all(conn.raw())
            .await?;
        found.extend(some);
    }
    Ok(found)
}

/// The mails that went out, or may have, whose keys begin like one of these.
pub async fn told_of(conn: &impl Conn, org: OrganisationId, beginnings: &[String]) -> Result<Vec<OutboxRow>> {
    let out = [MailState::Sending, MailState::Sent, MailState::DeliveryUnknown].map(MailState::as_str);
    let mut told = Vec::new();
    for chunk in beginnings.chunks(100) {
        let like = chunk.iter().fold(Condition::any(), |any, beginning| {
            any.add(outbox::Column::DedupeKey.starts_with(beginning))
        });
        let found = outbox::Entity::find()
            .filter(outbox::Column::OrganisationId.eq(org.0))
            .filter(outbox::Column::State.is_in(out))
            .filter(like)
            .order_by_asc(outbox::Column::Id)
            .all(conn.raw())
            .await?;
        for row in found {
            told.push(OutboxRow::try_from(row)?);
        }
    }
    Ok(told)
}

/// A page of the mails in these states (none: all), newest first, after the one named.
pub async fn page(
    conn: &impl Conn,
    org: OrganisationId,
    states: &[MailState],
    after: Option<OutboxId>,
    limit: u64,
) -> Result<Vec<OutboxRow>> {
    let mut find = outbox::Entity::find().filter(outbox::Column::OrganisationId.eq(org.0));
    if !states.is_empty() {
        find = find.filter(outbox::Column::State.is_in(states.iter().map(|state| state.as_str())));
    }
    if let Some(after) = after {
        find = find.filter(outbox::Column::Id.lt(after.0));
    }
    let rows = find.order_by_desc(outbox::Column::Id).limit(limit).all(conn.raw()).await?;
    rows.into_iter().map(OutboxRow::try_from).collect()
}

/// How many mails of an organisation stand in each state; states without mail are left out.
pub async fn counts(conn: &impl Conn, org: OrganisationId) -> Result<Vec<(MailState, u64)>> {
    let rows: Vec<(String, i64)> = outbox::Entity::find()
        .filter(outbox::Column::OrganisationId.eq(org.0))
        .select_only()
        .column(outbox::Column::State)
        .column_as(outbox::Column::Id.count(), "mails")
        .group_by(outbox::Column::State)
        .into_tuple()
        .all(conn.raw())
        .await?;
    by_state(rows)
}

fn by_state(rows: Vec<(String, i64)>) -> Result<Vec<(MailState, u64)>> {
    let mut counts = Vec::with_capacity(rows.len());
    for (state, mails) in rows {
        let state = MailState::from_name(&state).ok_or_else(|| Fault::stored("outbox.state", &state))?;
        counts.push((state, u64::try_from(mails).unwrap_or(0)));
    }
    counts.sort_unstable();
    Ok(counts)
}

/// What waits, over all organisations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    /// Waiting mails by state.
    pub waiting: Vec<(MailState, u64)>,
    /// Those of them whose time has come.
    pub due: u64,
    /// Since when the longest of those waits.
    pub oldest_due: Option<DateTime<Utc>>,
}

#[derive(FromQueryResult)]
struct Oldest {
    due_at: DateTime<Utc>,
}

/// What waits, over all organisations: small, however many mails were sent.
pub async fn backlog(conn: &impl Conn, now: DateTime<Utc>) -> Result<Backlog> {
    let waiting: Vec<(String, i64)> = outbox::Entity::find()
        .filter(Expr::cust(WAITING))
        .select_only()
        .column(outbox::Column::State)
        .column_as(outbox::Column::Id.count(), "mails")
        .group_by(outbox::Column::State)
        .into_tuple()
        .all(conn.raw())
        .await?;
    let due = outbox::Entity::find().filter(Expr::cust(WAITING)).filter(outbox::Column::DueAt.lte(now));
    let oldest = due
        .clone()
        .select_only()
        .column(outbox::Column::DueAt)
        .order_by_asc(outbox::Column::DueAt)
        .into_model::<Oldest>()
        .one(conn.raw())
        .await?;
    Ok(Backlog {
        waiting: by_state(waiting)?,
        due: due.count(conn.raw()).await?,
        oldest_due: oldest.map(|row| row.due_at),
    })
}

/// When the next mail is due or a lease ends, among the organisations that let mail out.
pub async fn next_due(conn: &impl Conn) -> Result<Option<DateTime<Utc>>> {
    use crate::entity::organisation;
    let sending = sea_orm::sea_query::Query::select()
        .column(organisation::Column::Id)
        .from(organisation::Entity)
        .and_where(organisation::Column::Sending.eq(true))
        .to_owned();
    let next = outbox::Entity::find()
        .filter(Expr::cust(WAITING))
        .filter(outbox::Column::OrganisationId.in_subquery(sending))
        .select_only()
        .column(outbox::Column::DueAt)
        .order_by_asc(outbox::Column::DueAt)
        .into_model::<Oldest>()
        .one(conn.raw())
        .await?;
    Ok(next.map(|row| row.due_at))
}

/// True when a recipient was sent mail that can wait since a moment: the start of the local day.
pub async fn sent_waiting_since(
    conn: &impl Conn,
    org: OrganisationId,
    recipient: Recipient,
    since: DateTime<Utc>,
) -> Result<bool> {
    let (kind, id) = recipient_columns(recipient);
    let sent = outbox::Entity::find()
        .filter(outbox::Column::OrganisationId.eq(org.0))
        .filter(outbox::Column::RecipientKind.eq(kind))
        .filter(outbox::Column::RecipientId.eq(id))
        .filter(Expr::cust("can_wait"))
        .filter(outbox::Column::SentAt.gte(since))
        .one(conn.raw())
        .await?;
    Ok(sent.is_some())
}
