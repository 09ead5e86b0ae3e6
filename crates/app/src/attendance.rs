//! Recording who was there, for one or for all in one go, also after the cohort was closed.

use std::collections::HashSet;

use serde_json::json;
use uuid::Uuid;
use varde_model::{
    cohort::CohortState,
    enrolment::Enrolment,
    gathering::{Attendance, Gathering, Presence},
    ids::{CohortId, EnrolmentId, GatheringId, OrganisationId},
};
use varde_persistence::{Conn, Tx, cohorts, enrolments, gatherings};

use crate::{
    Code, Ctx, Refusal, Result,
    access::Coordinator,
    audit::{self, Deed},
    cohorts::{
        desk::{Desk, wrong_enrolment_state},
        settle,
    },
    enrolments::{NamedPlaces, PlaceRow},
    idempotency::Kept,
    input::{self, ErrorPolicy, RowRefusals},
    post::Planned,
    register::Register,
};

/// What a coordinator writes down about a gathering.
#[derive(Clone, Debug)]
pub struct RecordAttendance {
    /// The gathering.
    pub gathering: GatheringId,
    /// Everyone with a seat who has no record yet, and is not named otherwise, gets this one; whoever had said no is not
    /// taken for present.
    pub everyone_else: Option<Presence>,
    /// Single records; they replace earlier ones.
    pub records: Vec<(PlaceRow, Presence)>,
    /// Whose record is taken back. With the records at most 500.
    pub clear: Vec<PlaceRow>,
    /// What becomes of the good rows when others are refused.
    pub error_policy: ErrorPolicy,
    /// Keep nothing; answer with what would happen.
    pub dry_run: bool,
}

/// What was written.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The gathering.
    pub gathering: Gathering,
    /// The records written by this call.
    pub records: Vec<Attendance>,
    /// Whom a call for everyone leaves without a record, as they had said no.
    pub said_no: Vec<EnrolmentId>,
    /// Who gets a corrected result, in a cohort that is closed.
    pub mails: Vec<Planned>,
    /// Refused rows, under [`ErrorPolicy::RejectFailed`].
    pub refusals: Vec<Refusal>,
}

impl Recorded {
    /// What a call was answered that was done before: with the records as they stand.
    ///
    /// # Errors
    /// Refused: the gathering is gone.
    pub async fn again(ctx: &Ctx, right: &Coordinator, kept: Kept, for_everyone: bool) -> Result<Self> {
        let mut ids = kept.ids.into_iter();
        let (store, id) = (ctx.store(), ids.next().map(GatheringId));
        let id = id.ok_or(Refusal::new(Code::NotFound))?;
        let gathering =
            gatherings::find(store, right.org(), id).await?.ok_or(Refusal::new(Code::NotFound))?;
        let standing = gatherings::attendance(store, right.org(), &[id]).await?;
        let record = |place: Uuid| standing.iter().find(|record| record.enrolment.0 == place).cloned();
        let said_no = match for_everyone {
            true => said_no(store, right.org(), &gathering).await?,
            false => Vec::new(),
        };
        Ok(Self {
            gathering,
            said_no,
            records: ids.filter_map(record).collect(),
            mails: kept.mails,
            refusals: kept.refusals,
        })
    }
}

/// Records attendance at a gathering that has begun, or takes records back. In a closed cohort the results of those
/// concerned follow: whoever completes it after all, or does not any more, is told.
///
/// # Errors
/// Refused: the gathering lies ahead or was called off, the cohort is not running or closed, or a row names nobody
/// with a seat.
pub async fn record(ctx: &Ctx, right: &Coordinator, input: &RecordAttendance) -> Result<Recorded> {
    let named = input.records.len() + input.clear.len();
    if input.everyone_else.is_none() || named > input::MOST_ROWS {
        input::rows("records", named)?;
    }
    let org = right.org();
    let (tx, gathering, state) = open(ctx, org, input).await?;
    must_be_recordable(ctx, state, &gathering)?;
    let mut refusals = RowRefusals::default();
    let (mut records, cleared) = rows(ctx, &tx, org, &gathering, input, &mut refusals).await?;
    if let Some(presence) = input.everyone_else {
        let known = gatherings::attendance(&tx, org, &[gathering.id]).await?;
        let answers = gatherings::answers(&tx, org, &[gathering.id]).await?;
        let coming = |id| answers.iter().find(|answer| answer.enrolment == id).map(|answer| answer.coming);
        for enrolment in enrolments::of_cohort(&tx, org, gathering.cohort).await? {
            let recorded = known.iter().chain(&records).any(|record| record.enrolment == enrolment.id);
            let covered = enrolment.state.takes_part()
                && gathering.is_for(&enrolment)
                && presence.covers_unnamed(coming(enrolment.id));
            if covered && !recorded && !cleared.contains(&enrolment.id) {
                records.push(Attendance {
                    gathering: gathering.id,
                    enrolment: enrolment.id,
                    presence,
                    recorded_at: ctx.now,
                });
            }
        }
    }
    let refusals = refusals.settle(input.error_policy)?;
    let written: Vec<_> = records.iter().map(|record| (ctx.new_id(), record.clone())).collect();
    gatherings::put_attendance(&tx, org, &written).await?;
    if !cleared.is_empty() {
        gatherings::clear_attendance(&tx, org, gathering.id, &cleared).await?;
    }
    let said_no = match input.everyone_else {
        Some(_) => said_no(&tx, org, &gathering).await?,
        None => Vec::new(),
    };
    let entries: Vec<_> =
        records.iter().map(|r| json!({ "enrolment": r.enrolment, "presence": r.presence })).collect();
    let deed = Deed::on("gathering.attendance", gathering.id);
    let detail = json!({ "records": entries, "cleared": cleared });
    audit::record(ctx, &tx, org, right.actor(), deed, detail).await?;
    let mails = if state == CohortState::Completed {
        let touched: Vec<_> = records.iter().map(|record| record.enrolment).chain(cleared).collect();
        correct_results(ctx, right, &tx, gathering.cohort, &touched).await?
    } else {
        Vec::new()
    };
    let ids = std::iter::once(gathering.id.0).chain(records.iter().map(|record| record.enrolment.0));
    let kept = Kept { refusals: refusals.clone(), ..Kept::of(ids).with_mails(&mails) };
    settle(ctx, org, tx, input.dry_run, &kept).await?;
    Ok(Recorded { gathering, records, said_no, mails, refusals })
}

/// Who has a seat, had said no to the gathering, and has no record.
async fn said_no(conn: &impl Conn, org: OrganisationId, gathering: &Gathering) -> Result<Vec<EnrolmentId>> {
    let answers = gatherings::answers(conn, org, &[gathering.id]).await?;
    let no: Vec<EnrolmentId> = answers.iter().filter(|a| !a.coming).map(|answer| answer.enrolment).collect();
    let recorded = gatherings::attendance(conn, org, &[gathering.id]).await?;
    let mut places = enrolments::find_many(conn, org, &no).await?;
    places.retain(|place| gathering.is_for(place));
    places.retain(|place| place.state.takes_part() && !recorded.iter().any(|r| r.enrolment == place.id));
    Ok(places.into_iter().map(|place| place.id).collect())
}

/// What a correction after the closing means for the results of those concerned.
async fn correct_results(
    ctx: &Ctx,
    right: &Coordinator,
    tx: &Tx,
    cohort: CohortId,
    touched: &[EnrolmentId],
) -> Result<Vec<Planned>> {
    let mut desk = Desk::open(ctx, tx, right.org(), right.actor(), cohort).await?;
    let register = Register::read(tx, right.org(), cohort, ctx.now).await?;
    for mut enrolment in enrolments::find_many(tx, right.org(), touched).await? {
        desk.conclude(&mut enrolment, &register).await?;
    }
    Ok(desk.planned)
}

/// Begins to record: the gathering, and its cohort in a state that stays. Who names each one does so beside others;
/// who speaks for everybody, or changes results after the closing, has the cohort alone.
async fn open(
    ctx: &Ctx,
    org: OrganisationId,
    input: &RecordAttendance,
) -> Result<(Tx, Gathering, CohortState)> {
    let unknown = || Refusal::new(Code::NotFound).at("gatheringId");
    if input.everyone_else.is_none() {
        let tx = ctx.store().write().await?;
        let gathering = gatherings::find(&tx, org, input.gathering).await?.ok_or_else(unknown)?;
        let state = cohorts::hold(&tx, org, gathering.cohort).await?.ok_or_else(unknown)?;
        if state != CohortState::Completed {
            return Ok((tx, gathering, state));
        }
        tx.roll_back().await?;
    }
    let tx = ctx.store().write().await?;
    let gathering = gatherings::find(&tx, org, input.gathering).await?.ok_or_else(unknown)?;
    let cohort = cohorts::lock(&tx, org, gathering.cohort).await?.ok_or_else(unknown)?;
    Ok((tx, gathering, cohort.state))
}

fn must_be_recordable(ctx: &Ctx, cohort: CohortState, gathering: &Gathering) -> Result<()> {
    if gathering.cancelled {
        return Err(Refusal::called_off().into());
    }
    if gathering.starts_at > ctx.now {
        return Err(Refusal::new(Code::GatheringNotBegun).into());
    }
    match cohort {
        CohortState::Published | CohortState::Running | CohortState::Completed => Ok(()),
        state => Err(Refusal::wrong_state("CohortState", state.as_str()).into()),
    }
}

/// The rows that name somebody: what to write, and whose record to take back.
async fn rows(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    gathering: &Gathering,
    input: &RecordAttendance,
    refusals: &mut RowRefusals,
) -> Result<(Vec<Attendance>, Vec<EnrolmentId>)> {
    let every = || input.records.iter().map(|(row, _)| row).chain(&input.clear);
    let places = NamedPlaces::look_up(tx, org, gathering.cohort, every()).await?;
    let ids: Vec<EnrolmentId> = every().filter_map(|row| places.of(row).ok()).collect();
    let known = enrolments::find_many(tx, org, &ids).await?;
    let mut named: HashSet<EnrolmentId> = HashSet::with_capacity(ids.len());
    let mut check = |row: &PlaceRow| -> Result<EnrolmentId> {
        let enrolment = places.of(row)?;
        let meant = |place: &&Enrolment| place.cohort == gathering.cohort && gathering.is_for(place);
        let place = known.iter().find(|place| place.id == enrolment).filter(meant);
        match place {
            None => Err(Refusal::new(Code::NotFound).into()),
            Some(place) if !place.state.takes_part() => Err(wrong_enrolment_state(place)),
            Some(_) if !named.insert(enrolment) => Err(Refusal::new(Code::NamedTwice).into()),
            Some(_) => Ok(enrolment),
        }
    };
    let mut records: Vec<Attendance> = Vec::with_capacity(input.records.len());
    for (row, presence) in &input.records {
        let outcome = check(row).map(|enrolment| Attendance {
            gathering: gathering.id,
            enrolment,
            presence: *presence,
            recorded_at: ctx.now,
        });
        records.extend(refusals.keep(row.field, row.index, row.told(outcome))?);
    }
    let mut cleared = Vec::with_capacity(input.clear.len());
    for row in &input.clear {
        cleared.extend(refusals.keep(row.field, row.index, row.told(check(row)))?);
    }
    Ok((records, cleared))
}
