//! An answer: kept without whoever gave it, in the transaction that notes that she or he has answered.

use std::borrow::Cow;

use serde_json::json;
use varde_model::{
    catalogue::{HIGHEST, LOWEST},
    ids::SurveyId,
    survey::{self, AnswerFault, Given, LONGEST_COMMENT},
};
use varde_persistence::{Tx, surveys};

use super::{MySurvey, my_survey};
use crate::{
    Code, Ctx, Error, PathPart, Refusal, Result,
    access::{Actor, Oneself},
    audit::{self, Deed},
};

/// Answers a survey that one was asked.
///
/// # Errors
/// Refused: one was not asked, has answered already, it is closed, or an answer does not hold; all of them are told.
pub async fn answer(ctx: &Ctx, right: &Oneself, id: SurveyId, given: &[Given]) -> Result<MySurvey> {
    let at = |question: &str| {
        let index = given.iter().position(|one| one.question == question);
        let row =
            index.map(PathPart::Index).unwrap_or_else(|| PathPart::Field(Cow::Owned(question.to_owned())));
        vec!["answers".into(), row]
    };
    let tx = ctx.store().write().await?;
    answer_in(ctx, &tx, right, id, given, at).await?;
    tx.commit().await?;
    my_survey(ctx, right, id).await?.ok_or_else(|| Refusal::new(Code::NotFound).into())
}

/// The same within the transaction that uses a link up. `at` says where in the input a question stands.
pub(crate) async fn answer_in(
    ctx: &Ctx,
    tx: &Tx,
    right: &Oneself,
    id: SurveyId,
    given: &[Given],
    at: impl Fn(&str) -> Vec<PathPart>,
) -> Result<()> {
    let unknown = || Error::from(Refusal::new(Code::NotFound).at("surveyId"));
    let (org, person) = (right.org(), right.person());
    let found = surveys::find(tx, org, id).await?.ok_or_else(unknown)?;
    let invitation = surveys::of_person_in(tx, org, id, person).await?.ok_or_else(unknown)?;
    if invitation.answered {
        return Err(Refusal::new(Code::SurveyAnswered).into());
    }
    if found.is_closed(ctx.now) {
        return Err(Refusal::new(Code::AnswerTooLate).into());
    }
    let answers = survey::checked(&found.form, given).map_err(|faults| {
        let told = |(question, fault): (String, AnswerFault)| refused(fault).under(&at(&question));
        Error::Refused(faults.into_iter().map(told).collect())
    })?;
    if !surveys::mark_answered(tx, org, id, person).await? {
        return Err(Refusal::new(Code::SurveyAnswered).into());
    }
    // Ids by time would tell which answers came together.
    let rows: Vec<_> = answers.into_iter().map(|answer| (ctx.timeless_id(), answer)).collect();
    surveys::put_answers(tx, org, id, &rows).await?;
    // That one came, and not from whom.
    audit::record(ctx, tx, org, Actor::System, Deed::on("survey.answer", id), json!({})).await
}

fn refused(fault: AnswerFault) -> Refusal {
    match fault {
        AnswerFault::Missing => Refusal::new(Code::Required),
        AnswerFault::Unknown => Refusal::new(Code::NotFound),
        AnswerFault::Twice => Refusal::new(Code::NamedTwice),
        AnswerFault::NotOnScale => Refusal::new(Code::OutOfRange).with("least", LOWEST).with("most", HIGHEST),
        AnswerFault::NotAText | AnswerFault::Unreadable => Refusal::new(Code::Invalid).with("hint", ""),
        AnswerFault::TooLong => Refusal::new(Code::TooLong).with("max", LONGEST_COMMENT),
    }
}
