//! Experienced leaders who support those who try the role out.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use varde_app::mobilisation::{self, AssignSupporter, Assigned};

use crate::schema::{
    Caller, UserError,
    enrolments::Enrolment,
    errors::{split, whole},
    keys,
    loaders::Loaders,
    mails::{PlannedMail, mails},
    once::{fingerprint, once},
    people::Person,
};

/// An experienced leader who supports one that takes part (støttespiller).
#[derive(Debug)]
pub struct Supporter(pub(crate) varde_app::mobilisation::Supporting);

/// An experienced leader who supports one that takes part (støttespiller).
#[Object]
impl Supporter {
    /// Who supports.
    async fn person(&self, context: &Context<'_>) -> async_graphql::Result<Option<Person>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(self.0.person).await)?.map(Person::from))
    }

    /// Since when.
    async fn since(&self) -> DateTime<Utc> {
        self.0.since
    }
}

/// Whom to name as a supporter. Give `enrolmentId`, or `cohortCode` and `employeeNumber`.
#[derive(InputObject, Debug)]
pub struct AssignSupporterInput {
    /// The place of whoever takes part, by its id.
    enrolment_id: Option<ID>,
    /// Who takes part, in place of `enrolmentId` (ansattnummer).
    employee_number: Option<String>,
    /// With `employeeNumber`: the cohort, by its code (kullkode).
    cohort_code: Option<String>,
    /// The leader who supports (ansattnummer); left out, the supporter is taken back, and nobody is told.
    supporter_employee_number: Option<String>,
    /// Keep nothing; answer with who would get which mail.
    #[graphql(default)]
    dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    idempotency_key: Option<String>,
}

/// The place with its supporter.
#[derive(SimpleObject, Debug)]
pub struct AssignSupporterPayload {
    /// The place as it is now.
    enrolment: Option<Enrolment>,
    /// Who gets which mail.
    mails: Vec<PlannedMail>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// Mutations of supporters.
#[derive(Default)]
pub struct SupporterMutation;

#[Object]
impl SupporterMutation {
    /// Names an experienced leader outside the line of command as the supporter of somebody with a seat (støttespiller).
    /// Both are told.
    async fn assign_supporter(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Who supports whom.")] input: AssignSupporterInput,
    ) -> async_graphql::Result<AssignSupporterPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let (place, number) = (input.enrolment_id.as_ref(), input.employee_number.as_deref());
            let cohort = || keys::cohort_by_code(caller, input.cohort_code.as_deref());
            let enrolment = keys::place(caller, place, number, cohort).await?;
            let supporter = match &input.supporter_employee_number {
                Some(number) => Some(keys::person(caller, "supporterEmployeeNumber", number).await?),
                None => None,
            };
            let wanted = AssignSupporter { enrolment, supporter, dry_run: input.dry_run };
            let run = |ctx| async move { mobilisation::assign(&ctx, &right, wanted).await };
            let again = |kept| Assigned::again(&caller.ctx, &right, kept);
            let (key, sent) = (input.idempotency_key.as_deref(), fingerprint(&input)?);
            once(context, "assignSupporter", key, sent, run, again).await
        };
        let (assigned, errors) = split(context, outcome.await)?;
        Ok(match assigned {
            Some(assigned) => AssignSupporterPayload {
                enrolment: Some(assigned.enrolment.into()),
                mails: mails(assigned.mails),
                errors,
            },
            None => AssignSupporterPayload { enrolment: None, mails: Vec::new(), errors },
        })
    }
}
