//! Recording who was there, for one or for all in one go.

use serde_json::json;
use varde_model::{
    cohort::CohortState,
    gathering::{Attendance, Gathering, Presence},
    ids::{EnrolmentId, GatheringId},
};
use varde_persistence::{Tx, cohorts, enrolments, gatherings};

use crate::{
    Code, Ctx, Refusal, Result,
    access::Coordinator,
    audit::{self, Deed},
    input::{self, ErrorPolicy, RowRefusals},
};

/// What a coordinator writes down about a gathering.
#[derive(Clone, Debug)]
pub struct RecordAttendance {
    /// The gathering.
    pub gathering: GatheringId,
    /// Everyone with a seat who has no record yet, and is not among the records, gets this one.
    pub everyone_else: Option<Presence>,
    /// Single records, at most 500; they replace earlier ones.
    pub records: Vec<(EnrolmentId, Presence)>,
    /// What becomes of the good rows when others are refused.
    pub error_policy: ErrorPolicy,
}

/// What was written.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The gathering.
    pub gathering: Gathering,
    /// The records written by this call.
    pub records: Vec<Attendance>,
    /// Refused rows, under [`ErrorPolicy::RejectFailed`].
    pub refusals: Vec<Refusal>,
}

/// Records attendance at a gathering that has begun.
///
/// # Errors
/// Refused: the gathering lies ahead or was called off, the cohort is closed, or a row names nobody with a seat.
pub async fn record(ctx: &Ctx, right: &Coordinator, input: &RecordAttendance) -> Result<Recorded> {
    if input.everyone_else.is_none() || input.records.len() > input::MOST_ROWS {
        input::rows("records", input.records.len())?;
    }
    let org = right.org();
    let tx = ctx.store().write().await?;
    let gathering = gatherings::find(&tx, org, input.gathering).await?.ok_or(Refusal::new(Code::NotFound))?;
    must_be_recordable(ctx, right, &tx, &gathering).await?;
    let mut refusals = RowRefusals::default();
    let mut records = named(ctx, right, &tx, &gathering, input, &mut refusals).await?;
    if let Some(presence) = input.everyone_else {
        let known = gatherings::attendance(&tx, org, &[gathering.id]).await?;
        for enrolment in enrolments::of_cohort(&tx, org, gathering.cohort).await? {
            let recorded = known.iter().chain(&records).any(|record| record.enrolment == enrolment.id);
            if enrolment.state.takes_part() && !recorded {
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
    let rows: Vec<_> = records.iter().map(|record| (ctx.new_id(), record.clone())).collect();
    gatherings::put_attendance(&tx, org, &rows).await?;
    let entries: Vec<_> =
        records.iter().map(|r| json!({ "enrolment": r.enrolment, "presence": r.presence })).collect();
    let deed = Deed::on("gathering.attendance", gathering.id);
    audit::record(ctx, &tx, org, right.actor(), deed, json!({ "records": entries })).await?;
    tx.commit().await?;
    Ok(Recorded { gathering, records, refusals })
}

async fn must_be_recordable(ctx: &Ctx, right: &Coordinator, tx: &Tx, gathering: &Gathering) -> Result<()> {
    if gathering.cancelled {
        return Err(Refusal::new(Code::WrongState).with("state", "cancelled").into());
    }
    if gathering.starts_at > ctx.now {
        return Err(Refusal::new(Code::GatheringNotBegun).into());
    }
    match cohorts::state(tx, right.org(), gathering.cohort).await? {
        Some(CohortState::Published | CohortState::Running) => Ok(()),
        Some(state) => Err(Refusal::new(Code::WrongState).with("state", state.as_str()).into()),
        None => Err(Refusal::new(Code::NotFound).into()),
    }
}

async fn named(
    ctx: &Ctx,
    right: &Coordinator,
    tx: &Tx,
    gathering: &Gathering,
    input: &RecordAttendance,
    refusals: &mut RowRefusals,
) -> Result<Vec<Attendance>> {
    let ids: Vec<EnrolmentId> = input.records.iter().map(|(enrolment, _)| *enrolment).collect();
    let known = enrolments::find_many(tx, right.org(), &ids).await?;
    let mut records: Vec<Attendance> = Vec::with_capacity(ids.len());
    for (index, (enrolment, presence)) in input.records.iter().enumerate() {
        let place = known.iter().find(|place| place.id == *enrolment && place.cohort == gathering.cohort);
        let outcome = match place {
            None => Err(Refusal::new(Code::NotFound).at("enrolmentId").into()),
            Some(place) if !place.state.takes_part() => {
                Err(crate::cohorts::desk::wrong_enrolment_state(place))
            }
            Some(_) if records.iter().any(|record| record.enrolment == *enrolment) => {
                Err(Refusal::new(Code::NamedTwice).at("enrolmentId").into())
            }
            Some(_) => Ok(Attendance {
                gathering: gathering.id,
                enrolment: *enrolment,
                presence: *presence,
                recorded_at: ctx.now,
            }),
        };
        records.extend(refusals.keep("records", index, outcome)?);
    }
    Ok(records)
}
