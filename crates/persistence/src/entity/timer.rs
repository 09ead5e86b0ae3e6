use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "timer")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) organisation_id: Uuid,
    pub(crate) kind: String,
    pub(crate) job: Json,
    pub(crate) policy_id: Option<Uuid>,
    pub(crate) appointment_id: Option<Uuid>,
    pub(crate) enrolment_id: Option<Uuid>,
    pub(crate) gathering_id: Option<Uuid>,
    pub(crate) nomination_id: Option<Uuid>,
    pub(crate) cohort_id: Option<Uuid>,
    pub(crate) person_id: Option<Uuid>,
    pub(crate) unique_key: String,
    pub(crate) due_at: DateTimeUtc,
    pub(crate) latest_at: Option<DateTimeUtc>,
    pub(crate) local_date: Date,
    pub(crate) local_time: Time,
    pub(crate) zone: String,
    pub(crate) state: String,
    pub(crate) reason: Option<String>,
    pub(crate) fired_at: Option<DateTimeUtc>,
    pub(crate) attempts: i32,
    pub(crate) locked_until: Option<DateTimeUtc>,
    pub(crate) created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
