//! A survey behind a link: its questions while it is open, its figures once they are shown.

use std::{borrow::Cow, collections::BTreeMap};

use chrono::NaiveTime;
use serde_json::json;
use varde_model::{
    catalogue::SurveyQuestion as FormQuestion,
    ids::SurveyId,
    links::Link,
    local_time::{Zoned, instant},
    survey::Given,
};
use varde_persistence::{links, organisations};

use super::{
    closed,
    places::{Course, course},
};
use crate::{
    Ctx, Error, PathPart, Result,
    access::Oneself,
    surveys::{self, MySurvey},
};

/// A survey, as a page shows it.
#[derive(Clone, Debug)]
pub struct SurveyQuestion {
    /// The survey, whether one has answered, and what is shown of it.
    pub own: MySurvey,
    /// What the cohort is a run of, and whom to ask.
    pub course: Course,
}

/// The name of the field in which a question is answered: apart from every other name on the page.
pub fn survey_field(question: &str) -> String {
    format!("question-{question}")
}

/// None for somebody who is not asked any more: what was recorded of the attendance has been corrected.
pub(super) async fn question(ctx: &Ctx, right: &Oneself, id: SurveyId) -> Result<Option<SurveyQuestion>> {
    let Some(own) = surveys::my_survey(ctx, right, id).await? else { return Ok(None) };
    let course = course(ctx, right.org(), &own.cohort).await?;
    Ok(Some(SurveyQuestion { own, course }))
}

/// Keeps what was typed and uses the link up. Of the moment of its use the day is kept: by an hour, one could tell whose
/// the answer was that came then.
pub(super) async fn answer(
    ctx: &Ctx,
    link: &Link,
    right: &Oneself,
    id: SurveyId,
    typed: &BTreeMap<String, String>,
) -> Result<()> {
    let tx = ctx.store().write().await?;
    let organisation = organisations::find(&tx, right.org()).await?;
    let zone = organisation.ok_or_else(|| Error::internal("the organisation of a link is gone"))?.zone;
    let day = instant(Zoned::at(ctx.now, zone).date, NaiveTime::MIN, zone);
    let form = varde_persistence::surveys::find(&tx, right.org(), id).await?.map(|survey| survey.form);
    let given: Vec<Given> =
        form.iter().flat_map(|form| &form.questions).map(|one| given(one, typed)).collect();
    let field = |question: &str| vec![PathPart::Field(Cow::Owned(survey_field(question)))];
    surveys::answer_in(ctx, &tx, right, id, &given, field).await?;
    if !links::use_once(&tx, link.organisation, link.id, json!({ "act": "answered" }), day).await? {
        return Err(closed(link, ctx));
    }
    Ok(tx.commit().await?)
}

/// What was typed for a question. A mark that is no number lies beyond every scale.
fn given(question: &FormQuestion, typed: &BTreeMap<String, String>) -> Given {
    let text = typed.get(&survey_field(&question.key));
    let (score, comment) = match question.scale {
        Some(_) => (text.map(|text| text.parse().unwrap_or(0)), None),
        None => (None, text.cloned()),
    };
    Given { question: question.key.clone(), score, comment }
}
