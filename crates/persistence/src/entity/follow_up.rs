use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "follow_up")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) organisation_id: Uuid,
    pub(crate) leader_group_id: Uuid,
    pub(crate) measure_id: Uuid,
    pub(crate) month: i32,
    pub(crate) asked_id: Option<Uuid>,
    pub(crate) asked_at: Option<DateTimeUtc>,
    pub(crate) escalated_at: Option<DateTimeUtc>,
    pub(crate) standing: Option<String>,
    pub(crate) figure: Option<String>,
    pub(crate) comment: Option<String>,
    pub(crate) answered_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
