//! Making plans: for leaders who are newly appointed, by themselves or as a coordinator asks.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use varde_model::{
    check_in::Party,
    ids::{AppointmentId, OrganisationId, PersonId, PlanId},
    letter::LetterKind,
    local_time::Zoned,
    organisation::Organisation,
    people::{Appointment, LineManager, line_manager},
    plan::{Plan, PlanState, is_operative},
};
use varde_persistence::{Tx, appointments, competence_plans as stored, organisations, people};

use super::desk::write_to;
use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::{Actor, Coordinator},
    audit::{self, Deed},
    cohorts::settle,
    frameworks,
    idempotency::Kept,
    input::{self, Faults},
    line::chart_on,
    post::Planned,
};

/// What making plans comes to.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The new plans.
    pub plans: Vec<Plan>,
    /// Mail that goes out.
    pub mails: Vec<Planned>,
}

impl Opened {
    /// What a call was answered that was done before: with the plans as they stand.
    ///
    /// # Errors
    /// The database refused.
    pub async fn again(ctx: &Ctx, right: &Coordinator, kept: Kept) -> Result<Self> {
        let ids: Vec<PlanId> = kept.ids.iter().copied().map(PlanId).collect();
        let plans = stored::find_many(ctx.store(), right.org(), &ids).await?;
        Ok(Self { plans: kept.in_order(plans, |plan| plan.id.0), mails: kept.mails })
    }

    fn kept(&self) -> Kept {
        Kept::of(self.plans.iter().map(|plan| plan.id.0)).with_mails(&self.mails)
    }
}

/// Makes plans for chosen leaders at levels 3 and 4; whoever has one for the appointment keeps it.
///
/// # Errors
/// Refused, row by row: nobody has that number, or leads at those levels today.
pub async fn open(
    ctx: &Ctx,
    right: &Coordinator,
    employee_numbers: &[String],
    dry_run: bool,
) -> Result<Opened> {
    let org = right.org();
    input::rows("employeeNumbers", employee_numbers.len())?;
    let tx = ctx.store().write().await?;
    let organisation = organisations::lock(&tx, org).await?;
    let organisation = organisation.ok_or_else(|| Error::internal("organisation gone"))?;
    let numbers: Vec<String> = employee_numbers.iter().map(|number| number.trim().to_owned()).collect();
    let known = people::find_by_numbers(&tx, org, &numbers).await?;
    let today = Zoned::at(ctx.now, organisation.zone).date;
    let leading = appointments::on(&tx, org, today).await?;
    let (mut faults, mut chosen) = (Faults::default(), BTreeMap::new());
    for (index, number) in numbers.iter().enumerate() {
        let person = known.iter().find(|person| person.employee_number == *number);
        let own = leading.iter().filter(|one| person.is_some_and(|person| person.id == one.person));
        match own.filter(|one| is_operative(one.level)).min_by_key(|one| (one.level, one.since)) {
            Some(appointment) => drop(chosen.insert(appointment.person, appointment.clone())),
            None => faults.add(Refusal::new(Code::NotFound).at("employeeNumbers").row(index)),
        }
    }
    faults.none()?;
    let chosen = chosen.into_values().collect();
    let opened = open_in(ctx, &tx, &organisation, right.actor(), chosen).await?;
    settle(ctx, org, tx, dry_run, &opened.kept()).await?;
    Ok(opened)
}

/// Makes plans for appointments that have none. A leader of several units has one plan.
pub(super) async fn open_in(
    ctx: &Ctx,
    tx: &Tx,
    organisation: &Organisation,
    actor: Actor,
    appointments: Vec<Appointment>,
) -> Result<Opened> {
    let org = organisation.id;
    let wanted = without_plan(tx, org, appointments).await?;
    if wanted.is_empty() {
        return Ok(Opened { plans: Vec::new(), mails: Vec::new() });
    }
    let framework = frameworks::newest_in(ctx, tx, org).await?.version;
    let today = Zoned::at(ctx.now, organisation.zone).date;
    let leaders: Vec<PersonId> = wanted.iter().map(|one| one.person).collect();
    let chart = chart_on(tx, org, &leaders, today).await?;
    let new = |one: &Appointment| Plan {
        id: ctx.new_id(),
        appointment: one.id,
        leader: one.person,
        appointed_on: one.since,
        manager: within(line_manager(&chart, one.person, today)),
        framework,
        state: PlanState::Draft,
        asked_at: ctx.now,
        assessed_at: None,
        agreed_at: None,
        version: 1,
    };
    let plans: Vec<Plan> = wanted.iter().map(new).collect();
    stored::insert(tx, org, &plans).await?;
    let mut mails = Vec::new();
    for plan in &plans {
        let letter = (Party::Leader, LetterKind::CompetencePlanOpened);
        mails.extend(write_to(ctx, tx, org, plan, letter, "opened").await?);
    }
    let detail = json!({ "count": plans.len(), "framework": framework });
    audit::record(ctx, tx, org, actor, Deed::overall("competence_plan.open"), detail).await?;
    Ok(Opened { plans, mails })
}

async fn without_plan(
    tx: &Tx,
    org: OrganisationId,
    mut appointments: Vec<Appointment>,
) -> Result<Vec<Appointment>> {
    let all = stored::all(tx, org).await?;
    let planned: BTreeSet<AppointmentId> = all.iter().map(|plan| plan.appointment).collect();
    let mut has: BTreeSet<PersonId> =
        all.iter().filter(|plan| plan.state != PlanState::Ended).map(|plan| plan.leader).collect();
    appointments.sort_by_key(|one| (one.level, one.since, one.id));
    appointments.retain(|one| !planned.contains(&one.id) && has.insert(one.person));
    Ok(appointments)
}

/// A line manager within the trust: somebody outside the tree agrees on no plan.
pub(super) fn within(manager: Option<LineManager>) -> Option<PersonId> {
    match manager? {
        LineManager::Person(person) => Some(person),
        LineManager::Outside(_) => None,
    }
}
