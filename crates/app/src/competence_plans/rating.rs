//! Rating the items, agreeing on them, and telling what was done.

use chrono::NaiveDate;
use serde_json::json;
use varde_model::{
    check_in::Party,
    letter::LetterKind,
    plan::{PlanEvent, PlanRating, PlanState},
};

use super::desk::PlanDesk;
use crate::{
    Code, Ctx, PathPart, Refusal, Result, access::PlanHolder, cohorts::settle, idempotency::Kept,
    input::Faults, post,
};

/// An item as one of the two rates it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The item's key.
    pub item: String,
    /// How the leader stands to it.
    pub rating: PlanRating,
}

/// Keeps what the leader has rated so far. Another rating than before is to be agreed on anew.
///
/// # Errors
/// Refused: not the leader; the plan is with the line manager already, or over; no such item.
pub async fn rate(ctx: &Ctx, right: &PlanHolder, ratings: &[Rate]) -> Result<()> {
    let tx = ctx.store().write().await?;
    let desk = PlanDesk::open_for(ctx, &tx, right, Party::Leader).await?;
    if desk.plan.state != PlanState::Draft {
        return Err(desk.wrong_state());
    }
    let mut entries = desk.entries(&desk.framework().await?).await?;
    let (mut faults, mut changed) = (Faults::default(), Vec::new());
    for (index, rate) in ratings.iter().enumerate() {
        let Some(entry) = entries.get_mut(&rate.item) else {
            faults.add(unknown(index));
            continue;
        };
        if entry.own != Some(rate.rating) {
            entry.own = Some(rate.rating);
            entry.agreed = None;
            changed.push(entry.clone());
        }
    }
    faults.none()?;
    desk.keep(&changed).await?;
    desk.record("competence_plan.rate", json!({ "count": changed.len() })).await?;
    settle(ctx, right.org(), tx, false, &Kept::default()).await
}

fn unknown(index: usize) -> Refusal {
    Refusal::new(Code::NotFound).at("item").under(&["ratings".into(), PathPart::Index(index)])
}

/// Hands the rated plan on to the line manager, who hears of it.
///
/// # Errors
/// Refused: not the leader; handed on already, or over; what is not rated yet, item by item.
pub async fn give(ctx: &Ctx, right: &PlanHolder) -> Result<()> {
    let tx = ctx.store().write().await?;
    let mut desk = PlanDesk::open_for(ctx, &tx, right, Party::Leader).await?;
    let mut faults = Faults::default();
    for entry in desk.entries(&desk.framework().await?).await?.into_values() {
        if entry.own.is_none() {
            let item = PathPart::Field(entry.item.into());
            faults.add(Refusal::new(Code::Required).at("rating").under(&["ratings".into(), item]));
        }
    }
    faults.none()?;
    desk.happens(PlanEvent::Assess).await?;
    let occurrence = post::of_place(desk.plan.version);
    desk.write_to(Party::Manager, LetterKind::CompetencePlanToAgree, &occurrence).await?;
    settle(ctx, right.org(), tx, false, &Kept::default()).await
}

/// The line manager agrees: on what the leader says, but for the items on which they came to something else. The leader gets
/// the path.
///
/// # Errors
/// Refused: not the line manager; the leader has not rated yet, or it is agreed on; no such item; changed since `version`.
pub async fn agree(ctx: &Ctx, right: &PlanHolder, changes: &[Rate], version: Option<u32>) -> Result<()> {
    let tx = ctx.store().write().await?;
    let mut desk = PlanDesk::open_for(ctx, &tx, right, Party::Manager).await?;
    if version.is_some_and(|seen| seen != desk.plan.version) {
        return Err(Refusal::new(Code::Conflict).at("version").into());
    }
    let mut entries = desk.entries(&desk.framework().await?).await?;
    let mut faults = Faults::default();
    for entry in entries.values_mut() {
        entry.agreed = entry.agreed.or(entry.own);
    }
    for (index, change) in changes.iter().enumerate() {
        match entries.get_mut(&change.item) {
            Some(entry) => entry.agreed = Some(change.rating),
            None => faults.add(unknown(index)),
        }
    }
    faults.none()?;
    desk.happens(PlanEvent::Agree).await?;
    desk.keep(entries.values()).await?;
    let occurrence = post::of_place(desk.plan.version);
    desk.write_to(Party::Leader, LetterKind::CompetencePlanAgreed, &occurrence).await?;
    desk.settle_completion().await?;
    settle(ctx, right.org(), tx, false, &Kept::default()).await
}

/// The leader tells that what was missing of an item is done, or with None that it is not.
///
/// # Errors
/// Refused: not the leader; the plan is not agreed on; nothing is missing of that item; a day to come or before the appointment.
pub async fn set_done(ctx: &Ctx, right: &PlanHolder, item: &str, done_on: Option<NaiveDate>) -> Result<()> {
    let tx = ctx.store().write().await?;
    let mut desk = PlanDesk::open_for(ctx, &tx, right, Party::Leader).await?;
    if !matches!(desk.plan.state, PlanState::Agreed | PlanState::Completed) {
        return Err(desk.wrong_state());
    }
    let mut entries = desk.entries(&desk.framework().await?).await?;
    let entry = entries.get_mut(item).filter(|entry| entry.is_needed());
    let entry = entry.ok_or_else(|| Refusal::new(Code::NotFound).at("item"))?;
    let (least, most) = (desk.plan.appointed_on, desk.today());
    if done_on.is_some_and(|day| day < least || day > most) {
        let refusal = Refusal::new(Code::OutOfRange).at("doneOn");
        return Err(refusal.with_day("least", least).with_day("most", most).into());
    }
    entry.done_on = done_on;
    desk.keep([&*entry]).await?;
    desk.record("competence_plan.item", json!({ "item": item, "done": done_on.is_some() })).await?;
    desk.settle_completion().await?;
    settle(ctx, right.org(), tx, false, &Kept::default()).await
}
