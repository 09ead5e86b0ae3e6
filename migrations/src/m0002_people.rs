//! The organisation's tree and its people, valid in time: first and last day, both included.

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
        units(manager).await?;
        people(manager).await?;
        leading(manager).await
    }
}

async fn units(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let unit = table(
        "unit",
        [pk_uuid("id"), uuid("organisation_id"), string("code"), timestamp_with_time_zone("created_at")],
    );
    create(
        manager,
        "unit",
        unit,
        [("organisation_id", "organisation")],
        [unique("unit", ["organisation_id", "code"])],
    )
    .await?;

    let unit_period = table(
        "unit_period",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("unit_id"),
            string("name"),
            // trust | clinic | department | unit | staff
            string("kind"),
            uuid_null("parent_id"),
            date("valid_from"),
            date_null("valid_to"),
        ],
    );
    create(
        manager,
        "unit_period",
        unit_period,
        [("organisation_id", "organisation"), ("unit_id", "unit"), ("parent_id", "unit")],
        [index("unit_period", ["organisation_id", "unit_id"]), index("unit_period", ["parent_id"])],
    )
    .await
}

async fn people(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let person = table(
        "person",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            string("employee_number"),
            string("given_name"),
            string("family_name"),
            string("email"),
            // Lower case, as addresses are compared.
            string("email_key"),
            // Name and number in lower case without accents, for the search.
            text("search_key"),
            // The name in Norwegian order, compared byte by byte: no database's own order is the same as another's.
            blob("sort_key"),
            string("locale"),
            // True where the person chose it: HR's file does not change it then.
            boolean("locale_chosen"),
            string_null("profession"),
            string_null("workplace"),
            date("employed_from"),
            date_null("employed_to"),
            date_null("missing_since"),
            // True where the person wants only mandatory mail.
            boolean("muted"),
            timestamp_with_time_zone("created_at"),
        ],
    );
    create(
        manager,
        "person",
        person,
        [("organisation_id", "organisation")],
        [
            unique("person", ["organisation_id", "employee_number"]),
            index("person", ["organisation_id", "email_key"]),
            index("person", ["organisation_id", "sort_key"]),
        ],
    )
    .await?;

    let employment = table(
        "employment",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("person_id"),
            uuid("unit_id"),
            string("job_title"),
            date("valid_from"),
            date_null("valid_to"),
        ],
    );
    create(
        manager,
        "employment",
        employment,
        [("organisation_id", "organisation"), ("person_id", "person"), ("unit_id", "unit")],
        [
            index("employment", ["person_id"]),
            index("employment", ["unit_id"]),
            index("employment", ["organisation_id"]),
        ],
    )
    .await
}

async fn leading(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let appointment = table(
        "appointment",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("person_id"),
            uuid("unit_id"),
            small_integer("level"),
            boolean("acting"),
            // Leader since that day as HR states it, kept through a move; valid_from is the first day in this unit.
            date("since"),
            date("valid_from"),
            date_null("valid_to"),
            timestamp_with_time_zone("created_at"),
        ],
    );
    create(
        manager,
        "appointment",
        appointment,
        [("organisation_id", "organisation"), ("person_id", "person"), ("unit_id", "unit")],
        [
            index("appointment", ["person_id"]),
            index("appointment", ["unit_id"]),
            index("appointment", ["organisation_id", "since"]),
            // The last defence against an appointment that is written twice.
            unique("appointment", ["person_id", "unit_id", "since"])
                .and_where(Expr::cust("valid_to IS NULL"))
                .to_owned(),
        ],
    )
    .await?;

    let line_manager_override = table(
        "line_manager_override",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            uuid("person_id"),
            // Either somebody employed, or a name and an address outside the tree.
            uuid_null("manager_id"),
            string_null("outside_name"),
            string_null("outside_email"),
            date("valid_from"),
            date_null("valid_to"),
            timestamp_with_time_zone("created_at"),
        ],
    );
    create(
        manager,
        "line_manager_override",
        line_manager_override,
        [("organisation_id", "organisation"), ("person_id", "person"), ("manager_id", "person")],
        [index("line_manager_override", ["person_id"]), index("line_manager_override", ["organisation_id"])],
    )
    .await
}
