//! What a group agrees on: benefits that are wanted of a change, and measures, each with somebody who answers for it.

use chrono::NaiveDate;
use serde_json::json;
use varde_model::{
    groups::{Measure, MeasureKind, measures::MOST_MEASURES},
    ids::{LeaderGroupId, MeasureId},
};
use varde_persistence::{groups, people};

use super::{desk::wrong_group_state, enrol};
use crate::{
    Code, Ctx, Refusal, Result,
    access::Coordinator,
    audit::Deed,
    input::{self, Faults},
};

/// A benefit or a measure as a coordinator writes it.
#[derive(Clone, Debug)]
pub struct SetMeasure {
    /// The group.
    pub group: LeaderGroupId,
    /// The one to change; None writes a new one.
    pub measure: Option<MeasureId>,
    /// Which of the two.
    pub kind: MeasureKind,
    /// What it is.
    pub text: String,
    /// What it is measured by; obligatory for a benefit.
    pub indicator: Option<String>,
    /// Where the indicator stood before.
    pub baseline: Option<String>,
    /// Where it is to be; obligatory for a benefit.
    pub target: Option<String>,
    /// The employee number of whoever answers for it.
    pub owner: String,
    /// By when it is to be done.
    pub due: Option<NaiveDate>,
    /// The version that the caller saw, of one that is changed.
    pub version: Option<u32>,
}

/// Writes it.
///
/// # Errors
/// Refused: the group is out, there are too many, a benefit has no indicator or no target, the owner is unknown or has
/// left, or it was changed since `version`.
pub async fn set_measure(ctx: &Ctx, right: &Coordinator, input: &SetMeasure) -> Result<Measure> {
    let org = right.org();
    let tx = ctx.store().write().await?;
    let (desk, group) = enrol::open(ctx, &tx, right, input.group, None).await?;
    if !group.state.is_open() && !group.state.takes_part() {
        return Err(wrong_group_state(&group));
    }
    let known = groups::measures(&tx, org, &[group.id]).await?;
    let before = match input.measure {
        None if known.len() >= MOST_MEASURES => {
            return Err(Refusal::new(Code::TooMany).with("max", MOST_MEASURES).into());
        }
        None => None,
        Some(id) => {
            let found = known.into_iter().find(|measure| measure.id == id);
            Some(found.ok_or(Refusal::new(Code::NotFound).at("measureId"))?)
        }
    };
    if let (Some(seen), Some(before)) = (input.version, &before)
        && seen != before.version
    {
        return Err(Refusal::new(Code::Conflict).into());
    }
    let mut faults = Faults::default();
    let text = faults.note(input::text("text", &input.text, 500))?;
    let indicator = faults.note(input::optional("indicator", input.indicator.as_deref(), 200))?;
    let baseline = faults.note(input::optional("baseline", input.baseline.as_deref(), 100))?;
    let target = faults.note(input::optional("target", input.target.as_deref(), 100))?;
    let due = faults.note(input::date_if_given("due", input.due))?;
    if input.kind == MeasureKind::Benefit {
        for (field, given) in [("indicator", &indicator), ("target", &target)] {
            if given.is_none() {
                faults.add(Refusal::new(Code::Required).at(field));
            }
        }
    }
    let owner = people::find_by_number(&tx, org, input.owner.trim()).await?;
    let Some(owner) = owner else {
        return Err(faults.and(Refusal::new(Code::NotFound).at("ownerEmployeeNumber")));
    };
    if owner.employed.is_over(desk.today()) {
        faults.add(Refusal::new(Code::PersonHasLeft).at("ownerEmployeeNumber"));
    }
    if !desk.included(&group).await?.contains(&owner.id) {
        faults.add(Refusal::new(Code::NotInGroup).at("ownerEmployeeNumber"));
    }
    faults.none()?;
    let mut measure = Measure {
        id: before.as_ref().map_or_else(|| ctx.new_id(), |before| before.id),
        group: group.id,
        kind: input.kind,
        text,
        indicator,
        baseline,
        target,
        owner: owner.id,
        due,
        version: before.as_ref().map_or(1, |before| before.version),
    };
    match before {
        None => groups::insert_measure(&tx, org, &measure, ctx.now).await?,
        Some(_) => {
            groups::update_measure(&tx, org, &measure).await?;
            measure.version += 1;
        }
    }
    let detail = json!({ "measure": measure.id, "kind": measure.kind.as_str(), "owner": measure.owner });
    desk.record(Deed::on("leader_group.measure", group.id), detail).await?;
    tx.commit().await?;
    Ok(measure)
}

/// Takes one back that nobody was asked about.
///
/// # Errors
/// Refused: it is unknown, or somebody was asked about it; it can be given up then.
pub async fn remove_measure(ctx: &Ctx, right: &Coordinator, id: MeasureId) -> Result<LeaderGroupId> {
    let org = right.org();
    let tx = ctx.store().write().await?;
    let unknown = || Refusal::new(Code::NotFound).at("measureId");
    let found = groups::find_measure(&tx, org, id).await?.ok_or_else(unknown)?;
    let (desk, group) = enrol::open(ctx, &tx, right, found.group, None).await?;
    let followed_up = groups::follow_ups(&tx, org, &[group.id]).await?;
    if followed_up.iter().any(|one| one.measure == id) {
        return Err(Refusal::new(Code::FollowedUp).at("measureId").into());
    }
    groups::delete_measure(&tx, org, id).await?;
    desk.record(Deed::on("leader_group.measure_removed", group.id), json!({ "measure": id })).await?;
    tx.commit().await?;
    Ok(group.id)
}
