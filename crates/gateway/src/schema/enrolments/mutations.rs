//! What coordinators do with places in cohorts, and what leaders answer.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use varde_app::{
    Code, Error, Refusal,
    enrolments::{self, Answer, Change, EnrolLeaders, Enrolled},
    proposals,
};
use varde_model::enrolment;

use super::{
    Enrolment, MyPlace,
    inputs::{ChangeEnrolmentInput, EnrolLeadersInput, EnrolmentChange, InviteLeadersInput},
};
use crate::schema::{
    Caller, UserError,
    errors::{split, whole},
    mails::{PlannedMail, mails},
    node::key,
    once::{Once, once},
    people::Person,
};

/// Changed places.
#[derive(Debug, SimpleObject)]
pub struct EnrolmentsPayload {
    /// The places as they are now, or would be after a dry run.
    enrolments: Vec<Enrolment>,
    /// The mail that goes out because of the change.
    mails: Vec<PlannedMail>,
    /// What stands in the way, with the row's index.
    errors: Vec<UserError>,
}

/// One changed place.
#[derive(Debug, SimpleObject)]
pub struct EnrolmentPayload {
    /// The place as it is now, or would be after a dry run. After a conflict, the one that stands.
    enrolment: Option<Enrolment>,
    /// The mail that goes out because of the change.
    mails: Vec<PlannedMail>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// What a leader answers.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitationAnswer {
    /// Yes: a seat, or a place in line when the cohort is full.
    Accept,
    /// No.
    Decline,
    /// Leaves the line, or gives the seat back.
    Withdraw,
}

/// A leader's own answer to an invitation or an offered seat.
#[derive(InputObject, Debug)]
pub struct AnswerInvitationInput {
    /// One's own place.
    enrolment_id: ID,
    /// The answer.
    answer: InvitationAnswer,
    /// Why, for a no; never obligatory.
    reason: Option<String>,
}

/// A leader's own word on a gathering.
#[derive(InputObject, Debug)]
pub struct AnswerGatheringInput {
    /// One's own place.
    enrolment_id: ID,
    /// The gathering.
    gathering_id: ID,
    /// True when one comes.
    coming: bool,
}

/// One's own place after an answer.
#[derive(Debug, SimpleObject)]
pub struct MyPlacePayload {
    /// The place as it is now.
    place: Option<MyPlace>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// A leader whom a programme for new leaders has not reached yet.
#[derive(Debug, SimpleObject)]
pub struct NewLeader {
    /// The leader.
    person: Person,
    /// The first day of the appointment.
    appointed_from: chrono::NaiveDate,
    /// The level, 1 to 4 (ledernivå).
    level: u8,
}

/// Queries about places.
#[derive(Default)]
pub struct EnrolmentQuery;

#[Object]
impl EnrolmentQuery {
    /// Newly appointed leaders whom no cohort has reached, earliest appointment first (nye ledere uten plass).
    async fn new_leaders(&self, context: &Context<'_>) -> async_graphql::Result<Vec<NewLeader>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let found = whole(context, proposals::new_leaders(&caller.ctx, &right).await)?;
        let ids: Vec<_> = found.iter().map(|leader| leader.person).collect();
        let people = whole(context, varde_app::contacts::people(&caller.ctx, &right, &ids).await)?;
        Ok(found
            .into_iter()
            .filter_map(|leader| {
                let person = people.iter().find(|person| person.id == leader.person)?.clone();
                Some(NewLeader {
                    person: person.into(),
                    appointed_from: leader.appointment.since,
                    level: leader.appointment.level.number(),
                })
            })
            .collect())
    }

    /// One's own places in cohorts.
    async fn my_places(&self, context: &Context<'_>) -> async_graphql::Result<Vec<MyPlace>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.oneself())?;
        let mine = whole(context, enrolments::mine(&caller.ctx, &right).await)?;
        Ok(mine.into_iter().map(MyPlace::from).collect())
    }
}

/// Mutations of places.
#[derive(Default)]
pub struct EnrolmentMutation;

#[Object]
impl EnrolmentMutation {
    /// Puts leaders into a cohort: proposed in a draft, invited at once in a published one.
    async fn enrol_leaders(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Who, and into which cohort.")] input: EnrolLeadersInput,
    ) -> async_graphql::Result<EnrolmentsPayload> {
        let outcome = async {
            let caller = Caller::of(context);
            let right = caller.coordinator()?;
            let cohort = key("Cohort", "cohortId", &input.cohort_id)?;
            match once(context, &right, "enrolLeaders", input.idempotency_key.as_deref(), &input).await? {
                Once::Run(ctx) => {
                    let wanted = EnrolLeaders {
                        cohort,
                        employee_numbers: input.employee_numbers,
                        reason: input.reason,
                        error_policy: input.error_policy.into(),
                        dry_run: input.dry_run,
                    };
                    enrolments::enrol(&ctx, &right, &wanted).await
                }
                Once::Replay => {
                    let everyone = enrolments::of_cohort(&caller.ctx, &right, cohort).await?;
                    let people: Vec<_> = everyone.iter().map(|enrolment| enrolment.person).collect();
                    let people = varde_app::contacts::people(&caller.ctx, &right, &people).await?;
                    let place = |number: &String| {
                        let person = people.iter().find(|person| person.employee_number == number.trim())?;
                        everyone.iter().find(|enrolment| enrolment.person == person.id).cloned()
                    };
                    Ok(replayed(input.employee_numbers.iter().filter_map(place).collect()))
                }
            }
        };
        payload(context, outcome.await)
    }

    /// Sends invitations to those proposed, and once more to those who declined, did not answer or left.
    async fn invite_leaders(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whom.")] input: InviteLeadersInput,
    ) -> async_graphql::Result<EnrolmentsPayload> {
        let outcome = async {
            let caller = Caller::of(context);
            let right = caller.coordinator()?;
            let cohort = key("Cohort", "cohortId", &input.cohort_id)?;
            let mut ids = Vec::with_capacity(input.enrolment_ids.len());
            for (index, id) in input.enrolment_ids.iter().enumerate() {
                ids.push(key("Enrolment", "enrolmentIds", id).map_err(|e: Error| e.under(&[index.into()]))?);
            }
            match once(context, &right, "inviteLeaders", input.idempotency_key.as_deref(), &input).await? {
                Once::Run(ctx) => {
                    let policy = input.error_policy.into();
                    enrolments::invite(&ctx, &right, cohort, &ids, policy, input.dry_run).await
                }
                Once::Replay => Ok(replayed(enrolments::find_many(&caller.ctx, &right, &ids).await?)),
            }
        };
        payload(context, outcome.await)
    }

    /// Changes one place in a cohort.
    async fn change_enrolment(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which place, and what to do.")] input: ChangeEnrolmentInput,
    ) -> async_graphql::Result<EnrolmentPayload> {
        let caller = Caller::of(context);
        let id = key("Enrolment", "enrolmentId", &input.enrolment_id);
        let outcome = async {
            let right = caller.coordinator()?;
            let id = *id.as_ref().map_err(|_| Refusal::new(Code::NotFound).at("enrolmentId"))?;
            let change = match input.change {
                EnrolmentChange::Withdraw => Change::Withdraw,
                EnrolmentChange::PlacePastTheLine => Change::PlacePastTheLine,
                EnrolmentChange::Reinstate => Change::Reinstate,
                EnrolmentChange::AcceptFor => Change::AcceptFor,
                EnrolmentChange::DeclineFor => Change::DeclineFor,
            };
            match once(context, &right, "changeEnrolment", input.idempotency_key.as_deref(), &input).await? {
                Once::Run(ctx) => {
                    let reason = input.reason.as_deref();
                    enrolments::change(&ctx, &right, id, &change, reason, input.version, input.dry_run).await
                }
                Once::Replay => {
                    let standing = enrolments::find(&caller.ctx, &right, id).await?;
                    Ok((standing.ok_or(Refusal::new(Code::NotFound))?, Vec::new()))
                }
            }
        };
        let outcome = outcome.await;
        let conflict = outcome.as_ref().is_err_and(|e| e.refusals().iter().any(|r| r.code == Code::Conflict));
        let (changed, errors) = split(context, outcome)?;
        let standing = match (conflict, id, caller.coordinator()) {
            (true, Ok(id), Ok(right)) => whole(context, enrolments::find(&caller.ctx, &right, id).await)?,
            _ => None,
        };
        let (enrolment, planned) = changed.map_or((standing, Vec::new()), |(e, planned)| (Some(e), planned));
        Ok(EnrolmentPayload { enrolment: enrolment.map(Enrolment), mails: mails(planned), errors })
    }

    /// A leader's own answer to an invitation or an offered seat: the same as behind the mail's link.
    async fn answer_invitation(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The answer.")] input: AnswerInvitationInput,
    ) -> async_graphql::Result<MyPlacePayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.oneself()?;
            let id = key("Enrolment", "enrolmentId", &input.enrolment_id)?;
            let answer = match input.answer {
                InvitationAnswer::Accept => Answer::Accept,
                InvitationAnswer::Decline => Answer::Decline(input.reason),
                InvitationAnswer::Withdraw => Answer::Withdraw(input.reason),
            };
            enrolments::answer(&caller.ctx, &right, id, &answer).await?;
            my_place(caller, id).await
        };
        let (place, errors) = split(context, outcome.await)?;
        Ok(MyPlacePayload { place: place.flatten(), errors })
    }

    /// A leader's own word on whether she or he comes to a gathering; the last one counts until it begins.
    async fn answer_gathering(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The answer.")] input: AnswerGatheringInput,
    ) -> async_graphql::Result<MyPlacePayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.oneself()?;
            let reply = enrolments::GatheringReply {
                enrolment: key("Enrolment", "enrolmentId", &input.enrolment_id)?,
                gathering: key("Gathering", "gatheringId", &input.gathering_id)?,
                coming: input.coming,
            };
            enrolments::answer_gathering(&caller.ctx, &right, reply).await?;
            my_place(caller, reply.enrolment).await
        };
        let (place, errors) = split(context, outcome.await)?;
        Ok(MyPlacePayload { place: place.flatten(), errors })
    }

    /// Proposes new leaders for the next cohort with room, as after an import. Nothing is sent.
    async fn propose_new_leaders(&self, context: &Context<'_>) -> async_graphql::Result<ProposePayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            proposals::propose_new_leaders(&caller.ctx, &right).await
        };
        let (proposed, errors) = split(context, outcome.await)?;
        Ok(ProposePayload { proposed: proposed.unwrap_or(0), errors })
    }
}

/// What came of proposing.
#[derive(Debug, SimpleObject)]
pub struct ProposePayload {
    /// How many leaders were proposed.
    proposed: usize,
    /// What stands in the way.
    errors: Vec<UserError>,
}

async fn my_place(caller: &Caller, id: varde_model::ids::EnrolmentId) -> Result<Option<MyPlace>, Error> {
    let mine = enrolments::mine(&caller.ctx, &caller.oneself()?).await?;
    Ok(mine.into_iter().find(|place| place.enrolment.id == id).map(MyPlace::from))
}

fn replayed(enrolments: Vec<enrolment::Enrolment>) -> Enrolled {
    Enrolled { enrolments, mails: Vec::new(), refusals: Vec::new() }
}

fn payload(
    context: &Context<'_>,
    outcome: Result<Enrolled, Error>,
) -> async_graphql::Result<EnrolmentsPayload> {
    let (enrolled, mut errors) = split(context, outcome)?;
    Ok(match enrolled {
        Some(enrolled) => {
            errors.extend(UserError::all(&enrolled.refusals, Caller::of(context).locale()));
            EnrolmentsPayload {
                enrolments: enrolled.enrolments.into_iter().map(Enrolment).collect(),
                mails: mails(enrolled.mails),
                errors,
            }
        }
        None => EnrolmentsPayload { enrolments: Vec::new(), mails: Vec::new(), errors },
    })
}
