//! What is to be done: mail on its way, what falls due, and the links that mails carry.

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
        outbox(manager).await?;
        timer(manager).await?;
        link(manager).await
    }
}

async fn outbox(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = table(
        "outbox",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            // person | account
            string("recipient_kind"),
            uuid("recipient_id"),
            string("letter"),
            json_binary("request"),
            boolean("can_wait"),
            string("dedupe_key"),
            // queued | claimed | sending | sent | failed | delivery_unknown | needless
            string("state"),
            string_null("reason"),
            uuid_null("gathered_in"),
            integer("attempts"),
            // Those of them that may have arrived.
            integer("unknown_attempts"),
            // Queued: the next attempt. Claimed or sending: the end of the holder's lease.
            timestamp_with_time_zone("due_at"),
            uuid_null("claimed_by"),
            timestamp_with_time_zone_null("not_after"),
            timestamp_with_time_zone("queued_at"),
            timestamp_with_time_zone_null("sent_at"),
            string_null("error_code"),
            text_null("error_text"),
        ],
    );
    create(
        manager,
        "outbox",
        columns,
        [("organisation_id", "organisation")],
        [
            unique("outbox", ["organisation_id", "dedupe_key"]),
            index("outbox", ["organisation_id", "state", "id"]),
            // What a scheduler looks for stays small however many mails were sent.
            index("outbox", ["due_at"])
                .and_where(Expr::cust("state IN ('queued', 'claimed', 'sending')"))
                .to_owned(),
            // What can wait, and what went out of it today, person by person.
            index("outbox", ["recipient_id", "sent_at"]).and_where(Expr::cust("can_wait")).to_owned(),
        ],
    )
    .await
}

async fn timer(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = table(
        "timer",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            string("kind"),
            json_binary("job"),
            uuid_null("policy_id"),
            uuid_null("appointment_id"),
            uuid_null("enrolment_id"),
            uuid_null("gathering_id"),
            uuid_null("cohort_id"),
            uuid_null("person_id"),
            string("unique_key"),
            timestamp_with_time_zone("due_at"),
            timestamp_with_time_zone_null("latest_at"),
            date("local_date"),
            time("local_time"),
            string("zone"),
            // pending | fired | skipped | cancelled | missed
            string("state"),
            string_null("reason"),
            timestamp_with_time_zone_null("fired_at"),
            integer("attempts"),
            timestamp_with_time_zone_null("locked_until"),
            timestamp_with_time_zone("created_at"),
        ],
    );
    create(
        manager,
        "timer",
        columns,
        [("organisation_id", "organisation")],
        [
            unique("timer", ["organisation_id", "unique_key"]),
            index("timer", ["due_at"]).and_where(Expr::cust("state = 'pending'")).to_owned(),
            index("timer", ["appointment_id"]),
            index("timer", ["enrolment_id"]),
            index("timer", ["gathering_id"]),
            index("timer", ["cohort_id"]),
            index("timer", ["person_id"]),
        ],
    )
    .await
}

async fn link(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = table(
        "link",
        [
            pk_uuid("id"),
            uuid("organisation_id"),
            // invitation | manage | gathering_answer | unsubscribe
            string("purpose"),
            uuid("person_id"),
            json_binary_null("subject"),
            string("subject_key"),
            timestamp_with_time_zone("created_at"),
            timestamp_with_time_zone("expires_at"),
            timestamp_with_time_zone_null("used_at"),
            json_binary_null("outcome"),
            timestamp_with_time_zone_null("revoked_at"),
        ],
    );
    create(
        manager,
        "link",
        columns,
        [("organisation_id", "organisation")],
        [
            // A second mail carries the same link until it was used or taken back.
            unique("link", ["organisation_id", "purpose", "subject_key", "person_id"])
                .and_where(Expr::cust("used_at IS NULL AND revoked_at IS NULL"))
                .to_owned(),
            index("link", ["organisation_id", "person_id"]),
        ],
    )
    .await
}
