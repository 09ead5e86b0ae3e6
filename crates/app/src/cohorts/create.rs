//! A new cohort of a programme: a draft that nobody is told of.

use serde_json::json;
use varde_model::{
    catalogue::Programme,
    cohort::{Cohort, CohortState},
    gathering::concerns::Surroundings,
    ids::AccountId,
    local_time::Zoned,
};
use varde_persistence::{Tx, cohorts, gatherings, organisations, programmes};

use super::{Changed, GatheringDraft, day};
use crate::{
    Code, Ctx, Error, PathPart, Refusal, Result,
    access::Coordinator,
    accounts,
    audit::{self, Deed},
    closed_days,
    input::{Faults, optional, text, within},
    refusal::taken,
};

/// What a coordinator knows of a new cohort. What is left out comes from the programme.
#[derive(Clone, Debug, Default)]
pub struct CohortDraft {
    /// The programme's key, such as `onboarding`.
    pub programme: String,
    /// The trust's own key for the cohort.
    pub code: String,
    /// What people call it; None is the code.
    pub title: Option<String>,
    /// Seats.
    pub capacity: Option<u32>,
    /// Where it meets.
    pub place: Option<String>,
    /// Where it meets on the net.
    pub link: Option<String>,
    /// Calendar days to answer an invitation.
    pub answer_days: Option<u32>,
    /// Hours that a freed seat is held.
    pub hold_hours: Option<u32>,
    /// Hours before the first gathering after which no seat is offered.
    pub cutoff_hours: Option<u32>,
    /// Who runs it; empty is the caller.
    pub coordinators: Vec<AccountId>,
    /// Its gatherings, in order.
    pub gatherings: Vec<GatheringDraft>,
}

/// Creates a draft.
///
/// # Errors
/// Refused, with everything that is wrong at once: no such programme, a code in use, a value out of bounds, a gathering
/// that ends before it begins.
pub async fn create(ctx: &Ctx, right: &Coordinator, draft: &CohortDraft) -> Result<Changed> {
    let tx = ctx.store().write().await?;
    let changed = create_in(ctx, &tx, right, draft).await?;
    super::settle(ctx, right.org(), tx, false, &changed.kept(None)).await?;
    Ok(changed)
}

/// The same in an open transaction.
pub(super) async fn create_in(
    ctx: &Ctx,
    tx: &Tx,
    right: &Coordinator,
    draft: &CohortDraft,
) -> Result<Changed> {
    let org = right.org();
    let organisation = organisations::find(tx, org).await?.ok_or(Refusal::new(Code::NotFound))?;
    let mut faults = Faults::default();
    let code = faults.note(text("code", &draft.code, 40))?;
    if cohorts::find_by_code(tx, org, &code).await?.is_some() {
        faults.add(Refusal::new(Code::Taken).at("code"));
    }
    let title = faults.note(optional("title", draft.title.as_deref(), 120))?;
    let place = faults.note(optional("place", draft.place.as_deref(), 200))?;
    let link = faults.note(link("link", draft.link.as_deref()))?;
    let coordinators = match draft.coordinators.as_slice() {
        [] => caller(right),
        named => faults.note(coordinators(ctx, tx, right, named).await)?,
    };
    let versions = programmes::latest_versions(tx, org).await?;
    let Some(version) = versions.into_iter().find(|version| version.key == draft.programme) else {
        return Err(faults.and(Refusal::new(Code::NotFound).at("programme")));
    };
    let programme: Programme = serde_json::from_value(version.definition).map_err(Error::internal)?;
    let seats = &programme.seats;
    let answer_days = draft.answer_days.unwrap_or(seats.answer_days);
    let hold_hours = draft.hold_hours.unwrap_or(seats.hold_hours);
    let cutoff_hours = draft.cutoff_hours.unwrap_or(seats.cutoff_hours);
    let cohort = Cohort {
        id: ctx.new_id(),
        programme: version.programme,
        programme_version: version.id,
        title: title.unwrap_or_else(|| code.clone()),
        code,
        state: CohortState::Draft,
        capacity: faults.note(within("capacity", draft.capacity.unwrap_or(seats.capacity), 1, 1000))?,
        place,
        link,
        answer_days: faults.note(within("answerDays", answer_days, 1, 90))?,
        hold_hours: faults.note(within("holdHours", hold_hours, 1, 24 * 30))?,
        cutoff_hours: faults.note(within("cutoffHours", cutoff_hours, 0, 24 * 60))?,
        cancel_reason: None,
        version: 1,
        coordinators,
    };
    let calendar = closed_days::calendar(tx, org).await?;
    let today = Zoned::at(ctx.now, organisation.zone).date;
    let mut planned = Vec::with_capacity(draft.gatherings.len());
    let (mut days, mut warnings) = (Vec::new(), Vec::new());
    for (index, wish) in draft.gatherings.iter().enumerate() {
        let position = u32::try_from(index).unwrap_or(u32::MAX) + 1;
        let path = [PathPart::from("gatherings"), index.into()];
        let plan = day::plan(ctx, &organisation, &programme, cohort.id, (position, position), wish);
        let plan = plan.map(Some).map_err(|error| error.under(&path));
        let Some(plan) = faults.note(plan)? else { continue };
        let around =
            Surroundings { calendar: &calendar, today, answer_days: cohort.answer_days, others: &days };
        warnings.extend(plan.warnings(around, &path));
        days.push((position, plan.gathering.date));
        planned.push(plan.gathering);
    }
    faults.none()?;
    // Two coordinators may have looked at once.
    cohorts::insert(tx, org, &cohort, ctx.now).await.map_err(|fault| taken("code")(fault.into()))?;
    let rows: Vec<_> = cohort.coordinators.iter().map(|account| (ctx.new_id(), *account)).collect();
    cohorts::set_coordinators(tx, org, cohort.id, &rows).await?;
    gatherings::insert_many(tx, org, &planned).await?;
    let detail = json!({ "gatherings": planned.len(), "capacity": cohort.capacity });
    audit::record(ctx, tx, org, right.actor(), Deed::on("cohort.create", cohort.id), detail).await?;
    Ok(Changed { cohort, mails: Vec::new(), warnings, left_out: Vec::new() })
}

/// A link that people will be asked to click: https or http, nothing else.
pub(super) fn link(field: &'static str, value: Option<&str>) -> std::result::Result<Option<String>, Refusal> {
    let value = optional(field, value, 500)?;
    match &value {
        Some(link)
            if !(link.starts_with("https://") || link.starts_with("http://")) || link.contains(' ') =>
        {
            Err(Refusal::new(Code::InvalidLink).at(field))
        }
        _ => Ok(value),
    }
}

/// The caller, where a new cohort's draft names nobody.
fn caller(right: &Coordinator) -> Vec<AccountId> {
    match right.actor() {
        crate::access::Actor::Account(account) => vec![account],
        _ => Vec::new(),
    }
}

/// The accounts that are to run a cohort: at least one, each once, open, and of somebody who may.
pub(super) async fn coordinators(
    ctx: &Ctx,
    tx: &Tx,
    right: &Coordinator,
    named: &[AccountId],
) -> Result<Vec<AccountId>> {
    if named.is_empty() {
        return Err(Refusal::new(Code::Required).at("coordinators").into());
    }
    let able = accounts::who_run_cohorts(ctx, tx, right.org()).await?;
    let mut faults = Faults::default();
    for (index, account) in named.iter().enumerate() {
        let refused = |code| Refusal::new(code).at("coordinators").row(index);
        if named.iter().take(index).any(|before| before == account) {
            faults.add(refused(Code::NamedTwice));
        } else if !able.iter().any(|able| able.id == *account) {
            let known = varde_persistence::accounts::find(tx, right.org(), *account).await?.is_some();
            faults.add(refused(if known { Code::NotACoordinator } else { Code::NotFound }));
        }
    }
    faults.none()?;
    Ok(named.to_vec())
}
