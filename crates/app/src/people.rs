//! People, leaders and the tree, as coordinators ask for them, on any date.

mod end_employment;
mod line_managers;
mod own_line;
mod preferences;
mod tree;

use chrono::NaiveDate;
use varde_model::{
    hr::harmless,
    ids::{AppointmentId, OrganisationId, PersonId, UnitId},
    local_time::Zoned,
    people::{Appointment, Employment, Level, Person},
};
use varde_persistence::{
    appointments::{self, LeaderFilter},
    organisations, people,
};

use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::{Coordinator, Oneself},
};

pub use end_employment::{end_employment, ended_already};
pub(crate) use line_managers::chart;
pub use line_managers::{
    ManagerInput, NameLineManager, all_line_manager_overrides, end_line_manager, leader_group,
    line_manager_overrides, line_managers, name_line_manager,
};
pub use own_line::{LeaderPlace, OwnLeader, own_leaders, own_line_manager};
pub use preferences::{Preferences, prefer, prefer_for};
pub use tree::{UnitOn, unit_by_code, units, units_below, units_on_each};
pub use varde_persistence::{
    appointments::{Leader, LeaderKey},
    people::{NameKey, PersonFilter},
};

/// Rows of a page at the most.
pub const MOST: u32 = 100;

/// Part of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows, in order.
    pub items: Vec<T>,
    /// True when others follow.
    pub more: bool,
    /// How many rows the whole list has.
    pub total: u64,
}

/// Today, where the trust is.
///
/// # Errors
/// The database refused.
pub async fn today(ctx: &Ctx, org: OrganisationId) -> Result<NaiveDate> {
    let org = organisations::find(ctx.store(), org).await?;
    let org = org.ok_or_else(|| Error::internal("the organisation of a right is gone"))?;
    Ok(Zoned::at(ctx.now, org.zone).date)
}

/// Several people, in no order; unknown ones are left out.
///
/// # Errors
/// The database refused.
pub async fn by_ids(ctx: &Ctx, right: &Coordinator, ids: &[PersonId]) -> Result<Vec<Person>> {
    Ok(people::find_many(ctx.store(), right.org(), ids).await?)
}

/// The caller as an employed person.
///
/// # Errors
/// The database refused.
pub async fn oneself(ctx: &Ctx, right: &Oneself) -> Result<Option<Person>> {
    Ok(people::find(ctx.store(), right.org(), right.person()).await?)
}

/// The person with that employee number.
///
/// # Errors
/// The database refused.
pub async fn by_number(ctx: &Ctx, right: &Coordinator, number: &str) -> Result<Option<Person>> {
    Ok(people::find_by_number(ctx.store(), right.org(), number.trim()).await?)
}

/// Several people by employee number, in the order asked for.
///
/// # Errors
/// Refused with the index of each number that is not known.
pub async fn by_numbers(ctx: &Ctx, right: &Coordinator, numbers: &[String]) -> Result<Vec<Person>> {
    let found = people::find_by_numbers(ctx.store(), right.org(), numbers).await?;
    let (mut ordered, mut refusals) = (Vec::with_capacity(numbers.len()), Vec::new());
    for (index, number) in numbers.iter().enumerate() {
        match found.iter().find(|person| person.employee_number == *number) {
            Some(person) => ordered.push(person.clone()),
            None => refusals.push(Refusal::new(Code::NotFound).row(index).with("value", harmless(number))),
        }
    }
    if refusals.is_empty() { Ok(ordered) } else { Err(Error::Refused(refusals)) }
}

/// People by name in Norwegian order, those whom the filter lets through.
///
/// # Errors
/// The database refused.
pub async fn page(
    ctx: &Ctx,
    right: &Coordinator,
    filter: &PersonFilter,
    after: Option<&NameKey>,
    first: u32,
) -> Result<Page<Person>> {
    let limit = first.min(MOST);
    let items = people::page(ctx.store(), right.org(), filter, after, u64::from(limit) + 1).await?;
    let total = people::count(ctx.store(), right.org(), filter).await?;
    Ok(cut(items, limit, total))
}

/// Which leaders.
#[derive(Clone, Debug, Default)]
pub struct LeadersInput {
    /// The date; None is today.
    pub on: Option<NaiveDate>,
    /// Leaders of this unit and of every unit below it.
    pub unit: Option<UnitId>,
    /// At these levels; empty is any.
    pub levels: Vec<Level>,
    /// Leader since that day or later.
    pub appointed_since: Option<NaiveDate>,
    /// Words that name or employee number contain.
    pub search: Option<String>,
    /// The row that the page follows.
    pub after: Option<LeaderKey>,
    /// Rows wanted.
    pub first: u32,
}

/// Leaders by name in Norwegian order; one who leads two units stands twice.
///
/// # Errors
/// The database refused.
pub async fn leaders(ctx: &Ctx, right: &Coordinator, input: &LeadersInput) -> Result<Page<Leader>> {
    let date = match input.on {
        Some(date) => date,
        None => today(ctx, right.org()).await?,
    };
    let units = match input.unit {
        Some(unit) => Some(units_below(ctx, right, unit, date).await?),
        None => None,
    };
    let filter = LeaderFilter {
        units,
        levels: input.levels.clone(),
        since: input.appointed_since,
        search: input.search.clone(),
    };
    let (org, store, limit) = (right.org(), ctx.store(), input.first.min(MOST));
    let wanted = u64::from(limit) + 1;
    let items = appointments::leader_page(store, org, date, &filter, input.after.as_ref(), wanted).await?;
    let total = appointments::leader_count(store, org, date, &filter).await?;
    Ok(cut(items, limit, total))
}

/// Who leads what on a date.
///
/// # Errors
/// The database refused.
pub async fn appointments_on(ctx: &Ctx, right: &Coordinator, date: NaiveDate) -> Result<Vec<Appointment>> {
    Ok(appointments::on(ctx.store(), right.org(), date).await?)
}

/// Who leads what on some date of these two or between them, oldest first.
///
/// # Errors
/// The database refused.
pub async fn appointments_between(
    ctx: &Ctx,
    right: &Coordinator,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<Appointment>> {
    Ok(appointments::between(ctx.store(), right.org(), first, last).await?)
}

/// What people led, lead and will lead, oldest first.
///
/// # Errors
/// The database refused.
pub async fn appointments_of(ctx: &Ctx, right: &Coordinator, of: &[PersonId]) -> Result<Vec<Appointment>> {
    Ok(appointments::of_people(ctx.store(), right.org(), of).await?)
}

/// Several appointments, in no order; unknown ones are left out.
///
/// # Errors
/// The database refused.
pub async fn appointments_by_ids(
    ctx: &Ctx,
    right: &Coordinator,
    ids: &[AppointmentId],
) -> Result<Vec<Appointment>> {
    Ok(appointments::find_many(ctx.store(), right.org(), ids).await?)
}

/// Where people worked, oldest first.
///
/// # Errors
/// The database refused.
pub async fn employments_of(ctx: &Ctx, right: &Coordinator, of: &[PersonId]) -> Result<Vec<Employment>> {
    Ok(people::employments(ctx.store(), right.org(), of).await?)
}

/// One row more than wanted was asked for, to know whether others follow.
fn cut<T>(mut items: Vec<T>, limit: u32, total: u64) -> Page<T> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = items.len() > limit;
    items.truncate(limit);
    Page { items, more, total }
}
