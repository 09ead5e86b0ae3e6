//! Who signs in: accounts, granted roles, sessions with their refresh tokens, service tokens.
//!
//! No secret lies here: passwords are argon2id hashes, tokens SHA-256 digests, links are made from a key.

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
        let account = table(
            "account",
            [
                pk_uuid("id"),
                uuid("organisation_id"),
                uuid_null("person_id"),
                string("email"),
                string("email_normalised"),
                string("display_name"),
                string("locale"),
                // Null until a password was chosen: nobody signs in before that.
                string_null("password_hash"),
                timestamp_with_time_zone_null("disabled_at"),
                timestamp_with_time_zone("created_at"),
            ],
        );
        create(
            manager,
            "account",
            account,
            [("organisation_id", "organisation"), ("person_id", "person")],
            [
                // People sign in with their address alone, so it is unique over all organisations.
                unique("account", ["email_normalised"]),
                unique("account", ["person_id"]),
                index("account", ["organisation_id", "id"]),
            ],
        )
        .await?;

        let role_grant = table(
            "role_grant",
            [
                pk_uuid("id"),
                uuid("organisation_id"),
                uuid("account_id"),
                // administrator | coordinator
                string("role"),
                timestamp_with_time_zone("starts_at"),
                timestamp_with_time_zone_null("ends_at"),
                // Null: the machine's operator.
                uuid_null("granted_by"),
            ],
        );
        create(
            manager,
            "role_grant",
            role_grant,
            [("organisation_id", "organisation"), ("account_id", "account")],
            [index("role_grant", ["account_id"]), index("role_grant", ["organisation_id", "role"])],
        )
        .await?;

        let session = table(
            "session",
            [
                pk_uuid("id"),
                uuid("organisation_id"),
                uuid("account_id"),
                timestamp_with_time_zone("created_at"),
                timestamp_with_time_zone("expires_at"),
                timestamp_with_time_zone_null("revoked_at"),
                // signed_out | reused | password_changed | disabled
                string_null("revoked_because"),
            ],
        );
        create(
            manager,
            "session",
            session,
            [("organisation_id", "organisation"), ("account_id", "account")],
            [index("session", ["account_id"]), index("session", ["expires_at"])],
        )
        .await?;

        let refresh_token = table(
            "refresh_token",
            [
                pk_uuid("id"),
                uuid("organisation_id"),
                uuid("session_id"),
                binary("digest"),
                timestamp_with_time_zone("issued_at"),
                timestamp_with_time_zone_null("used_at"),
                uuid_null("replaced_by"),
            ],
        );
        create(
            manager,
            "refresh_token",
            refresh_token,
            [("organisation_id", "organisation"), ("session_id", "session")],
            [unique("refresh_token", ["digest"]), index("refresh_token", ["session_id"])],
        )
        .await?;

        // Keyed by a keyed digest of an address typed in or of a network address: neither can be read from it. Of no
        // organisation, because an address that nobody has is throttled like any other.
        let sign_in_throttle = table(
            "sign_in_throttle",
            [
                pk_uuid("id"),
                integer("failures"),
                timestamp_with_time_zone("last_attempt_at"),
                timestamp_with_time_zone_null("blocked_until"),
            ],
        );
        create(
            manager,
            "sign_in_throttle",
            sign_in_throttle,
            [],
            [index("sign_in_throttle", ["last_attempt_at"])],
        )
        .await?;

        let password_link = table(
            "password_link",
            [
                pk_uuid("id"),
                uuid("organisation_id"),
                uuid("account_id"),
                timestamp_with_time_zone("created_at"),
                timestamp_with_time_zone("expires_at"),
                timestamp_with_time_zone_null("used_at"),
            ],
        );
        create(
            manager,
            "password_link",
            password_link,
            [("organisation_id", "organisation"), ("account_id", "account")],
            [index("password_link", ["account_id"])],
        )
        .await?;

        let service_token = table(
            "service_token",
            [
                pk_uuid("id"),
                uuid("organisation_id"),
                // The administrator who answers for it; it serves only as long as she or he is one.
                uuid("owner_id"),
                string("name"),
                binary("digest"),
                // A list of roles.
                json_binary("roles"),
                timestamp_with_time_zone("created_at"),
                timestamp_with_time_zone("expires_at"),
                timestamp_with_time_zone_null("revoked_at"),
                date_null("last_used_on"),
            ],
        );
        create(
            manager,
            "service_token",
            service_token,
            [("organisation_id", "organisation"), ("owner_id", "account")],
            [unique("service_token", ["digest"]), unique("service_token", ["organisation_id", "name"])],
        )
        .await
    }
}
