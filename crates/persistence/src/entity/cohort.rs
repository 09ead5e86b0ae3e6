use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "cohort")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) organisation_id: Uuid,
    pub(crate) programme_id: Uuid,
    pub(crate) programme_version_id: Uuid,
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) state: String,
    pub(crate) capacity: i32,
    pub(crate) place: Option<String>,
    pub(crate) link: Option<String>,
    pub(crate) answer_days: i32,
    pub(crate) hold_hours: i32,
    pub(crate) cutoff_hours: i32,
    pub(crate) cancel_reason: Option<String>,
    pub(crate) version: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) changed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
