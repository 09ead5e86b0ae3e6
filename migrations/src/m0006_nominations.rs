//! Rounds of nominations, what a panel said of them, and the development projects that follow a place.

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
        rounds(manager).await?;
        nominations(manager).await?;
        projects(manager).await?;
        timers(manager).await
    }
}

const ORGANISATION: (&str, &str) = ("organisation_id", "organisation");

async fn rounds(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let round = table(
        "nomination_round",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("cohort_id"),
            string("code"),
            string("state"),
            timestamp_with_time_zone("opens_at"),
            timestamp_with_time_zone("closes_at"),
            timestamp_with_time_zone("endorse_by"),
            integer("quota"),
            integer("reserves"),
            // Ties that were settled by hand: few, and read and written as one.
            json_binary("settled"),
            // Why the outcomes were prepared before all of the panel had ranked.
            text_null("ballots_override"),
            integer("version"),
            timestamp_with_time_zone("created_at"),
            timestamp_with_time_zone("changed_at"),
        ],
    );
    create(
        manager,
        "nomination_round",
        round,
        [ORGANISATION, ("cohort_id", "cohort")],
        [
            unique("nomination_round", ["organisation_id", "code"]),
            // One round gives a cohort's places.
            unique("nomination_round", ["cohort_id"]),
        ],
    )
    .await?;

    let member = table(
        "panel_member",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("round_id"),
            uuid("person_id"),
            timestamp_with_time_zone_null("ranked_at"),
        ],
    );
    create(
        manager,
        "panel_member",
        member,
        [ORGANISATION, ("round_id", "nomination_round"), ("person_id", "person")],
        [
            unique("panel_member", ["round_id", "person_id"]),
            index("panel_member", ["organisation_id", "person_id"]),
        ],
    )
    .await
}

async fn nominations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let nomination = table(
        "nomination",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("round_id"),
            uuid("nominee_id"),
            uuid("nominator_id"),
            text("motivation"),
            text_null("project"),
            string("state"),
            timestamp_with_time_zone("since"),
            uuid_null("endorser_id"),
            boolean("endorser_named"),
            timestamp_with_time_zone_null("endorse_by"),
            boolean_null("endorsed"),
            text_null("endorsement_reason"),
            uuid_null("endorsed_by"),
            timestamp_with_time_zone_null("endorsed_at"),
            // Why a coordinator took it late or in the line manager's place.
            text_null("endorsement_override"),
            uuid_null("endorsement_recorded_by"),
            // The line manager's own answer, where a coordinator set it aside.
            json_binary_null("endorsement_set_aside"),
            boolean_null("endorsement_in_conflict"),
            json_binary_null("decision"),
            date_null("moved_up_on"),
            integer("version"),
            timestamp_with_time_zone("created_at"),
        ],
    );
    create(
        manager,
        "nomination",
        nomination,
        [
            ORGANISATION,
            ("round_id", "nomination_round"),
            ("nominee_id", "person"),
            ("nominator_id", "person"),
            ("endorser_id", "person"),
            ("endorsed_by", "person"),
            ("endorsement_recorded_by", "account"),
        ],
        [
            unique("nomination", ["round_id", "nominee_id"]),
            index("nomination", ["organisation_id", "nominee_id"]),
            index("nomination", ["organisation_id", "nominator_id"]),
            index("nomination", ["organisation_id", "endorser_id"]),
        ],
    )
    .await?;

    let rank = table(
        "nomination_rank",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("round_id"),
            uuid("member_id"),
            uuid("nomination_id"),
            integer("position"),
        ],
    );
    create(
        manager,
        "nomination_rank",
        rank,
        [
            ORGANISATION,
            ("round_id", "nomination_round"),
            ("member_id", "person"),
            ("nomination_id", "nomination"),
        ],
        [unique("nomination_rank", ["round_id", "member_id", "nomination_id"])],
    )
    .await
}

async fn projects(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let project = table(
        "development_project",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("enrolment_id"),
            text("text"),
            integer("version"),
            timestamp_with_time_zone("changed_at"),
        ],
    );
    create(
        manager,
        "development_project",
        project,
        [ORGANISATION, ("enrolment_id", "enrolment")],
        [unique("development_project", ["enrolment_id"])],
    )
    .await
}

/// What falls due about a nomination is found by it.
async fn timers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let column = Table::alter().table("timer").add_column(uuid_null("nomination_id")).to_owned();
    manager.alter_table(column).await?;
    manager.create_index(index("timer", ["nomination_id"])).await
}
