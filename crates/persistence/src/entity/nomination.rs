use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "nomination")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) organisation_id: Uuid,
    pub(crate) round_id: Uuid,
    pub(crate) nominee_id: Uuid,
    pub(crate) nominator_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub(crate) motivation: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) project: Option<String>,
    pub(crate) state: String,
    pub(crate) since: DateTimeUtc,
    pub(crate) endorser_id: Option<Uuid>,
    pub(crate) endorser_named: bool,
    pub(crate) endorse_by: Option<DateTimeUtc>,
    pub(crate) endorsed: Option<bool>,
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) endorsement_reason: Option<String>,
    pub(crate) endorsed_by: Option<Uuid>,
    pub(crate) endorsed_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) endorsement_override: Option<String>,
    pub(crate) endorsement_recorded_by: Option<Uuid>,
    pub(crate) endorsement_set_aside: Option<Json>,
    pub(crate) endorsement_in_conflict: Option<bool>,
    pub(crate) decision: Option<Json>,
    pub(crate) moved_up_on: Option<Date>,
    pub(crate) version: i32,
    pub(crate) created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
