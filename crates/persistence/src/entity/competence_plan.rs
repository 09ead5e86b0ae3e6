use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "competence_plan")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) organisation_id: Uuid,
    pub(crate) appointment_id: Uuid,
    pub(crate) leader_id: Uuid,
    pub(crate) appointed_on: Date,
    pub(crate) manager_id: Option<Uuid>,
    pub(crate) framework: i32,
    pub(crate) state: String,
    pub(crate) asked_at: DateTimeUtc,
    pub(crate) assessed_at: Option<DateTimeUtc>,
    pub(crate) agreed_at: Option<DateTimeUtc>,
    pub(crate) version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
