//! Competence plans of new operative leaders: the items as the two have rated them, and what has been done since.

use sea_orm_migration::{prelude::*, schema::*};

use crate::dsl::{create, index, table, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const ORGANISATION: (&str, &str) = ("organisation_id", "organisation");

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let rules = table(
            "competence_plan_rules",
            [pk_uuid("id"), uuid("organisation_id"), json_binary("definition")],
        );
        let once = [unique("competence_plan_rules", ["organisation_id"])];
        create(manager, "competence_plan_rules", rules, [ORGANISATION], once).await?;

        let plan = table(
            "competence_plan",
            [
                pk_uuid("id"),
                uuid("organisation_id"),
                uuid("appointment_id"),
                uuid("leader_id"),
                // Deadlines count from it.
                date("appointed_on"),
                uuid_null("manager_id"),
                integer("framework"),
                string("state"),
                timestamp_with_time_zone("asked_at"),
                timestamp_with_time_zone_null("assessed_at"),
                timestamp_with_time_zone_null("agreed_at"),
                integer("version"),
            ],
        );
        let refers = [
            ORGANISATION,
            ("appointment_id", "appointment"),
            ("leader_id", "person"),
            ("manager_id", "person"),
        ];
        let found = [
            unique("competence_plan", ["appointment_id"]),
            index("competence_plan", ["organisation_id", "state"]),
            index("competence_plan", ["leader_id"]),
            index("competence_plan", ["manager_id"]),
        ];
        create(manager, "competence_plan", plan, refers, found).await?;

        let entry = table(
            "competence_plan_entry",
            [
                pk_uuid("id"),
                uuid("organisation_id"),
                uuid("plan_id"),
                // An item's key in the framework.
                string("item"),
                string_null("own"),
                string_null("agreed"),
                date_null("done_on"),
                // When a renewed plan asked it anew.
                date_null("asked_on"),
                // How far its deadline has been told of: 0 not, 1 that it draws near, 2 that it has come.
                small_integer("told"),
            ],
        );
        let once = [unique("competence_plan_entry", ["plan_id", "item"])];
        let refers = [ORGANISATION, ("plan_id", "competence_plan")];
        create(manager, "competence_plan_entry", entry, refers, once).await
    }
}
