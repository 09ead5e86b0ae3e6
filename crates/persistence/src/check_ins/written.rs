//! What the two write at a check-in: ratings, actions and addenda. Texts come and go sealed.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;
use varde_model::{
    check_in::{Action, ActionState, Party, Rating},
    ids::{CheckInActionId, CheckInId, CycleId, OrganisationId},
};

use crate::{
    Conn, Fault, Result, Tx,
    convert::{int, uint},
    entity::{check_in, check_in_action, check_in_addendum, check_in_rating},
    error::one_row,
    store::sealed::Raw,
};

/// A requirement as one of the two has rated it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRating {
    /// The check-in.
    pub check_in: CheckInId,
    /// Whose view it is.
    pub party: Party,
    /// The requirement's key.
    pub requirement: String,
    /// The rating, where one is given.
    pub rating: Option<Rating>,
    /// The example or reason, sealed; None where nothing is written.
    pub sealed: Option<Vec<u8>>,
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
    /// Counts the savings, from 1.
    pub version: u32,
}

/// An agreed action with its sealed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAction {
    /// All but the text.
    pub action: Action,
    /// The text, sealed; None where the programme says it all.
    pub sealed: Option<Vec<u8>>,
    /// When it was agreed on.
    pub agreed_at: DateTime<Utc>,
}

/// What was added after both had signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAddendum {
    /// Permanent id.
    pub id: Uuid,
    /// Whose it is.
    pub party: Party,
    /// The text, sealed.
    pub sealed: Vec<u8>,
    /// When it was added.
    pub added_at: DateTime<Utc>,
}

fn party(name: &str) -> Result<Party> {
    Party::from_name(name).ok_or_else(|| Fault::stored("check_in.party", name))
}

/// Saves a rating: the first, or one that stands where the caller saw version `seen`. False where somebody has saved it
/// since, and nothing is changed.
pub async fn put_rating(
    tx: &Tx,
    org: OrganisationId,
    id: Uuid,
    seen: u32,
    new: &StoredRating,
) -> Result<bool> {
    use check_in_rating::Column as C;
    if seen == 0 {
        let row = check_in_rating::ActiveModel {
            id: Set(id),
            organisation_id: Set(org.0),
            check_in_id: Set(new.check_in.0),
            party: Set(new.party.as_str().to_owned()),
            requirement: Set(new.requirement.clone()),
            rating: Set(new.rating.map(|rating| rating.as_str().to_owned())),
            sealed: Set(new.sealed.clone()),
            saved_at: Set(new.saved_at),
            version: Set(1),
        };
        let once = OnConflict::columns([C::CheckInId, C::Party, C::Requirement]).do_nothing().to_owned();
        let written = check_in_rating::Entity::insert_many([row])
            .on_conflict(once)
            .exec_without_returning(tx.raw())
            .await?;
        return Ok(written == 1);
    }
    let done = check_in_rating::Entity::update_many()
        .col_expr(C::Rating, Expr::value(new.rating.map(Rating::as_str)))
        .col_expr(C::Sealed, Expr::value(new.sealed.clone()))
        .col_expr(C::SavedAt, Expr::value(new.saved_at))
        .col_expr(C::Version, Expr::value(int(seen + 1)))
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::CheckInId.eq(new.check_in.0))
        .filter(C::Party.eq(new.party.as_str()))
        .filter(C::Requirement.eq(&new.requirement))
        .filter(C::Version.eq(int(seen)))
        .exec(tx.raw())
        .await?;
    Ok(done.rows_affected == 1)
}

/// The ratings of check-ins, both views.
pub async fn ratings(conn: &impl Conn, org: OrganisationId, of: &[CheckInId]) -> Result<Vec<StoredRating>> {
    use check_in_rating::Column as C;
    let mut found = Vec::new();
    for chunk in of.chunks(500) {
        let rows = check_in_rating::Entity::find()
            .filter(C::OrganisationId.eq(org.0))
            .filter(C::CheckInId.is_in(chunk.iter().map(|id| id.0)))
            .order_by_asc(C::Id)
            .all(conn.raw())
            .await?;
        for row in rows {
            let rating = row.rating.map(|name| {
                Rating::from_name(&name).ok_or_else(|| Fault::stored("check_in_rating.rating", &name))
            });
            found.push(StoredRating {
                check_in: CheckInId(row.check_in_id),
                party: party(&row.party)?,
                requirement: row.requirement,
                rating: rating.transpose()?,
                sealed: row.sealed,
                saved_at: row.saved_at,
                version: uint(row.version),
            });
        }
    }
    Ok(found)
}

/// A rating without its text: what figures are made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BareRating {
    /// The check-in.
    pub check_in: CheckInId,
    /// The requirement's key.
    pub requirement: String,
    /// The rating.
    pub rating: Rating,
}

/// The ratings that the leaders of a cycle's check-ins had given by a moment, without texts.
pub async fn figures(
    conn: &impl Conn,
    org: OrganisationId,
    cycle: CycleId,
    by: DateTime<Utc>,
) -> Result<Vec<BareRating>> {
    use check_in_rating::Column as C;
    let given = check_in::Entity::find()
        .select_only()
        .column(check_in::Column::Id)
        .filter(check_in::Column::OrganisationId.eq(org.0))
        .filter(check_in::Column::CycleId.eq(cycle.0))
        .filter(check_in::Column::LeaderGivenAt.lte(by));
    let rows: Vec<(Uuid, String, String)> = check_in_rating::Entity::find()
        .select_only()
        .column(C::CheckInId)
        .column(C::Requirement)
        .column(C::Rating)
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::Party.eq(Party::Leader.as_str()))
        .filter(C::Rating.is_not_null())
        .filter(C::CheckInId.in_subquery(given.into_query()))
        .into_tuple()
        .all(conn.raw())
        .await?;
    rows.into_iter()
        .map(|(id, requirement, name)| {
            let rating = Rating::from_name(&name);
            let rating = rating.ok_or_else(|| Fault::stored("check_in_rating.rating", &name))?;
            Ok(BareRating { check_in: CheckInId(id), requirement, rating })
        })
        .collect()
}

/// Throws away what one of the two wrote and has shown to nobody.
pub async fn forget_view(tx: &Tx, org: OrganisationId, id: CheckInId, of: Party) -> Result<()> {
    check_in_rating::Entity::delete_many()
        .filter(check_in_rating::Column::OrganisationId.eq(org.0))
        .filter(check_in_rating::Column::CheckInId.eq(id.0))
        .filter(check_in_rating::Column::Party.eq(of.as_str()))
        .exec(tx.raw())
        .await?;
    Ok(())
}

/// Writes an action that was agreed on.
pub async fn insert_action(tx: &Tx, org: OrganisationId, new: &StoredAction) -> Result<()> {
    let own = &new.action;
    let row = check_in_action::ActiveModel {
        id: Set(own.id.0),
        organisation_id: Set(org.0),
        check_in_id: Set(own.check_in.0),
        owner: Set(own.owner.as_str().to_owned()),
        due_on: Set(own.due_on),
        requirement: Set(own.requirement.clone()),
        programme: Set(own.programme.clone()),
        plan_item: Set(own.plan_item.clone()),
        state: Set(own.state.as_str().to_owned()),
        sealed: Set(new.sealed.clone()),
        agreed_at: Set(new.agreed_at),
    };
    check_in_action::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Writes how an action stands.
pub async fn set_action(
    tx: &Tx,
    org: OrganisationId,
    id: CheckInActionId,
    state: ActionState,
    due_on: NaiveDate,
) -> Result<()> {
    use check_in_action::Column as C;
    let done = check_in_action::Entity::update_many()
        .col_expr(C::State, Expr::value(state.as_str()))
        .col_expr(C::DueOn, Expr::value(due_on))
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::Id.eq(id.0))
        .exec(tx.raw())
        .await?;
    one_row("check_in_action.set", done.rows_affected)
}

/// Takes back an action that was not signed yet.
pub async fn delete_action(tx: &Tx, org: OrganisationId, id: CheckInActionId) -> Result<()> {
    let done = check_in_action::Entity::delete_many()
        .filter(check_in_action::Column::OrganisationId.eq(org.0))
        .filter(check_in_action::Column::Id.eq(id.0))
        .exec(tx.raw())
        .await?;
    one_row("check_in_action.delete", done.rows_affected)
}

/// What was agreed on at check-ins, in the order of the dates.
pub async fn actions(conn: &impl Conn, org: OrganisationId, of: &[CheckInId]) -> Result<Vec<StoredAction>> {
    use check_in_action::Column as C;
    let mut found = Vec::new();
    for chunk in of.chunks(500) {
        let rows = check_in_action::Entity::find()
            .filter(C::OrganisationId.eq(org.0))
            .filter(C::CheckInId.is_in(chunk.iter().map(|id| id.0)))
            .order_by_asc(C::DueOn)
            .order_by_asc(C::Id)
            .all(conn.raw())
            .await?;
        for row in rows {
            found.push(StoredAction {
                action: Action {
                    id: CheckInActionId(row.id),
                    check_in: CheckInId(row.check_in_id),
                    owner: party(&row.owner)?,
                    due_on: row.due_on,
                    requirement: row.requirement,
                    programme: row.programme,
                    plan_item: row.plan_item,
                    state: ActionState::from_name(&row.state)
                        .ok_or_else(|| Fault::stored("check_in_action.state", &row.state))?,
                },
                sealed: row.sealed,
                agreed_at: row.agreed_at,
            });
        }
    }
    Ok(found)
}

/// Adds to a check-in that both have signed.
pub async fn insert_addendum(
    tx: &Tx,
    org: OrganisationId,
    id: CheckInId,
    new: &StoredAddendum,
) -> Result<()> {
    let row = check_in_addendum::ActiveModel {
        id: Set(new.id),
        organisation_id: Set(org.0),
        check_in_id: Set(id.0),
        party: Set(new.party.as_str().to_owned()),
        sealed: Set(new.sealed.clone()),
        added_at: Set(new.added_at),
    };
    check_in_addendum::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// What was added to a check-in, oldest first.
pub async fn addenda(conn: &impl Conn, org: OrganisationId, id: CheckInId) -> Result<Vec<StoredAddendum>> {
    let rows = check_in_addendum::Entity::find()
        .filter(check_in_addendum::Column::OrganisationId.eq(org.0))
        .filter(check_in_addendum::Column::CheckInId.eq(id.0))
        .order_by_asc(check_in_addendum::Column::AddedAt)
        .order_by_asc(check_in_addendum::Column::Id)
        .all(conn.raw())
        .await?;
    let read = |row: check_in_addendum::Model| {
        Ok(StoredAddendum {
            id: row.id,
            party: party(&row.party)?,
            sealed: row.sealed,
            added_at: row.added_at,
        })
    };
    rows.into_iter().map(read).collect()
}
