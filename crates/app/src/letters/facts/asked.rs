//! The surveys that letters of a batch ask to answer, and who has done so.

use std::collections::HashMap;

use varde_model::{
    ids::{OrganisationId, PersonId, SurveyId},
    survey::{Survey, SurveyInvitation},
};
use varde_persistence::surveys;

use super::wanted::Wanted;
use crate::{Ctx, Result};

/// Surveys by id, and whom they ask.
#[derive(Default)]
pub(in super::super) struct Asked {
    surveys: HashMap<SurveyId, Survey>,
    answered: HashMap<(SurveyId, PersonId), bool>,
}

impl Asked {
    /// Fetches them, and notes their cohorts and leader groups.
    pub(super) async fn fetch(&mut self, ctx: &Ctx, org: OrganisationId, wanted: &mut Wanted) -> Result<()> {
        if wanted.surveys.is_empty() {
            return Ok(());
        }
        let ids: Vec<SurveyId> = wanted.surveys.iter().copied().collect();
        for survey in surveys::find_many(ctx.store(), org, &ids).await? {
            wanted.cohorts.insert(survey.cohort);
            wanted.groups.extend(survey.subject.group());
            self.surveys.insert(survey.id, survey);
        }
        for SurveyInvitation { survey, person, answered } in surveys::invited(ctx.store(), org, &ids).await? {
            self.answered.insert((survey, person), answered);
        }
        Ok(())
    }

    /// One of them.
    pub(in super::super) fn survey(&self, id: SurveyId) -> Option<&Survey> {
        self.surveys.get(&id)
    }

    /// Whether somebody has answered; None for somebody who is not asked.
    pub(in super::super) fn answered(&self, id: SurveyId, person: PersonId) -> Option<bool> {
        self.answered.get(&(id, person)).copied()
    }
}
