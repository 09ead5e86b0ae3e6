//! Settling the flag of somebody who is missing from the HR file.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use varde_app::people;

use crate::schema::{
    Caller, UserError,
    errors::split,
    mails::{PlannedMail, mails},
    once::{fingerprint, once},
    people::Person,
    scalars::LocalDate,
};

/// The end of an employment (ansettelse) that the HR file no longer tells of.
#[derive(InputObject, Debug)]
pub struct EndEmploymentInput {
    /// Whose (ansattnummer). The person must be missing from the HR file.
    employee_number: String,
    /// The last day of employment (siste arbeidsdag), today at the latest.
    last_day: LocalDate,
    /// Keep nothing; answer with who would get which mail.
    #[graphql(default)]
    dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    idempotency_key: Option<String>,
}

/// A person whose employment was ended.
#[derive(SimpleObject, Debug)]
pub struct EndEmploymentPayload {
    /// The person as she or he stands now, or would.
    person: Option<Person>,
    /// Mail that goes out because of it, to whoever is offered the seat; none to the one who has left.
    mails: Vec<PlannedMail>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// Mutations of people.
#[derive(Default)]
pub struct LeavingMutation;

#[Object]
impl LeavingMutation {
    /// Confirms that a person who is missing from the HR file has left (avslutt ansettelse): appointments end, reminders
    /// stop, and seats are offered to the next in line, as after a file that tells the last day. A later file that has
    /// the person again takes the end back; seats given up are not taken back.
    async fn end_employment(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whose, and when.")] input: EndEmploymentInput,
    ) -> async_graphql::Result<EndEmploymentPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let number = &input.employee_number;
            let run = |ctx| async move {
                people::end_employment(&ctx, &right, number, input.last_day.into(), input.dry_run).await
            };
            let again = |kept| people::ended_already(&caller.ctx, &right, kept);
            let (key, sent) = (input.idempotency_key.as_deref(), fingerprint(&input)?);
            once(context, "endEmployment", key, sent, run, again).await
        };
        let (ended, errors) = split(context, outcome.await)?;
        let (person, planned) = ended.map_or((None, Vec::new()), |(person, mails)| (Some(person), mails));
        Ok(EndEmploymentPayload { person: person.map(Person::from), mails: mails(planned), errors })
    }
}
