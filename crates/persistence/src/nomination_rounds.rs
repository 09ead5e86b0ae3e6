//! Rounds of nominations, who ranks in them, and what each ranked.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use uuid::Uuid;
use varde_model::{
    ids::{CohortId, NominationId, NominationRoundId, OrganisationId, PersonId},
    nominations::{NominationRound, RoundState},
};

use crate::{
    Conn, Fault, Result, Tx,
    convert::{int, uint},
    entity::{nomination_rank as rank, nomination_round as round, panel_member as member},
    error::one_row,
    store::sealed::Raw,
};

fn read(row: round::Model, panel: Vec<PersonId>) -> Result<NominationRound> {
    Ok(NominationRound {
        id: NominationRoundId(row.id),
        cohort: CohortId(row.cohort_id),
        code: row.code,
        state: RoundState::from_name(&row.state)
            .ok_or_else(|| Fault::stored("nomination_round.state", &row.state))?,
        opens_at: row.opens_at,
        closes_at: row.closes_at,
        endorse_by: row.endorse_by,
        quota: uint(row.quota),
        reserves: uint(row.reserves),
        panel,
        settled: serde_json::from_value(row.settled)
            .map_err(|error| Fault::stored("nomination_round.settled", error))?,
        ballots_override: row.ballots_override,
        version: uint(row.version),
    })
}

async fn complete(conn: &impl Conn, rows: Vec<round::Model>) -> Result<Vec<NominationRound>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let members = member::Entity::find()
        .filter(member::Column::RoundId.is_in(ids))
        .order_by_asc(member::Column::Id)
        .all(conn.raw())
        .await?;
    let mut panels: HashMap<Uuid, Vec<PersonId>> = HashMap::new();
    for one in members {
        panels.entry(one.round_id).or_default().push(PersonId(one.person_id));
    }
    rows.into_iter()
        .map(|row| {
            let panel = panels.remove(&row.id).unwrap_or_default();
            read(row, panel)
        })
        .collect()
}

fn settled(of: &NominationRound) -> Result<serde_json::Value> {
    serde_json::to_value(&of.settled).map_err(|error| Fault::stored("nomination_round.settled", error))
}

/// Writes a new round, without its panel.
///
/// # Errors
/// Its code is taken, or the cohort has a round (a unique violation).
pub async fn insert(tx: &Tx, org: OrganisationId, new: &NominationRound, now: DateTime<Utc>) -> Result<()> {
    let row = round::ActiveModel {
        id: Set(new.id.0),
        organisation_id: Set(org.0),
        cohort_id: Set(new.cohort.0),
        code: Set(new.code.clone()),
        state: Set(new.state.as_str().to_owned()),
        opens_at: Set(new.opens_at),
        closes_at: Set(new.closes_at),
        endorse_by: Set(new.endorse_by),
        quota: Set(int(new.quota)),
        reserves: Set(int(new.reserves)),
        settled: Set(settled(new)?),
        ballots_override: Set(new.ballots_override.clone()),
        version: Set(int(new.version)),
        created_at: Set(now),
        changed_at: Set(now),
    };
    round::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Writes a changed round, without its panel, and counts its version up.
pub async fn update(
    tx: &Tx,
    org: OrganisationId,
    changed: &NominationRound,
    now: DateTime<Utc>,
) -> Result<()> {
    use round::Column as C;
    let done = round::Entity::update_many()
        .col_expr(C::State, Expr::value(changed.state.as_str()))
        .col_expr(C::OpensAt, Expr::value(changed.opens_at))
        .col_expr(C::ClosesAt, Expr::value(changed.closes_at))
        .col_expr(C::EndorseBy, Expr::value(changed.endorse_by))
        .col_expr(C::Quota, Expr::value(int(changed.quota)))
        .col_expr(C::Reserves, Expr::value(int(changed.reserves)))
        .col_expr(C::Settled, Expr::value(settled(changed)?))
        .col_expr(C::BallotsOverride, Expr::value(changed.ballots_override.clone()))
        .col_expr(C::Version, Expr::value(int(changed.version + 1)))
        .col_expr(C::ChangedAt, Expr::value(now))
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::Id.eq(changed.id.0))
        .filter(C::Version.eq(int(changed.version)))
        .exec(tx.raw())
        .await?;
    one_row("nomination_round.update", done.rows_affected)
}

/// Takes the round's lock for the rest of the transaction. Whoever takes a cohort's lock as well takes it after this one.
pub async fn lock(tx: &Tx, org: OrganisationId, id: NominationRoundId) -> Result<Option<NominationRound>> {
    let found = round::Entity::find_by_id(id.0)
        .filter(round::Column::OrganisationId.eq(org.0))
        .lock_exclusive()
        .all(tx.raw())
        .await?;
    Ok(complete(tx, found).await?.pop())
}

/// One round.
pub async fn find(
    conn: &impl Conn,
    org: OrganisationId,
    id: NominationRoundId,
) -> Result<Option<NominationRound>> {
    Ok(find_many(conn, org, &[id]).await?.pop())
}

/// The rounds of those ids that exist.
pub async fn find_many(
    conn: &impl Conn,
    org: OrganisationId,
    ids: &[NominationRoundId],
) -> Result<Vec<NominationRound>> {
    let rows = round::Entity::find()
        .filter(round::Column::OrganisationId.eq(org.0))
        .filter(round::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .all(conn.raw())
        .await?;
    complete(conn, rows).await
}

/// The round with that code.
pub async fn find_by_code(
    conn: &impl Conn,
    org: OrganisationId,
    code: &str,
) -> Result<Option<NominationRound>> {
    let rows = round::Entity::find()
        .filter(round::Column::OrganisationId.eq(org.0))
        .filter(round::Column::Code.eq(code))
        .all(conn.raw())
        .await?;
    Ok(complete(conn, rows).await?.pop())
}

/// Rounds in some states, or in any, by id, oldest first, after a given one.
pub async fn list(
    conn: &impl Conn,
    org: OrganisationId,
    states: &[RoundState],
    after: Option<NominationRoundId>,
    limit: u64,
) -> Result<Vec<NominationRound>> {
    let mut find = in_states(org, states);
    if let Some(after) = after {
        find = find.filter(round::Column::Id.gt(after.0));
    }
    complete(conn, find.order_by_asc(round::Column::Id).limit(limit).all(conn.raw()).await?).await
}

/// How many rounds are in some states, or in any.
pub async fn count(conn: &impl Conn, org: OrganisationId, states: &[RoundState]) -> Result<u64> {
    Ok(in_states(org, states).count(conn.raw()).await?)
}

fn in_states(org: OrganisationId, states: &[RoundState]) -> sea_orm::Select<round::Entity> {
    let find = round::Entity::find().filter(round::Column::OrganisationId.eq(org.0));
    if states.is_empty() {
        return find;
    }
    find.filter(round::Column::State.is_in(states.iter().map(|state| state.as_str())))
}

/// The rounds in whose panel a person is.
pub async fn of_member(
    conn: &impl Conn,
    org: OrganisationId,
    person: PersonId,
) -> Result<Vec<NominationRound>> {
    let seats = member::Entity::find()
        .filter(member::Column::OrganisationId.eq(org.0))
        .filter(member::Column::PersonId.eq(person.0))
        .order_by_asc(member::Column::Id)
        .all(conn.raw())
        .await?;
    let ids: Vec<NominationRoundId> =
        seats.into_iter().map(|seat| NominationRoundId(seat.round_id)).collect();
    find_many(conn, org, &ids).await
}

/// Makes the panel consist of these people. What those say who stay in it stays; of those who leave it goes.
pub async fn set_panel(
    tx: &Tx,
    org: OrganisationId,
    of: NominationRoundId,
    people: &[(Uuid, PersonId)],
) -> Result<()> {
    let stay: Vec<Uuid> = people.iter().map(|(_, person)| person.0).collect();
    let standing = member::Entity::find()
        .filter(member::Column::OrganisationId.eq(org.0))
        .filter(member::Column::RoundId.eq(of.0))
        .all(tx.raw())
        .await?;
    rank::Entity::delete_many()
        .filter(rank::Column::OrganisationId.eq(org.0))
        .filter(rank::Column::RoundId.eq(of.0))
        .filter(rank::Column::MemberId.is_not_in(stay.clone()))
        .exec(tx.raw())
        .await?;
    member::Entity::delete_many()
        .filter(member::Column::OrganisationId.eq(org.0))
        .filter(member::Column::RoundId.eq(of.0))
        .filter(member::Column::PersonId.is_not_in(stay))
        .exec(tx.raw())
        .await?;
    let new = people.iter().filter(|(_, person)| standing.iter().all(|seat| seat.person_id != person.0));
    let rows: Vec<_> = new
        .map(|(id, person)| member::ActiveModel {
            id: Set(*id),
            organisation_id: Set(org.0),
            round_id: Set(of.0),
            person_id: Set(person.0),
            ranked_at: Set(None),
        })
        .collect();
    if !rows.is_empty() {
        member::Entity::insert_many(rows).exec_without_returning(tx.raw()).await?;
    }
    Ok(())
}

/// Writes a member's order, in place of the one before. Ids for the rows are given.
pub async fn set_order(
    tx: &Tx,
    org: OrganisationId,
    of: NominationRoundId,
    person: PersonId,
    order: &[(Uuid, NominationId)],
    now: DateTime<Utc>,
) -> Result<()> {
    rank::Entity::delete_many()
        .filter(rank::Column::OrganisationId.eq(org.0))
        .filter(rank::Column::RoundId.eq(of.0))
        .filter(rank::Column::MemberId.eq(person.0))
        .exec(tx.raw())
        .await?;
    for (chunk, from) in order.chunks(500).zip((0..).step_by(500)) {
        let rows = chunk.iter().zip(from..).map(|((id, nomination), position)| rank::ActiveModel {
            id: Set(*id),
            organisation_id: Set(org.0),
            round_id: Set(of.0),
            member_id: Set(person.0),
            nomination_id: Set(nomination.0),
            position: Set(position),
        });
        rank::Entity::insert_many(rows).exec_without_returning(tx.raw()).await?;
    }
    let done = member::Entity::update_many()
        .col_expr(member::Column::RankedAt, Expr::value(now))
        .filter(member::Column::OrganisationId.eq(org.0))
        .filter(member::Column::RoundId.eq(of.0))
        .filter(member::Column::PersonId.eq(person.0))
        .exec(tx.raw())
        .await?;
    one_row("panel_member.rank", done.rows_affected)
}

/// What each member of the panels ranked in each round, the best first.
pub async fn orders(
    conn: &impl Conn,
    org: OrganisationId,
    of: &[NominationRoundId],
) -> Result<BTreeMap<(NominationRoundId, PersonId), Vec<NominationId>>> {
    let rows = rank::Entity::find()
        .filter(rank::Column::OrganisationId.eq(org.0))
        .filter(rank::Column::RoundId.is_in(of.iter().map(|id| id.0)))
        .order_by_asc(rank::Column::Position)
        .all(conn.raw())
        .await?;
    let mut orders: BTreeMap<_, Vec<NominationId>> = BTreeMap::new();
    for row in rows {
        let key = (NominationRoundId(row.round_id), PersonId(row.member_id));
        orders.entry(key).or_default().push(NominationId(row.nomination_id));
    }
    Ok(orders)
}
