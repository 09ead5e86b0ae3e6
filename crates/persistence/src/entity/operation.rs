use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "operation")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) organisation_id: Uuid,
    pub(crate) account_id: Option<Uuid>,
    pub(crate) kind: String,
    pub(crate) state: String,
    pub(crate) done: i64,
    pub(crate) total: Option<i64>,
    pub(crate) outcome: Option<Json>,
    pub(crate) failure: Option<String>,
    pub(crate) started_at: DateTimeUtc,
    pub(crate) alive_at: DateTimeUtc,
    pub(crate) ended_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
