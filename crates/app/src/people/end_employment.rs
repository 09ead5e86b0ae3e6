//! Settling the flag of somebody who is missing from the HR file: she or he has left.

use chrono::NaiveDate;
use serde_json::json;
use varde_model::{
    hr::{KnownPerson, end_employment as ending},
    ids::PersonId,
    local_time::Zoned,
    people::Person,
};
use varde_persistence::{appointments, organisations, people};

use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::Coordinator,
    audit::{self, Deed},
    cohorts::settle,
    idempotency::Kept,
    leaving,
    post::Planned,
};

/// Confirms that a person who is missing from the HR file has left: appointments end, reminders stop, and seats go on
/// to those in line, as after a file that tells the last day. A later file that has the person undoes it. A dry run
/// takes the same path and keeps nothing. Gives the person and the mail that goes out.
///
/// # Errors
/// Refused: nobody has the number, the person stands in the latest file, or the day is not between the first day of
/// employment and today.
pub async fn end_employment(
    ctx: &Ctx,
    right: &Coordinator,
    employee_number: &str,
    last_day: NaiveDate,
    dry_run: bool,
) -> Result<(Person, Vec<Planned>)> {
    let org = right.org();
    let tx = ctx.store().write().await?;
    let organisation = organisations::lock(&tx, org).await?;
    let organisation = organisation.ok_or_else(|| Error::internal("the organisation of a right is gone"))?;
    let person = people::find_by_number(&tx, org, employee_number.trim()).await?;
    let person = person.ok_or(Refusal::new(Code::NotFound).at("employeeNumber"))?;
    if person.missing_since.is_none() {
        return Err(Refusal::new(Code::NotMissing).at("employeeNumber").into());
    }
    let (today, from) = (Zoned::at(ctx.now, organisation.zone).date, person.employed.from);
    if last_day < from || today < last_day {
        let refusal = Refusal::new(Code::OutOfRange).at("lastDay");
        return Err(refusal.with("least", from).with("most", today).into());
    }
    let who = person.id;
    let employments = people::employments(&tx, org, &[who]).await?;
    let appointments = appointments::of_people(&tx, org, &[who]).await?;
    let (writes, effects) = ending(&KnownPerson { person, employments, appointments }, last_day);
    people::write(&tx, org, &writes, ctx.now, &mut |_| {}).await?;
    let mails = leaving::leave_or_plan(ctx, &tx, &organisation, today, &effects.left).await?;
    let detail = json!({ "ended_appointments": effects.ended_appointments.len(), "mails": mails.len() });
    audit::record(ctx, &tx, org, right.actor(), Deed::on("person.end_employment", who), detail).await?;
    let person = people::find(&tx, org, who).await?;
    let person = person.ok_or_else(|| Error::internal("a person changed a moment ago is gone"))?;
    let kept = Kept::of([person.id.0]).with_mails(&mails);
    settle(ctx, org, tx, dry_run, &kept).await?;
    Ok((person, mails))
}

/// What a call was answered that was done before: with the person as she or he stands.
///
/// # Errors
/// Refused: the person is gone.
pub async fn ended_already(ctx: &Ctx, right: &Coordinator, kept: Kept) -> Result<(Person, Vec<Planned>)> {
    let person = match kept.ids.first() {
        Some(id) => people::find(ctx.store(), right.org(), PersonId(*id)).await?,
        None => None,
    };
    Ok((person.ok_or(Refusal::new(Code::NotFound).at("employeeNumber"))?, kept.mails))
}
