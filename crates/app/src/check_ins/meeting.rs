//! When and where the two mean to meet: in both calendars, moved and called off there too.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};
use serde_json::json;
use varde_model::{
    check_in::{
        CheckIn, Meeting, MeetingFlaw, Party,
        meeting::{LONGEST_PLACE, MINUTES},
    },
    ids::{CheckInId, OrganisationId},
    letter::LetterKind,
    local_time::instant,
    work::{About, Recipient},
};
use varde_persistence::{Conn, Tx, check_ins::meetings};

use super::desk::CheckInDesk;
use crate::{
    Code, Ctx, Refusal, Result,
    access::OneOfTwo,
    cohorts::settle,
    idempotency::Kept,
    input::{self, Faults},
    post::{self, Post},
};

/// A meeting as one of the two plans it, by the trust's own clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingPlan {
    /// The day.
    pub on: NaiveDate,
    /// When it begins; None where that was not said.
    pub at: Option<NaiveTime>,
    /// How long it takes.
    pub minutes: u16,
    /// Where.
    pub place: Option<String>,
    /// The address of a video meeting.
    pub link: Option<String>,
}

/// The occurrence of a calendar letter: one for each thing that calendars are told.
pub(crate) fn occurrence(sequence: u32) -> String {
    format!("meeting {sequence}")
}

/// The meeting of a check-in, also one that was called off.
pub(super) async fn of(conn: &impl Conn, org: OrganisationId, id: CheckInId) -> Result<Option<Meeting>> {
    Ok(meetings::of(conn, org, &[id]).await?.pop())
}

/// Those of several check-ins whose meeting lies ahead.
pub(super) async fn ahead(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    of: &[CheckIn],
) -> Result<BTreeSet<CheckInId>> {
    let ids: Vec<CheckInId> = of.iter().map(|one| one.id).collect();
    let planned = meetings::of(tx, org, &ids).await?.into_iter();
    Ok(planned.filter(|meeting| meeting.is_ahead(ctx.now)).map(|meeting| meeting.check_in).collect())
}

/// Plans the meeting, or moves it: both get it for their calendars. The same once more changes nothing.
///
/// # Errors
/// Refused: the check-in is over, the time is past or after the close, it takes too short or too long, the link is none.
pub async fn plan_meeting(ctx: &Ctx, right: &OneOfTwo, plan: &MeetingPlan) -> Result<()> {
    let tx = ctx.store().write().await?;
    let desk = CheckInDesk::open_for(ctx, &tx, right).await?;
    if !desk.check_in.state.is_open() {
        return Err(desk.wrong_state());
    }
    let standing = of(&tx, desk.org(), desk.check_in.id).await?;
    let wanted = checked(&desk, plan, standing.as_ref())?;
    if standing.as_ref() == Some(&wanted) {
        return Ok(());
    }
    let sequence = standing.map_or(0, |standing| standing.sequence + 1);
    tell(&desk, Meeting { sequence, ..wanted }).await?;
    settle(ctx, right.org(), tx, false, &Kept::default()).await
}

/// Calls the meeting off: both calendars are told.
///
/// # Errors
/// Refused: no meeting is planned, or it is past.
pub async fn call_meeting_off(ctx: &Ctx, right: &OneOfTwo) -> Result<()> {
    let tx = ctx.store().write().await?;
    let desk = CheckInDesk::open_for(ctx, &tx, right).await?;
    if !call_off(&desk).await? {
        return Err(Refusal::new(Code::NotFound).at("meeting").into());
    }
    settle(ctx, right.org(), tx, false, &Kept::default()).await
}

/// The meeting that a plan asks for, with the sequence that stands.
fn checked(desk: &CheckInDesk<'_>, plan: &MeetingPlan, standing: Option<&Meeting>) -> Result<Meeting> {
    let mut faults = Faults::default();
    let on = faults.note(input::date("on", plan.on))?;
    let at = faults.note(plan.at.ok_or(Refusal::new(Code::Required).at("at")))?;
    let (least, most) = MINUTES;
    faults.note(input::within("minutes", plan.minutes.into(), least.into(), most.into()))?;
    let place = faults.note(input::optional("place", plan.place.as_deref(), LONGEST_PLACE))?;
    let link = faults.note(input::optional("link", plan.link.as_deref(), LONGEST_PLACE))?;
    if link.as_deref().is_some_and(|link| !is_address(link)) {
        faults.add(Refusal::new(Code::Invalid).at("link").with("hint", "https://"));
    }
    faults.none()?;
    let zone = desk.organisation.zone;
    let meeting = Meeting {
        check_in: desk.check_in.id,
        starts_at: instant(on, at, zone),
        minutes: plan.minutes,
        place,
        link,
        sequence: standing.map_or(0, |standing| standing.sequence),
        called_off: false,
    };
    let (first, last) = (desk.today(), desk.cycle.closes_on);
    match meeting.flaw(&desk.cycle, zone, desk.ctx.now) {
        None => Ok(meeting),
        Some(MeetingFlaw::Past) => Err(Refusal::new(Code::GatheringInThePast).at("on").into()),
        Some(MeetingFlaw::AfterClose) => Err(Refusal::new(Code::OutOfRange)
            .at("on")
            .with_day("least", first)
            .with_day("most", last)
            .into()),
    }
}

fn is_address(link: &str) -> bool {
    let known = link.starts_with("https://") || link.starts_with("http://");
    known && !link.chars().any(|sign| sign.is_whitespace() || sign.is_control())
}

/// Writes the meeting down and leaves both the letter for their calendars.
async fn tell(desk: &CheckInDesk<'_>, meeting: Meeting) -> Result<()> {
    let letter = if meeting.called_off { LetterKind::CheckInMeetingOff } else { LetterKind::CheckInMeeting };
    meetings::put(desk.tx, desk.org(), desk.ctx.new_id(), &meeting).await?;
    let detail = json!({ "sequence": meeting.sequence, "calledOff": meeting.called_off });
    desk.record("check_in.meeting", detail).await?;
    for recipient in Party::BOTH.into_iter().filter_map(|party| desk.recipient(party)) {
        leave(desk, letter, meeting.sequence, recipient).await?;
    }
    Ok(())
}

async fn leave(desk: &CheckInDesk<'_>, letter: LetterKind, sequence: u32, to: Recipient) -> Result<()> {
    let about = About::CheckIn { check_in: desk.check_in.id };
    let post = Post::new(to, letter, about, &occurrence(sequence));
    post::leave(desk.ctx, desk.tx, desk.org(), post).await?;
    Ok(())
}

/// Calls off a meeting that lies ahead. False where there is none.
pub(super) async fn call_off(desk: &CheckInDesk<'_>) -> Result<bool> {
    let standing = of(desk.tx, desk.org(), desk.check_in.id).await?;
    let Some(meeting) = standing.filter(|meeting| meeting.is_ahead(desk.ctx.now)) else { return Ok(false) };
    let sequence = meeting.sequence + 1;
    tell(desk, Meeting { sequence, called_off: true, ..meeting }).await?;
    Ok(true)
}

/// After a check-in has gone to another line manager: the former one's calendar is freed, the new one is invited, and the
/// leader's says whom the meeting is with. Without a new one it is called off.
///
/// Somebody from outside the tree who has been replaced is not written to: the address is gone with the name.
pub(super) async fn hand_on(desk: &CheckInDesk<'_>, former: Option<Recipient>) -> Result<()> {
    let standing = of(desk.tx, desk.org(), desk.check_in.id).await?;
    let Some(meeting) = standing.filter(|meeting| meeting.is_ahead(desk.ctx.now)) else { return Ok(()) };
    let sequence = meeting.sequence + 1;
    if let Some(former @ Recipient::Person { .. }) = former {
        leave(desk, LetterKind::CheckInMeetingOff, sequence, former).await?;
    }
    let called_off = desk.check_in.manager.is_none();
    tell(desk, Meeting { sequence, called_off, ..meeting }).await
}
