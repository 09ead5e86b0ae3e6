//! Cycles and check-ins as coordinators see them: who, and how far, without a word of what was written.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use varde_app::check_ins;
use varde_model::{check_in as model, check_in::LeftOut, ids::CheckInId, people::LineManager};

use super::{
    figures::CheckInFigures,
    inputs::CheckInFilterInput,
    labels::{CheckInLeftOutReason, CheckInStateLabel, CycleStateLabel},
};
use crate::{
    relay,
    schema::{
        Caller,
        completion::FetchedFile,
        directory::Unit,
        errors::whole,
        labels::TableFormatLabel,
        loaders::{Loaders, ProgressOf, UnitToday},
        paging::{behind, cursor, page, page_of},
        people::Person,
        scalars::LocalDate,
    },
};

/// A year's cycle of check-ins (årets lederkravsamtaler).
#[derive(Clone, Debug)]
pub struct CheckInCycle(pub(super) model::Cycle);

impl From<model::Cycle> for CheckInCycle {
    fn from(cycle: model::Cycle) -> Self {
        Self(cycle)
    }
}

/// When a cycle reminds and whom it tells. Days are counted from the due date; those before it are negative.
#[derive(Clone, Debug, SimpleObject)]
pub struct CheckInReminding {
    /// Days on which those are reminded of whom something is wanted (påminnelser).
    remind: Vec<i32>,
    /// The day on which line managers are told of leaders who are late.
    tell_line_manager: Option<i32>,
    /// The day on which the coordinators are told how many are late, and where.
    tell_coordinators: Option<i32>,
}

/// How many check-ins stand where.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct CheckInProgress {
    /// All that were opened, without those that ended because somebody left.
    opened: usize,
    /// The leader has given a view.
    leader_done: usize,
    /// The line manager has.
    manager_done: usize,
    /// They have met.
    met: usize,
    /// Both have signed.
    signed: usize,
    /// Not signed, and the due date is past.
    late: usize,
}

impl From<check_ins::Progress> for CheckInProgress {
    fn from(told: check_ins::Progress) -> Self {
        let check_ins::Progress { opened, leader_done, manager_done, met, signed, late } = told;
        Self { opened, leader_done, manager_done, met, signed, late }
    }
}

/// How far a unit has come, with all units below it.
#[derive(Clone, Debug, SimpleObject)]
pub struct CheckInUnitProgress {
    /// The unit.
    unit_id: ID,
    /// What it is called.
    unit_name: String,
    /// How far from the top it lies, 0 for the trust.
    depth: usize,
    /// How many stand where.
    progress: CheckInProgress,
}

page!(
    /// The check-ins of a cycle.
    CheckInConnection, CheckInEdge, CheckIn
);

/// A year's cycle of check-ins (årets lederkravsamtaler).
#[Object]
impl CheckInCycle {
    /// Opaque permanent id.
    pub(crate) async fn id(&self) -> ID {
        relay::encode("CheckInCycle", self.0.id.0)
    }

    /// The trust's own code, such as `2027`.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Where it is in its life.
    async fn state(&self) -> CycleStateLabel {
        self.0.state.into()
    }

    /// From this day on the check-ins are held.
    async fn opens_on(&self) -> LocalDate {
        LocalDate(self.0.opens_on)
    }

    /// By this day both should have signed (frist).
    async fn due_on(&self) -> LocalDate {
        LocalDate(self.0.due_on)
    }

    /// After this day nothing is taken any more.
    async fn closes_on(&self) -> LocalDate {
        LocalDate(self.0.closes_on)
    }

    /// Who has led for fewer days on the opening day joins when they are reached, or next year.
    async fn least_days(&self) -> u32 {
        self.0.least_days.into()
    }

    /// When it reminds and whom it tells.
    async fn reminding(&self) -> CheckInReminding {
        let own = &self.0.reminding;
        CheckInReminding {
            remind: own.remind.iter().map(|day| i32::from(*day)).collect(),
            tell_line_manager: own.tell_line_manager.map(i32::from),
            tell_coordinators: own.tell_coordinators.map(i32::from),
        }
    }

    /// When it was opened.
    async fn opened_at(&self) -> Option<DateTime<Utc>> {
        self.0.opened_at
    }

    /// Counts the changes; an edit states the one it saw.
    async fn version(&self) -> u32 {
        self.0.version
    }

    /// How far the whole trust has come.
    async fn progress(&self, context: &Context<'_>) -> async_graphql::Result<CheckInProgress> {
        Ok(self.come(context).await?.all.into())
    }

    /// How far each unit has come, from the top downwards.
    async fn units(
        &self,
        context: &Context<'_>,
        #[graphql(
            desc = "How far down: 1 is the clinics and staffs, 2 their departments.",
            default = 1,
            validator(maximum = 10)
        )]
        depth: u32,
    ) -> async_graphql::Result<Vec<CheckInUnitProgress>> {
        let come = self.come(context).await?;
        let units = come.units.iter().filter(|unit| unit.depth <= depth as usize);
        let told = |unit: &check_ins::UnitProgress| CheckInUnitProgress {
            unit_id: relay::encode("Unit", unit.unit.0),
            unit_name: unit.name.clone(),
            depth: unit.depth,
            progress: unit.progress.into(),
        };
        Ok(units.map(told).collect())
    }

    /// How far each unit has come, as a table to keep or to send on.
    async fn progress_file(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What kind of file.", default_with = "TableFormatLabel::Xlsx")]
        format: TableFormatLabel,
    ) -> async_graphql::Result<FetchedFile> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let file = check_ins::progress_file(&caller.ctx, &right, &self.0.code, format.into()).await;
        Ok(whole(context, file)?.into())
    }

    /// Who stands where, as a table: a check-in a row, without a rating or a word of what was written.
    async fn check_ins_file(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What kind of file.", default_with = "TableFormatLabel::Xlsx")]
        format: TableFormatLabel,
        #[graphql(desc = "Which; all if left out.")] filter: Option<CheckInFilterInput>,
    ) -> async_graphql::Result<FetchedFile> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let wish = filter.unwrap_or_default().into();
        let file = check_ins::check_ins_file(&caller.ctx, &right, &self.0.code, &wish, format.into()).await;
        Ok(whole(context, file)?.into())
    }

    /// How the leaders stand in each domain, by what they had given when the cycle was first closed; null until then. Nobody
    /// is to be guessed: at least five stand behind each figure, and no two figures tell of fewer.
    async fn figures(&self, context: &Context<'_>) -> async_graphql::Result<Option<CheckInFigures>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let told = whole(context, check_ins::figures(&caller.ctx, &right, &self.0.code).await)?;
        Ok(told.map(CheckInFigures::from))
    }

    /// The check-ins, by the id with which they were opened.
    async fn check_ins(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which; all if left out.")] filter: Option<CheckInFilterInput>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<CheckInConnection> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let page = page_of(caller.locale(), first, after)?;
        let wish = filter.unwrap_or_default().into();
        let from = behind(caller.locale(), &page, ORDER)?.map(CheckInId);
        let found = check_ins::list(&caller.ctx, &right, &self.0, &wish, (from, page.size)).await;
        let found = whole(context, found)?;
        let rows = found.check_ins.into_iter().map(|one| (cursor(ORDER, one.id.0), CheckIn(one))).collect();
        Ok(CheckInConnection::new(rows, &page, found.more, found.total))
    }
}

/// What cursors of check-ins are told by.
const ORDER: &str = "checkIns";

impl CheckInCycle {
    /// How far it has come; of several cycles fetched together.
    async fn come(&self, context: &Context<'_>) -> async_graphql::Result<Arc<check_ins::CycleProgress>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(ProgressOf(self.0.id)).await)?.unwrap_or_default())
    }
}

/// A leader's check-in of a year (lederkravsamtale) as coordinators see it: who, and where it stands.
#[derive(Clone, Debug)]
pub struct CheckIn(pub(super) model::CheckIn);

impl From<model::CheckIn> for CheckIn {
    fn from(one: model::CheckIn) -> Self {
        Self(one)
    }
}

/// A leader's check-in of a year (lederkravsamtale) as coordinators see it: who, and where it stands.
#[Object]
impl CheckIn {
    /// Opaque permanent id.
    pub(crate) async fn id(&self) -> ID {
        relay::encode("CheckIn", self.0.id.0)
    }

    /// Where it stands.
    async fn state(&self) -> CheckInStateLabel {
        self.0.state.into()
    }

    /// The leader.
    async fn leader(&self, context: &Context<'_>) -> async_graphql::Result<Option<Person>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(self.0.leader).await)?.map(Person::from))
    }

    /// The name of who holds it with the leader; null where somebody has to be named first.
    async fn manager_name(&self, context: &Context<'_>) -> async_graphql::Result<Option<String>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(match &self.0.manager {
            Some(LineManager::Person(person)) => {
                whole(context, loaders.one(*person).await)?.map(|person| person.name())
            }
            Some(LineManager::Outside(outsider)) => Some(outsider.name.clone()),
            None => None,
        })
    }

    /// The unit led when it was opened, as it is today.
    async fn unit(&self, context: &Context<'_>) -> async_graphql::Result<Option<Unit>> {
        let loaders = context.data_unchecked::<Loaders>();
        whole(context, loaders.one(UnitToday(self.0.unit)).await)
    }

    /// The version of the framework that the contract was made on.
    async fn framework_version(&self) -> u32 {
        self.0.framework
    }

    /// When the leader gave her or his view.
    async fn leader_gave_at(&self) -> Option<DateTime<Utc>> {
        self.0.given.leader
    }

    /// When the line manager gave hers or his.
    async fn manager_gave_at(&self) -> Option<DateTime<Utc>> {
        self.0.given.manager
    }

    /// The day on which they met.
    async fn met_on(&self) -> Option<LocalDate> {
        self.0.met_on.map(LocalDate)
    }

    /// When the leader signed.
    async fn leader_signed_at(&self) -> Option<DateTime<Utc>> {
        self.0.signed.leader
    }

    /// When the line manager signed.
    async fn manager_signed_at(&self) -> Option<DateTime<Utc>> {
        self.0.signed.manager
    }
}

/// Somebody with a contract who takes no part in a cycle.
#[derive(Clone, Debug, SimpleObject)]
pub struct CheckInLeftOut {
    /// Who.
    person: Option<Person>,
    /// Why.
    reason: CheckInLeftOutReason,
    /// For somebody appointed lately: the day on which she or he has led long enough.
    until: Option<LocalDate>,
    /// Whether she or he joins this cycle on that day; else the next one is the first.
    joins: bool,
}

impl CheckInLeftOut {
    pub(super) fn told(person: Option<Person>, why: LeftOut) -> Self {
        match why {
            LeftOut::LeadsNoMore => {
                Self { person, reason: CheckInLeftOutReason::LeadsNoMore, until: None, joins: false }
            }
            LeftOut::TooNew { until, joins } => {
                let until = Some(LocalDate(until));
                Self { person, reason: CheckInLeftOutReason::TooNew, until, joins }
            }
        }
    }
}
