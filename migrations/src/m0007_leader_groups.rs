//! Leader groups that take part in cohorts as one, what they agree on, and how that is followed up.

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
        groups(manager).await?;
        measures(manager).await?;
        for belongs in ["enrolment", "gathering"] {
            // SQLite adds no foreign key to a table that stands.
            let column = Table::alter().table(belongs).add_column(uuid_null("leader_group_id")).to_owned();
            manager.alter_table(column).await?;
            manager.create_index(index(belongs, ["leader_group_id"])).await?;
        }
        Ok(())
    }
}

const ORGANISATION: (&str, &str) = ("organisation_id", "organisation");
const GROUP: (&str, &str) = ("leader_group_id", "leader_group");

async fn groups(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let group = table(
        "leader_group",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("cohort_id"),
            uuid("unit_id"),
            uuid("leader_id"),
            string("name"),
            string("state"),
            timestamp_with_time_zone_null("answer_by"),
            timestamp_with_time_zone("since"),
            string_null("reason"),
            string_null("facilitator_name"),
            string_null("facilitator_organisation"),
            string_null("facilitator_email"),
            string_null("what_changes"),
            string_null("who_is_touched"),
            integer("version"),
            timestamp_with_time_zone("created_at"),
        ],
    );
    create(
        manager,
        "leader_group",
        group,
        [ORGANISATION, ("cohort_id", "cohort"), ("unit_id", "unit"), ("leader_id", "person")],
        [unique("leader_group", ["cohort_id", "unit_id"]), index("leader_group", ["leader_id"])],
    )
    .await?;

    let member = table(
        "leader_group_member",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("leader_group_id"),
            uuid("person_id"),
            boolean("included"),
            // False for whom the tree gave; then looking at the tree once more may change it.
            boolean("by_hand"),
            string_null("reason"),
            uuid_null("changed_by"),
            timestamp_with_time_zone("changed_at"),
        ],
    );
    create(
        manager,
        "leader_group_member",
        member,
        [ORGANISATION, GROUP, ("person_id", "person"), ("changed_by", "account")],
        [
            unique("leader_group_member", ["leader_group_id", "person_id"]),
            index("leader_group_member", ["organisation_id", "person_id"]),
        ],
    )
    .await
}

async fn measures(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let measure = table(
        "measure",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("leader_group_id"),
            string("kind"),
            string("text"),
            string_null("indicator"),
            string_null("baseline"),
            string_null("target"),
            uuid("owner_id"),
            date_null("due_on"),
            integer("version"),
            timestamp_with_time_zone("created_at"),
        ],
    );
    create(
        manager,
        "measure",
        measure,
        [ORGANISATION, GROUP, ("owner_id", "person")],
        [index("measure", ["leader_group_id"]), index("measure", ["owner_id"])],
    )
    .await?;

    let follow_up = table(
        "follow_up",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("leader_group_id"),
            uuid("measure_id"),
            // Months after the group's last gathering.
            integer("month"),
            // Who was asked: the owner, or the group's leader where the owner has left.
            uuid_null("asked_id"),
            timestamp_with_time_zone_null("asked_at"),
            timestamp_with_time_zone_null("escalated_at"),
            string_null("standing"),
            string_null("figure"),
            string_null("comment"),
            timestamp_with_time_zone_null("answered_at"),
        ],
    );
    create(
        manager,
        "follow_up",
        follow_up,
        [ORGANISATION, GROUP, ("measure_id", "measure"), ("asked_id", "person")],
        [
            unique("follow_up", ["measure_id", "month"]),
            index("follow_up", ["leader_group_id"]),
            index("follow_up", ["organisation_id", "escalated_at"]),
        ],
    )
    .await
}
