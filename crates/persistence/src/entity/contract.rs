use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "contract")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) organisation_id: Uuid,
    pub(crate) appointment_id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) framework: i32,
    pub(crate) signed_on: Option<Date>,
    pub(crate) document: Option<String>,
    pub(crate) made_at: DateTimeUtc,
    pub(crate) replaced_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
