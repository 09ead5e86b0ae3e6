//! The surveys that one was asked oneself.

use async_graphql::{Context, Object};
use varde_app::surveys;

use super::MySurvey;
use crate::schema::{Caller, errors::whole};

/// Queries about surveys.
#[derive(Default)]
pub struct SurveyQuery;

#[Object]
impl SurveyQuery {
    /// The surveys that one was asked, the latest 50 at most, newest first: to answer, and to see what came of them.
    async fn my_surveys(&self, context: &Context<'_>) -> async_graphql::Result<Vec<MySurvey>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.oneself())?;
        let own = whole(context, surveys::mine(&caller.ctx, &right).await)?;
        Ok(own.into_iter().map(|own| MySurvey::told(own, caller.locale())).collect())
    }
}
