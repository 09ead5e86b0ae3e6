//! Rounds: planned, changed and opened by a coordinator.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde_json::json;
use varde_model::{
    cohort::{Cohort, CohortState},
    ids::PersonId,
    local_time::{Zoned, instant},
    nominations::{Nomination, NominationRound, NominationState, RoundEvent, RoundState},
    organisation::Organisation,
    work::Job,
};
use varde_persistence::{Tx, cohorts, nomination_rounds, organisations, people};

use super::{
    desk::{RoundDesk, end_of, programme},
    sheet::is_nominated,
};
use crate::{
    Code, Ctx, Refusal, Result,
    access::Coordinator,
    audit::{self, Changes, Deed},
    cohorts::settle,
    idempotency::Kept,
    input::{self, Faults, within},
    refusal::taken,
};

/// Members that a panel may have.
const MOST_MEMBERS: usize = 50;

/// What a coordinator knows of a new round.
#[derive(Clone, Debug)]
pub struct RoundDraft {
    /// The code of the cohort whose places are given.
    pub cohort: String,
    /// The trust's own key for the round; None is the cohort's code.
    pub code: Option<String>,
    /// The first day on which nominations are taken.
    pub opens: NaiveDate,
    /// The last.
    pub closes: NaiveDate,
    /// The last day on which line managers answer.
    pub endorse_by: NaiveDate,
    /// Places; None is the cohort's seats.
    pub quota: Option<u32>,
    /// Places in reserve; None is half as many as places.
    pub reserves: Option<u32>,
    /// Employee numbers of those who rank.
    pub panel: Vec<String>,
}

/// What a coordinator changes; None leaves it as it is.
#[derive(Clone, Debug, Default)]
pub struct RoundEdit {
    /// The first day on which nominations are taken; before the round is open.
    pub opens: Option<NaiveDate>,
    /// The last; until it has passed.
    pub closes: Option<NaiveDate>,
    /// The last day on which line managers answer. It moves the deadline of those who have not answered.
    pub endorse_by: Option<NaiveDate>,
    /// Places.
    pub quota: Option<u32>,
    /// Places in reserve.
    pub reserves: Option<u32>,
    /// Employee numbers of those who rank: all of them.
    pub panel: Option<Vec<String>>,
    /// The version of the round that the caller saw.
    pub version: Option<u32>,
}

/// Creates a round as a draft.
///
/// # Errors
/// Refused, with everything that is wrong at once: no such cohort, or one whose programme takes no nominations, that has
/// a round or has ended; a code in use; days out of order; a number out of bounds; nobody of that employee number.
pub async fn create(ctx: &Ctx, right: &Coordinator, draft: &RoundDraft) -> Result<NominationRound> {
    let org = right.org();
    let tx = ctx.store().write().await?;
    let organisation = organisations::find(&tx, org).await?.ok_or(Refusal::new(Code::NotFound))?;
    let cohort = cohorts::find_by_code(&tx, org, draft.cohort.trim()).await?;
    let cohort = cohort.ok_or(Refusal::new(Code::NotFound).at("cohortCode"))?;
    if matches!(cohort.state, CohortState::Completed | CohortState::Cancelled) {
        return Err(Refusal::wrong_state("CohortState", cohort.state.as_str()).at("cohortCode").into());
    }
    if programme(&tx, org, &cohort).await?.1.is_none() {
        return Err(Refusal::new(Code::NominationKind).at("cohortCode").into());
    }
    let mut faults = Faults::default();
    let code = draft.code.as_deref().unwrap_or(&cohort.code);
    let code = faults.note(input::text("code", code, 40))?;
    if nomination_rounds::find_by_code(&tx, org, &code).await?.is_some() {
        faults.add(Refusal::new(Code::Taken).at("code"));
    }
    let quota = faults.note(quota(draft.quota.unwrap_or(cohort.capacity), &cohort))?;
    let panel = faults.note(panel(&tx, right, &draft.panel, &[]).await)?;
    let days = (draft.opens, draft.closes, draft.endorse_by);
    let (opens_at, closes_at, endorse_by) = faults.note(window(ctx, &organisation, days))?;
    let reserves = faults.note(within("reserves", draft.reserves.unwrap_or(quota.div_ceil(2)), 0, 1000))?;
    faults.none()?;
    let round = NominationRound {
        id: ctx.new_id(),
        cohort: cohort.id,
        code,
        state: RoundState::Draft,
        opens_at,
        closes_at,
        endorse_by,
        quota,
        reserves,
        panel,
        settled: Vec::new(),
        ballots_override: None,
        version: 1,
    };
    // Another round of the cohort, or two coordinators at once.
    nomination_rounds::insert(&tx, org, &round, ctx.now)
        .await
        .map_err(|fault| taken("cohortCode")(fault.into()))?;
    set_panel(ctx, &tx, right, &round).await?;
    let deed = Deed::on("nomination_round.create", round.id);
    let detail = json!({ "round": round.code, "cohort": cohort.code, "quota": quota, "reserves": reserves });
    audit::record(ctx, &tx, org, right.actor(), deed, detail).await?;
    settle(ctx, org, tx, false, &Kept::of([round.id.0])).await?;
    Ok(round)
}

/// Changes a round. Nobody is told of it; reminders and deadlines move along.
///
/// # Errors
/// Refused as by [`create`]; changed since the caller saw it; the window is over, or everybody was told.
pub async fn edit(ctx: &Ctx, right: &Coordinator, code: &str, edit: &RoundEdit) -> Result<NominationRound> {
    let tx = ctx.store().write().await?;
    let mut desk = RoundDesk::open_by_code(ctx, &tx, right.org(), right.actor(), code).await?;
    desk.must_be_at(edit.version)?;
    desk.reconsider().await?;
    let before = desk.round.clone();
    let day = |at: DateTime<Utc>| Zoned::at(at, desk.organisation.zone).date;
    let days = (
        edit.opens.unwrap_or(day(before.opens_at)),
        edit.closes.unwrap_or(day(before.closes_at)),
        edit.endorse_by.unwrap_or(day(before.endorse_by)),
    );
    let mut faults = Faults::default();
    if edit.opens.is_some() && before.state != RoundState::Draft
        || edit.closes.is_some() && !matches!(before.state, RoundState::Draft | RoundState::Open)
    {
        faults.add(Refusal::wrong_state("NominationRoundState", before.state.as_str()));
    }
    if (edit.opens, edit.closes, edit.endorse_by) != (None, None, None) {
        let window = faults.note(window(ctx, &desk.organisation, days))?;
        (desk.round.opens_at, desk.round.closes_at, desk.round.endorse_by) = window;
    }
    if let Some(wanted) = edit.quota {
        desk.round.quota = faults.note(quota(wanted, &desk.cohort))?;
    }
    if let Some(wanted) = edit.reserves {
        desk.round.reserves = faults.note(within("reserves", wanted, 0, 1000))?;
    }
    if let Some(wanted) = &edit.panel {
        desk.round.panel = faults.note(panel(&tx, right, wanted, &desk.everyone().await?).await)?;
    }
    faults.none()?;
    desk.save_round().await?;
    set_panel(ctx, &tx, right, &desk.round).await?;
    let changes = Changes::default()
        .of("opens", before.opens_at.to_rfc3339(), desk.round.opens_at.to_rfc3339())
        .of("closes", before.closes_at.to_rfc3339(), desk.round.closes_at.to_rfc3339())
        .of("endorse_by", before.endorse_by.to_rfc3339(), desk.round.endorse_by.to_rfc3339())
        .of("quota", before.quota, desk.round.quota)
        .of("reserves", before.reserves, desk.round.reserves)
        .that("panel", before.panel != desk.round.panel);
    desk.record(Deed::on("nomination_round.edit", desk.round.id), json!({ "changed": changes })).await?;
    desk.move_deadlines(&before).await?;
    let round = desk.round;
    settle(ctx, right.org(), tx, false, &Kept::of([round.id.0])).await?;
    Ok(round)
}

/// Opens a draft: from its first day on, leaders nominate.
///
/// # Errors
/// Refused: not a draft, changed since `version`, or its window is over.
pub async fn open(
    ctx: &Ctx,
    right: &Coordinator,
    code: &str,
    version: Option<u32>,
) -> Result<NominationRound> {
    let tx = ctx.store().write().await?;
    let mut desk = RoundDesk::open_by_code(ctx, &tx, right.org(), right.actor(), code).await?;
    desk.must_be_at(version)?;
    if desk.round.closes_at <= ctx.now {
        return Err(Refusal::new(Code::NominationsClosed).at("roundCode").into());
    }
    desk.advance(RoundEvent::Open).await?;
    desk.plan_close().await?;
    let round = desk.round;
    settle(ctx, right.org(), tx, false, &Kept::of([round.id.0])).await?;
    Ok(round)
}

impl RoundDesk<'_> {
    /// The moment is part of the key: a close that moved does not keep the next one from being planned.
    async fn plan_close(&self) -> Result<()> {
        let (round, at) = (self.round.id, self.round.closes_at);
        self.plan_job(Job::CloseNominations { round }, at, &format!("{round}|{}", at.to_rfc3339())).await
    }

    /// Drafts are reminded of by the new close; who has not answered yet may answer until the new day.
    async fn move_deadlines(&mut self, before: &NominationRound) -> Result<()> {
        let closes = self.round.closes_at != before.closes_at;
        let endorses = self.round.endorse_by != before.endorse_by;
        if closes && self.round.state == RoundState::Open {
            self.plan_close().await?;
        }
        if !closes && !endorses {
            return Ok(());
        }
        for mut nomination in self.everyone().await? {
            match nomination.state {
                NominationState::Draft if closes => self.replan(&nomination).await?,
                // One that was given a time of its own keeps it.
                NominationState::Submitted if nomination.endorse_by == Some(before.endorse_by) => {
                    let until = self.round.endorse_by;
                    self.endorse_until(&mut nomination, until).await?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn quota(wanted: u32, cohort: &Cohort) -> std::result::Result<u32, Refusal> {
    within("quota", wanted, 1, cohort.capacity)
}

/// The window's moments: it opens at midnight, and the last days count to their end.
fn window(
    ctx: &Ctx,
    organisation: &Organisation,
    (opens, closes, endorse_by): (NaiveDate, NaiveDate, NaiveDate),
) -> Result<(DateTime<Utc>, DateTime<Utc>, DateTime<Utc>)> {
    let opens = input::date("opens", opens)?;
    let closes = input::date("closes", closes)?;
    let endorse_by = input::date("endorseBy", endorse_by)?;
    if closes < opens {
        return Err(Refusal::new(Code::EndsBeforeStart).at("closes").into());
    }
    if endorse_by < closes {
        return Err(Refusal::new(Code::EndsBeforeStart).at("endorseBy").into());
    }
    let moments = (
        instant(opens, NaiveTime::MIN, organisation.zone),
        end_of(closes, organisation),
        end_of(endorse_by, organisation),
    );
    if moments.2 <= ctx.now {
        return Err(Refusal::new(Code::GatheringInThePast).at("endorseBy").into());
    }
    Ok(moments)
}

/// Who is to rank; nobody who is nominated her- or himself.
async fn panel(
    tx: &Tx,
    right: &Coordinator,
    numbers: &[String],
    everyone: &[Nomination],
) -> Result<Vec<PersonId>> {
    if numbers.len() > MOST_MEMBERS {
        return Err(Refusal::new(Code::TooMany).at("panel").with("max", MOST_MEMBERS).into());
    }
    let known = people::find_by_numbers(tx, right.org(), numbers).await?;
    let mut faults = Faults::default();
    let mut panel = Vec::with_capacity(numbers.len());
    for (index, number) in numbers.iter().enumerate() {
        let refused = |code| Refusal::new(code).at("panel").row(index);
        match known.iter().find(|person| person.employee_number == number.trim()) {
            None => faults.add(refused(Code::NotFound)),
            Some(person) if panel.contains(&person.id) => faults.add(refused(Code::NamedTwice)),
            Some(person) if is_nominated(everyone, person.id) => faults.add(refused(Code::MemberIsNominated)),
            Some(person) => panel.push(person.id),
        }
    }
    faults.none()?;
    Ok(panel)
}

async fn set_panel(ctx: &Ctx, tx: &Tx, right: &Coordinator, round: &NominationRound) -> Result<()> {
    let rows: Vec<_> = round.panel.iter().map(|person| (ctx.new_id(), *person)).collect();
    Ok(nomination_rounds::set_panel(tx, right.org(), round.id, &rows).await?)
}
