//! What leaders said of a gathering, and who was there.

use async_graphql::{Context, SimpleObject};
use chrono::{DateTime, Utc};
use varde_model::gathering;

use crate::schema::{enrolments::Enrolment, errors::whole, labels::PresenceLabel, loaders::Loaders};

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
