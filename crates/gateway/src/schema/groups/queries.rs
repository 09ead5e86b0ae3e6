//! Leader groups as they are looked up.

use async_graphql::{Context, ID, Object, SimpleObject};
use varde_model::ids::LeaderGroupId;

use super::{
    measures::{FollowUp, Measure, told},
    mine::MyLeaderGroup,
    types::LeaderGroup,
};
use crate::{
    relay,
    schema::{Caller, errors::whole},
};

/// Rows of the list of overdue follow-ups at the most.
const MOST: u64 = 100;

/// A follow-up that the coordinators wait for.
#[derive(Debug, SimpleObject)]
pub struct OverdueFollowUp {
    /// The group.
    leader_group: LeaderGroup,
    /// The measure.
    measure: Measure,
    /// Since when, and who was asked.
    follow_up: FollowUp,
}

/// Queries of leader groups.
#[derive(Default)]
pub struct LeaderGroupQuery;

#[Object]
impl LeaderGroupQuery {
    /// The leader group with this id, or null where there is none (ledergruppe).
    async fn leader_group(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The id.")] id: ID,
    ) -> async_graphql::Result<Option<LeaderGroup>> {
        let outcome = async {
            let caller = Caller::of(context);
            let right = caller.coordinator()?;
            match relay::decode_as("LeaderGroup", &id).map(LeaderGroupId) {
                Some(id) => varde_app::groups::find(&caller.ctx, &right, id).await,
                None => Ok(None),
            }
        };
        Ok(whole(context, outcome.await)?.map(LeaderGroup::from))
    }

    /// What leader groups have not answered for two weeks, the longest first; at most 100 (oppfølging uten svar).
    async fn overdue_follow_ups(&self, context: &Context<'_>) -> async_graphql::Result<Vec<OverdueFollowUp>> {
        let outcome = async {
            let caller = Caller::of(context);
            varde_app::groups::overdue(&caller.ctx, &caller.coordinator()?, MOST).await
        };
        let row = |one: varde_app::groups::MeasureOverdue| OverdueFollowUp {
            leader_group: one.group.into(),
            measure: told(one.measure),
            follow_up: FollowUp(one.follow_up),
        };
        Ok(whole(context, outcome.await)?.into_iter().map(row).collect())
    }

    /// The leader groups that one belongs to, oldest first.
    async fn my_leader_groups(&self, context: &Context<'_>) -> async_graphql::Result<Vec<MyLeaderGroup>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.oneself())?;
        let own = whole(context, varde_app::groups::mine(&caller.ctx, &right).await)?;
        Ok(own.into_iter().map(|group| MyLeaderGroup::told(group, right.person())).collect())
    }
}
