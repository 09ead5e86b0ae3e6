//! The tenant, its closed days, and what every change leaves behind: audit, safe retries, longer work.

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
        let organisation = table(
            "organisation",
            [
                pk_uuid("id"),
                string("key"),
                string("name"),
                string("time_zone"),
                string("locale"),
                string_null("sender_address"),
                // Where answers to mail go; null is the coordinator of the cohort.
                string_null("reply_to"),
                // False holds every mail back: the state of a restored copy until somebody says otherwise.
                boolean("sending"),
                // Counts the changes of what administrators set.
                integer("version"),
                timestamp_with_time_zone("created_at"),
            ],
        );
        create(manager, "organisation", organisation, [], [unique("organisation", ["key"])]).await?;

        // One row: where this database belongs. A copy that wakes up elsewhere starts with sending off.
        let installation = table(
            "installation",
            [
                pk_uuid("id"),
                string("public_url"),
                // Which file, or which database of which server: what a copy does not share with its original.
                string("lies_at"),
                timestamp_with_time_zone("recorded_at"),
            ],
        );
        create(manager, "installation", installation, [], []).await?;

        let closed_day = table(
            "closed_day",
            [
                pk_uuid("id"),
                uuid("organisation_id"),
                date("day"),
                string("name"),
                timestamp_with_time_zone("created_at"),
            ],
        );
        create(
            manager,
            "closed_day",
            closed_day,
            [("organisation_id", "organisation")],
            [unique("closed_day", ["organisation_id", "day"])],
        )
        .await?;

        let audit_event = table(
            "audit_event",
            [
                pk_uuid("id"),
                uuid("organisation_id"),
                timestamp_with_time_zone("at"),
                // account | person | system | service
                string("actor_kind"),
                uuid_null("actor_id"),
                string("action"),
                string("subject_kind"),
                uuid_null("subject_id"),
                // Ids, states and counts; never a name or an address.
                json_binary("detail"),
            ],
        );
        create(
            manager,
            "audit_event",
            audit_event,
            [("organisation_id", "organisation")],
            [
                index("audit_event", ["organisation_id", "at"]),
                index("audit_event", ["organisation_id", "subject_kind", "subject_id", "at"]),
            ],
        )
        .await?;

        let idempotency = table(
            "idempotency",
            [
                pk_uuid("id"),
                uuid("organisation_id"),
                uuid("account_id"),
                string("key"),
                string("operation"),
                string("input_digest"),
                json_binary("outcome"),
                timestamp_with_time_zone("created_at"),
            ],
        );
        create(
            manager,
            "idempotency",
            idempotency,
            [("organisation_id", "organisation")],
            [unique("idempotency", ["organisation_id", "account_id", "key"])],
        )
        .await?;

        let operation = table(
            "operation",
            [
                pk_uuid("id"),
                uuid("organisation_id"),
                uuid_null("account_id"),
                string("kind"),
                // running | succeeded | failed
                string("state"),
                big_integer("done"),
                big_integer_null("total"),
                json_binary_null("outcome"),
                // interrupted | fault
                string_null("failure"),
                timestamp_with_time_zone("started_at"),
                // The last sign of life while it runs.
                timestamp_with_time_zone("alive_at"),
                timestamp_with_time_zone_null("ended_at"),
            ],
        );
        create(
            manager,
            "operation",
            operation,
            [("organisation_id", "organisation")],
            [
                index("operation", ["organisation_id", "started_at"]),
                index("operation", ["alive_at"]).and_where(Expr::cust("state = 'running'")).to_owned(),
            ],
        )
        .await?;

        // What came of longer work, in pieces: a page of it is read without the rest.
        let operation_part = table(
            "operation_part",
            [
                pk_uuid("id"),
                uuid("organisation_id"),
                uuid("operation_id"),
                // Which list, such as faults.
                string("list"),
                // Which piece of the list, from 0; each but the last holds the same number of rows.
                integer("number"),
                json_binary("rows"),
            ],
        );
        create(
            manager,
            "operation_part",
            operation_part,
            [("organisation_id", "organisation"), ("operation_id", "operation")],
            [
                unique("operation_part", ["operation_id", "list", "number"]),
                index("operation_part", ["organisation_id"]),
            ],
        )
        .await
    }
}
