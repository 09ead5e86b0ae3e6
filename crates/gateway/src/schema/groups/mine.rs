//! A leader group as its members see it.

use async_graphql::{ID, SimpleObject};
use chrono::{DateTime, Utc};
use varde_app::groups::OwnGroup;
use varde_model::groups::{FollowUp, Measure};

use super::{
    labels::{LeaderGroupStateLabel, MeasureKindLabel, StandingLabel},
    types::{ChangeCase, Facilitator},
};
use crate::{relay, schema::scalars::LocalDate};

/// A leader group that one belongs to.
#[derive(Debug, Clone, SimpleObject)]
pub struct MyLeaderGroup {
    /// Opaque permanent id of the group.
    #[graphql(owned)]
    pub(crate) id: ID,
    /// The group's id, for `answerGroupInvitation`.
    leader_group_id: ID,
    /// What it is called.
    name: String,
    /// Where it stands with its cohort.
    state: LeaderGroupStateLabel,
    /// Until when its leader may answer.
    answer_by: Option<DateTime<Utc>>,
    /// The cohort's code.
    cohort_code: String,
    /// What the cohort is called.
    cohort_title: String,
    /// The name of its leader.
    leader_name: String,
    /// The names of its members.
    member_names: Vec<String>,
    /// Who guides it, where somebody from outside does.
    facilitator: Option<Facilitator>,
    /// The change that it works on.
    change_case: ChangeCase,
    /// What it agreed on.
    measures: Vec<MyMeasure>,
}

/// What one's leader group agreed on.
#[derive(Debug, Clone, SimpleObject)]
pub struct MyMeasure {
    /// Its id, for `answerFollowUp`.
    measure_id: ID,
    /// A benefit or a measure.
    kind: MeasureKindLabel,
    /// What it is.
    text: String,
    /// What it is measured by.
    indicator: Option<String>,
    /// Where the indicator stood before.
    baseline: Option<String>,
    /// Where it is to be.
    target: Option<String>,
    /// By when it is to be done.
    due: Option<LocalDate>,
    /// The name of whoever answers for it.
    owner_name: String,
    /// True when that is oneself.
    is_mine: bool,
    /// How it stood, by month.
    follow_ups: Vec<MyFollowUp>,
}

/// How a measure of one's leader group stood.
#[derive(Debug, Clone, SimpleObject)]
pub struct MyFollowUp {
    /// Months after the group's last gathering.
    month: u32,
    /// Where it stood; null as long as nobody has answered.
    standing: Option<StandingLabel>,
    /// Where the indicator stood.
    figure: Option<String>,
    /// What there was to be said of it.
    comment: Option<String>,
    /// When it was answered.
    answered_at: Option<DateTime<Utc>>,
}

impl From<FollowUp> for MyFollowUp {
    fn from(one: FollowUp) -> Self {
        let month = one.month;
        let Some(answer) = one.answer else {
            return Self { month, standing: None, figure: None, comment: None, answered_at: None };
        };
        Self {
            month,
            standing: Some(answer.standing.into()),
            figure: answer.figure,
            comment: answer.comment,
            answered_at: Some(answer.at),
        }
    }
}

impl MyLeaderGroup {
    /// The group as one of its members sees it.
    pub(crate) fn told(own: OwnGroup, reader: varde_model::ids::PersonId) -> Self {
        let OwnGroup { group, cohort, members, measures, names } = own;
        let name = |id| names.get(&id).cloned().unwrap_or_default();
        let measure = |(one, follow_ups): (Measure, Vec<FollowUp>)| MyMeasure {
            measure_id: relay::encode("Measure", one.id.0),
            kind: one.kind.into(),
            owner_name: name(one.owner),
            is_mine: one.owner == reader,
            text: one.text,
            indicator: one.indicator,
            baseline: one.baseline,
            target: one.target,
            due: one.due.map(LocalDate::from),
            follow_ups: follow_ups.into_iter().map(MyFollowUp::from).collect(),
        };
        Self {
            id: relay::encode("LeaderGroup", group.id.0),
            leader_group_id: relay::encode("LeaderGroup", group.id.0),
            leader_name: name(group.leader),
            member_names: members.into_iter().map(name).collect(),
            measures: measures.into_iter().map(measure).collect(),
            name: group.name,
            state: group.state.into(),
            answer_by: group.answer_by,
            cohort_code: cohort.code,
            cohort_title: cohort.title,
            facilitator: group.facilitator.map(Facilitator::from),
            change_case: group.case.into(),
        }
    }
}
