//! The credits (studiepoeng) of places: given by the programme at completion, and written down by a coordinator where
//! an outside provider says otherwise.

use std::collections::HashSet;

use serde_json::json;
use varde_model::{
    cohort::Cohort,
    credits::{Credits, PlaceCredits},
    enrolment::{Enrolment, EnrolmentState},
    ids::{CohortId, EnrolmentId},
};
use varde_persistence::{credits, enrolments};

use crate::{
    Code, Ctx, Refusal, Result,
    access::Coordinator,
    audit::Deed,
    cohorts::desk::{Desk, wrong_enrolment_state},
    enrolments::{NamedPlaces, PlaceRow},
    input::{self, ErrorPolicy, RowRefusals},
};

/// What a coordinator writes down.
#[derive(Clone, Debug)]
pub struct RecordCredits {
    /// The cohort.
    pub cohort: CohortId,
    /// The places, at most 500, each with its credits; None is what the programme itself gives.
    pub records: Vec<(PlaceRow, Option<f64>)>,
    /// What becomes of the good rows when others are refused.
    pub error_policy: ErrorPolicy,
}

/// What was written down.
#[derive(Clone, Debug)]
pub struct RecordedCredits {
    /// The cohort.
    pub cohort: Cohort,
    /// The places of the good rows.
    pub places: Vec<Enrolment>,
    /// Refused rows, under [`ErrorPolicy::RejectFailed`].
    pub refusals: Vec<Refusal>,
}

/// The credits of places.
///
/// # Errors
/// The database refused.
pub async fn of_enrolments(ctx: &Ctx, right: &Coordinator, ids: &[EnrolmentId]) -> Result<Vec<PlaceCredits>> {
    Ok(credits::of_enrolments(ctx.store(), right.org(), ids).await?)
}

/// Writes credits down, also of those whom the product's own rule does not let complete: an outside provider's word
/// counts. Certificates tell them from then on.
///
/// # Errors
/// Refused: no rows or too many, or a row that names nobody who takes part, or an amount that is none.
pub async fn record(ctx: &Ctx, right: &Coordinator, input: &RecordCredits) -> Result<RecordedCredits> {
    input::rows("records", input.records.len())?;
    let tx = ctx.store().write().await?;
    let desk = Desk::open(ctx, &tx, right.org(), right.actor(), input.cohort).await?;
    let rows = || input.records.iter().map(|(row, _)| row);
    let places = NamedPlaces::look_up(&tx, right.org(), desk.cohort.id, rows()).await?;
    let ids: Vec<EnrolmentId> = rows().filter_map(|row| places.of(row).ok()).collect();
    let known = enrolments::find_many(&tx, right.org(), &ids).await?;
    let mut named: HashSet<EnrolmentId> = HashSet::with_capacity(ids.len());
    let mut refusals = RowRefusals::default();
    let mut good: Vec<(Enrolment, Option<Credits>)> = Vec::with_capacity(ids.len());
    for (row, wanted) in &input.records {
        let place = places.of(row).and_then(|id| {
            let place = known.iter().find(|place| place.id == id && place.cohort == desk.cohort.id);
            match place {
                None => Err(Refusal::new(Code::NotFound).into()),
                Some(place) if !place.state.takes_part() => Err(wrong_enrolment_state(place)),
                Some(_) if !named.insert(id) => Err(Refusal::new(Code::NamedTwice).into()),
                Some(place) => Ok(place.clone()),
            }
        });
        let checked = row.told(place).and_then(|place| Ok((place, amount(*wanted)?)));
        good.extend(refusals.keep(row.field, row.index, checked)?);
    }
    let refusals = refusals.settle(input.error_policy)?;
    for (place, wanted) in &good {
        desk.put_credits(place, *wanted).await?;
    }
    let places = good.into_iter().map(|(place, _)| place).collect();
    let cohort = desk.cohort;
    tx.commit().await?;
    Ok(RecordedCredits { cohort, places, refusals })
}

fn amount(wanted: Option<f64>) -> Result<Option<Credits>> {
    let Some(wanted) = wanted else { return Ok(None) };
    let refused = || {
        let most = Credits::MOST.as_decimal();
        Refusal::new(Code::OutOfRange).at("ects").with("least", 0).with("most", most)
    };
    Ok(Some(Credits::from_decimal(wanted).ok_or_else(refused)?))
}

impl Desk<'_> {
    async fn put_credits(&self, place: &Enrolment, wanted: Option<Credits>) -> Result<()> {
        let own = self.programme.ects.filter(|_| place.state == EnrolmentState::Completed);
        match wanted.or(own.map(Credits::whole)) {
            Some(given) => {
                let row = PlaceCredits {
                    enrolment: place.id,
                    person: place.person,
                    credits: given,
                    by_hand: wanted.is_some(),
                    recorded_at: self.ctx.now,
                };
                credits::put(self.tx, self.org(), self.ctx.new_id(), &row).await?;
            }
            None => credits::clear(self.tx, self.org(), place.id).await?,
        }
        let detail = json!({ "ects": wanted.map(Credits::as_decimal) });
        self.record(Deed::on("enrolment.credits", place.id), detail).await
    }
}
