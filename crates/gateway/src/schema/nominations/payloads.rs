//! What the mutations of nominations answer.

use async_graphql::{Context, SimpleObject};
use chrono::{DateTime, Utc};
use varde_app::{
    Error,
    nominations::{Nominated, Outcomes},
};
use varde_model::{enrolment::DevelopmentProject, nominations as model};

use super::{Nomination, NominationRound, own::MyNomination};
use crate::schema::{
    Caller, UserError,
    enrolments::MyMail,
    errors::split,
    mails::{PlannedMail, mails},
    warnings::{Warning, warnings},
};

/// A changed round.
#[derive(Debug, SimpleObject)]
pub struct NominationRoundPayload {
    /// The round as it is now.
    round: Option<NominationRound>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

impl NominationRoundPayload {
    pub(super) fn of(
        context: &Context<'_>,
        outcome: Result<model::NominationRound, Error>,
    ) -> async_graphql::Result<Self> {
        let (round, errors) = split(context, outcome)?;
        Ok(Self { round: round.map(NominationRound), errors })
    }
}

/// A changed nomination.
#[derive(Debug, SimpleObject)]
pub struct NominationPayload {
    /// The nomination as it is now, or would be after a dry run.
    nomination: Option<Nomination>,
    /// The mail that goes out because of the change.
    mails: Vec<PlannedMail>,
    /// What to look at once more: that what was prepared is thrown away.
    warnings: Vec<Warning>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

impl NominationPayload {
    pub(super) fn of(
        context: &Context<'_>,
        outcome: Result<Nominated, Error>,
    ) -> async_graphql::Result<Self> {
        let (done, errors) = split(context, outcome)?;
        let Some(done) = done else {
            return Ok(Self { nomination: None, mails: Vec::new(), warnings: Vec::new(), errors });
        };
        Ok(Self {
            nomination: Some(Nomination(done.nomination)),
            mails: mails(done.mails),
            warnings: warnings(&done.warnings, Caller::of(context).locale()),
            errors,
        })
    }
}

/// The outcomes of a round.
#[derive(Debug, SimpleObject)]
pub struct OutcomesPayload {
    /// The round as it is now, or would be after a dry run. Its nominations hold what was decided.
    round: Option<NominationRound>,
    /// How many are offered a place.
    placed: usize,
    /// How many stand in reserve.
    reserves: usize,
    /// The mail that goes out because of it.
    mails: Vec<PlannedMail>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

impl OutcomesPayload {
    pub(super) fn of(context: &Context<'_>, outcome: Result<Outcomes, Error>) -> async_graphql::Result<Self> {
        let (done, errors) = split(context, outcome)?;
        let Some(done) = done else {
            return Ok(Self { round: None, placed: 0, reserves: 0, mails: Vec::new(), errors });
        };
        let places = || done.nominations.iter().filter_map(|one| one.decision.as_ref()).map(|it| it.place);
        Ok(Self {
            placed: places().filter(|place| *place == model::Place::Seat).count(),
            reserves: places().filter(|place| matches!(place, model::Place::Reserve { .. })).count(),
            round: Some(NominationRound(done.round)),
            mails: mails(done.mails),
            errors,
        })
    }
}

/// A nomination of one's own making, or about oneself.
#[derive(Debug, SimpleObject)]
pub struct MyNominationPayload {
    /// The nomination as it is now, or would be after a dry run.
    pub(super) nomination: Option<MyNomination>,
    /// The letters that go out because of it, whoever gets them.
    pub(super) mails: Vec<MyMail>,
    /// What stands in the way; nothing was changed then.
    pub(super) errors: Vec<UserError>,
}

/// What a panel member said.
#[derive(Debug, SimpleObject)]
pub struct RankNominationsPayload {
    /// How many nominations were ranked.
    pub(super) ranked: usize,
    /// What stands in the way; nothing was changed then.
    pub(super) errors: Vec<UserError>,
}

/// A leader's development project.
#[derive(Debug, SimpleObject)]
pub struct DevelopmentProjectPayload {
    /// The project in the leader's own words.
    pub(super) text: Option<String>,
    /// Counts the changes; pass the one you saw when you change it.
    pub(super) version: Option<u32>,
    /// When it was changed last.
    pub(super) changed_at: Option<DateTime<Utc>>,
    /// What stands in the way; nothing was changed then.
    pub(super) errors: Vec<UserError>,
}

impl DevelopmentProjectPayload {
    pub(super) fn of(
        context: &Context<'_>,
        outcome: Result<DevelopmentProject, Error>,
    ) -> async_graphql::Result<Self> {
        let (project, errors) = split(context, outcome)?;
        let (text, version, changed_at) = project
            .map(|project| (project.text, project.version, project.changed_at))
            .map_or((None, None, None), |(text, version, changed_at)| {
                (Some(text), Some(version), Some(changed_at))
            });
        Ok(Self { text, version, changed_at, errors })
    }
}
