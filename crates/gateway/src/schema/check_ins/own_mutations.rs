//! What the two do who hold a check-in: the same as on the page behind the mail's link.

use async_graphql::{Context, ID, Object, SimpleObject};
use varde_app::{
    Error,
    access::OneOfTwo,
    check_ins::{self, NewAction, Saved, SavedView},
};

use super::{
    inputs::{
        AddToCheckInInput, AgreeOnActionInput, CheckInInput, RecordCheckInMeetingInput,
        RemoveAgreedActionInput, SaveCheckInInput, SetAgreedActionInput, SignCheckInInput,
    },
    mine::{MyCheckInConversation, MyCheckInRating},
};
use crate::schema::{
    Caller, UserError,
    errors::{split, whole},
    node::key,
};

/// A check-in as it is after a change.
#[derive(Debug, SimpleObject)]
pub struct MyCheckInPayload {
    /// The check-in as one sees it now.
    check_in: Option<MyCheckInConversation>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// What saving comes to.
#[derive(Debug, SimpleObject)]
pub struct SaveCheckInPayload {
    /// The check-in as one sees it now.
    check_in: Option<MyCheckInConversation>,
    /// Requirements that were not saved, as they were saved on another device since: what stands there now. Put together
    /// what is wanted of both, and save it with that version.
    overtaken: Vec<MyOvertakenRating>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// A requirement that was saved on another device.
#[derive(Debug, SimpleObject)]
pub struct MyOvertakenRating {
    /// The requirement's key.
    requirement: String,
    /// What stands there.
    standing: MyCheckInRating,
}

/// Mutations of the two who hold a check-in.
#[derive(Default)]
pub struct OwnCheckInMutation;

async fn held(caller: &Caller, id: &ID) -> Result<OneOfTwo, Error> {
    let right = caller.oneself()?;
    check_ins::hold(&caller.ctx, &right, key("CheckIn", "checkInId", id)?).await
}

async fn payload(
    context: &Context<'_>,
    id: &ID,
    outcome: Result<(), Error>,
) -> async_graphql::Result<MyCheckInPayload> {
    let (done, errors) = split(context, outcome)?;
    let check_in = match done {
        Some(()) => Some(seen(context, id).await?),
        None => None,
    };
    Ok(MyCheckInPayload { check_in, errors })
}

async fn seen(context: &Context<'_>, id: &ID) -> async_graphql::Result<MyCheckInConversation> {
    let caller = Caller::of(context);
    let right = whole(context, held(caller, id).await)?;
    let told = whole(context, check_ins::conversation(&caller.ctx, &right).await)?;
    Ok(MyCheckInConversation::told(right, told, caller.locale()))
}

#[Object]
impl OwnCheckInMutation {
    /// Saves the own view as it is written (lagre). The other does not see it.
    async fn save_check_in(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What was changed.")] input: SaveCheckInInput,
    ) -> async_graphql::Result<SaveCheckInPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = held(caller, &input.check_in_id).await?;
            let rows: Vec<Saved> = input
                .ratings
                .into_iter()
                .map(|row| Saved {
                    requirement: row.requirement,
                    rating: row.rating.map(Into::into),
                    text: row.text.unwrap_or_default(),
                    version: row.version,
                })
                .collect();
            check_ins::save(&caller.ctx, &right, &rows).await
        };
        let (saved, errors) = split(context, outcome.await)?;
        let Some(SavedView { overtaken, .. }) = saved else {
            return Ok(SaveCheckInPayload { check_in: None, overtaken: Vec::new(), errors });
        };
        let overtaken = overtaken.iter().map(|(requirement, (rated, version))| MyOvertakenRating {
            requirement: requirement.clone(),
            standing: MyCheckInRating::told(rated, Some(*version)),
        });
        Ok(SaveCheckInPayload {
            overtaken: overtaken.collect(),
            check_in: Some(seen(context, &input.check_in_id).await?),
            errors,
        })
    }

    /// Gives the own view (levere). Once both have, each sees the other's, and both hear that it is time to meet.
    async fn give_check_in(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which.")] input: CheckInInput,
    ) -> async_graphql::Result<MyCheckInPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = held(caller, &input.check_in_id).await?;
            check_ins::give(&caller.ctx, &right).await
        };
        payload(context, &input.check_in_id, outcome.await).await
    }

    /// Takes the own view back to go on with it, while the other has not given one (trekke tilbake).
    async fn take_check_in_back(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which.")] input: CheckInInput,
    ) -> async_graphql::Result<MyCheckInPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = held(caller, &input.check_in_id).await?;
            check_ins::take_back(&caller.ctx, &right).await
        };
        payload(context, &input.check_in_id, outcome.await).await
    }

    /// Writes down that the two have met (samtalen er holdt). Signatures given before do not hold any more.
    async fn record_check_in_meeting(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "When.")] input: RecordCheckInMeetingInput,
    ) -> async_graphql::Result<MyCheckInPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = held(caller, &input.check_in_id).await?;
            check_ins::meet(&caller.ctx, &right, input.met_on.0).await
        };
        payload(context, &input.check_in_id, outcome.await).await
    }

    /// Agrees on an action (avtale tiltak). Signatures given before do not hold any more.
    async fn agree_on_action(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The action.")] input: AgreeOnActionInput,
    ) -> async_graphql::Result<MyCheckInPayload> {
        let caller = Caller::of(context);
        let id = input.check_in_id.clone();
        let outcome = async {
            let right = held(caller, &id).await?;
            let action = NewAction {
                text: input.text.unwrap_or_default(),
                owner: input.owner.into(),
                due_on: input.due_on.0,
                requirement: input.requirement,
                programme: input.programme_key,
                plan_item: input.plan_item,
            };
            check_ins::agree(&caller.ctx, &right, &action).await.map(drop)
        };
        payload(context, &id, outcome.await).await
    }

    /// Takes an action off again, before both have signed.
    async fn remove_agreed_action(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which.")] input: RemoveAgreedActionInput,
    ) -> async_graphql::Result<MyCheckInPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = held(caller, &input.check_in_id).await?;
            let action = key("CheckInAction", "actionId", &input.action_id)?;
            check_ins::take_off(&caller.ctx, &right, action).await
        };
        payload(context, &input.check_in_id, outcome.await).await
    }

    /// Tells how an action stands, through the year after both have signed (følge opp tiltak).
    async fn set_agreed_action(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How it stands.")] input: SetAgreedActionInput,
    ) -> async_graphql::Result<MyCheckInPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = held(caller, &input.check_in_id).await?;
            let action = key("CheckInAction", "actionId", &input.action_id)?;
            let due_on = input.due_on.map(|day| day.0);
            check_ins::set_action(&caller.ctx, &right, action, input.state.into(), due_on).await
        };
        payload(context, &input.check_in_id, outcome.await).await
    }

    /// Signs (signere). With the second signature nothing is changed any more; both hear of it.
    async fn sign_check_in(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which.")] input: SignCheckInInput,
    ) -> async_graphql::Result<MyCheckInPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = held(caller, &input.check_in_id).await?;
            check_ins::sign(&caller.ctx, &right, input.version).await
        };
        payload(context, &input.check_in_id, outcome.await).await
    }

    /// Adds to a check-in that both have signed (tillegg).
    async fn add_to_check_in(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What.")] input: AddToCheckInInput,
    ) -> async_graphql::Result<MyCheckInPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = held(caller, &input.check_in_id).await?;
            check_ins::add(&caller.ctx, &right, &input.text).await
        };
        payload(context, &input.check_in_id, outcome.await).await
    }
}
