//! Nominations: one row for each nominee of a round.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr,
};
use varde_model::{
    ids::{AccountId, NominationId, NominationRoundId, OrganisationId, PersonId},
    nominations::{Endorsement, Nomination, NominationState},
};

use crate::{
    Conn, Fault, Result, Tx,
    convert::{int, uint},
    entity::nomination::{ActiveModel, Column as C, Entity, Model},
    error::one_row,
    store::sealed::Raw,
};

impl TryFrom<Model> for Nomination {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self> {
        let endorsement = match (row.endorsed, row.endorsed_at) {
            (Some(endorsed), Some(at)) => Some(Endorsement {
                endorsed,
                reason: row.endorsement_reason.unwrap_or_default(),
                by: row.endorsed_by.map(PersonId),
                at,
                override_reason: row.endorsement_override,
                recorded_by: row.endorsement_recorded_by.map(AccountId),
                set_aside: row
                    .endorsement_set_aside
                    .map(serde_json::from_value)
                    .transpose()
                    .map_err(|error| Fault::stored("nomination.endorsement_set_aside", error))?,
                in_conflict: row.endorsement_in_conflict.unwrap_or_default(),
            }),
            _ => None,
        };
        let decision = row.decision.map(serde_json::from_value).transpose();
        Ok(Self {
            id: NominationId(row.id),
            round: NominationRoundId(row.round_id),
            nominee: PersonId(row.nominee_id),
            nominator: PersonId(row.nominator_id),
            motivation: row.motivation,
            project: row.project,
            state: NominationState::from_name(&row.state)
                .ok_or_else(|| Fault::stored("nomination.state", &row.state))?,
            since: row.since,
            endorser: row.endorser_id.map(PersonId),
            endorser_named: row.endorser_named,
            endorse_by: row.endorse_by,
            endorsement,
            decision: decision.map_err(|error| Fault::stored("nomination.decision", error))?,
            moved_up_on: row.moved_up_on,
            version: uint(row.version),
        })
    }
}

fn decision(of: &Nomination) -> Result<Option<serde_json::Value>> {
    let decision = of.decision.as_ref().map(serde_json::to_value).transpose();
    decision.map_err(|error| Fault::stored("nomination.decision", error))
}

fn set_aside(of: &Nomination) -> Result<Option<serde_json::Value>> {
    let own = of.endorsement.as_ref().and_then(|given| given.set_aside.as_ref());
    let own = own.map(serde_json::to_value).transpose();
    own.map_err(|error| Fault::stored("nomination.endorsement_set_aside", error))
}

/// Writes a new nomination.
///
/// # Errors
/// The nominee is nominated in the round already (a unique violation).
pub async fn insert(tx: &Tx, org: OrganisationId, new: &Nomination, now: DateTime<Utc>) -> Result<()> {
    let given = new.endorsement.as_ref();
    let row = ActiveModel {
        id: Set(new.id.0),
        organisation_id: Set(org.0),
        round_id: Set(new.round.0),
        nominee_id: Set(new.nominee.0),
        nominator_id: Set(new.nominator.0),
        motivation: Set(new.motivation.clone()),
        project: Set(new.project.clone()),
        state: Set(new.state.as_str().to_owned()),
        since: Set(new.since),
        endorser_id: Set(new.endorser.map(|person| person.0)),
        endorser_named: Set(new.endorser_named),
        endorse_by: Set(new.endorse_by),
        endorsed: Set(given.map(|given| given.endorsed)),
        endorsement_reason: Set(given.map(|given| given.reason.clone())),
        endorsed_by: Set(given.and_then(|given| given.by).map(|person| person.0)),
        endorsed_at: Set(given.map(|given| given.at)),
        endorsement_override: Set(given.and_then(|given| given.override_reason.clone())),
        endorsement_recorded_by: Set(given.and_then(|given| given.recorded_by).map(|account| account.0)),
        endorsement_set_aside: Set(set_aside(new)?),
        endorsement_in_conflict: Set(given.map(|given| given.in_conflict)),
        decision: Set(decision(new)?),
        moved_up_on: Set(new.moved_up_on),
        version: Set(int(new.version)),
        created_at: Set(now),
    };
    Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Writes a changed nomination and counts its version up.
pub async fn update(tx: &Tx, org: OrganisationId, changed: &Nomination) -> Result<()> {
    let given = changed.endorsement.as_ref();
    let done = Entity::update_many()
        .col_expr(C::NominatorId, Expr::value(changed.nominator.0))
        .col_expr(C::Motivation, Expr::value(changed.motivation.clone()))
        .col_expr(C::Project, Expr::value(changed.project.clone()))
        .col_expr(C::State, Expr::value(changed.state.as_str()))
        .col_expr(C::Since, Expr::value(changed.since))
        .col_expr(C::EndorserId, Expr::value(changed.endorser.map(|person| person.0)))
        .col_expr(C::EndorserNamed, Expr::value(changed.endorser_named))
        .col_expr(C::EndorseBy, Expr::value(changed.endorse_by))
        .col_expr(C::Endorsed, Expr::value(given.map(|given| given.endorsed)))
        .col_expr(C::EndorsementReason, Expr::value(given.map(|given| given.reason.clone())))
        .col_expr(C::EndorsedBy, Expr::value(given.and_then(|given| given.by).map(|person| person.0)))
        .col_expr(C::EndorsedAt, Expr::value(given.map(|given| given.at)))
        .col_expr(C::EndorsementOverride, Expr::value(given.and_then(|given| given.override_reason.clone())))
        .col_expr(
            C::EndorsementRecordedBy,
            Expr::value(given.and_then(|given| given.recorded_by).map(|account| account.0)),
        )
        .col_expr(C::EndorsementSetAside, Expr::value(set_aside(changed)?))
        .col_expr(C::EndorsementInConflict, Expr::value(given.map(|given| given.in_conflict)))
        .col_expr(C::Decision, Expr::value(decision(changed)?))
        .col_expr(C::MovedUpOn, Expr::value(changed.moved_up_on))
        .col_expr(C::Version, Expr::value(int(changed.version + 1)))
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::Id.eq(changed.id.0))
        .filter(C::Version.eq(int(changed.version)))
        .exec(tx.raw())
        .await?;
    one_row("nomination.update", done.rows_affected)
}

/// One nomination.
pub async fn find(conn: &impl Conn, org: OrganisationId, id: NominationId) -> Result<Option<Nomination>> {
    Ok(find_many(conn, org, &[id]).await?.pop())
}

/// The nominations of those ids that exist, by id.
pub async fn find_many(
    conn: &impl Conn,
    org: OrganisationId,
    ids: &[NominationId],
) -> Result<Vec<Nomination>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let these = Condition::all().add(C::Id.is_in(chunk.iter().map(|id| id.0)));
        found.append(&mut which(conn, org, these).await?);
    }
    Ok(found)
}

/// Everyone nominated in some rounds, in whatever state, by id.
pub async fn of_rounds(
    conn: &impl Conn,
    org: OrganisationId,
    rounds: &[NominationRoundId],
) -> Result<Vec<Nomination>> {
    let these = Condition::all().add(C::RoundId.is_in(rounds.iter().map(|id| id.0)));
    which(conn, org, these).await
}

/// The nominations that are about a person or were written by her or him, by id.
pub async fn of_person(conn: &impl Conn, org: OrganisationId, person: PersonId) -> Result<Vec<Nomination>> {
    let own = Condition::any().add(C::NomineeId.eq(person.0)).add(C::NominatorId.eq(person.0));
    which(conn, org, own).await
}

/// The nominations that a person is or was asked to endorse, by id.
pub async fn asked_of(conn: &impl Conn, org: OrganisationId, person: PersonId) -> Result<Vec<Nomination>> {
    which(conn, org, Condition::all().add(C::EndorserId.eq(person.0))).await
}

async fn which(conn: &impl Conn, org: OrganisationId, which: Condition) -> Result<Vec<Nomination>> {
    let rows = Entity::find()
        .filter(C::OrganisationId.eq(org.0))
        .filter(which)
        .order_by_asc(C::Id)
        .all(conn.raw())
        .await?;
    rows.into_iter().map(Nomination::try_from).collect()
}
