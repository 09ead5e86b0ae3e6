use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) organisation_id: Uuid,
    pub(crate) employee_number: String,
    pub(crate) given_name: String,
    pub(crate) family_name: String,
    pub(crate) email: String,
    pub(crate) email_key: String,
    pub(crate) search_key: String,
    pub(crate) sort_key: Vec<u8>,
    pub(crate) locale: String,
    pub(crate) locale_chosen: bool,
    pub(crate) profession: Option<String>,
    pub(crate) workplace: Option<String>,
    pub(crate) employed_from: Date,
    pub(crate) employed_to: Option<Date>,
    pub(crate) missing_since: Option<Date>,
    pub(crate) muted: bool,
    pub(crate) created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
