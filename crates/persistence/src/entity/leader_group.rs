use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "leader_group")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) organisation_id: Uuid,
    pub(crate) cohort_id: Uuid,
    pub(crate) unit_id: Uuid,
    pub(crate) leader_id: Uuid,
    pub(crate) name: String,
    pub(crate) state: String,
    pub(crate) answer_by: Option<DateTimeUtc>,
    pub(crate) since: DateTimeUtc,
    pub(crate) reason: Option<String>,
    pub(crate) facilitator_name: Option<String>,
    pub(crate) facilitator_organisation: Option<String>,
    pub(crate) facilitator_email: Option<String>,
    pub(crate) what_changes: Option<String>,
    pub(crate) who_is_touched: Option<String>,
    pub(crate) version: i32,
    pub(crate) created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
