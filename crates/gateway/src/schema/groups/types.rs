//! A leader group as coordinators see it.

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use varde_model::{catalogue::GroupRule, groups};

use super::{
    labels::LeaderGroupStateLabel,
    measures::{Measure, told},
};
use crate::{
    relay,
    schema::{
        cohorts::{Cohort, CohortCoordinator, Gathering},
        directory::Unit,
        enrolments::Enrolment,
        errors::whole,
        loaders::{EnrolmentsOf, GatheringsOf, Loaders, MeasuresOf, MembersOf, UnitToday},
        people::Person,
        scalars::LocalDate,
    },
};

/// How leader groups take part in a programme. The levels of its audience are those of the groups' leaders.
#[derive(Debug, Clone, SimpleObject)]
pub struct ProgrammeGroups {
    /// Months after a group's last gathering at which what it agreed on is followed up (oppfølging).
    follow_up_months: Vec<u32>,
    /// True when a group comes with a change that it works on (endringssak).
    change_case: bool,
    /// True when somebody from outside guides each group (prosessveileder).
    facilitator: bool,
    /// True when each group meets by itself (egne samlinger).
    own_gatherings: bool,
}

impl From<GroupRule> for ProgrammeGroups {
    fn from(rule: GroupRule) -> Self {
        let GroupRule { follow_up_months, change_case, facilitator, own_gatherings } = rule;
        Self { follow_up_months, change_case, facilitator, own_gatherings }
    }
}

/// A leader group (ledergruppe) in a cohort: a leader and those who report to that leader, who take part as one.
#[derive(Debug, Clone)]
pub struct LeaderGroup(pub(crate) groups::LeaderGroup);

impl From<groups::LeaderGroup> for LeaderGroup {
    fn from(group: groups::LeaderGroup) -> Self {
        Self(group)
    }
}

/// Somebody from outside who guides a group (prosessveileder).
#[derive(Debug, Clone, SimpleObject)]
pub struct Facilitator {
    /// Full name.
    name: String,
    /// Where she or he works.
    organisation: Option<String>,
    /// How to reach her or him.
    email: Option<String>,
}

impl From<groups::Facilitator> for Facilitator {
    fn from(one: groups::Facilitator) -> Self {
        Self { name: one.name, organisation: one.organisation, email: one.email }
    }
}

/// The change that a group works on (endringssak). The benefits wanted stand among the group's measures.
#[derive(Debug, Clone, SimpleObject)]
pub struct ChangeCase {
    /// What changes.
    what_changes: Option<String>,
    /// Who is touched by it.
    who_is_touched: Option<String>,
}

impl From<groups::ChangeCase> for ChangeCase {
    fn from(case: groups::ChangeCase) -> Self {
        Self { what_changes: case.what_changes, who_is_touched: case.who_is_touched }
    }
}

/// A day on which a group is asked how it stands with what it agreed on.
#[derive(Debug, Clone, SimpleObject)]
pub struct FollowUpDate {
    /// Months after the group's last gathering.
    pub(super) month: u32,
    /// The day, by the gatherings as they are planned now; where nobody is at work on it, the next working day.
    pub(super) date: LocalDate,
}

/// A leader group (ledergruppe) in a cohort: a leader and those who report to that leader, who take part as one.
#[Object]
impl LeaderGroup {
    /// Opaque permanent id.
    pub(crate) async fn id(&self) -> ID {
        relay::encode("LeaderGroup", self.0.id.0)
    }

    /// What it is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Where it stands with its cohort.
    async fn state(&self) -> LeaderGroupStateLabel {
        self.0.state.into()
    }

    /// Since when.
    async fn since(&self) -> DateTime<Utc> {
        self.0.since
    }

    /// Until when its leader may answer.
    async fn answer_by(&self) -> Option<DateTime<Utc>> {
        self.0.answer_by
    }

    /// The reason that was given for the present state, if one was.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// Counts the changes; pass the one you saw when you change it.
    async fn version(&self) -> u32 {
        self.0.version
    }

    /// Who guides it, where somebody from outside does.
    async fn facilitator(&self) -> Option<Facilitator> {
        self.0.facilitator.clone().map(Facilitator::from)
    }

    /// The change that it works on.
    async fn change_case(&self) -> ChangeCase {
        self.0.case.clone().into()
    }

    /// Its leader, who answers on behalf of all.
    async fn leader(&self, context: &Context<'_>) -> async_graphql::Result<Option<Person>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(self.0.leader).await)?.map(Person::from))
    }

    /// The unit that its leader leads, as it is today.
    async fn unit(&self, context: &Context<'_>) -> async_graphql::Result<Option<Unit>> {
        let loaders = context.data_unchecked::<Loaders>();
        whole(context, loaders.one(UnitToday(self.0.unit)).await)
    }

    /// The cohort.
    async fn cohort(&self, context: &Context<'_>) -> async_graphql::Result<Option<Cohort>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(self.0.cohort).await)?.map(Cohort::from))
    }

    /// Who belongs to it, and who was left out, in the order in which they came; at most 60.
    async fn members(&self, context: &Context<'_>) -> async_graphql::Result<Vec<LeaderGroupMember>> {
        let loaders = context.data_unchecked::<Loaders>();
        let members = whole(context, loaders.one(MembersOf(self.0.id)).await)?.unwrap_or_default();
        let of = |member| LeaderGroupMember { member, cohort: self.0.cohort };
        Ok(members.into_iter().map(of).collect())
    }

    /// The gatherings that are for it: its own, and those of the whole cohort.
    async fn gatherings(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Gathering>> {
        let loaders = context.data_unchecked::<Loaders>();
        let all = whole(context, loaders.one(GatheringsOf(self.0.cohort)).await)?.unwrap_or_default();
        let own = all.into_iter().filter(|gathering| gathering.is_for_group(Some(self.0.id)));
        Ok(own.map(Gathering).collect())
    }

    /// What it agreed on: benefits that are wanted and measures, with how they stood when they were followed up; at most 20.
    async fn measures(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Measure>> {
        let loaders = context.data_unchecked::<Loaders>();
        let all = whole(context, loaders.one(MeasuresOf(self.0.id)).await)?.unwrap_or_default();
        Ok(all.into_iter().map(told).collect())
    }

    /// When it is asked how that stands.
    async fn follow_up_dates(&self, context: &Context<'_>) -> async_graphql::Result<Vec<FollowUpDate>> {
        let loaders = context.data_unchecked::<Loaders>();
        let Some(cohort) = whole(context, loaders.one(self.0.cohort).await)? else { return Ok(Vec::new()) };
        let version = whole(context, loaders.one(cohort.programme_version).await)?;
        let gatherings = whole(context, loaders.one(GatheringsOf(cohort.id)).await)?.unwrap_or_default();
        let rule = version.and_then(|version| version.programme.groups).unwrap_or_default();
        let dates = varde_app::groups::follow_up_dates(&rule, &gatherings, self.0.id);
        Ok(dates.into_iter().map(|(month, date)| FollowUpDate { month, date: date.into() }).collect())
    }
}

/// Somebody who belongs to a leader group, or was left out of it.
#[derive(Debug, Clone)]
pub struct LeaderGroupMember {
    pub(super) member: groups::Member,
    pub(super) cohort: varde_model::ids::CohortId,
}

/// Somebody who belongs to a leader group, or was left out of it.
#[Object]
impl LeaderGroupMember {
    /// False for somebody who was left out.
    async fn included(&self) -> bool {
        self.member.included
    }

    /// True when somebody put her or him there, or left her or him out; false for what the tree gave.
    async fn by_hand(&self) -> bool {
        self.member.by_hand
    }

    /// Why, where somebody said so.
    async fn reason(&self) -> Option<&str> {
        self.member.reason.as_deref()
    }

    /// When.
    async fn changed_at(&self) -> DateTime<Utc> {
        self.member.changed_at
    }

    /// Who did it, where it was a coordinator.
    async fn changed_by(&self, context: &Context<'_>) -> async_graphql::Result<Option<CohortCoordinator>> {
        let Some(account) = self.member.changed_by else { return Ok(None) };
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(account).await)?.map(CohortCoordinator::from))
    }

    /// Who.
    async fn person(&self, context: &Context<'_>) -> async_graphql::Result<Option<Person>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(self.member.person).await)?.map(Person::from))
    }

    /// The place in the cohort that came with the group; null before the group has said yes.
    async fn enrolment(&self, context: &Context<'_>) -> async_graphql::Result<Option<Enrolment>> {
        let loaders = context.data_unchecked::<Loaders>();
        let everyone = whole(context, loaders.one(EnrolmentsOf(self.cohort)).await)?.unwrap_or_default();
        let own = everyone
            .into_iter()
            .find(|place| place.person == self.member.person && place.group == Some(self.member.group));
        Ok(own.map(Enrolment))
    }
}
