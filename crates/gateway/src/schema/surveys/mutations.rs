//! Answering a survey when one is signed in; the page behind the mail's link does the same.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use varde_app::surveys;
use varde_model::survey::Given;

use super::MySurvey;
use crate::schema::{Caller, UserError, errors::split, node::key};

/// An answer to a survey.
#[derive(Debug, InputObject)]
pub struct AnswerSurveyInput {
    /// The survey.
    survey_id: ID,
    /// The answers, one for each question. Every question on a scale must be answered.
    #[graphql(validator(max_items = 50))]
    answers: Vec<SurveyAnswerInput>,
}

/// What one answers to a question.
#[derive(Debug, InputObject)]
pub struct SurveyAnswerInput {
    /// The question's key.
    question: String,
    /// The mark from 1 to 5, for a question on a scale.
    score: Option<u32>,
    /// The answer in one's own words, for a question without a scale; at most 1000 characters.
    comment: Option<String>,
}

/// A survey after one has answered.
#[derive(Debug, SimpleObject)]
pub struct AnswerSurveyPayload {
    /// The survey as it is now.
    survey: Option<MySurvey>,
    /// What stands in the way; nothing was kept then.
    errors: Vec<UserError>,
}

/// Mutations of surveys.
#[derive(Default)]
pub struct SurveyMutation;

#[Object]
impl SurveyMutation {
    /// Answers a survey that one was asked, once. The answer is kept without one's name and cannot be changed.
    async fn answer_survey(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The survey and the answers.")] input: AnswerSurveyInput,
    ) -> async_graphql::Result<AnswerSurveyPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.oneself()?;
            let id = key("Survey", "surveyId", &input.survey_id)?;
            let given = |answer: SurveyAnswerInput| Given {
                question: answer.question,
                score: answer.score,
                comment: answer.comment,
            };
            let given: Vec<Given> = input.answers.into_iter().map(given).collect();
            surveys::answer(&caller.ctx, &right, id, &given).await
        };
        let (own, errors) = split(context, outcome.await)?;
        Ok(AnswerSurveyPayload { survey: own.map(|own| MySurvey::told(own, caller.locale())), errors })
    }
}
