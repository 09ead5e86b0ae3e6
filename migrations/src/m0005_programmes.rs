//! Programmes with their reminder policies, and what a cohort consists of.

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
        programmes(manager).await?;
        cohorts(manager).await?;
        enrolments(manager).await
    }
}

const ORGANISATION: (&str, &str) = ("organisation_id", "organisation");

async fn programmes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let programme = table(
        "programme",
        [pk_uuid("id"), uuid("organisation_id"), string("key"), timestamp_with_time_zone("created_at")],
    );
    create(
        manager,
        "programme",
        programme,
        [ORGANISATION],
        [unique("programme", ["organisation_id", "key"])],
    )
    .await?;

    let version = table(
        "programme_version",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("programme_id"),
            integer("version"),
            string("digest"),
            json_binary("definition"),
            // True for a version that the trust wrote itself: the product's catalogue leaves such a programme alone.
            boolean("own"),
            timestamp_with_time_zone("published_at"),
        ],
    );
    create(
        manager,
        "programme_version",
        version,
        [ORGANISATION, ("programme_id", "programme")],
        [unique("programme_version", ["programme_id", "version"])],
    )
    .await?;

    let policy = table(
        "reminder_policy",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            string("key"),
            string("programme_key"),
            integer("version"),
            boolean("active"),
            string("digest"),
            json_binary("definition"),
            // Anchors before this instant are not reminded of: a new policy is not retroactive.
            timestamp_with_time_zone("effective_from"),
            timestamp_with_time_zone("changed_at"),
        ],
    );
    create(
        manager,
        "reminder_policy",
        policy,
        [ORGANISATION],
        [unique("reminder_policy", ["organisation_id", "key"])],
    )
    .await
}

async fn cohorts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let cohort = table(
        "cohort",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("programme_id"),
            uuid("programme_version_id"),
            string("code"),
            string("title"),
            string("state"),
            integer("capacity"),
            string_null("place"),
            string_null("link"),
            integer("answer_days"),
            integer("hold_hours"),
            integer("cutoff_hours"),
            string_null("cancel_reason"),
            integer("version"),
            timestamp_with_time_zone("created_at"),
            timestamp_with_time_zone("changed_at"),
        ],
    );
    create(
        manager,
        "cohort",
        cohort,
        [ORGANISATION, ("programme_id", "programme"), ("programme_version_id", "programme_version")],
        [unique("cohort", ["organisation_id", "code"]), index("cohort", ["organisation_id", "state"])],
    )
    .await?;

    let coordinator = table(
        "cohort_coordinator",
        [pk_uuid("id"), uuid("organisation_id"), uuid("cohort_id"), uuid("account_id")],
    );
    create(
        manager,
        "cohort_coordinator",
        coordinator,
        [ORGANISATION, ("cohort_id", "cohort"), ("account_id", "account")],
        [unique("cohort_coordinator", ["cohort_id", "account_id"])],
    )
    .await?;

    let gathering = table(
        "gathering",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("cohort_id"),
            integer("position"),
            json_binary("title"),
            // The local date, hours and zone are what was agreed; the instants follow from them.
            date("local_date"),
            time("local_start"),
            time("local_end"),
            string("zone"),
            timestamp_with_time_zone("starts_at"),
            timestamp_with_time_zone("ends_at"),
            string_null("place"),
            string_null("room"),
            string_null("link"),
            boolean("cancelled"),
            integer("sequence"),
            integer("version"),
            json_binary("blocks"),
            // When and where it was before it moved last: what the mail about the move tells.
            json_binary_null("former"),
            string_null("cancel_reason"),
        ],
    );
    create(
        manager,
        "gathering",
        gathering,
        [ORGANISATION, ("cohort_id", "cohort")],
        [
            unique("gathering", ["cohort_id", "position"]),
            index("gathering", ["organisation_id", "starts_at"]),
        ],
    )
    .await
}

async fn enrolments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let enrolment = table(
        "enrolment",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("cohort_id"),
            uuid("person_id"),
            string("state"),
            big_integer_null("queue_number"),
            timestamp_with_time_zone_null("answer_by"),
            timestamp_with_time_zone("since"),
            string_null("reason"),
            boolean("overridden"),
            // The cohort that a coordinator moved the leader from.
            uuid_null("moved_from"),
            integer("version"),
            timestamp_with_time_zone("created_at"),
        ],
    );
    create(
        manager,
        "enrolment",
        enrolment,
        [ORGANISATION, ("cohort_id", "cohort"), ("person_id", "person")],
        [
            unique("enrolment", ["cohort_id", "person_id"]),
            index("enrolment", ["cohort_id", "state"]),
            index("enrolment", ["organisation_id", "person_id"]),
        ],
    )
    .await?;

    let answer = table(
        "gathering_answer",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("gathering_id"),
            uuid("enrolment_id"),
            boolean("coming"),
            timestamp_with_time_zone("answered_at"),
        ],
    );
    create(
        manager,
        "gathering_answer",
        answer,
        [ORGANISATION, ("gathering_id", "gathering"), ("enrolment_id", "enrolment")],
        [
            unique("gathering_answer", ["gathering_id", "enrolment_id"]),
            index("gathering_answer", ["enrolment_id"]),
        ],
    )
    .await?;

    let attendance = table(
        "attendance",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("gathering_id"),
            uuid("enrolment_id"),
            string("presence"),
            timestamp_with_time_zone("recorded_at"),
        ],
    );
    create(
        manager,
        "attendance",
        attendance,
        [ORGANISATION, ("gathering_id", "gathering"), ("enrolment_id", "enrolment")],
        [unique("attendance", ["gathering_id", "enrolment_id"]), index("attendance", ["enrolment_id"])],
    )
    .await
}
