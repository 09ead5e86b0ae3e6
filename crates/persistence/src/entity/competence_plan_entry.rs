use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "competence_plan_entry")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) organisation_id: Uuid,
    pub(crate) plan_id: Uuid,
    pub(crate) item: String,
    pub(crate) own: Option<String>,
    pub(crate) agreed: Option<String>,
    pub(crate) done_on: Option<Date>,
    pub(crate) asked_on: Option<Date>,
    pub(crate) told: i16,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
