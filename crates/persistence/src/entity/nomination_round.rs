use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "nomination_round")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) organisation_id: Uuid,
    pub(crate) cohort_id: Uuid,
    pub(crate) code: String,
    pub(crate) state: String,
    pub(crate) opens_at: DateTimeUtc,
    pub(crate) closes_at: DateTimeUtc,
    pub(crate) endorse_by: DateTimeUtc,
    pub(crate) quota: i32,
    pub(crate) reserves: i32,
    pub(crate) settled: Json,
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) ballots_override: Option<String>,
    pub(crate) version: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) changed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
