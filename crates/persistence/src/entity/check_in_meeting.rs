use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "check_in_meeting")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) organisation_id: Uuid,
    pub(crate) check_in_id: Uuid,
    pub(crate) starts_at: DateTimeUtc,
    pub(crate) minutes: i32,
    pub(crate) place: Option<String>,
    pub(crate) link: Option<String>,
    pub(crate) sequence: i32,
    pub(crate) called_off: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
