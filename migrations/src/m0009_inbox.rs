//! Conflicts of interest with their rules, and what coordinators have done about the items of their inbox.

use sea_orm_migration::{prelude::*, schema::*};

use crate::dsl::{create, index, table, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        conflicts(manager).await?;
        inbox(manager).await
    }
}

const ORGANISATION: (&str, &str) = ("organisation_id", "organisation");

async fn conflicts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let rules = table(
        "conflict_rules",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            // 1 is the trust's first; what comes with the product has no row.
            integer("version"),
            json_binary("definition"),
            timestamp_with_time_zone("published_at"),
        ],
    );
    let once = [unique("conflict_rules", ["organisation_id", "version"])];
    create(manager, "conflict_rules", rules, [ORGANISATION], once).await?;

    let conflict = table(
        "conflict",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            string("constellation"),
            // What the two stand together in: a nomination, say.
            uuid("about_id"),
            uuid("one_id"),
            uuid("other_id"),
            string("relation"),
            timestamp_with_time_zone("found_at"),
            timestamp_with_time_zone_null("settled_at"),
        ],
    );
    let found = [index("conflict", ["organisation_id", "settled_at"])];
    let refers = [ORGANISATION, ("one_id", "person"), ("other_id", "person")];
    create(manager, "conflict", conflict, refers, found).await
}

async fn inbox(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // The items themselves are a question to the data; here stands only what was done about one of them.
    let state = table(
        "inbox_state",
        [
            // Made from the item's key.
            pk_uuid("id"),
            uuid("organisation_id"),
            string("item_key"),
            uuid_null("assigned_to"),
            timestamp_with_time_zone_null("snoozed_until"),
            timestamp_with_time_zone_null("done_at"),
            uuid_null("done_by"),
            string_null("note"),
            timestamp_with_time_zone("changed_at"),
        ],
    );
    let refers = [ORGANISATION, ("assigned_to", "account"), ("done_by", "account")];
    create(manager, "inbox_state", state, refers, [unique("inbox_state", ["organisation_id", "item_key"])])
        .await
}
