//! Mail on its way: queued in the transaction that causes it, claimed under a lease, marked by its holder alone.
//!
//! Every change of state is one of `MailEvent`'s ways, put into the statement's filter: a row that somebody else
//! has moved meanwhile is not touched.

mod claim;
mod read;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, UpdateMany,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use uuid::Uuid;
use varde_model::{
    delivery::{MailError, MailEvent, MailState, NewMail, OutboxRow},
    ids::{AccountId, CheckInId, OrganisationId, OutboxId, PersonId},
    state_reason::StateReason,
    work::Recipient,
};

use crate::{
    Conn, Fault, Result, Tx,
    convert::{int, uint},
    entity::outbox,
    store::sealed::Raw,
};

pub use claim::{Lease, claim, claim_companions};
pub use read::{
    Backlog, backlog, counts, find, find_many, left, next_due, page, sent_waiting_since, told, told_of,
};

/// The rows that a scheduler still has to do with, in the words of the partial index: databases use that index only
/// for a condition they can compare with it, not for one with placeholders.
const WAITING: &str = "state IN ('queued', 'claimed', 'sending')";

impl TryFrom<outbox::Model> for OutboxRow {
    type Error = Fault;

    fn try_from(row: outbox::Model) -> Result<Self> {
        Ok(Self {
            id: OutboxId(row.id),
            organisation: OrganisationId(row.organisation_id),
            recipient: match row.recipient_kind.as_str() {
                "person" => Recipient::Person { person: PersonId(row.recipient_id) },
                "account" => Recipient::Account { account: AccountId(row.recipient_id) },
                "reviewer" => Recipient::Reviewer { check_in: CheckInId(row.recipient_id) },
                other => return Err(Fault::stored("outbox.recipient_kind", other)),
            },
            request: serde_json::from_value(row.request)
                .map_err(|error| Fault::stored("outbox.request", error))?,
            can_wait: row.can_wait,
            dedupe_key: row.dedupe_key,
            state: MailState::from_name(&row.state)
                .ok_or_else(|| Fault::stored("outbox.state", &row.state))?,
            reason: row.reason.as_deref().map(StateReason::read),
            gathered_in: row.gathered_in.map(OutboxId),
            attempts: uint(row.attempts),
            unknown_attempts: uint(row.unknown_attempts),
            due_at: row.due_at,
            not_after: row.not_after,
            queued_at: row.queued_at,
            sent_at: row.sent_at,
            last_error: row
                .error_code
                .map(|code| MailError { code, text: row.error_text.unwrap_or_default() }),
        })
    }
}

pub(super) fn recipient_columns(recipient: Recipient) -> (&'static str, Uuid) {
    match recipient {
        Recipient::Person { person } => ("person", person.0),
        Recipient::Account { account } => ("account", account.0),
        Recipient::Reviewer { check_in } => ("reviewer", check_in.0),
    }
}

/// Queues a mail. False when the organisation has one of that key already, sent or not.
pub async fn enqueue(tx: &Tx, org: OrganisationId, new: &NewMail, now: DateTime<Utc>) -> Result<bool> {
    Ok(enqueue_many(tx, org, std::slice::from_ref(new), now).await? == 1)
}

/// Queues mails; gives how many were not there already.
pub async fn enqueue_many(tx: &Tx, org: OrganisationId, new: &[NewMail], now: DateTime<Utc>) -> Result<u64> {
    let once = OnConflict::columns([outbox::Column::OrganisationId, outbox::Column::DedupeKey])
        .do_nothing()
        .to_owned();
    let mut queued = 0;
    for chunk in new.chunks(500) {
        let rows = chunk.iter().map(|mail| queued_row(org, mail, now)).collect::<Result<Vec<_>>>()?;
        queued += outbox::Entity::insert_many(rows)
            .on_conflict(once.clone())
            .exec_without_returning(tx.raw())
            .await?;
    }
    tx.leaves_work();
    Ok(queued)
}

fn queued_row(org: OrganisationId, mail: &NewMail, now: DateTime<Utc>) -> Result<outbox::ActiveModel> {
    let (recipient_kind, recipient_id) = recipient_columns(mail.recipient);
    Ok(outbox::ActiveModel {
        id: Set(mail.id.0),
        organisation_id: Set(org.0),
        recipient_kind: Set(recipient_kind.to_owned()),
        recipient_id: Set(recipient_id),
        letter: Set(mail.request.letter.as_str().to_owned()),
        request: Set(
            serde_json::to_value(mail.request).map_err(|error| Fault::stored("outbox.request", error))?
        ),
        can_wait: Set(mail.can_wait),
        dedupe_key: Set(mail.dedupe_key.clone()),
        state: Set(MailState::Queued.as_str().to_owned()),
        reason: Set(None),
        gathered_in: Set(None),
        attempts: Set(0),
        unknown_attempts: Set(0),
        due_at: Set(mail.due_at),
        claimed_by: Set(None),
        not_after: Set(mail.not_after),
        queued_at: Set(now),
        sent_at: Set(None),
        error_code: Set(None),
        error_text: Set(None),
    })
}

/// An update along one event's way: rows in its states become its target.
pub(super) fn along(event: MailEvent) -> UpdateMany<outbox::Entity> {
    let (from, to) = event.way();
    outbox::Entity::update_many()
        .col_expr(outbox::Column::State, Expr::value(to.as_str()))
        .filter(outbox::Column::State.is_in(from.iter().map(|state| state.as_str())))
}

fn held(event: MailEvent, ids: &[OutboxId], worker: Uuid) -> UpdateMany<outbox::Entity> {
    along(event)
        .filter(outbox::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .filter(outbox::Column::ClaimedBy.eq(worker))
}

/// Notes that these mails are about to be handed to the server, and counts the attempt. Only the ids that are still
/// the worker's come back; the others are another's now and must not be sent. At most 500.
pub async fn hand_over(conn: &impl Conn, ids: &[OutboxId], lease: Lease) -> Result<Vec<OutboxId>> {
    let rows = held(MailEvent::HandOver, ids, lease.worker)
        .col_expr(outbox::Column::DueAt, Expr::value(lease.until))
        .col_expr(outbox::Column::Attempts, Expr::col(outbox::Column::Attempts).add(1))
        .exec_with_returning(conn.raw())
        .await?;
    Ok(rows.into_iter().map(|row| OutboxId(row.id)).collect())
}

/// The server took them: by themselves, or within another mail. Gives how many were still the worker's.
pub async fn sent(
    conn: &impl Conn,
    ids: &[OutboxId],
    worker: Uuid,
    within: Option<OutboxId>,
    now: DateTime<Utc>,
) -> Result<u64> {
    let reason = within.map(|_| StateReason::Gathered.as_str());
    let done = held(MailEvent::Accept, ids, worker)
        .col_expr(outbox::Column::SentAt, Expr::value(now))
        .col_expr(outbox::Column::Reason, Expr::value(reason))
        .col_expr(outbox::Column::GatheredIn, Expr::value(within.map(|id| id.0)))
        .col_expr(outbox::Column::ClaimedBy, Expr::value(Option::<Uuid>::None))
        .exec(conn.raw())
        .await?;
    Ok(done.rows_affected)
}

/// How a try ended that did not send the mail.
#[derive(Clone, Debug, PartialEq)]
pub enum Ending {
    /// Another attempt at that moment.
    RetryAt(DateTime<Utc>, MailError),
    /// Another attempt at that moment, though this one may have arrived.
    RetryUnknownAt(DateTime<Utc>, MailError),
    /// No other attempt.
    Failed(MailError),
    /// No other attempt, and the last one may have arrived.
    Unknown(MailError),
    /// It says nothing that holds any more, or comes too late.
    Needless(StateReason),
    /// Not yet; the try does not count.
    Until(DateTime<Utc>),
}

impl Ending {
    const fn event(&self) -> MailEvent {
        match self {
            Ending::RetryAt(..) | Ending::RetryUnknownAt(..) => MailEvent::Retry,
            Ending::Failed(_) => MailEvent::Fail,
            Ending::Unknown(_) => MailEvent::LoseTrack,
            Ending::Needless(_) => MailEvent::Drop,
            Ending::Until(_) => MailEvent::GiveBack,
        }
    }
}

/// Lets go of mails that were not sent. Gives how many were still the worker's.
pub async fn end(
    conn: &impl Conn,
    ids: &[OutboxId],
    worker: Uuid,
    ending: &Ending,
    counts_attempt: bool,
) -> Result<u64> {
    use outbox::Column as C;
    let mut update =
        held(ending.event(), ids, worker).col_expr(C::ClaimedBy, Expr::value(Option::<Uuid>::None));
    match ending {
        Ending::RetryAt(at, _) | Ending::RetryUnknownAt(at, _) | Ending::Until(at) => {
            update = update.col_expr(C::DueAt, Expr::value(*at));
        }
        Ending::Needless(reason) => update = update.col_expr(C::Reason, Expr::value(reason.as_str())),
        Ending::Failed(_) | Ending::Unknown(_) => {}
    }
    if let Ending::RetryAt(_, error)
    | Ending::RetryUnknownAt(_, error)
    | Ending::Failed(error)
    | Ending::Unknown(error) = ending
    {
        update = update
            .col_expr(C::ErrorCode, Expr::value(error.code.as_str()))
            .col_expr(C::ErrorText, Expr::value(error.text.as_str()));
    }
    if matches!(ending, Ending::RetryUnknownAt(..) | Ending::Unknown(_)) {
        update = update.col_expr(C::UnknownAttempts, Expr::col(C::UnknownAttempts).add(1));
    }
    if counts_attempt {
        update = update.col_expr(C::Attempts, Expr::col(C::Attempts).add(1));
    }
    Ok(update.exec(conn.raw()).await?.rows_affected)
}

/// Gives back everything the worker has claimed and not begun to send: the end of a graceful shutdown.
pub async fn give_back(conn: &impl Conn, worker: Uuid, now: DateTime<Utc>) -> Result<u64> {
    let done = along(MailEvent::GiveBack)
        .col_expr(outbox::Column::DueAt, Expr::value(now))
        .col_expr(outbox::Column::ClaimedBy, Expr::value(Option::<Uuid>::None))
        .filter(outbox::Column::ClaimedBy.eq(worker))
        .exec(conn.raw())
        .await?;
    Ok(done.rows_affected)
}

/// Mails whose holder vanished while handing them over, once too often: nobody knows whether they arrived.
pub async fn lose_track(conn: &impl Conn, max_attempts: u32, now: DateTime<Utc>) -> Result<u64> {
    let done = along(MailEvent::LoseTrack)
        .col_expr(outbox::Column::ErrorCode, Expr::value("holder_lost"))
        .col_expr(
            outbox::Column::ErrorText,
            Expr::value("the sending process ended in the middle, on the last attempt"),
        )
        .col_expr(outbox::Column::ClaimedBy, Expr::value(Option::<Uuid>::None))
        .filter(Expr::cust(WAITING))
        .filter(outbox::Column::DueAt.lte(now))
        .filter(outbox::Column::Attempts.gte(int(max_attempts)))
        .exec(conn.raw())
        .await?;
    Ok(done.rows_affected)
}

/// Sends the failed and the unknown among these again, with their attempts counted anew and their Message-ID kept.
/// Gives the ids that were so.
pub async fn requeue(
    tx: &Tx,
    org: OrganisationId,
    ids: &[OutboxId],
    now: DateTime<Utc>,
) -> Result<Vec<OutboxId>> {
    let mut requeued = Vec::new();
    for chunk in ids.chunks(500) {
        let rows = along(MailEvent::Requeue)
            .col_expr(outbox::Column::DueAt, Expr::value(now))
            .col_expr(outbox::Column::Attempts, Expr::value(0))
            .col_expr(outbox::Column::UnknownAttempts, Expr::value(0))
            .col_expr(outbox::Column::Reason, Expr::value(StateReason::Requeued.as_str()))
            .filter(outbox::Column::OrganisationId.eq(org.0))
            .filter(outbox::Column::Id.is_in(chunk.iter().map(|id| id.0)))
            .exec_with_returning(tx.raw())
            .await?;
        requeued.extend(rows.into_iter().map(|row| OutboxId(row.id)));
    }
    tx.leaves_work();
    Ok(requeued)
}
