use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "enrolment")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) organisation_id: Uuid,
    pub(crate) cohort_id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) state: String,
    pub(crate) queue_number: Option<i64>,
    pub(crate) answer_by: Option<DateTimeUtc>,
    pub(crate) since: DateTimeUtc,
    pub(crate) reason: Option<String>,
    pub(crate) overridden: bool,
    pub(crate) moved_from: Option<Uuid>,
    pub(crate) version: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) leader_group_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
