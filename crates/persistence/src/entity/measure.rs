use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "measure")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) organisation_id: Uuid,
    pub(crate) leader_group_id: Uuid,
    pub(crate) kind: String,
    pub(crate) text: String,
    pub(crate) indicator: Option<String>,
    pub(crate) baseline: Option<String>,
    pub(crate) target: Option<String>,
    pub(crate) owner_id: Uuid,
    pub(crate) due_on: Option<Date>,
    pub(crate) version: i32,
    pub(crate) created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
