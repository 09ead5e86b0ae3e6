//! Claiming: a lease, not a state, says whose a mail is, so that those of a crashed scheduler come back by themselves.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Alias, Expr, ExprTrait, LockBehavior, LockType, Query},
};
use uuid::Uuid;
use varde_model::delivery::{MailEvent, OutboxRow};

use super::{WAITING, along, recipient_columns};
use crate::{
    Engine, Result, Store,
    entity::{organisation, outbox},
    store::sealed::Raw,
};

/// Who holds claimed rows, and until when without a sign of life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    /// The scheduler.
    pub worker: Uuid,
    /// The end of the lease.
    pub until: DateTime<Utc>,
}

/// Takes up to `n` due mails of the organisations that let mail out, oldest first; also those whose holder's lease
/// ran out. Of a person's mails that can wait only the first is taken: the rest follows it ([`claim_companions`]).
pub async fn claim(store: &Store, n: u64, lease: Lease, now: DateTime<Utc>) -> Result<Vec<OutboxRow>> {
    let due = due(now).limit(n);
    let claimed = match store.engine() {
        // One statement takes SQLite's write lock.
        Engine::Sqlite => {
            let ids = due.select_only().column(outbox::Column::Id).into_query();
            take(lease).filter(outbox::Column::Id.in_subquery(ids)).exec_with_returning(store.raw()).await?
        }
        Engine::Postgres => {
            let tx = store.write().await?;
            let rows =
                due.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked).all(tx.raw()).await?;
            let ids = rows.into_iter().map(|row| row.id);
            let claimed =
                take(lease).filter(outbox::Column::Id.is_in(ids)).exec_with_returning(tx.raw()).await?;
            tx.commit().await?;
            claimed
        }
    };
    in_order(claimed)
}

/// Takes the other due mails that can wait of the same recipient: they go out with the one that is held.
pub async fn claim_companions(
    store: &Store,
    first: &OutboxRow,
    lease: Lease,
    now: DateTime<Utc>,
) -> Result<Vec<OutboxRow>> {
    let (kind, id) = recipient_columns(first.recipient);
    let claimed = take(lease)
        .filter(outbox::Column::OrganisationId.eq(first.organisation.0))
        .filter(outbox::Column::RecipientKind.eq(kind))
        .filter(outbox::Column::RecipientId.eq(id))
        .filter(Expr::cust("can_wait"))
        .filter(Expr::cust(WAITING))
        .filter(outbox::Column::DueAt.lte(now))
        .filter(outbox::Column::Id.ne(first.id.0))
        .exec_with_returning(store.raw())
        .await?;
    in_order(claimed)
}

fn take(lease: Lease) -> sea_orm::UpdateMany<outbox::Entity> {
    along(MailEvent::Claim)
        .col_expr(outbox::Column::ClaimedBy, Expr::value(lease.worker))
        .col_expr(outbox::Column::DueAt, Expr::value(lease.until))
}

fn due(now: DateTime<Utc>) -> Select<outbox::Entity> {
    let sending = Query::select()
        .column(organisation::Column::Id)
        .from(organisation::Entity)
        .and_where(organisation::Column::Sending.eq(true))
        .to_owned();
    outbox::Entity::find()
        .filter(Expr::cust(WAITING))
        .filter(outbox::Column::DueAt.lte(now))
        .filter(outbox::Column::OrganisationId.in_subquery(sending))
        .filter(outbox::Column::CanWait.eq(false).or(Expr::exists(ahead_in_line(now)).not()))
        .order_by_asc(outbox::Column::DueAt)
        .order_by_asc(outbox::Column::Id)
}

/// Another mail that can wait, of the same recipient, which is held by somebody or is due and was queued earlier.
fn ahead_in_line(now: DateTime<Utc>) -> sea_orm::sea_query::SelectStatement {
    let other = Alias::new("other");
    let theirs = |column: outbox::Column| Expr::col((other.clone(), column));
    let same = |column: outbox::Column| theirs(column).equals((outbox::Entity, column));
    Query::select()
        .expr(Expr::value(1))
        .from_as(outbox::Entity, other.clone())
        .and_where(same(outbox::Column::OrganisationId))
        .and_where(same(outbox::Column::RecipientId))
        .and_where(Expr::cust("other.can_wait"))
        .and_where(theirs(outbox::Column::Id).not_equals((outbox::Entity, outbox::Column::Id)))
        .and_where(
            // Held: claimed or being sent, and the lease has not run out.
            theirs(outbox::Column::State)
                .is_in(["claimed", "sending"])
                .and(theirs(outbox::Column::DueAt).gt(now))
                .or(theirs(outbox::Column::State)
                    .is_in(["queued", "claimed", "sending"])
                    .and(theirs(outbox::Column::DueAt).lte(now))
                    .and(theirs(outbox::Column::Id).lt(Expr::col((outbox::Entity, outbox::Column::Id))))),
        )
        .to_owned()
}

/// `RETURNING` promises no order.
fn in_order(mut rows: Vec<outbox::Model>) -> Result<Vec<OutboxRow>> {
    rows.sort_by_key(|row| row.id);
    rows.into_iter().map(OutboxRow::try_from).collect()
}
