//! Roles: those that administrators granted, and those that follow from appointments.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use uuid::Uuid;
use varde_model::{
    account::RoleGrant,
    ids::{AccountId, OrganisationId, PersonId},
    roles::Role,
};

use crate::{
    Conn, Fault, Result, Tx,
    entity::{account, appointment, employment, line_manager_override, role_grant, unit_period},
    store::sealed::Raw,
};

impl TryFrom<role_grant::Model> for RoleGrant {
    type Error = Fault;

    fn try_from(row: role_grant::Model) -> Result<Self> {
        Ok(Self {
            account: AccountId(row.account_id),
            role: role(&row.role)?,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
        })
    }
}

/// Grants a role. `granted_by` is None for the machine's operator.
pub async fn insert(
    tx: &Tx,
    org: OrganisationId,
    id: Uuid,
    grant: &RoleGrant,
    granted_by: Option<AccountId>,
) -> Result<()> {
    let row = role_grant::ActiveModel {
        id: Set(id),
        organisation_id: Set(org.0),
        account_id: Set(grant.account.0),
        role: Set(grant.role.name().to_owned()),
        starts_at: Set(grant.starts_at),
        ends_at: Set(grant.ends_at),
        granted_by: Set(granted_by.map(|account| account.0)),
    };
    role_grant::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Ends the role's grants that hold now; says how many there were.
pub async fn end(
    tx: &Tx,
    org: OrganisationId,
    account: AccountId,
    role: Role,
    now: DateTime<Utc>,
) -> Result<u64> {
    let done = role_grant::Entity::update_many()
        .col_expr(role_grant::Column::EndsAt, Expr::value(now))
        .filter(role_grant::Column::OrganisationId.eq(org.0))
        .filter(role_grant::Column::AccountId.eq(account.0))
        .filter(role_grant::Column::Role.eq(role.name()))
        .filter(holds(now))
        .exec(tx.raw())
        .await?;
    Ok(done.rows_affected)
}

/// The grants of these accounts that hold now.
pub async fn current(
    conn: &impl Conn,
    org: OrganisationId,
    accounts: &[AccountId],
    now: DateTime<Utc>,
) -> Result<Vec<RoleGrant>> {
    let mut found = Vec::new();
    for chunk in accounts.chunks(500) {
        let rows = role_grant::Entity::find()
            .filter(role_grant::Column::OrganisationId.eq(org.0))
            .filter(role_grant::Column::AccountId.is_in(chunk.iter().map(|id| id.0)))
            .filter(holds(now))
            .order_by_asc(role_grant::Column::Id)
            .all(conn.raw())
            .await?;
        for row in rows {
            found.push(RoleGrant::try_from(row)?);
        }
    }
    Ok(found)
}

/// The organisation's administrators who can sign in, their grants locked: two administrators who take each other's
/// role away at once come one after the other, and the second is refused.
pub async fn lock_administrators(tx: &Tx, org: OrganisationId, now: DateTime<Utc>) -> Result<Vec<AccountId>> {
    let grants = role_grant::Entity::find()
        .filter(role_grant::Column::OrganisationId.eq(org.0))
        .filter(role_grant::Column::Role.eq(Role::Administrator.name()))
        .filter(holds(now))
        .order_by_asc(role_grant::Column::Id)
        .lock_exclusive()
        .all(tx.raw())
        .await?;
    let accounts: Vec<Uuid> = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::OrganisationId.eq(org.0))
        .filter(account::Column::Id.is_in(grants.iter().map(|grant| grant.account_id)))
        .filter(account::Column::DisabledAt.is_null())
        .into_tuple()
        .all(tx.raw())
        .await?;
    Ok(accounts.into_iter().map(AccountId).collect())
}

/// The roles that follow from a person's place in the organisation on a day. A leader holds an appointment. A line
/// manager is a leader with somebody else employed in the unit or with units below it, or a named override: whether
/// for a certain person, the rules of the tree say.
pub async fn derived(
    conn: &impl Conn,
    org: OrganisationId,
    person: PersonId,
    today: NaiveDate,
) -> Result<Vec<Role>> {
    let led: Vec<Uuid> = appointment::Entity::find()
        .select_only()
        .column(appointment::Column::UnitId)
        .filter(appointment::Column::OrganisationId.eq(org.0))
        .filter(appointment::Column::PersonId.eq(person.0))
        .filter(valid(appointment::Column::ValidFrom, appointment::Column::ValidTo, today))
        .into_tuple()
        .all(conn.raw())
        .await?;
    let leads = !led.is_empty();
    let mut roles = Vec::new();
    if (leads && has_reports(conn, person, &led, today).await?) || is_named(conn, org, person, today).await? {
        roles.push(Role::LineManager);
    }
    if leads {
        roles.push(Role::Leader);
    }
    Ok(roles)
}

/// True where somebody else is employed in one of the units, or a unit hangs below one.
async fn has_reports(conn: &impl Conn, leader: PersonId, led: &[Uuid], today: NaiveDate) -> Result<bool> {
    let colleague = employment::Entity::find()
        .filter(employment::Column::UnitId.is_in(led.iter().copied()))
        .filter(employment::Column::PersonId.ne(leader.0))
        .filter(valid(employment::Column::ValidFrom, employment::Column::ValidTo, today));
    if colleague.one(conn.raw()).await?.is_some() {
        return Ok(true);
    }
    let below = unit_period::Entity::find()
        .filter(unit_period::Column::ParentId.is_in(led.iter().copied()))
        .filter(valid(unit_period::Column::ValidFrom, unit_period::Column::ValidTo, today));
    Ok(below.one(conn.raw()).await?.is_some())
}

/// True where somebody's line manager is named instead of the one that the tree gives, and this is the one.
async fn is_named(
    conn: &impl Conn,
    org: OrganisationId,
    manager: PersonId,
    today: NaiveDate,
) -> Result<bool> {
    use line_manager_override::{Column, Entity};
    let named = Entity::find()
        .filter(Column::OrganisationId.eq(org.0))
        .filter(Column::ManagerId.eq(manager.0))
        .filter(valid(Column::ValidFrom, Column::ValidTo, today));
    Ok(named.one(conn.raw()).await?.is_some())
}

/// Rows that hold on a day: the first and the last are included.
fn valid(from: impl ColumnTrait, to: impl ColumnTrait, today: NaiveDate) -> Condition {
    Condition::all().add(from.lte(today)).add(Condition::any().add(to.is_null()).add(to.gte(today)))
}

/// The grants that hold at an instant.
pub(crate) fn holds(now: DateTime<Utc>) -> Condition {
    Condition::all().add(role_grant::Column::StartsAt.lte(now)).add(
        Condition::any().add(role_grant::Column::EndsAt.is_null()).add(role_grant::Column::EndsAt.gt(now)),
    )
}

pub(crate) fn role(name: &str) -> Result<Role> {
    Role::from_name(name).ok_or_else(|| Fault::stored("role_grant.role", name))
}
