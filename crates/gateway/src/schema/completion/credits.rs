//! Credits, as coordinators write them down.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use varde_app::{
    credits::{self, RecordCredits},
    enrolments::PlaceRow,
};

use crate::schema::{
    Caller, UserError, cohorts::Cohort, enrolments::Enrolment, errors::split, keys, labels::ErrorPolicyLabel,
    places,
};

/// Credits of places in a cohort. Give `cohortId` or `cohortCode`.
#[derive(InputObject, Debug)]
pub struct RecordCreditsInput {
    /// The cohort, by its id.
    cohort_id: Option<ID>,
    /// The cohort, by its code (kullkode).
    cohort_code: Option<String>,
    /// The places with their credits, at most 500.
    records: Vec<CreditsRecordInput>,
    /// What becomes of the good rows when others are refused.
    #[graphql(default_with = "ErrorPolicyLabel::RejectAll")]
    error_policy: ErrorPolicyLabel,
}

/// The credits of one place.
#[derive(InputObject, Debug)]
pub struct CreditsRecordInput {
    /// The leader's place, by its id.
    enrolment_id: Option<ID>,
    /// The leader, in place of `enrolmentId` (ansattnummer).
    employee_number: Option<String>,
    /// The credits (studiepoeng), such as `30` or `7.5`; left out, what the programme itself gives.
    ects: Option<f64>,
}

/// What was written down.
#[derive(Debug, SimpleObject)]
pub struct RecordCreditsPayload {
    /// The cohort.
    cohort: Option<Cohort>,
    /// The places of the good rows.
    enrolments: Vec<Enrolment>,
    /// What stands in the way, with the row's index.
    errors: Vec<UserError>,
}

impl CreditsRecordInput {
    fn row(&self, index: usize) -> (PlaceRow, Option<f64>) {
        let (id, number) = (self.enrolment_id.as_ref(), self.employee_number.as_deref());
        (places::by_either("records", index, id, number), self.ects)
    }
}

/// Mutations of credits.
#[derive(Default)]
pub struct CreditsMutation;

#[Object]
impl CreditsMutation {
    /// Writes down the credits (studiepoeng) that an outside provider gave. Completing a cohort gives the programme's own;
    /// what a coordinator writes down stays, whatever becomes of the result.
    async fn record_credits(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The places and their credits.")] input: RecordCreditsInput,
    ) -> async_graphql::Result<RecordCreditsPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let wanted = RecordCredits {
                cohort: keys::cohort(caller, input.cohort_id.as_ref(), input.cohort_code.as_deref()).await?,
                records: input.records.iter().enumerate().map(|(index, record)| record.row(index)).collect(),
                error_policy: input.error_policy.into(),
            };
            credits::record(&caller.ctx, &right, &wanted).await
        };
        let (recorded, mut errors) = split(context, outcome.await)?;
        let Some(recorded) = recorded else {
            return Ok(RecordCreditsPayload { cohort: None, enrolments: Vec::new(), errors });
        };
        errors.extend(UserError::all(&recorded.refusals, caller.locale()));
        let enrolments = recorded.places.into_iter().map(Enrolment::from).collect();
        Ok(RecordCreditsPayload { cohort: Some(recorded.cohort.into()), enrolments, errors })
    }
}
