//! A coordinator reminds all who are late in a unit, at once.

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;
use varde_model::{
    check_in::{CheckInState, Cycle, CycleState},
    ids::CycleId,
    letter::LetterKind,
    work::{About, Recipient},
    working_days::WorkingCalendar,
};
use varde_persistence::{
    check_in_cycles,
    check_ins::counted::{self, CheckInFilter},
    outbox,
};

use super::{
    asking::{asked, of_day},
    cycles::{locked, wrong_state},
    queries::{CheckInWish, filter},
};
use crate::{
    Code, Ctx, Refusal, Result,
    access::Coordinator,
    audit::{self, Deed},
    closed_days,
    cohorts::settle,
    idempotency::Kept,
    people::today,
    post::{self, Planned, Post},
};

/// What reminding those who are late comes to.
#[derive(Clone, Debug)]
pub struct RemindedLate {
    /// The cycle.
    pub cycle: Cycle,
    /// Check-ins that are late.
    pub late: usize,
    /// Reminders that go out: one to each person, about all that she or he has left to do.
    pub mails: Vec<Planned>,
    /// How many people are left alone, because they were reminded today already.
    pub lately: usize,
}

impl RemindedLate {
    /// What a call was answered that was done before: with the cycle as it stands.
    ///
    /// # Errors
    /// Refused: it is gone.
    pub async fn again(ctx: &Ctx, right: &Coordinator, kept: Kept) -> Result<Self> {
        let gone = || Refusal::new(Code::NotFound).at("cycleCode");
        let (id, late) = kept.ids.split_first().ok_or_else(gone)?;
        let cycle = check_in_cycles::find(ctx.store(), right.org(), CycleId(*id)).await?.ok_or_else(gone)?;
        Ok(Self { cycle, late: late.len(), mails: kept.mails, lately: kept.left_out.len() })
    }
}

/// Reminds each of whom something is wanted in a check-in that is late: in the unit with a code and all below it, or in the
/// whole trust. Nobody is reminded twice a day. A dry run says who would be.
///
/// # Errors
/// Refused: no such cycle, one that is not open, or no unit of that code.
pub async fn remind_late(
    ctx: &Ctx,
    right: &Coordinator,
    code: &str,
    unit_code: Option<String>,
    dry_run: bool,
) -> Result<RemindedLate> {
    let org = right.org();
    let tx = ctx.store().write().await?;
    let cycle = locked(&tx, org, code).await?;
    if cycle.state != CycleState::Open {
        return Err(wrong_state(&cycle));
    }
    let open = CheckInState::ALL.iter().copied().filter(|state| state.is_open()).collect();
    let wish = CheckInWish { states: Some(open), unit_code, late: true };
    let filter: CheckInFilter = filter(ctx, &tx, org, &cycle, &wish).await?;
    let late = counted::page(&tx, org, &filter, None, u64::from(u32::MAX)).await?;
    let today = today(ctx, org).await?;
    let about = About::CheckInCycle { cycle: cycle.id };
    let key = |occurrence: &str, to| post::key(LetterKind::CheckInReminder, &about, occurrence, to);
    let occurrence = format!("by hand {today}");
    let to = asked(&late);
    let today_already = reminded(&cycle, today, &occurrence, &closed_days::calendar(&tx, org).await?);
    let keys: Vec<String> =
        to.iter().flat_map(|to| today_already.iter().map(|occurrence| key(occurrence, *to))).collect();
    let left = outbox::left(&tx, org, &keys).await?;
    let (lately, to): (Vec<Recipient>, Vec<Recipient>) = to
        .into_iter()
        .partition(|to| today_already.iter().any(|occurrence| left.contains(&key(occurrence, *to))));
    let post = |to| Post::new(to, LetterKind::CheckInReminder, about, &occurrence);
    let mails = post::leave_many(ctx, &tx, org, to.into_iter().map(post).collect()).await?;
    let deed = Deed::on("check_in_cycle.remind_late", cycle.id);
    let detail = json!({ "late": late.len(), "reminded": mails.len() });
    audit::record(ctx, &tx, org, right.actor(), deed, detail).await?;
    let ids = std::iter::once(cycle.id.0).chain(late.iter().map(|one| one.id.0));
    let left_out = lately.iter().map(|to| id_of(*to)).collect();
    let kept = Kept { left_out, ..Kept::of(ids).with_mails(&mails) };
    settle(ctx, org, tx, dry_run, &kept).await?;
    let reminded = RemindedLate { late: late.len(), mails, lately: lately.len(), cycle };
    Ok(reminded)
}

/// The occurrences of reminders that go out today: by hand, and those of the cycle's days that fall on it.
fn reminded(cycle: &Cycle, today: NaiveDate, by_hand: &str, calendar: &WorkingCalendar) -> Vec<String> {
    let days = cycle.reminding.remind.iter().copied();
    let own = days.filter(|day| calendar.next_working_day_on_or_after(cycle.reminder_day(*day)) == today);
    own.map(|day| of_day(cycle, day)).chain([by_hand.to_owned()]).collect()
}

const fn id_of(recipient: Recipient) -> Uuid {
    match recipient {
        Recipient::Person { person } => person.0,
        Recipient::Account { account } => account.0,
        Recipient::Reviewer { check_in } => check_in.0,
    }
}
