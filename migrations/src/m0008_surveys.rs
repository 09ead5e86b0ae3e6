//! Surveys: whom they were sent to, and, apart from that, what was answered.

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
        let survey = table(
            "survey",
            [
                pk_uuid("id"),
                uuid("organisation_id"),
                // What it is about: gathering | cohort
                string("kind"),
                uuid("subject_id"),
                uuid("cohort_id"),
                // The form as it was then.
                json_binary("form"),
                timestamp_with_time_zone("opened_at"),
                timestamp_with_time_zone("closes_at"),
            ],
        );
        let one_about_each = unique("survey", ["kind", "subject_id"]);
        create(
            manager,
            "survey",
            survey,
            [ORGANISATION, ("cohort_id", "cohort")],
            [one_about_each, index("survey", ["cohort_id"])],
        )
        .await?;

        // Without the moment of the answer: nothing here tells which of the answers is whose.
        let invitation = table(
            "survey_invitation",
            [
                pk_uuid("id"),
                uuid("organisation_id"),
                uuid("survey_id"),
                uuid("person_id"),
                boolean("answered"),
            ],
        );
        create(
            manager,
            "survey_invitation",
            invitation,
            [ORGANISATION, ("survey_id", "survey"), ("person_id", "person")],
            [
                unique("survey_invitation", ["survey_id", "person_id"]),
                index("survey_invitation", ["organisation_id", "person_id"]),
            ],
        )
        .await?;

        // One row for each question: the answers of one person are not joined either. Ids are random, not by time.
        let answer = table(
            "survey_answer",
            [
                pk_uuid("id"),
                uuid("organisation_id"),
                uuid("survey_id"),
                string("question"),
                integer_null("score"),
                text_null("comment"),
            ],
        );
        create(
            manager,
            "survey_answer",
            answer,
            [ORGANISATION, ("survey_id", "survey")],
            [index("survey_answer", ["survey_id", "question"])],
        )
        .await
    }
}
