//! Who comes to a gathering, and who was there, as coordinators write it down.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use futures_util::future::try_join_all;
use varde_app::{
    attendance::{self, RecordAttendance, Recorded},
    enrolments::{self, PlaceRow},
};
use varde_model::gathering::Presence;

use super::{
    Gathering,
    meeting::{AttendanceRecord, GatheringReply},
};
use crate::schema::{
    Caller, UserError,
    enrolments::Enrolment,
    errors::{split, whole},
    keys,
    labels::{ErrorPolicyLabel, PresenceLabel},
    loaders::Loaders,
    mails::{PlannedMail, mails},
    node::key,
    once::{fingerprint, once},
    places,
};

/// Who was at a gathering.
#[derive(InputObject, Debug)]
pub struct RecordAttendanceInput {
    /// The gathering, which must have begun.
    gathering_id: ID,
    /// Single records; they replace earlier ones.
    #[graphql(default)]
    records: Vec<AttendanceRecordInput>,
    /// Everyone with a seat who has no record yet, and is not named, gets this one: all in one go. `PRESENT` and `PARTLY`
    /// leave out whoever had said no to the gathering: name them, as `ABSENT` or `EXCUSED`; `saidNo` lists those who are
    /// left.
    everyone_else: Option<PresenceLabel>,
    /// The places whose record is taken back: not recorded. Together with `records` at most 500.
    #[graphql(default)]
    clear: Vec<ID>,
    /// The same by the leaders' employee numbers (ansattnummer).
    #[graphql(default)]
    clear_employee_numbers: Vec<String>,
    /// What becomes of the good rows when others are refused.
    #[graphql(default_with = "ErrorPolicyLabel::RejectAll")]
    error_policy: ErrorPolicyLabel,
    /// Keep nothing; answer with who would get which mail.
    #[graphql(default)]
    dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    idempotency_key: Option<String>,
}

/// One leader's attendance.
#[derive(InputObject, Debug)]
pub struct AttendanceRecordInput {
    /// The leader's place, by its id.
    enrolment_id: Option<ID>,
    /// The leader, in place of `enrolmentId` (ansattnummer).
    employee_number: Option<String>,
    /// How much of it.
    presence: PresenceLabel,
}

/// Recorded attendance.
#[derive(Debug, SimpleObject)]
pub struct RecordAttendancePayload {
    /// The gathering.
    gathering: Option<Gathering>,
    /// The records that this call wrote, or would write after a dry run.
    records: Vec<AttendanceRecord>,
    /// After `everyoneElse`: the places without a record whose leaders had said that they would not come.
    said_no: Vec<Enrolment>,
    /// In a closed cohort: who gets a corrected result.
    mails: Vec<PlannedMail>,
    /// What stands in the way, with the row's index.
    errors: Vec<UserError>,
}

/// What a leader said about a gathering, by telephone for instance.
#[derive(InputObject, Debug)]
pub struct RecordGatheringAnswerInput {
    /// The leader's place, by its id.
    enrolment_id: Option<ID>,
    /// The leader, in place of `enrolmentId` (ansattnummer).
    employee_number: Option<String>,
    /// The gathering, which must not have begun.
    gathering_id: ID,
    /// True when the leader comes.
    coming: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    idempotency_key: Option<String>,
}

/// A leader's word on a gathering.
#[derive(Debug, SimpleObject)]
pub struct RecordGatheringAnswerPayload {
    /// The answer as it stands.
    reply: Option<GatheringReply>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

impl AttendanceRecordInput {
    fn row(&self, index: usize) -> (PlaceRow, Presence) {
        let (id, number) = (self.enrolment_id.as_ref(), self.employee_number.as_deref());
        (places::by_either("records", index, id, number), self.presence.into())
    }
}

/// Mutations of attendance.
#[derive(Default)]
pub struct AttendanceMutation;

#[Object]
impl AttendanceMutation {
    /// Records who was at a gathering (oppmøte), for one or for all in one go. Recording again corrects, and a record
    /// can be taken back. After the cohort was closed the results follow, and whoever gets another one is told.
    async fn record_attendance(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The records.")] input: RecordAttendanceInput,
    ) -> async_graphql::Result<RecordAttendancePayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let clear = places::by_ids("clear", &input.clear);
            let clear =
                clear.chain(places::by_numbers("clearEmployeeNumbers", &input.clear_employee_numbers));
            let wanted = RecordAttendance {
                gathering: key("Gathering", "gatheringId", &input.gathering_id)?,
                everyone_else: input.everyone_else.map(Into::into),
                records: input.records.iter().enumerate().map(|(index, record)| record.row(index)).collect(),
                clear: clear.collect(),
                error_policy: input.error_policy.into(),
                dry_run: input.dry_run,
            };
            let run = |ctx| async move { attendance::record(&ctx, &right, &wanted).await };
            let everyone = input.everyone_else.is_some();
            let again = |kept| Recorded::again(&caller.ctx, &right, kept, everyone);
            let (key, sent) = (input.idempotency_key.as_deref(), fingerprint(&input)?);
            once(context, "recordAttendance", key, sent, run, again).await
        };
        let (recorded, mut errors) = split(context, outcome.await)?;
        Ok(match recorded {
            Some(recorded) => {
                errors.extend(UserError::all(&recorded.refusals, caller.locale()));
                let loaders = context.data_unchecked::<Loaders>();
                let said_no = try_join_all(recorded.said_no.iter().map(|id| loaders.one(*id))).await;
                let said_no = whole(context, said_no)?.into_iter().flatten().map(Enrolment::from).collect();
                RecordAttendancePayload {
                    said_no,
                    gathering: Some(Gathering(recorded.gathering)),
                    records: recorded.records.into_iter().map(AttendanceRecord::from).collect(),
                    mails: mails(recorded.mails),
                    errors,
                }
            }
            None => {
                let (records, said_no, mails) = (Vec::new(), Vec::new(), Vec::new());
                RecordAttendancePayload { gathering: None, records, said_no, mails, errors }
            }
        })
    }

    /// Writes down what a leader said by telephone about coming to a gathering; the last word counts until it begins.
    async fn record_gathering_answer(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Who, which gathering, and the answer.")] input: RecordGatheringAnswerInput,
    ) -> async_graphql::Result<RecordGatheringAnswerPayload> {
        let outcome = async {
            let caller = Caller::of(context);
            let right = caller.coordinator()?;
            let gathering = key("Gathering", "gatheringId", &input.gathering_id)?;
            let (place, number) = (input.enrolment_id.as_ref(), input.employee_number.as_deref());
            let cohort = || keys::cohort_of(caller, gathering);
            let enrolment = keys::place(caller, place, number, cohort).await?;
            let reply = enrolments::GatheringReply { enrolment, gathering, coming: input.coming };
            let run = |ctx| async move { enrolments::record_gathering_answer(&ctx, &right, reply).await };
            let again = |kept| enrolments::gathering_answer_again(&caller.ctx, &right, kept);
            let (key, sent) = (input.idempotency_key.as_deref(), fingerprint(&input)?);
            once(context, "recordGatheringAnswer", key, sent, run, again).await
        };
        let (reply, errors) = split(context, outcome.await)?;
        Ok(RecordGatheringAnswerPayload { reply: reply.map(GatheringReply::from), errors })
    }
}
