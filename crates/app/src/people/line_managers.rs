//! Line managers: those that the tree gives, and those that a coordinator names instead.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use serde_json::json;
use varde_model::{
    ids::{LineManagerOverrideId, OrganisationId, PersonId},
    people::{self as rules, Appointment, Chart, LineManager, LineManagerOverride, Outsider, Period},
};
use varde_persistence::{Tx, appointments, people};

use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::Coordinator,
    audit::{self, Deed},
    conflicts, input, line, nominations,
};

/// The line managers of people on a date; who has none is left out.
///
/// # Errors
/// The database refused.
pub async fn line_managers(
    ctx: &Ctx,
    right: &Coordinator,
    of: &[PersonId],
    date: NaiveDate,
) -> Result<HashMap<PersonId, LineManager>> {
    let chart = chart(ctx, right.org(), of, date).await?;
    let found = of.iter().filter_map(|person| Some((*person, rules::line_manager(&chart, *person, date)?)));
    Ok(found.collect())
}

/// The leaders who report to a leader on a date.
///
/// # Errors
/// The database refused.
pub async fn leader_group(
    ctx: &Ctx,
    right: &Coordinator,
    leader: PersonId,
    date: NaiveDate,
) -> Result<Vec<Appointment>> {
    let chart = chart(ctx, right.org(), &[], date).await?;
    Ok(rules::leader_group(&chart, leader, date).into_iter().cloned().collect())
}

/// The chart on a date, with the workplaces of some.
pub(crate) async fn chart(ctx: &Ctx, org: OrganisationId, of: &[PersonId], date: NaiveDate) -> Result<Chart> {
    line::chart_on(ctx.store(), org, of, date).await
}

/// A person's named line managers, oldest first.
///
/// # Errors
/// The database refused.
pub async fn line_manager_overrides(
    ctx: &Ctx,
    right: &Coordinator,
    person: PersonId,
) -> Result<Vec<LineManagerOverride>> {
    Ok(appointments::overrides_of(ctx.store(), right.org(), person).await?)
}

/// Every line manager there was, is or will be by name, oldest first.
///
/// # Errors
/// The database refused.
pub async fn all_line_manager_overrides(ctx: &Ctx, right: &Coordinator) -> Result<Vec<LineManagerOverride>> {
    Ok(appointments::overrides(ctx.store(), right.org()).await?)
}

/// Who is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ManagerInput {
    /// Somebody employed.
    Person(PersonId),
    /// Somebody outside the tree, such as the board's chair for the director.
    Outside {
        /// Full name.
        name: String,
        /// Where mail goes.
        email: String,
    },
}

/// Names a line manager who counts instead of the one that the tree gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameLineManager {
    /// Whose.
    pub person: PersonId,
    /// Who.
    pub manager: ManagerInput,
    /// The first day.
    pub from: NaiveDate,
    /// The last day; None is open.
    pub to: Option<NaiveDate>,
}

/// Names a line manager. An earlier naming gives way on these days and holds before and after them.
///
/// # Errors
/// Refused when either person is unknown, both are the same, the address is none, the days are in the wrong order, or
/// somebody would come to be her or his own line manager over several namings.
pub async fn name_line_manager(
    ctx: &Ctx,
    right: &Coordinator,
    named: NameLineManager,
) -> Result<LineManagerOverride> {
    let org = right.org();
    let from = input::date("from", named.from)?;
    let period = Period { from, to: input::date_if_given("to", named.to)? };
    if period.is_over(period.from) {
        return Err(Refusal::new(Code::EndsBeforeStart).at("to").into());
    }
    let manager = match named.manager {
        ManagerInput::Person(manager) if manager == named.person => {
            return Err(Refusal::new(Code::Invalid).at("managerEmployeeNumber").with("hint", "").into());
        }
        ManagerInput::Person(manager) => LineManager::Person(manager),
        ManagerInput::Outside { name, email } => LineManager::Outside(outsider(&name, &email)?),
    };

    let tx = ctx.store().write().await?;
    let mut known = vec![(named.person, "employeeNumber")];
    if let LineManager::Person(manager) = manager {
        known.push((manager, "managerEmployeeNumber"));
    }
    for (person, field) in known {
        if people::find(&tx, org, person).await?.is_none() {
            return Err(Refusal::new(Code::NotFound).at(field).into());
        }
    }
    let namings = appointments::overrides(&tx, org).await?;
    if let LineManager::Person(manager) = manager
        && rules::turns_in_a_circle(&namings, named.person, manager, period)
    {
        return Err(Refusal::new(Code::NamingsInACircle).at("managerEmployeeNumber").into());
    }
    for before in namings.into_iter().filter(|before| before.person == named.person) {
        give_way(ctx, &tx, org, before, &period).await?;
    }
    let new = LineManagerOverride { id: ctx.new_id(), person: named.person, manager, period };
    appointments::insert_override(&tx, org, &new, ctx.now).await?;
    let detail = json!({ "override": new.id, "from": period.from, "to": period.to });
    let deed = Deed::on("person.name_line_manager", named.person);
    audit::record(ctx, &tx, org, right.actor(), deed, detail).await?;
    the_line_moved(ctx, &tx, right).await?;
    tx.commit().await?;
    Ok(new)
}

/// What hangs on the line is looked at again, as after an import: whom a nomination asks, and conflicts of interest.
async fn the_line_moved(ctx: &Ctx, tx: &Tx, right: &Coordinator) -> Result<()> {
    nominations::look_again(ctx, tx, right.org(), right.actor()).await?;
    conflicts::look_again_in(ctx, tx, right.org(), right.actor()).await?;
    Ok(())
}

/// Leaves of an earlier naming what lies before and after the days of a new one.
async fn give_way(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    mut before: LineManagerOverride,
    new: &Period,
) -> Result<()> {
    if !before.period.overlaps(new) {
        return Ok(());
    }
    let mut left = before.period.without(new).into_iter();
    // Nothing left: it stands as one that holds on no day.
    before.period = left.next().unwrap_or_else(|| {
        before.period.cut(before.period.from.checked_sub_days(Days::new(1)).unwrap_or(before.period.from))
    });
    appointments::update_override(tx, org, &before).await?;
    for period in left {
        let rest = LineManagerOverride { id: ctx.new_id(), period, ..before.clone() };
        appointments::insert_override(tx, org, &rest, ctx.now).await?;
    }
    Ok(())
}

fn outsider(name: &str, email: &str) -> Result<Outsider> {
    let name = input::text("outsideName", name, 200)?;
    let email = input::email("outsideEmail", email)?;
    Ok(Outsider { name, email })
}

/// Ends a named line manager's time after a last day.
///
/// # Errors
/// Refused when there is no such naming, or it ended before.
pub async fn end_line_manager(
    ctx: &Ctx,
    right: &Coordinator,
    person: PersonId,
    id: LineManagerOverrideId,
    last_day: NaiveDate,
) -> Result<LineManagerOverride> {
    let last_day = input::date("lastDay", last_day)?;
    let tx = ctx.store().write().await?;
    let overrides = appointments::overrides_of(&tx, right.org(), person).await?;
    let found = overrides.into_iter().find(|named| named.id == id);
    let mut named = found.ok_or_else(|| Error::from(Refusal::new(Code::NotFound).at("overrideId")))?;
    if named.period.is_over(last_day) {
        return Err(Refusal::new(Code::EndsBeforeStart).at("lastDay").into());
    }
    named.period = named.period.cut(last_day);
    appointments::update_override(&tx, right.org(), &named).await?;
    let detail = json!({ "override": id, "to": named.period.to });
    let deed = Deed::on("person.end_line_manager", person);
    audit::record(ctx, &tx, right.org(), right.actor(), deed, detail).await?;
    the_line_moved(ctx, &tx, right).await?;
    tx.commit().await?;
    Ok(named)
}
