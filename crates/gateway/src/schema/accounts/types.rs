//! An account and a program's token as administrators see them.

use async_graphql::{ID, SimpleObject};
use chrono::{DateTime, Utc};
use varde_app::accounts::AccountWithRoles;
use varde_model::account;

use crate::{
    relay,
    schema::{labels::RoleLabel, paging::page, scalars::LocalDate},
};

/// Somebody who signs in (brukerkonto). Need not be employed.
#[derive(Debug, Clone, SimpleObject)]
pub struct Account {
    /// Opaque permanent id.
    #[graphql(owned)]
    pub(crate) id: ID,
    /// The address to sign in with.
    email: String,
    /// The name that colleagues see.
    display_name: String,
    /// The language of its messages: `nb`, `nn` or `en`.
    locale: &'static str,
    /// The employed person behind it, if there is one; look her or him up with `node`.
    person_id: Option<ID>,
    /// Roles granted and holding now; those that follow from the data are not among them.
    granted_roles: Vec<RoleLabel>,
    /// True once a password was chosen.
    has_password: bool,
    /// Since when nobody can sign in with it; null while it is open.
    disabled_at: Option<DateTime<Utc>>,
    /// When it was made.
    created_at: DateTime<Utc>,
}

impl From<AccountWithRoles> for Account {
    fn from(found: AccountWithRoles) -> Self {
        let account = found.account;
        Self {
            id: relay::encode("Account", account.id.0),
            email: account.email,
            display_name: account.display_name,
            locale: account.locale.tag(),
            person_id: account.person.map(|person| relay::encode("Person", person.0)),
            granted_roles: found.roles.into_iter().map(Into::into).collect(),
            has_password: account.has_password,
            disabled_at: account.disabled_at,
            created_at: account.created_at,
        }
    }
}

page!(
    /// Accounts, in the order in which they were made.
    AccountConnection, AccountEdge, Account
);

/// A program's right to call the API in the trust's name (tjenestenøkkel). The token itself is shown once.
#[derive(Debug, Clone, SimpleObject)]
pub struct ServiceToken {
    /// Opaque permanent id.
    #[graphql(owned)]
    pub(crate) id: ID,
    /// What it is for, such as `Power BI`.
    name: String,
    /// What its holder may.
    roles: Vec<RoleLabel>,
    /// The account of the administrator who answers for it; it serves only as long as she or he is one.
    owner_id: ID,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it ceases to serve.
    expires_at: DateTime<Utc>,
    /// When it was taken back.
    revoked_at: Option<DateTime<Utc>>,
    /// The last day (UTC) on which it was used.
    last_used_on: Option<LocalDate>,
}

impl From<account::ServiceToken> for ServiceToken {
    fn from(token: account::ServiceToken) -> Self {
        Self {
            id: relay::encode("ServiceToken", token.id.0),
            name: token.name,
            roles: token.roles.into_iter().map(Into::into).collect(),
            owner_id: relay::encode("Account", token.owner.0),
            created_at: token.created_at,
            expires_at: token.expires_at,
            revoked_at: token.revoked_at,
            last_used_on: token.last_used_on.map(LocalDate),
        }
    }
}

page!(
    /// Tokens of programs, in the order in which they were made.
    ServiceTokenConnection, ServiceTokenEdge, ServiceToken
);
