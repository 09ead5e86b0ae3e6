//! A gathering as coordinators see it, with who comes and who came.

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use varde_model::gathering;

use super::{Cohort, blocks::GatheringBlock};
use crate::{
    relay,
    schema::{
        Caller,
        enrolments::Enrolment,
        errors::whole,
        groups::LeaderGroup,
        labels::PresenceLabel,
        loaders::{AnswersOf, AttendanceOf, Loaders},
        reminders::Texts,
        scalars::{LocalDate, LocalTime},
    },
};

/// A gathering (samling): a meeting of a cohort, in themed blocks.
#[derive(Debug, Clone)]
pub struct Gathering(pub(crate) gathering::Gathering);

impl From<gathering::Gathering> for Gathering {
    fn from(gathering: gathering::Gathering) -> Self {
        Self(gathering)
    }
}

/// Whether a leader comes to a gathering.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub struct GatheringReply {
    /// True when the leader comes.
    coming: bool,
    /// When it was said.
    answered_at: DateTime<Utc>,
    #[graphql(skip)]
    enrolment: varde_model::ids::EnrolmentId,
}

impl From<gathering::GatheringAnswer> for GatheringReply {
    fn from(answer: gathering::GatheringAnswer) -> Self {
        Self { coming: answer.coming, answered_at: answer.answered_at, enrolment: answer.enrolment }
    }
}

#[async_graphql::ComplexObject]
impl GatheringReply {
    /// The leader's place.
    async fn enrolment(&self, context: &Context<'_>) -> async_graphql::Result<Option<Enrolment>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(self.enrolment).await)?.map(Enrolment::from))
    }
}

/// A leader's recorded attendance at a gathering (oppmøte).
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub struct AttendanceRecord {
    /// How much of it.
    presence: PresenceLabel,
    /// When it was recorded last.
    recorded_at: DateTime<Utc>,
    #[graphql(skip)]
    enrolment: varde_model::ids::EnrolmentId,
}

impl From<gathering::Attendance> for AttendanceRecord {
    fn from(record: gathering::Attendance) -> Self {
        Self {
            presence: record.presence.into(),
            recorded_at: record.recorded_at,
            enrolment: record.enrolment,
        }
    }
}

#[async_graphql::ComplexObject]
impl AttendanceRecord {
    /// The leader's place.
    async fn enrolment(&self, context: &Context<'_>) -> async_graphql::Result<Option<Enrolment>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(self.enrolment).await)?.map(Enrolment::from))
    }
}

/// A gathering (samling): a meeting of a cohort, in themed blocks.
#[Object]
impl Gathering {
    /// Opaque permanent id.
    pub(crate) async fn id(&self) -> ID {
        relay::encode("Gathering", self.0.id.0)
    }

    /// 1 is the first of the cohort.
    async fn position(&self) -> u32 {
        self.0.position
    }

    /// What it is called, in the caller's language; a title of your own is the same in all of them.
    async fn title(&self, context: &Context<'_>) -> &str {
        self.0.title.get(Caller::of(context).locale())
    }

    /// What it is called in each language.
    async fn titles(&self) -> Texts {
        self.0.title.clone().into()
    }

    /// The local day.
    async fn date(&self) -> LocalDate {
        self.0.date.into()
    }

    /// The local hour it begins.
    async fn starts(&self) -> LocalTime {
        self.0.starts.into()
    }

    /// The local hour it ends.
    async fn ends(&self) -> LocalTime {
        self.0.ends.into()
    }

    /// The zone of date and hours, such as `Europe/Oslo`.
    async fn time_zone(&self) -> &'static str {
        self.0.zone.name()
    }

    /// The instant it begins.
    async fn starts_at(&self) -> DateTime<Utc> {
        self.0.starts_at
    }

    /// The instant it ends.
    async fn ends_at(&self) -> DateTime<Utc> {
        self.0.ends_at
    }

    /// The address or building, where it is not the cohort's.
    async fn place(&self) -> Option<&str> {
        self.0.place.as_deref()
    }

    /// The room.
    async fn room(&self) -> Option<&str> {
        self.0.room.as_deref()
    }

    /// Where it meets on the net, where it is not the cohort's.
    async fn link(&self) -> Option<&str> {
        self.0.link.as_deref()
    }

    /// True when it was called off.
    async fn cancelled(&self) -> bool {
        self.0.cancelled
    }

    /// Why it was called off.
    async fn cancel_reason(&self) -> Option<&str> {
        self.0.cancel_reason.as_deref()
    }

    /// Counts the changes; pass the one you saw when you edit.
    async fn version(&self) -> u32 {
        self.0.version
    }

    /// The module of the programme that it belongs to (modul), by name; null where it belongs to none.
    async fn module(&self, context: &Context<'_>) -> async_graphql::Result<Option<String>> {
        let loaders = context.data_unchecked::<Loaders>();
        let Some(cohort) = whole(context, loaders.one(self.0.cohort).await)? else { return Ok(None) };
        let version = whole(context, loaders.one(cohort.programme_version).await)?;
        let module = version.as_ref().and_then(|own| own.programme.module_at(self.0.position));
        Ok(module.map(|module| module.title.get(Caller::of(context).locale()).to_owned()))
    }

    /// The day's programme, in the caller's language.
    async fn blocks(&self, context: &Context<'_>) -> Vec<GatheringBlock> {
        let locale = Caller::of(context).locale();
        self.0.blocks.iter().map(|block| GatheringBlock::told(block, locale)).collect()
    }

    /// Who has said whether they come.
    async fn replies(&self, context: &Context<'_>) -> async_graphql::Result<Vec<GatheringReply>> {
        let loaders = context.data_unchecked::<Loaders>();
        let answers = whole(context, loaders.one(AnswersOf(self.0.id)).await)?.unwrap_or_default();
        Ok(answers.into_iter().map(GatheringReply::from).collect())
    }

    /// Who was there.
    async fn attendance(&self, context: &Context<'_>) -> async_graphql::Result<Vec<AttendanceRecord>> {
        let loaders = context.data_unchecked::<Loaders>();
        let records = whole(context, loaders.one(AttendanceOf(self.0.id)).await)?.unwrap_or_default();
        Ok(records.into_iter().map(AttendanceRecord::from).collect())
    }

    /// The leader group that meets by itself (ledergruppe); null where the whole cohort meets.
    async fn leader_group(&self, context: &Context<'_>) -> async_graphql::Result<Option<LeaderGroup>> {
        let Some(group) = self.0.group else { return Ok(None) };
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(group).await)?.map(LeaderGroup::from))
    }

    /// The cohort that meets.
    async fn cohort(&self, context: &Context<'_>) -> async_graphql::Result<Option<Cohort>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(self.0.cohort).await)?.map(Cohort))
    }
}
