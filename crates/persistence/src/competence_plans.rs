//! Competence plans: whose, where each stands, and how the two have rated its items.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;
use varde_model::{
    ids::{AppointmentId, OrganisationId, PersonId, PlanId},
    plan::{Plan, PlanEntry, PlanRating, PlanRules, PlanState},
};

use crate::{
    Conn, Fault, Result, Tx,
    convert::{int, uint},
    entity::{
        competence_plan::{ActiveModel, Column as C, Entity, Model},
        competence_plan_entry as entry, competence_plan_rules as rules,
    },
    error::one_row,
    store::sealed::Raw,
};

impl TryFrom<Model> for Plan {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self> {
        Ok(Self {
            id: PlanId(row.id),
            appointment: AppointmentId(row.appointment_id),
            leader: PersonId(row.leader_id),
            appointed_on: row.appointed_on,
            manager: row.manager_id.map(PersonId),
            framework: uint(row.framework),
            state: PlanState::from_name(&row.state)
                .ok_or_else(|| Fault::stored("competence_plan.state", &row.state))?,
            asked_at: row.asked_at,
            assessed_at: row.assessed_at,
            agreed_at: row.agreed_at,
            version: uint(row.version),
        })
    }
}

/// Writes new plans.
///
/// # Errors
/// An appointment has one already (a unique violation).
pub async fn insert(tx: &Tx, org: OrganisationId, new: &[Plan]) -> Result<()> {
    for chunk in new.chunks(500) {
        let rows = chunk.iter().map(|plan| ActiveModel {
            id: Set(plan.id.0),
            organisation_id: Set(org.0),
            appointment_id: Set(plan.appointment.0),
            leader_id: Set(plan.leader.0),
            appointed_on: Set(plan.appointed_on),
            manager_id: Set(plan.manager.map(|person| person.0)),
            framework: Set(int(plan.framework)),
            state: Set(plan.state.as_str().to_owned()),
            asked_at: Set(plan.asked_at),
            assessed_at: Set(plan.assessed_at),
            agreed_at: Set(plan.agreed_at),
            version: Set(int(plan.version)),
        });
        Entity::insert_many(rows).exec_without_returning(tx.raw()).await?;
    }
    Ok(())
}

/// Writes a changed plan and counts its version up.
pub async fn update(tx: &Tx, org: OrganisationId, changed: &Plan) -> Result<()> {
    let done = Entity::update_many()
        .col_expr(C::ManagerId, Expr::value(changed.manager.map(|person| person.0)))
        .col_expr(C::Framework, Expr::value(int(changed.framework)))
        .col_expr(C::State, Expr::value(changed.state.as_str()))
        .col_expr(C::AskedAt, Expr::value(changed.asked_at))
        .col_expr(C::AssessedAt, Expr::value(changed.assessed_at))
        .col_expr(C::AgreedAt, Expr::value(changed.agreed_at))
        .col_expr(C::Version, Expr::value(int(changed.version + 1)))
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::Id.eq(changed.id.0))
        .filter(C::Version.eq(int(changed.version)))
        .exec(tx.raw())
        .await?;
    one_row("competence_plan.update", done.rows_affected)
}

fn own(org: OrganisationId) -> Select<Entity> {
    Entity::find().filter(C::OrganisationId.eq(org.0)).order_by_asc(C::Id)
}

async fn read(conn: &impl Conn, these: Select<Entity>) -> Result<Vec<Plan>> {
    these.all(conn.raw()).await?.into_iter().map(Plan::try_from).collect()
}

/// One plan.
pub async fn find(conn: &impl Conn, org: OrganisationId, id: PlanId) -> Result<Option<Plan>> {
    Ok(read(conn, own(org).filter(C::Id.eq(id.0))).await?.pop())
}

/// One plan, kept from changing until the transaction ends.
pub async fn lock(tx: &Tx, org: OrganisationId, id: PlanId) -> Result<Option<Plan>> {
    Ok(read(tx, own(org).filter(C::Id.eq(id.0)).lock_exclusive()).await?.pop())
}

/// The plans of those ids that exist.
pub async fn find_many(conn: &impl Conn, org: OrganisationId, ids: &[PlanId]) -> Result<Vec<Plan>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        found.append(&mut read(conn, own(org).filter(C::Id.is_in(chunk.iter().map(|id| id.0)))).await?);
    }
    Ok(found)
}

/// Every plan, ended ones included.
pub async fn all(conn: &impl Conn, org: OrganisationId) -> Result<Vec<Plan>> {
    read(conn, own(org)).await
}

/// The plans that have not ended.
pub async fn live(conn: &impl Conn, org: OrganisationId) -> Result<Vec<Plan>> {
    read(conn, own(org).filter(C::State.ne(PlanState::Ended.as_str()))).await
}

/// A leader's plans, and those that a line manager agrees on, latest first.
pub async fn of_person(conn: &impl Conn, org: OrganisationId, person: PersonId) -> Result<Vec<Plan>> {
    let mine = Condition::any().add(C::LeaderId.eq(person.0)).add(C::ManagerId.eq(person.0));
    let mut found = read(conn, own(org).filter(mine)).await?;
    found.reverse();
    Ok(found)
}

fn rating(name: Option<String>) -> Result<Option<PlanRating>> {
    let known = |name: String| {
        PlanRating::from_name(&name).ok_or_else(|| Fault::stored("competence_plan_entry.rating", &name))
    };
    name.map(known).transpose()
}

/// The rated items of plans.
pub async fn entries(conn: &impl Conn, org: OrganisationId, of: &[PlanId]) -> Result<Vec<PlanEntry>> {
    let mut found = Vec::new();
    for chunk in of.chunks(500) {
        let rows = entry::Entity::find()
            .filter(entry::Column::OrganisationId.eq(org.0))
            .filter(entry::Column::PlanId.is_in(chunk.iter().map(|id| id.0)))
            .order_by_asc(entry::Column::Id)
            .all(conn.raw())
            .await?;
        for row in rows {
            found.push(PlanEntry {
                plan: PlanId(row.plan_id),
                item: row.item,
                own: rating(row.own)?,
                agreed: rating(row.agreed)?,
                done_on: row.done_on,
                asked_on: row.asked_on,
                told: u8::try_from(row.told).unwrap_or_default(),
            });
        }
    }
    Ok(found)
}

/// Keeps items as they are now, each with an id for a row that is new.
pub async fn put_entries(tx: &Tx, org: OrganisationId, entries: &[(Uuid, PlanEntry)]) -> Result<()> {
    use entry::Column as E;
    for chunk in entries.chunks(500) {
        let rows = chunk.iter().map(|(id, one)| entry::ActiveModel {
            id: Set(*id),
            organisation_id: Set(org.0),
            plan_id: Set(one.plan.0),
            item: Set(one.item.clone()),
            own: Set(one.own.map(|rating| rating.as_str().to_owned())),
            agreed: Set(one.agreed.map(|rating| rating.as_str().to_owned())),
            done_on: Set(one.done_on),
            asked_on: Set(one.asked_on),
            told: Set(one.told.into()),
        });
        let last_word = OnConflict::columns([E::PlanId, E::Item])
            .update_columns([E::Own, E::Agreed, E::DoneOn, E::AskedOn, E::Told])
            .to_owned();
        entry::Entity::insert_many(rows).on_conflict(last_word).exec_without_returning(tx.raw()).await?;
    }
    Ok(())
}

/// The trust's rules; the usual ones where it has set none.
pub async fn find_rules(conn: &impl Conn, org: OrganisationId) -> Result<PlanRules> {
    let row = rules::Entity::find().filter(rules::Column::OrganisationId.eq(org.0)).one(conn.raw()).await?;
    let read = |row: rules::Model| {
        serde_json::from_value(row.definition)
            .map_err(|error| Fault::stored("competence_plan_rules.definition", error))
    };
    Ok(row.map(read).transpose()?.unwrap_or_default())
}

/// Keeps the trust's rules in place of earlier ones. The row's id is given.
pub async fn put_rules(tx: &Tx, org: OrganisationId, id: Uuid, new: &PlanRules) -> Result<()> {
    let definition = serde_json::to_value(new);
    let row = rules::ActiveModel {
        id: Set(id),
        organisation_id: Set(org.0),
        definition: Set(definition.map_err(|error| Fault::stored("competence_plan_rules.definition", error))?),
    };
    let last_word =
        OnConflict::column(rules::Column::OrganisationId).update_column(rules::Column::Definition).to_owned();
    rules::Entity::insert(row).on_conflict(last_word).exec_without_returning(tx.raw()).await?;
    Ok(())
}
