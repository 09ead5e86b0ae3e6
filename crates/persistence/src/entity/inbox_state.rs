use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "inbox_state")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) organisation_id: Uuid,
    pub(crate) item_key: String,
    pub(crate) assigned_to: Option<Uuid>,
    pub(crate) snoozed_until: Option<DateTimeUtc>,
    pub(crate) done_at: Option<DateTimeUtc>,
    pub(crate) done_by: Option<Uuid>,
    pub(crate) note: Option<String>,
    pub(crate) changed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
