//! What falls due, written ahead, once for each key.

mod plan;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, LockBehavior, LockType, OnConflict, SimpleExpr},
};
use uuid::Uuid;
use varde_model::{
    ids::{CohortId, OrganisationId, PersonId, TimerId},
    local_time::Zoned,
    state_reason::StateReason,
    timers::{NewTimer, Timer, TimerState, TimersOf},
    work::Job,
};

use crate::{
    Conn, Engine, Fault, Result, Store, Tx, convert::uint, entity::timer, error::one_row, store::sealed::Raw,
};

pub use plan::{ReminderFilter, find_reminder, find_reminders, of_appointments, reminder_count, reminders};

/// In the words of the partial index, which a condition with placeholders would not use.
const PENDING: &str = "state = 'pending'";

impl TryFrom<timer::Model> for Timer {
    type Error = Fault;

    fn try_from(row: timer::Model) -> Result<Self> {
        Ok(Self {
            id: TimerId(row.id),
            organisation: OrganisationId(row.organisation_id),
            job: serde_json::from_value(row.job).map_err(|error| Fault::stored("timer.job", error))?,
            cohort: row.cohort_id.map(CohortId),
            person: row.person_id.map(PersonId),
            unique_key: row.unique_key,
            local: Zoned {
                date: row.local_date,
                time: row.local_time,
                zone: row.zone.parse().map_err(|error| Fault::stored("timer.zone", error))?,
            },
            due_at: row.due_at,
            latest_at: row.latest_at,
            state: TimerState::from_name(&row.state)
                .ok_or_else(|| Fault::stored("timer.state", &row.state))?,
            reason: row.reason.as_deref().map(StateReason::read),
            fired_at: row.fired_at,
            attempts: uint(row.attempts),
        })
    }
}

fn row(org: OrganisationId, new: &NewTimer, now: DateTime<Utc>) -> Result<timer::ActiveModel> {
    let id = |id: Option<Uuid>| Set(id);
    Ok(timer::ActiveModel {
        id: Set(new.id.0),
        organisation_id: Set(org.0),
        kind: Set(new.job.name().to_owned()),
        policy_id: id(new.job.policy().map(Uuid::from)),
        appointment_id: id(new.job.appointment().map(Uuid::from)),
        enrolment_id: id(new.job.enrolment().map(Uuid::from)),
        gathering_id: id(new.job.gathering().map(Uuid::from)),
        nomination_id: id(new.job.nomination().map(Uuid::from)),
        cohort_id: id(new.job.cohort().or(new.cohort).map(Uuid::from)),
        person_id: id(new.job.person().or(new.person).map(Uuid::from)),
        job: Set(serde_json::to_value(&new.job).map_err(|error| Fault::stored("timer.job", error))?),
        unique_key: Set(new.unique_key.clone()),
        due_at: Set(new.due_at),
        latest_at: Set(new.latest_at),
        local_date: Set(new.local.date),
        local_time: Set(new.local.time),
        zone: Set(new.local.zone.name().to_owned()),
        state: Set(TimerState::Pending.as_str().to_owned()),
        reason: Set(None),
        fired_at: Set(None),
        attempts: Set(0),
        locked_until: Set(None),
        created_at: Set(now),
    })
}

/// Writes timers. A key that is pending or was cancelled gets the new moment and is pending again; one that has
/// fired, was skipped or missed stays as it is. Gives how many are pending because of it.
pub async fn insert_many(tx: &Tx, org: OrganisationId, new: &[NewTimer], now: DateTime<Utc>) -> Result<u64> {
    use timer::Column as C;
    let planned_anew = OnConflict::columns([C::OrganisationId, C::UniqueKey])
        .update_columns([
            C::Kind,
            C::Job,
            C::PolicyId,
            C::AppointmentId,
            C::EnrolmentId,
            C::GatheringId,
            C::NominationId,
            C::CohortId,
            C::PersonId,
            C::DueAt,
            C::LatestAt,
            C::LocalDate,
            C::LocalTime,
            C::Zone,
            C::State,
            C::Reason,
            C::FiredAt,
            C::Attempts,
            C::LockedUntil,
        ])
        .action_and_where(Expr::cust("timer.state IN ('pending', 'cancelled')"))
        .to_owned();
    let mut written = 0;
    for chunk in new.chunks(500) {
        let rows = chunk.iter().map(|new| row(org, new, now)).collect::<Result<Vec<_>>>()?;
        written += timer::Entity::insert_many(rows)
            .on_conflict(planned_anew.clone())
            .exec_without_returning(tx.raw())
            .await?;
    }
    tx.leaves_work();
    Ok(written)
}

fn belonging(of: TimersOf) -> SimpleExpr {
    match of {
        TimersOf::Appointment(id) => timer::Column::AppointmentId.eq(id.0),
        TimersOf::Enrolment(id) => timer::Column::EnrolmentId.eq(id.0),
        TimersOf::Gathering(id) => timer::Column::GatheringId.eq(id.0),
        TimersOf::Nomination(id) => timer::Column::NominationId.eq(id.0),
        TimersOf::Cohort(id) => timer::Column::CohortId.eq(id.0),
        TimersOf::Person(id) => timer::Column::PersonId.eq(id.0),
        TimersOf::Policy(id) => timer::Column::PolicyId.eq(id.0),
    }
}

/// Cancels all that are pending and belong to something. Gives how many they were.
pub async fn cancel(
    tx: &Tx,
    org: OrganisationId,
    of: TimersOf,
    reason: StateReason,
    now: DateTime<Utc>,
) -> Result<u64> {
    cancel_where(tx, org, belonging(of), reason, now).await
}

/// Cancels the pending ones among these. Gives how many they were.
pub async fn cancel_many(
    tx: &Tx,
    org: OrganisationId,
    ids: &[TimerId],
    reason: StateReason,
    now: DateTime<Utc>,
) -> Result<u64> {
    let mut cancelled = 0;
    for chunk in ids.chunks(500) {
        let these = timer::Column::Id.is_in(chunk.iter().map(|id| id.0));
        cancelled += cancel_where(tx, org, these, reason, now).await?;
    }
    Ok(cancelled)
}

async fn cancel_where(
    tx: &Tx,
    org: OrganisationId,
    which: SimpleExpr,
    reason: StateReason,
    now: DateTime<Utc>,
) -> Result<u64> {
    let done = timer::Entity::update_many()
        .col_expr(timer::Column::State, Expr::value(TimerState::Cancelled.as_str()))
        .col_expr(timer::Column::Reason, Expr::value(reason.as_str()))
        .col_expr(timer::Column::FiredAt, Expr::value(now))
        .filter(timer::Column::OrganisationId.eq(org.0))
        .filter(Expr::cust(PENDING))
        .filter(which)
        .exec(tx.raw())
        .await?;
    Ok(done.rows_affected)
}

/// All that belong to something, whatever became of them, by their moment.
pub async fn list(conn: &impl Conn, org: OrganisationId, of: TimersOf) -> Result<Vec<Timer>> {
    let rows = timer::Entity::find()
        .filter(timer::Column::OrganisationId.eq(org.0))
        .filter(belonging(of))
        .order_by_asc(timer::Column::DueAt)
        .order_by_asc(timer::Column::Id)
        .all(conn.raw())
        .await?;
    rows.into_iter().map(Timer::try_from).collect()
}

/// Takes up to `n` pending timers whose moment has come, oldest first, so that other schedulers leave them alone
/// until then. What makes each fire once is [`finish`], not this.
pub async fn claim(store: &Store, n: u64, until: DateTime<Utc>, now: DateTime<Utc>) -> Result<Vec<Timer>> {
    let free =
        Condition::any().add(timer::Column::LockedUntil.is_null()).add(timer::Column::LockedUntil.lte(now));
    let due = timer::Entity::find()
        .filter(Expr::cust(PENDING))
        .filter(timer::Column::DueAt.lte(now))
        .filter(free)
        .order_by_asc(timer::Column::DueAt)
        .order_by_asc(timer::Column::Id)
        .limit(n);
    let take = timer::Entity::update_many().col_expr(timer::Column::LockedUntil, Expr::value(until));
    let mut rows = match store.engine() {
        Engine::Sqlite => {
            let ids = due.select_only().column(timer::Column::Id).into_query();
            take.filter(timer::Column::Id.in_subquery(ids)).exec_with_returning(store.raw()).await?
        }
        Engine::Postgres => {
            let tx = store.write().await?;
            let rows =
                due.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked).all(tx.raw()).await?;
            let ids = rows.into_iter().map(|row| row.id);
            let taken = take.filter(timer::Column::Id.is_in(ids)).exec_with_returning(tx.raw()).await?;
            tx.commit().await?;
            taken
        }
    };
    rows.sort_by_key(|row| (row.due_at, row.id));
    rows.into_iter().map(Timer::try_from).collect()
}

/// Ends a pending timer, in the transaction of what it does. True exactly once: on false, somebody else has ended or
/// cancelled it, and nothing may be done.
pub async fn finish(
    tx: &Tx,
    timer: &Timer,
    state: TimerState,
    reason: Option<StateReason>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let done = timer::Entity::update_many()
        .col_expr(timer::Column::State, Expr::value(state.as_str()))
        .col_expr(timer::Column::Reason, Expr::value(reason.map(StateReason::as_str)))
        .col_expr(timer::Column::FiredAt, Expr::value(now))
        .filter(timer::Column::OrganisationId.eq(timer.organisation.0))
        .filter(timer::Column::Id.eq(timer.id.0))
        .filter(Expr::cust(PENDING))
        // Replanned to another moment since it was claimed: it comes again then.
        .filter(timer::Column::DueAt.eq(timer.due_at))
        .exec(tx.raw())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Says why a timer that was finished in this transaction stands where it stands: what its job found out.
pub async fn settle(tx: &Tx, timer: &Timer, state: TimerState, reason: StateReason) -> Result<()> {
    let done = timer::Entity::update_many()
        .col_expr(timer::Column::State, Expr::value(state.as_str()))
        .col_expr(timer::Column::Reason, Expr::value(reason.as_str()))
        .filter(timer::Column::OrganisationId.eq(timer.organisation.0))
        .filter(timer::Column::Id.eq(timer.id.0))
        .exec(tx.raw())
        .await?;
    one_row("timer.settle", done.rows_affected)
}

/// A pending timer comes at another moment than planned. False when somebody else has ended or moved it.
pub async fn put_off(tx: &Tx, timer: &Timer, until: DateTime<Utc>) -> Result<bool> {
    let moved = timer::Entity::update_many()
        .col_expr(timer::Column::DueAt, Expr::value(until))
        .col_expr(timer::Column::LockedUntil, Expr::value(Option::<DateTime<Utc>>::None))
        .filter(timer::Column::OrganisationId.eq(timer.organisation.0))
        .filter(timer::Column::Id.eq(timer.id.0))
        .filter(Expr::cust(PENDING))
        .filter(timer::Column::DueAt.eq(timer.due_at))
        .exec(tx.raw())
        .await?;
    tx.leaves_work();
    Ok(moved.rows_affected == 1)
}

/// The timer's job broke: it is left alone until then.
pub async fn postpone(conn: &impl Conn, timer: &Timer, until: DateTime<Utc>) -> Result<()> {
    timer::Entity::update_many()
        .col_expr(timer::Column::LockedUntil, Expr::value(until))
        .col_expr(timer::Column::Attempts, Expr::col(timer::Column::Attempts).add(1))
        .filter(timer::Column::Id.eq(timer.id.0))
        .filter(Expr::cust(PENDING))
        .exec(conn.raw())
        .await?;
    Ok(())
}

/// When the next timer is due, or one that broke can be taken again, leaving out those of a job.
pub async fn next_due(conn: &impl Conn, but: Option<&Job>) -> Result<Option<DateTime<Utc>>> {
    let mut next: Vec<DateTime<Utc>> = Vec::new();
    for moment in [timer::Column::DueAt, timer::Column::LockedUntil] {
        let mut pending = timer::Entity::find().filter(Expr::cust(PENDING));
        pending = match moment {
            timer::Column::DueAt => pending.filter(timer::Column::LockedUntil.is_null()),
            _ => pending.filter(timer::Column::LockedUntil.is_not_null()),
        };
        if let Some(but) = but {
            pending = pending.filter(timer::Column::Kind.ne(but.name()));
        }
        let first: Option<DateTime<Utc>> = pending
            .select_only()
            .column(moment)
            .order_by_asc(moment)
            .limit(1)
            .into_tuple()
            .one(conn.raw())
            .await?;
        next.extend(first);
    }
    Ok(next.into_iter().min())
}

/// How many timers are pending, and how many of them are due, over all organisations.
pub async fn backlog(conn: &impl Conn, now: DateTime<Utc>) -> Result<(u64, u64)> {
    use sea_orm::PaginatorTrait;
    let pending = timer::Entity::find().filter(Expr::cust(PENDING));
    let due = pending.clone().filter(timer::Column::DueAt.lte(now));
    Ok((pending.count(conn.raw()).await?, due.count(conn.raw()).await?))
}
