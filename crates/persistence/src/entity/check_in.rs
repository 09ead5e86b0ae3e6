use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "check_in")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) organisation_id: Uuid,
    pub(crate) cycle_id: Uuid,
    pub(crate) contract_id: Uuid,
    pub(crate) appointment_id: Uuid,
    pub(crate) leader_id: Uuid,
    pub(crate) unit_id: Uuid,
    pub(crate) level: i16,
    pub(crate) manager_id: Option<Uuid>,
    pub(crate) outside_name: Option<String>,
    pub(crate) outside_email: Option<String>,
    pub(crate) framework: i32,
    pub(crate) state: String,
    pub(crate) leader_given_at: Option<DateTimeUtc>,
    pub(crate) manager_given_at: Option<DateTimeUtc>,
    pub(crate) met_on: Option<Date>,
    pub(crate) leader_signed_at: Option<DateTimeUtc>,
    pub(crate) manager_signed_at: Option<DateTimeUtc>,
    pub(crate) ended_at: Option<DateTimeUtc>,
    pub(crate) version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
