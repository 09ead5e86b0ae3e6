//! Changes to a cohort as a whole.

use serde_json::json;
use varde_model::{
    cohort::{Cohort, CohortState},
    gathering::concerns::Concern,
    ids::{AccountId, CohortId},
    letter::LetterKind,
};
use varde_persistence::{cohorts, enrolments};

use super::{Changed, create, desk::Desk, settle};
use crate::{
    Code, Ctx, Refusal, Result, Warning,
    access::Coordinator,
    audit::{Changes, Deed},
    input::{Faults, optional, text, within},
    refusal::taken,
    reminders,
};

/// What changes; None leaves a value as it is, and an empty text clears it.
#[derive(Clone, Debug, Default)]
pub struct CohortEdit {
    /// The trust's own key, while the cohort is a draft: afterwards people know it.
    pub code: Option<String>,
    /// What people call it.
    pub title: Option<String>,
    /// Seats. A rise offers the new ones to those in line; nobody loses a seat by a fall.
    pub capacity: Option<u32>,
    /// Where it meets. Everyone with a seat gets new calendar entries for gatherings without a place of their own.
    pub place: Option<String>,
    /// Where it meets on the net.
    pub link: Option<String>,
    /// Calendar days to answer an invitation, from the next invitation on.
    pub answer_days: Option<u32>,
    /// Hours that a freed seat is held, from the next offer on.
    pub hold_hours: Option<u32>,
    /// Hours before the first gathering after which no seat is offered.
    pub cutoff_hours: Option<u32>,
    /// Who runs it, at least one.
    pub coordinators: Option<Vec<AccountId>>,
    /// The version that the caller saw.
    pub version: Option<u32>,
    /// Keep nothing; answer with what would happen.
    pub dry_run: bool,
}

/// Changes a cohort.
///
/// # Errors
/// Refused: it has ended, it was changed since `version`; or, everything at once, a value out of bounds, a code in use
/// or of a published cohort, coordinators who may not run one.
pub async fn edit(ctx: &Ctx, right: &Coordinator, cohort: CohortId, edit: &CohortEdit) -> Result<Changed> {
    let tx = ctx.store().write().await?;
    let mut desk = Desk::open(ctx, &tx, right.org(), right.actor(), cohort).await?;
    edit_in(&mut desk, right, edit).await?;
    let outcome = desk.outcome();
    settle(ctx, right.org(), tx, edit.dry_run, &outcome.kept(None)).await?;
    Ok(outcome)
}

/// The same on an open desk.
pub(super) async fn edit_in(desk: &mut Desk<'_>, right: &Coordinator, edit: &CohortEdit) -> Result<()> {
    let (ctx, tx, cohort) = (desk.ctx, desk.tx, desk.cohort.id);
    desk.must_be_at(edit.version)?;
    if matches!(desk.cohort.state, CohortState::Completed | CohortState::Cancelled) {
        return Err(desk.wrong_state());
    }
    let before = desk.cohort.clone();
    let mut faults = Faults::default();
    if let Some(code) = &edit.code {
        desk.cohort.code = faults.note(text("code", code, 40))?;
        if desk.cohort.code != before.code {
            faults.note(must_be_free(desk).await)?;
        }
    }
    if let Some(title) = &edit.title {
        desk.cohort.title = faults.note(text("title", title, 120))?;
    }
    if let Some(capacity) = edit.capacity {
        desk.cohort.capacity = faults.note(within("capacity", capacity, 1, 1000))?;
    }
    if let Some(place) = &edit.place {
        desk.cohort.place = faults.note(optional("place", Some(place), 200))?;
    }
    if let Some(link) = &edit.link {
        desk.cohort.link = faults.note(create::link("link", Some(link)))?;
    }
    if let Some(days) = edit.answer_days {
        desk.cohort.answer_days = faults.note(within("answerDays", days, 1, 90))?;
    }
    if let Some(hours) = edit.hold_hours {
        desk.cohort.hold_hours = faults.note(within("holdHours", hours, 1, 24 * 30))?;
    }
    if let Some(hours) = edit.cutoff_hours {
        desk.cohort.cutoff_hours = faults.note(within("cutoffHours", hours, 0, 24 * 60))?;
    }
    if let Some(accounts) = &edit.coordinators {
        desk.cohort.coordinators = faults.note(create::coordinators(ctx, tx, right, accounts).await)?;
    }
    faults.none()?;
    if edit.coordinators.is_some() {
        let rows: Vec<_> = desk.cohort.coordinators.iter().map(|account| (ctx.new_id(), *account)).collect();
        cohorts::set_coordinators(tx, desk.org(), cohort, &rows).await?;
    }
    let changed = changes(&before, &desk.cohort);
    if !changed.is_empty() {
        desk.save_cohort().await.map_err(taken("code"))?;
        desk.record(Deed::on("cohort.edit", cohort), json!({ "changed": changed })).await?;
        if desk.cohort.place != before.place || desk.cohort.link != before.link {
            tell_of_new_whereabouts(desk, &before).await?;
        }
        if desk.cohort.capacity < before.capacity {
            warn_of_taken_seats(desk).await?;
        }
        desk.follow_the_days().await?;
        reminders::replan_cohort(desk).await?;
        desk.offer_freed_seats().await?;
    }
    Ok(())
}

async fn warn_of_taken_seats(desk: &mut Desk<'_>) -> Result<()> {
    let taken = enrolments::seats_taken(desk.tx, desk.org(), desk.cohort.id).await?;
    if taken > desk.cohort.capacity {
        let concern = Concern::SeatsTaken { taken };
        desk.warnings.push(Warning { concern, path: vec!["capacity".into()] });
    }
    Ok(())
}

async fn must_be_free(desk: &Desk<'_>) -> Result<()> {
    if desk.cohort.state != CohortState::Draft {
        return Err(desk.wrong_state().under(&["code".into()]));
    }
    match cohorts::find_by_code(desk.tx, desk.org(), &desk.cohort.code).await? {
        Some(_) => Err(Refusal::new(Code::Taken).at("code").into()),
        None => Ok(()),
    }
}

fn changes(before: &Cohort, after: &Cohort) -> Changes {
    let accounts = |cohort: &Cohort| json!(cohort.coordinators);
    Changes::default()
        .of("code", before.code.as_str(), after.code.as_str())
        .of("capacity", before.capacity, after.capacity)
        .of("place", before.place.clone(), after.place.clone())
        .of("answerDays", before.answer_days, after.answer_days)
        .of("holdHours", before.hold_hours, after.hold_hours)
        .of("cutoffHours", before.cutoff_hours, after.cutoff_hours)
        .of("coordinators", accounts(before), accounts(after))
        .that("title", before.title != after.title)
        .that("link", before.link != after.link)
}

/// A gathering without a place or link of its own meets where the cohort meets: its calendar entries change too.
async fn tell_of_new_whereabouts(desk: &mut Desk<'_>, before: &Cohort) -> Result<()> {
    for id in desk.upcoming() {
        let Some(mut gathering) = desk.gatherings.iter().find(|gathering| gathering.id == id).cloned() else {
            continue;
        };
        let place_moves = gathering.place.is_none() && desk.cohort.place != before.place;
        let link_moves = gathering.link.is_none() && desk.cohort.link != before.link;
        if !(place_moves || link_moves) {
            continue;
        }
        let former = gathering.whereabouts(before);
        gathering.remember(former);
        desk.tell_everyone(&mut gathering, LetterKind::GatheringMoved).await?;
    }
    Ok(())
}
