use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "gathering")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) organisation_id: Uuid,
    pub(crate) cohort_id: Uuid,
    pub(crate) position: i32,
    pub(crate) title: Json,
    pub(crate) local_date: Date,
    pub(crate) local_start: Time,
    pub(crate) local_end: Time,
    pub(crate) zone: String,
    pub(crate) starts_at: DateTimeUtc,
    pub(crate) ends_at: DateTimeUtc,
    pub(crate) place: Option<String>,
    pub(crate) room: Option<String>,
    pub(crate) link: Option<String>,
    pub(crate) cancelled: bool,
    pub(crate) sequence: i32,
    pub(crate) version: i32,
    pub(crate) blocks: Json,
    pub(crate) former: Option<Json>,
    pub(crate) cancel_reason: Option<String>,
    pub(crate) leader_group_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
