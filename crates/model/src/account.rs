//! Who signs in: accounts, the roles granted to them, and the tokens of programs.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    Locale,
    ids::{AccountId, OrganisationId, PersonId, ServiceTokenId},
    roles::Role,
};

/// Somebody who signs in. Need not be employed; where she or he is, the person stands behind the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Permanent id.
    pub id: AccountId,
    /// The one organisation it belongs to.
    pub organisation: OrganisationId,
    /// The employed person behind it.
    pub person: Option<PersonId>,
    /// The address to sign in with, as it was written.
    pub email: String,
    /// The name that colleagues see.
    pub display_name: String,
    /// The language of its messages.
    pub locale: Locale,
    /// True once a password was chosen.
    pub has_password: bool,
    /// Since when nobody can sign in with it.
    pub disabled_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// A role given to an account, for a period that includes its start and not its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleGrant {
    /// The account.
    pub account: AccountId,
    /// Administrator or coordinator.
    pub role: Role,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when; None is open.
    pub ends_at: Option<DateTime<Utc>>,
}

/// A program's right to call the API in an organisation's name. The token itself is shown once and not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceToken {
    /// Permanent id.
    pub id: ServiceTokenId,
    /// The administrator who answers for it.
    pub owner: AccountId,
    /// What it is for, such as `Power BI`.
    pub name: String,
    /// What its holder may.
    pub roles: Vec<Role>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ceases to serve.
    pub expires_at: DateTime<Utc>,
    /// When it was taken back.
    pub revoked_at: Option<DateTime<Utc>>,
    /// The last day (UTC) on which it was used.
    pub last_used_on: Option<NaiveDate>,
}
