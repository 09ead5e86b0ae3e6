use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) organisation_id: Uuid,
    pub(crate) recipient_kind: String,
    pub(crate) recipient_id: Uuid,
    pub(crate) letter: String,
    pub(crate) request: Json,
    pub(crate) can_wait: bool,
    pub(crate) dedupe_key: String,
    pub(crate) state: String,
    pub(crate) reason: Option<String>,
    pub(crate) gathered_in: Option<Uuid>,
    pub(crate) attempts: i32,
    pub(crate) unknown_attempts: i32,
    pub(crate) due_at: DateTimeUtc,
    pub(crate) claimed_by: Option<Uuid>,
    pub(crate) not_after: Option<DateTimeUtc>,
    pub(crate) queued_at: DateTimeUtc,
    pub(crate) sent_at: Option<DateTimeUtc>,
    pub(crate) error_code: Option<String>,
    pub(crate) error_text: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
