use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "check_in_cycle")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) organisation_id: Uuid,
    pub(crate) code: String,
    pub(crate) state: String,
    pub(crate) opens_on: Date,
    pub(crate) due_on: Date,
    pub(crate) closes_on: Date,
    pub(crate) least_days: i32,
    pub(crate) reminding: Json,
    pub(crate) opened_at: Option<DateTimeUtc>,
    pub(crate) closed_at: Option<DateTimeUtc>,
    pub(crate) version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
