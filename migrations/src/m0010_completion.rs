//! What a completed cohort leaves behind: certificates and credits, and the trust's mark on them. What is tried out on the
//! way, and who supports it.

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
        certificates(manager).await?;
        credits(manager).await?;
        logos(manager).await?;
        practice(manager).await?;
        supporters(manager).await
    }
}

const ORGANISATION: (&str, &str) = ("organisation_id", "organisation");

async fn certificates(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let certificate = table(
        "certificate",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("enrolment_id"),
            uuid("person_id"),
            // Whoever checks a certificate knows the code alone, and not which trust it came from.
            string("code"),
            json_binary("says"),
            timestamp_with_time_zone("issued_at"),
            timestamp_with_time_zone_null("revoked_at"),
            integer("version"),
        ],
    );
    create(
        manager,
        "certificate",
        certificate,
        [ORGANISATION, ("enrolment_id", "enrolment"), ("person_id", "person")],
        [
            unique("certificate", ["enrolment_id"]),
            unique("certificate", ["code"]),
            index("certificate", ["organisation_id", "person_id"]),
        ],
    )
    .await
}

async fn credits(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let credits = table(
        "place_credits",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("enrolment_id"),
            uuid("person_id"),
            integer("tenths"),
            // True for what a coordinator wrote down: such an amount stays, whatever becomes of the result.
            boolean("by_hand"),
            timestamp_with_time_zone("recorded_at"),
        ],
    );
    create(
        manager,
        "place_credits",
        credits,
        [ORGANISATION, ("enrolment_id", "enrolment"), ("person_id", "person")],
        [unique("place_credits", ["enrolment_id"]), index("place_credits", ["organisation_id", "person_id"])],
    )
    .await
}

async fn logos(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let logo = table(
        "organisation_logo",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            string("media_type"),
            blob("bytes"),
            timestamp_with_time_zone("changed_at"),
        ],
    );
    create(
        manager,
        "organisation_logo",
        logo,
        [ORGANISATION],
        [unique("organisation_logo", ["organisation_id"])],
    )
    .await
}

async fn practice(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let practice = table(
        "practice_done",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("enrolment_id"),
            // A task's key in the cohort's programme. What it was like is nobody's to keep.
            string("task"),
            timestamp_with_time_zone("done_at"),
        ],
    );
    create(
        manager,
        "practice_done",
        practice,
        [ORGANISATION, ("enrolment_id", "enrolment")],
        [unique("practice_done", ["enrolment_id", "task"])],
    )
    .await
}

async fn supporters(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let supporter = table(
        "supporter",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("enrolment_id"),
            uuid("person_id"),
            timestamp_with_time_zone("since"),
        ],
    );
    create(
        manager,
        "supporter",
        supporter,
        [ORGANISATION, ("enrolment_id", "enrolment"), ("person_id", "person")],
        [unique("supporter", ["enrolment_id"]), index("supporter", ["organisation_id", "person_id"])],
    )
    .await
}
