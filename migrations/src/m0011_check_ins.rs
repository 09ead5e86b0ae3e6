//! The framework of requirements in its versions, contracts, and the yearly check-ins. What the two write to each other
//! is sealed before it comes here: columns called `sealed` are read by nobody but them.

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
        contracts(manager).await?;
        check_ins(manager).await?;
        written(manager).await
    }
}

async fn contracts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let version = table(
        "framework_version",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            // 1 is what came with the product when the first contract was made.
            integer("version"),
            json_binary("definition"),
            timestamp_with_time_zone("published_at"),
        ],
    );
    let once = [unique("framework_version", ["organisation_id", "version"])];
    create(manager, "framework_version", version, [ORGANISATION], once).await?;

    let contract = table(
        "contract",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("appointment_id"),
            uuid("person_id"),
            integer("framework"),
            // Null until somebody has told that it is signed.
            date_null("signed_on"),
            // The trust's own reference to the document, such as a case number.
            string_null("document"),
            timestamp_with_time_zone("made_at"),
            // Set when a renewed one takes its place.
            timestamp_with_time_zone_null("replaced_at"),
        ],
    );
    let refers = [ORGANISATION, ("appointment_id", "appointment"), ("person_id", "person")];
    let found = [
        index("contract", ["organisation_id", "replaced_at"]),
        index("contract", ["appointment_id"]),
        index("contract", ["person_id"]),
    ];
    create(manager, "contract", contract, refers, found).await
}

async fn check_ins(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let cycle = table(
        "check_in_cycle",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            string("code"),
            // draft | open | closed
            string("state"),
            date("opens_on"),
            date("due_on"),
            date("closes_on"),
            integer("least_days"),
            json_binary("reminding"),
            timestamp_with_time_zone_null("opened_at"),
            // The first close: figures are of what was given by then, also when more time is given.
            timestamp_with_time_zone_null("closed_at"),
            integer("version"),
        ],
    );
    let code = [unique("check_in_cycle", ["organisation_id", "code"])];
    create(manager, "check_in_cycle", cycle, [ORGANISATION], code).await?;

    let check_in = table(
        "check_in",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("cycle_id"),
            uuid("contract_id"),
            uuid("appointment_id"),
            uuid("leader_id"),
            // What was led when it was opened: reports count by it.
            uuid("unit_id"),
            small_integer("level"),
            // The line manager, or somebody outside the tree: the board's chair.
            uuid_null("manager_id"),
            string_null("outside_name"),
            string_null("outside_email"),
            integer("framework"),
            string("state"),
            timestamp_with_time_zone_null("leader_given_at"),
            timestamp_with_time_zone_null("manager_given_at"),
            date_null("met_on"),
            timestamp_with_time_zone_null("leader_signed_at"),
            timestamp_with_time_zone_null("manager_signed_at"),
            timestamp_with_time_zone_null("ended_at"),
            integer("version"),
        ],
    );
    create(
        manager,
        "check_in",
        check_in,
        [
            ORGANISATION,
            ("cycle_id", "check_in_cycle"),
            ("contract_id", "contract"),
            ("appointment_id", "appointment"),
            ("leader_id", "person"),
            ("unit_id", "unit"),
            ("manager_id", "person"),
        ],
        [
            unique("check_in", ["cycle_id", "leader_id"]),
            index("check_in", ["organisation_id", "cycle_id", "state"]),
            index("check_in", ["leader_id"]),
            index("check_in", ["manager_id"]),
        ],
    )
    .await
}

async fn written(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const CHECK_IN: (&str, &str) = ("check_in_id", "check_in");
    let rating = table(
        "check_in_rating",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("check_in_id"),
            // leader | manager
            string("party"),
            string("requirement"),
            string_null("rating"),
            // The example, or why the requirement does not apply.
            binary_null("sealed"),
            timestamp_with_time_zone("saved_at"),
            // Counts the savings: who saves states the one that was seen.
            integer("version"),
        ],
    );
    let one = [unique("check_in_rating", ["check_in_id", "party", "requirement"])];
    create(manager, "check_in_rating", rating, [ORGANISATION, CHECK_IN], one).await?;

    let action = table(
        "check_in_action",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("check_in_id"),
            // leader | manager
            string("owner"),
            date("due_on"),
            string_null("requirement"),
            string_null("programme"),
            string_null("plan_item"),
            // agreed | under_way | done | dropped
            string("state"),
            // What is to be done, where it is said in own words.
            binary_null("sealed"),
            timestamp_with_time_zone("agreed_at"),
        ],
    );
    create(
        manager,
        "check_in_action",
        action,
        [ORGANISATION, CHECK_IN],
        [index("check_in_action", ["check_in_id"])],
    )
    .await?;

    let addendum = table(
        "check_in_addendum",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("check_in_id"),
            // leader | manager
            string("party"),
            binary("sealed"),
            timestamp_with_time_zone("added_at"),
        ],
    );
    let found = [index("check_in_addendum", ["check_in_id"])];
    create(manager, "check_in_addendum", addendum, [ORGANISATION, CHECK_IN], found).await
}
