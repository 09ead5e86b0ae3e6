use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "check_in_action")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) organisation_id: Uuid,
    pub(crate) check_in_id: Uuid,
    pub(crate) owner: String,
    pub(crate) due_on: Date,
    pub(crate) requirement: Option<String>,
    pub(crate) programme: Option<String>,
    pub(crate) plan_item: Option<String>,
    pub(crate) state: String,
    pub(crate) sealed: Option<Vec<u8>>,
    pub(crate) agreed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
