//! What coordinators do with places in cohorts, and what leaders answer.

use async_graphql::{Context, Enum, Object, SimpleObject};
use varde_app::{
    Code, Ctx, Error, Refusal,
    enrolments::{self, Answer, Answered, Change, EnrolLeaders, Enrolled},
    proposals, texts,
};
use varde_model::unproposed::{NotProposed, Unproposed};

use super::{
    Enrolment, MyMail, MyPlace,
    inputs::{
        AnswerGatheringInput, AnswerInvitationInput, AskForPlaceInput, ChangeEnrolmentInput,
        EnrolLeadersInput, EnrolmentChange, InvitationAnswer, InviteLeadersInput, ProposeNewLeadersInput,
    },
};
use crate::schema::{
    Caller, UserError,
    errors::{is_conflict, split, whole},
    keys,
    mails::{PlannedMail, mails},
    node::key,
    once::{fingerprint, once},
    places,
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

/// One's own place after an answer.
#[derive(Debug, SimpleObject)]
pub struct MyPlacePayload {
    /// The place as it is now.
    place: Option<MyPlace>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// One's own place after an answer to an invitation.
#[derive(Debug, SimpleObject)]
pub struct AnswerInvitationPayload {
    /// The place as it is now, or would be after a dry run.
    place: Option<MyPlace>,
    /// The mail that one gets because of it.
    mails: Vec<MyMail>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
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
            let cohort = keys::cohort(caller, input.cohort_id.as_ref(), input.cohort_code.as_deref()).await?;
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key);
            let wanted = EnrolLeaders {
                cohort,
                employee_numbers: input.employee_numbers,
                reason: input.reason,
                error_policy: input.error_policy.into(),
                dry_run: input.dry_run,
            };
            let run = async |ctx: Ctx| enrolments::enrol(&ctx, &right, &wanted).await;
            let again = |kept| Enrolled::again(&caller.ctx, &right, kept);
            once(context, "enrolLeaders", key.as_deref(), sent, run, again).await
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
            let cohort = keys::cohort(caller, input.cohort_id.as_ref(), input.cohort_code.as_deref()).await?;
            let who = places::of_one_list(
                ("enrolmentIds", input.enrolment_ids.as_ref()),
                ("employeeNumbers", input.employee_numbers.as_ref()),
            )?;
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key.as_deref());
            let run = async |ctx: Ctx| {
                let policy = input.error_policy.into();
                enrolments::invite(&ctx, &right, cohort, &who, policy, input.dry_run).await
            };
            let again = |kept| Enrolled::again(&caller.ctx, &right, kept);
            once(context, "inviteLeaders", key, sent, run, again).await
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
        let cohort = || keys::cohort_by_code(caller, input.cohort_code.as_deref());
        let (place, number) = (input.enrolment_id.as_ref(), input.employee_number.as_deref());
        let id = keys::place(caller, place, number, cohort).await;
        let seen = id.as_ref().ok().copied();
        let outcome = async {
            let right = caller.coordinator()?;
            let id = id?;
            let change = match input.change {
                EnrolmentChange::Withdraw => Change::Withdraw,
                EnrolmentChange::PlacePastTheLine => Change::PlacePastTheLine,
                EnrolmentChange::Reinstate => Change::Reinstate,
                EnrolmentChange::AcceptFor => Change::AcceptFor,
                EnrolmentChange::DeclineFor => Change::DeclineFor,
            };
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key.as_deref());
            let run = async |ctx: Ctx| {
                let reason = input.reason.as_deref();
                enrolments::change(&ctx, &right, id, &change, reason, input.version, input.dry_run).await
            };
            let again = async |kept| {
                let again = Enrolled::again(&caller.ctx, &right, kept).await?;
                let standing = again.enrolments.into_iter().next();
                Ok((standing.ok_or(Refusal::new(Code::NotFound))?, again.mails))
            };
            once(context, "changeEnrolment", key, sent, run, again).await
        };
        let outcome = outcome.await;
        let conflict = is_conflict(&outcome);
        let (changed, errors) = split(context, outcome)?;
        let standing = match (conflict, seen, caller.coordinator()) {
            (true, Some(id), Ok(right)) => whole(context, enrolments::find(&caller.ctx, &right, id).await)?,
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
    ) -> async_graphql::Result<AnswerInvitationPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.oneself()?;
            let id = key("Enrolment", "enrolmentId", &input.enrolment_id)?;
            let (sent, key, dry_run) = (fingerprint(&input)?, input.idempotency_key, input.dry_run);
            let answer = match input.answer {
                InvitationAnswer::Accept => Answer::Accept,
                InvitationAnswer::Decline => Answer::Decline(input.reason),
                InvitationAnswer::Withdraw => Answer::Withdraw(input.reason),
            };
            let run = async |ctx: Ctx| enrolments::answer(&ctx, &right, id, &answer, dry_run).await;
            let again = |kept| Answered::again(&caller.ctx, &right, kept);
            once(context, "answerInvitation", key.as_deref(), sent, run, again).await
        };
        my_answer(context, outcome.await)
    }

    /// A leader asks for a place in a published cohort without an invitation (melde seg på): a seat while there is room, else a
    /// place in the line. Only where the programme is meant for her or him, and its places go neither to nominees nor to leader
    /// groups.
    async fn ask_for_place(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "In which cohort.")] input: AskForPlaceInput,
    ) -> async_graphql::Result<AnswerInvitationPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.oneself()?;
            let (sent, key, dry_run) = (fingerprint(&input)?, input.idempotency_key, input.dry_run);
            let run = async |ctx: Ctx| enrolments::ask(&ctx, &right, &input.cohort_code, dry_run).await;
            let again = |kept| Answered::again(&caller.ctx, &right, kept);
            once(context, "askForPlace", key.as_deref(), sent, run, again).await
        };
        my_answer(context, outcome.await)
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
    async fn propose_new_leaders(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How.", default)] input: ProposeNewLeadersInput,
    ) -> async_graphql::Result<ProposePayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            proposals::propose_new_leaders(&caller.ctx, &right, input.dry_run).await
        };
        let (proposed, errors) = split(context, outcome.await)?;
        let proposals = proposed.unwrap_or_default();
        let told = |left: &NotProposed| NotProposedLeaders {
            reason: left.why.into(),
            message: texts::text(caller.locale(), left.why.key()),
            leaders: left.leaders,
        };
        Ok(ProposePayload {
            proposed: proposals.leaders(),
            not_proposed: proposals.not_proposed.iter().map(told).collect(),
            errors,
        })
    }
}

/// What came of proposing.
#[derive(Debug, SimpleObject)]
pub struct ProposePayload {
    /// How many leaders were proposed, or would be after a dry run.
    proposed: usize,
    /// New leaders who were not proposed, by reason; where nobody was proposed, it says why.
    not_proposed: Vec<NotProposedLeaders>,
    /// What stands in the way.
    errors: Vec<UserError>,
}

/// New leaders (nye ledere) who are proposed for no cohort, for one reason.
#[derive(Debug, SimpleObject)]
pub struct NotProposedLeaders {
    /// Why.
    reason: NotProposedReason,
    /// The same in the caller's language.
    message: String,
    /// How many.
    leaders: usize,
}

/// Why new leaders are proposed for no cohort.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Unproposed")]
pub enum NotProposedReason {
    /// No new leader waits to be proposed (ingen nye ledere).
    NobodyNew,
    /// No cohort is planned that has not begun (ingen kull).
    NoCohort,
    /// The cohorts that have not begun are full (fulle kull).
    NoRoom,
    /// The time as a leader ends before the next cohort begins (slutter før kullet begynner).
    LeavesBefore,
}

fn my_answer(
    context: &Context<'_>,
    outcome: Result<Answered, Error>,
) -> async_graphql::Result<AnswerInvitationPayload> {
    let (answered, errors) = split(context, outcome)?;
    Ok(match answered {
        Some(Answered { place, mails }) => AnswerInvitationPayload {
            place: Some(MyPlace::told(place, Caller::of(context).locale())),
            mails: mails.into_iter().map(MyMail::from).collect(),
            errors,
        },
        None => AnswerInvitationPayload { place: None, mails: Vec::new(), errors },
    })
}

async fn my_place(caller: &Caller, id: varde_model::ids::EnrolmentId) -> Result<Option<MyPlace>, Error> {
    let mine = enrolments::mine(&caller.ctx, &caller.oneself()?).await?;
    let found = mine.into_iter().find(|place| place.enrolment.id == id);
    Ok(found.map(|place| MyPlace::told(place, caller.locale())))
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
