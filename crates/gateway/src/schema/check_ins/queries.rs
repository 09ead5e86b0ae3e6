//! Queries about check-ins.

use async_graphql::{Context, ID, Object};
use varde_app::{Error, check_ins};

use super::{
    cycles::CheckInCycle,
    mine::{MyCheckIn, MyCheckInConversation},
    thread::ProgrammeServing,
};
use crate::schema::{Caller, errors::whole, node::key};

/// Queries of coordinators.
#[derive(Default)]
pub struct CheckInQuery;

#[Object]
impl CheckInQuery {
    /// The years' cycles of check-ins (lederkravsamtaler), the latest first. For coordinators.
    async fn check_in_cycles(&self, context: &Context<'_>) -> async_graphql::Result<Vec<CheckInCycle>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let found = whole(context, check_ins::cycles(&caller.ctx, &right).await)?;
        Ok(found.into_iter().map(CheckInCycle).collect())
    }

    /// The cycle with a code; null where there is none. For coordinators.
    async fn check_in_cycle(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The cycle's code, such as `2027`.")] code: String,
    ) -> async_graphql::Result<Option<CheckInCycle>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        Ok(whole(context, check_ins::cycle(&caller.ctx, &right, &code).await)?.map(CheckInCycle))
    }

    /// Which requirements (lederkrav) a programme serves, module by module, and how the ratings of those who completed it moved
    /// from one yearly check-in to the next. For coordinators.
    async fn programme_serves(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The programme's key, such as `onboarding`.")] programme: String,
    ) -> async_graphql::Result<ProgrammeServing> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let found = whole(context, check_ins::programme_serves(&caller.ctx, &right, &programme).await)?;
        Ok(ProgrammeServing::told(found, caller.locale()))
    }
}

/// Check-ins at the most that one call lists: a line manager holds a dozen a year.
const MOST: usize = 100;

/// Queries of the two who hold a check-in.
#[derive(Default)]
pub struct OwnCheckInQuery;

#[Object]
impl OwnCheckInQuery {
    /// The check-ins that one holds (mine lederkravsamtaler), as the leader or as the line manager: the latest hundred.
    async fn my_check_ins(&self, context: &Context<'_>) -> async_graphql::Result<Vec<MyCheckIn>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.oneself())?;
        let found = whole(context, check_ins::mine(&caller.ctx, &right, MOST).await)?;
        Ok(found.into_iter().map(|(one, cycle)| MyCheckIn::told(&one, &cycle, right.person())).collect())
    }

    /// A check-in that one holds, with what was written: the own view, the other's once both have given theirs, and what
    /// was agreed; null for one that one does not hold. Confidential between the two.
    async fn my_check_in(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
    ) -> async_graphql::Result<Option<MyCheckInConversation>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.oneself())?;
        let read = async {
            let right = check_ins::hold(&caller.ctx, &right, key("CheckIn", "checkInId", &id)?).await?;
            Ok((right, check_ins::conversation(&caller.ctx, &right).await?))
        };
        match read.await {
            // Whether there is one that somebody else holds is not told.
            Err(Error::Refused(_)) => Ok(None),
            read => {
                let (right, held) = whole(context, read)?;
                Ok(Some(MyCheckInConversation::told(right, held, caller.locale())))
            }
        }
    }
}
