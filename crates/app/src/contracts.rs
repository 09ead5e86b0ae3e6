//! Leaders' contracts: made for appointments, at an import or by hand, on the newest version of the framework.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::json;
use varde_model::{
    contract::Contract,
    ids::{AppointmentId, ContractId, OrganisationId, PersonId},
    local_time::Zoned,
};
use varde_persistence::{Conn, Tx, appointments, contracts as stored, organisations, people};

use crate::{
    Code, Ctx, Error, PathPart, Refusal, Result,
    access::{Actor, Coordinator, Oneself},
    audit::{self, Deed},
    cohorts::settle,
    frameworks,
    idempotency::Kept,
    input::{self, Faults, MOST_ROWS},
};

/// The longest reference to a document, in characters.
const LONGEST_REFERENCE: usize = 200;

/// What is told of a contract's signing.
#[derive(Clone, Debug)]
pub struct Signing {
    /// The leader's employee number.
    pub employee_number: String,
    /// When both had signed.
    pub signed_on: NaiveDate,
    /// Where the document lies: the trust's own reference.
    pub document: Option<String>,
}

/// Makes contracts for everybody who leads today and has none for that appointment. Gives how many.
///
/// # Errors
/// A fault.
pub async fn make_missing(ctx: &Ctx, right: &Coordinator, dry_run: bool) -> Result<Vec<Contract>> {
    let tx = ctx.store().write().await?;
    let made = make_missing_in(ctx, &tx, right.org(), right.actor()).await?;
    if made.is_empty() {
        // That somebody asked, and that none was missing.
        audit::record(
            ctx,
            &tx,
            right.org(),
            right.actor(),
            Deed::overall("contract.make"),
            json!({ "count": 0 }),
        )
        .await?;
    }
    settle(ctx, right.org(), tx, dry_run, &Kept::default()).await?;
    Ok(made)
}

/// The same within a transaction: after an import, or when a cycle is opened.
pub(crate) async fn make_missing_in(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    actor: Actor,
) -> Result<Vec<Contract>> {
    let today = today(ctx, tx, org).await?;
    let bound: BTreeSet<AppointmentId> =
        stored::holding(tx, org).await?.into_iter().map(|one| one.appointment).collect();
    let leading = appointments::on(tx, org, today).await?;
    let unbound: Vec<_> = leading.iter().filter(|one| !bound.contains(&one.id)).collect();
    if unbound.is_empty() {
        return Ok(Vec::new());
    }
    let framework = frameworks::newest_in(ctx, tx, org).await?.version;
    let make = |appointment: AppointmentId, person: PersonId| Contract {
        id: ctx.new_id(),
        appointment,
        person,
        framework,
        signed_on: None,
        document: None,
        made_at: ctx.now,
        replaced_at: None,
    };
    let made: Vec<Contract> = unbound.iter().map(|one| make(one.id, one.person)).collect();
    stored::insert(tx, org, &made).await?;
    let deed = Deed::overall("contract.make");
    audit::record(ctx, tx, org, actor, deed, json!({ "count": made.len(), "framework": framework })).await?;
    Ok(made)
}

/// What renewing comes to.
#[derive(Clone, Debug)]
pub struct Renewed {
    /// The contracts on the newest version.
    pub made: Vec<Contract>,
    /// That version.
    pub framework: u32,
    /// How many of those named stand on it already.
    pub current: usize,
}

/// Renews contracts on the newest version of the framework: those of the named leaders, or all. Those that were signed
/// stay readable as they were.
///
/// # Errors
/// Refused: nobody has that number, or has no contract.
pub async fn renew(
    ctx: &Ctx,
    right: &Coordinator,
    employee_numbers: Option<&[String]>,
    dry_run: bool,
) -> Result<Renewed> {
    let org = right.org();
    let tx = ctx.store().write().await?;
    organisations::lock(&tx, org).await?;
    let newest = frameworks::newest_in(ctx, &tx, org).await?.version;
    let mut holding = stored::holding(&tx, org).await?;
    if let Some(numbers) = employee_numbers {
        let wanted = named(&tx, org, numbers, &holding).await?;
        holding.retain(|one| wanted.contains(&one.person));
    }
    let (current, old): (Vec<_>, Vec<_>) = holding.into_iter().partition(|one| one.framework == newest);
    let ids: Vec<_> = old.iter().map(|one| one.id).collect();
    let renew = |one: Contract| Contract {
        id: ctx.new_id(),
        framework: newest,
        signed_on: None,
        document: None,
        made_at: ctx.now,
        ..one
    };
    let made: Vec<Contract> = old.into_iter().map(renew).collect();
    if !made.is_empty() {
        stored::replace(&tx, org, &ids, ctx.now).await?;
        stored::insert(&tx, org, &made).await?;
        let detail = json!({ "count": made.len(), "framework": newest });
        audit::record(ctx, &tx, org, right.actor(), Deed::overall("contract.renew"), detail).await?;
    }
    settle(ctx, org, tx, dry_run, &Kept::default()).await?;
    Ok(Renewed { made, framework: newest, current: current.len() })
}

async fn named(
    tx: &Tx,
    org: OrganisationId,
    numbers: &[String],
    holding: &[Contract],
) -> Result<BTreeSet<PersonId>> {
    if numbers.len() > MOST_ROWS {
        return Err(Refusal::new(Code::TooMany).at("employeeNumbers").with("max", MOST_ROWS).into());
    }
    let known = people::find_by_numbers(tx, org, numbers).await?;
    let by_number: BTreeMap<&str, PersonId> =
        known.iter().map(|person| (person.employee_number.as_str(), person.id)).collect();
    let mut faults = Faults::default();
    let mut wanted = BTreeSet::new();
    for (index, number) in numbers.iter().enumerate() {
        match by_number.get(number.trim()) {
            Some(person) if holding.iter().any(|one| one.person == *person) => {
                wanted.insert(*person);
            }
            _ => faults.add(Refusal::new(Code::NotFound).at("employeeNumbers").row(index)),
        }
    }
    faults.none()?;
    Ok(wanted)
}

/// Writes down that contracts are signed.
///
/// # Errors
/// Refused, row by row: nobody has that number, or has no contract; a day to come; a reference that is too long.
pub async fn record_signed(ctx: &Ctx, right: &Coordinator, rows: &[Signing]) -> Result<Vec<Contract>> {
    let org = right.org();
    if rows.len() > MOST_ROWS {
        return Err(Refusal::new(Code::TooMany).at("contracts").with("max", MOST_ROWS).into());
    }
    let tx = ctx.store().write().await?;
    let today = today(ctx, &tx, org).await?;
    let numbers: Vec<String> = rows.iter().map(|row| row.employee_number.trim().to_owned()).collect();
    let known = people::find_by_numbers(&tx, org, &numbers).await?;
    let holding = stored::holding(&tx, org).await?;
    let mut faults = Faults::default();
    let mut signed = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let at = |refusal: Refusal| refusal.under(&["contracts".into(), PathPart::Index(index)]);
        let person = known.iter().find(|person| person.employee_number == row.employee_number.trim());
        let contracts: Vec<_> =
            holding.iter().filter(|one| person.is_some_and(|person| person.id == one.person)).collect();
        if contracts.is_empty() {
            faults.add(at(Refusal::new(Code::NotFound).at("employeeNumber")));
        }
        if row.signed_on > today {
            faults
                .add(at(Refusal::new(Code::OutOfRange).at("signedOn").with("least", "").with("most", today)));
        }
        let document = row.document.as_deref().filter(|text| !text.trim().is_empty());
        let document = document.map(|text| input::text("document", text, LONGEST_REFERENCE).map_err(at));
        let document = faults.note(document.transpose())?;
        for contract in contracts {
            let told =
                Contract { signed_on: Some(row.signed_on), document: document.clone(), ..contract.clone() };
            signed.push(told);
        }
    }
    faults.none()?;
    for contract in &signed {
        let day = contract.signed_on.unwrap_or(today);
        stored::sign(&tx, org, contract.id, day, contract.document.as_deref()).await?;
        let deed = Deed::on("contract.sign", contract.id);
        audit::record(ctx, &tx, org, right.actor(), deed, json!({ "signed_on": day })).await?;
    }
    settle(ctx, org, tx, false, &Kept::default()).await?;
    Ok(signed)
}

/// The contracts that hold, by the ids of the leaders.
///
/// # Errors
/// The database refused.
pub async fn holding(ctx: &Ctx, right: &Coordinator) -> Result<Vec<Contract>> {
    Ok(stored::holding(ctx.store(), right.org()).await?)
}

/// Several contracts, replaced ones included.
///
/// # Errors
/// The database refused.
pub async fn find_many(ctx: &Ctx, right: &Coordinator, ids: &[ContractId]) -> Result<Vec<Contract>> {
    Ok(stored::find_many(ctx.store(), right.org(), ids).await?)
}

/// One's own contracts, those that were replaced included.
///
/// # Errors
/// The database refused.
pub async fn mine(ctx: &Ctx, right: &Oneself) -> Result<Vec<Contract>> {
    Ok(stored::of_person(ctx.store(), right.org(), right.person()).await?)
}

async fn today(ctx: &Ctx, conn: &impl Conn, org: OrganisationId) -> Result<NaiveDate> {
    let organisation = organisations::find(conn, org).await?;
    let organisation = organisation.ok_or_else(|| Error::internal("organisation gone"))?;
    Ok(Zoned::at(ctx.now, organisation.zone).date)
}
