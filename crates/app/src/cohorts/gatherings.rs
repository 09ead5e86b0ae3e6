//! Gatherings of a cohort: added, moved, called off. A change that matters to calendars reaches everyone's.

use chrono::{NaiveDate, NaiveTime};
use serde_json::json;
use varde_model::{
    catalogue::Texts,
    cohort::CohortState,
    enrolment::Enrolment,
    gathering::{Block, Gathering, concerns::concerns},
    ids::{CohortId, GatheringId},
    letter::LetterKind,
    local_time::instant,
};
use varde_persistence::gatherings;

use super::{Changed, GatheringDraft, create, day, desk::Desk, settle};
use crate::{
    Code, Ctx, PathPart, Refusal, Result, Warning,
    access::Coordinator,
    audit::{Changes, Deed},
    input::{self, optional},
    reminders,
};

/// Adds a gathering. In a published cohort everyone with a seat gets it into the calendar.
///
/// # Errors
/// Refused: the cohort has ended, the gathering would lie in the past of a published cohort, hours that do not hold.
pub async fn add_gathering(
    ctx: &Ctx,
    right: &Coordinator,
    cohort: CohortId,
    draft: &GatheringDraft,
    dry_run: bool,
) -> Result<(Changed, Gathering)> {
    let tx = ctx.store().write().await?;
    let mut desk = Desk::open(ctx, &tx, right.org(), right.actor(), cohort).await?;
    must_be_open(&desk)?;
    let position = desk.gatherings.iter().map(|gathering| gathering.position).max().unwrap_or(0) + 1;
    let part = match draft.group {
        None => position,
        Some(group) => desk.part_of(group).await?,
    };
    let path = [PathPart::from("gathering")];
    let plan = day::plan(ctx, &desk.organisation, &desk.programme, cohort, (position, part), draft)
        .and_then(|plan| must_lie_ahead(&desk, &plan.gathering).map(|()| plan))
        .map_err(|error| error.under(&path))?;
    desk.look_at(&plan.gathering, |around| plan.warnings(around, &path));
    let gathering = plan.gathering;
    gatherings::insert_many(&tx, desk.org(), std::slice::from_ref(&gathering)).await?;
    desk.gatherings.push(gathering.clone());
    let detail = json!({ "position": position, "date": gathering.date });
    desk.record(Deed::on("gathering.add", gathering.id), detail).await?;
    if desk.cohort.state.is_live() {
        desk.write_to_everyone(gathering.id, LetterKind::GatheringInvitation).await?;
        desk.follow_the_days().await?;
        reminders::replan_all(&mut desk).await?;
    }
    let changed = desk.outcome();
    settle(ctx, right.org(), tx, dry_run, &changed.kept(Some(gathering.id))).await?;
    Ok((changed, gathering))
}

/// What changes; None leaves a value as it is, and an empty text clears it.
#[derive(Clone, Debug, Default)]
pub struct GatheringEdit {
    /// The local day.
    pub date: Option<NaiveDate>,
    /// Local begin.
    pub starts: Option<NaiveTime>,
    /// Local end.
    pub ends: Option<NaiveTime>,
    /// The title.
    pub title: Option<Texts>,
    /// The address or building.
    pub place: Option<String>,
    /// The room.
    pub room: Option<String>,
    /// Where it meets on the net.
    pub link: Option<String>,
    /// The day's programme.
    pub blocks: Option<Vec<Block>>,
    /// The version that the caller saw.
    pub version: Option<u32>,
    /// Keep nothing; answer with what would happen.
    pub dry_run: bool,
}

/// Changes a gathering. Another time, place, room or link reaches every calendar; answers about another day are
/// asked for anew, and reminders follow. One that has begun can still be put off: who is told is decided by when it
/// is to be, not by when it was.
///
/// # Errors
/// Refused: it was called off, changed since `version`, would lie in the past, or is moved in time although
/// attendance stands: it was held.
pub async fn edit_gathering(
    ctx: &Ctx,
    right: &Coordinator,
    gathering: GatheringId,
    edit: &GatheringEdit,
) -> Result<(Changed, Gathering)> {
    let tx = ctx.store().write().await?;
    let before = gatherings::find(&tx, right.org(), gathering)
        .await?
        .ok_or(Refusal::new(Code::NotFound).at("gatheringId"))?;
    let mut desk = Desk::open(ctx, &tx, right.org(), right.actor(), before.cohort).await?;
    must_be_open(&desk)?;
    // Read again under the cohort's lock.
    let before = gatherings::find(&tx, right.org(), gathering)
        .await?
        .ok_or(Refusal::new(Code::NotFound).at("gatheringId"))?;
    if edit.version.is_some_and(|seen| seen != before.version) {
        return Err(Refusal::new(Code::Conflict).into());
    }
    if before.cancelled {
        return Err(Refusal::called_off().into());
    }
    let mut after = apply(&before, edit)?;
    if after == before {
        let unchanged = desk.outcome();
        settle(ctx, right.org(), tx, edit.dry_run, &unchanged.kept(Some(gathering))).await?;
        return Ok((unchanged, before));
    }
    let moved_in_time = after.starts_at != before.starts_at || after.ends_at != before.ends_at;
    let whereabouts_changed =
        !after.whereabouts(&desk.cohort).is_same_place_and_time(&before.whereabouts(&desk.cohort));
    if moved_in_time {
        must_lie_ahead(&desk, &after)?;
        must_not_be_attended(&desk, gathering).await?;
        desk.look_at(&after, |around| Warning::all(concerns(after.date, around), &["date".into()]));
    }
    let detail = json!({ "changed": changes(&before, &after) });
    desk.record(Deed::on("gathering.edit", gathering), detail).await?;
    if after.date != before.date {
        gatherings::clear_answers(&tx, desk.org(), gathering).await?;
    }
    if whereabouts_changed && desk.cohort.state.is_live() && after.starts_at > ctx.now {
        after.remember(before.whereabouts(&desk.cohort));
        desk.tell_everyone(&mut after, LetterKind::GatheringMoved).await?;
    } else {
        desk.save_gathering(&mut after).await?;
    }
    if moved_in_time && desk.cohort.state.is_live() {
        desk.follow_the_days().await?;
        reminders::replan_all(&mut desk).await?;
    }
    let changed = desk.outcome();
    settle(ctx, right.org(), tx, edit.dry_run, &changed.kept(Some(gathering))).await?;
    Ok((changed, after))
}

fn changes(before: &Gathering, after: &Gathering) -> Changes {
    let day = |gathering: &Gathering| gathering.date.to_string();
    let hour = |time: NaiveTime| time.format("%H:%M").to_string();
    Changes::default()
        .of("date", day(before), day(after))
        .of("starts", hour(before.starts), hour(after.starts))
        .of("ends", hour(before.ends), hour(after.ends))
        .of("place", before.place.clone(), after.place.clone())
        .of("room", before.room.clone(), after.room.clone())
        .that("title", before.title != after.title)
        .that("link", before.link != after.link)
        .that("blocks", before.blocks != after.blocks)
}

fn apply(before: &Gathering, edit: &GatheringEdit) -> Result<Gathering> {
    let mut after = before.clone();
    after.date = input::date_if_given("date", edit.date)?.unwrap_or(before.date);
    after.starts = edit.starts.unwrap_or(before.starts);
    after.ends = edit.ends.unwrap_or(before.ends);
    if after.ends <= after.starts {
        return Err(Refusal::new(Code::EndsBeforeStart).at("ends").into());
    }
    after.starts_at = instant(after.date, after.starts, before.zone);
    after.ends_at = instant(after.date, after.ends, before.zone);
    if let Some(title) = &edit.title {
        after.title = day::title_of(title)?.or_known([&before.title]);
    }
    if let Some(place) = &edit.place {
        after.place = optional("place", Some(place), 200)?;
    }
    if let Some(room) = &edit.room {
        after.room = optional("room", Some(room), 100)?;
    }
    if let Some(link) = &edit.link {
        after.link = create::link("link", Some(link))?;
    }
    let hours = (after.starts, after.ends);
    after.blocks = match &edit.blocks {
        Some(blocks) => day::checked(blocks, &before.blocks, hours)?,
        None if hours != (before.starts, before.ends) => day::moved(before, hours)?,
        None => after.blocks,
    };
    Ok(after)
}

/// Calls a gathering off, also one that should have been and did not take place: it counts against nobody then.
/// Everyone with a seat is told and calendars are cleared; in a draft it is simply removed, and none is handed back.
///
/// # Errors
/// Refused: no reason (in a published cohort), changed since `version`, or attendance stands: it was held.
pub async fn cancel_gathering(
    ctx: &Ctx,
    right: &Coordinator,
    gathering: GatheringId,
    reason: Option<&str>,
    version: Option<u32>,
    dry_run: bool,
) -> Result<(Changed, Option<Gathering>)> {
    let tx = ctx.store().write().await?;
    let found = gatherings::find(&tx, right.org(), gathering)
        .await?
        .ok_or(Refusal::new(Code::NotFound).at("gatheringId"))?;
    let mut desk = Desk::open(ctx, &tx, right.org(), right.actor(), found.cohort).await?;
    must_be_open(&desk)?;
    let mut found = gatherings::find(&tx, right.org(), gathering)
        .await?
        .ok_or(Refusal::new(Code::NotFound).at("gatheringId"))?;
    let mut standing = true;
    if !found.cancelled {
        if version.is_some_and(|seen| seen != found.version) {
            return Err(Refusal::new(Code::Conflict).into());
        }
        let detail = json!({ "position": found.position, "date": found.date });
        desk.record(Deed::on("gathering.cancel", gathering), detail).await?;
        if desk.cohort.state == CohortState::Draft {
            gatherings::delete(&tx, desk.org(), gathering).await?;
            standing = false;
        } else {
            must_not_be_attended(&desk, gathering).await?;
            found.cancel_reason = Some(input::reason("reason", reason)?);
            found.cancelled = true;
            desk.tell_everyone(&mut found, LetterKind::GatheringCancelled).await?;
            reminders::drop_gathering(&desk, &found).await?;
            desk.follow_the_days().await?;
            reminders::replan_all(&mut desk).await?;
        }
    }
    let changed = desk.outcome();
    let standing = standing.then_some(found);
    settle(ctx, right.org(), tx, dry_run, &changed.kept(standing.as_ref().map(|gathering| gathering.id)))
        .await?;
    Ok((changed, standing))
}

impl Desk<'_> {
    /// Writes a changed gathering and leaves a letter about it to everyone who takes part. The rising sequence is
    /// what makes calendars take it as an update of the same entry.
    pub(super) async fn tell_everyone(
        &mut self,
        gathering: &mut Gathering,
        letter: LetterKind,
    ) -> Result<()> {
        gathering.sequence += 1;
        self.save_gathering(gathering).await?;
        self.write_to_everyone(gathering.id, letter).await
    }

    /// Leaves a letter about a gathering to everyone who takes part, and tells the line managers who know of their days.
    async fn write_to_everyone(&mut self, gathering: GatheringId, letter: LetterKind) -> Result<()> {
        let found = self.gatherings.iter().find(|own| own.id == gathering).and_then(|own| own.group);
        let meant = |place: &Enrolment| found.is_none() || place.group == found;
        let everyone =
            self.everyone().await?.into_iter().filter(|place| place.state.takes_part() && meant(place));
        let everyone: Vec<_> = everyone.collect();
        for place in &everyone {
            self.write_about(place, gathering, letter).await?;
        }
        let places: Vec<_> = everyone.iter().map(|place| place.id).collect();
        self.tell_line_managers(&places).await
    }

    /// Writes a changed gathering.
    async fn save_gathering(&mut self, gathering: &mut Gathering) -> Result<()> {
        gatherings::update(self.tx, self.org(), gathering).await?;
        gathering.version += 1;
        if let Some(own) = self.gatherings.iter_mut().find(|own| own.id == gathering.id) {
            *own = gathering.clone();
        }
        Ok(())
    }
}

fn must_be_open(desk: &Desk<'_>) -> Result<()> {
    match desk.cohort.state {
        CohortState::Completed | CohortState::Cancelled => Err(desk.wrong_state()),
        _ => Ok(()),
    }
}

/// In a published cohort a gathering cannot be moved into the past: nobody could come.
fn must_lie_ahead(desk: &Desk<'_>, gathering: &Gathering) -> Result<()> {
    if desk.cohort.state.is_live() && gathering.starts_at <= desk.ctx.now {
        return Err(Refusal::new(Code::GatheringInThePast).at("date").into());
    }
    Ok(())
}

/// A gathering at which somebody was is not moved or called off: its records would be about another day, or none.
async fn must_not_be_attended(desk: &Desk<'_>, gathering: GatheringId) -> Result<()> {
    if gatherings::attendance(desk.tx, desk.org(), &[gathering]).await?.is_empty() {
        Ok(())
    } else {
        Err(Refusal::new(Code::AttendanceStands).into())
    }
}
