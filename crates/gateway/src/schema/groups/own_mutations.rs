//! What those who belong to leader groups say themselves.

use async_graphql::{Context, Object, SimpleObject};
use varde_app::{
    Code, Ctx, Refusal,
    groups::{self, GroupAnswer, OwnGroup},
};
use varde_model::ids::LeaderGroupId;

use super::{
    inputs::{AnswerGroupInvitationInput, FollowUpInput},
    mine::MyLeaderGroup,
    mutations::reply,
};
use crate::schema::{
    Caller, UserError,
    errors::{split, whole},
    node::key,
    once::{Kept, fingerprint, once},
};

/// One's own leader group after a word of one's own.
#[derive(Debug, SimpleObject)]
pub struct MyLeaderGroupPayload {
    /// The group as it is now, or would be after a dry run.
    leader_group: Option<MyLeaderGroup>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// Mutations of those who belong to leader groups.
#[derive(Default)]
pub struct OwnGroupMutation;

#[Object]
impl OwnGroupMutation {
    /// Says yes or no on behalf of the leader group that one leads.
    async fn answer_group_invitation(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The answer.")] input: AnswerGroupInvitationInput,
    ) -> async_graphql::Result<MyLeaderGroupPayload> {
        let caller = Caller::of(context);
        let right = whole(context, caller.oneself())?;
        let outcome = async {
            let id: LeaderGroupId = key("LeaderGroup", "leaderGroupId", &input.leader_group_id)?;
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key.as_deref());
            let answer = match input.accept {
                true => GroupAnswer::Accept,
                false => GroupAnswer::Decline(input.reason.clone()),
            };
            let run = async |ctx: Ctx| groups::answer(&ctx, &right, id, &answer, input.dry_run).await;
            let again = async |kept: Kept| {
                let id = kept.ids.first().copied().map(LeaderGroupId).ok_or(Refusal::new(Code::NotFound))?;
                groups::my_group(&caller.ctx, &right, id).await
            };
            once(context, "answerGroupInvitation", key, sent, run, again).await
        };
        payload(context, outcome.await)
    }

    /// Tells how a benefit or a measure stands for which one answers; the last word counts.
    async fn answer_follow_up(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How it stands.")] input: FollowUpInput,
    ) -> async_graphql::Result<MyLeaderGroupPayload> {
        let caller = Caller::of(context);
        let right = whole(context, caller.oneself())?;
        let outcome = async { groups::answer_follow_up(&caller.ctx, &right, &reply(input)?).await };
        payload(context, outcome.await)
    }
}

fn payload(
    context: &Context<'_>,
    outcome: Result<OwnGroup, varde_app::Error>,
) -> async_graphql::Result<MyLeaderGroupPayload> {
    let right = whole(context, Caller::of(context).oneself())?;
    let (own, errors) = split(context, outcome)?;
    Ok(MyLeaderGroupPayload { leader_group: own.map(|own| MyLeaderGroup::told(own, right.person())), errors })
}
