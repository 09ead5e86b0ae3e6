//! Accounts: who signs in, with which roles, and the tokens of programs. An administrator's work, and one's own
//! password.

mod coordinators;
mod passwords;
mod roles;
mod service_tokens;

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use varde_auth::{LinkKind, check_password};
pub use varde_auth::{MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS};
use varde_model::{
    Locale,
    account::{Account, RoleGrant},
    ids::{AccountId, LinkId, OrganisationId, PersonId},
    people::email_key,
    roles::Role,
};
use varde_persistence::{Tx, accounts, roles as grants, sessions};

pub use coordinators::coordinators;
pub(crate) use coordinators::{who_coordinate, who_run_cohorts};
pub use passwords::{account_of_password_link, change_password, choose_password, create_password_link};
pub use roles::{grant_role, revoke_role};
pub use service_tokens::{
    IssuedServiceToken, MAX_LIFETIME as MAX_SERVICE_TOKEN_LIFETIME, NewServiceToken, count_service_tokens,
    create_service_token, find_service_tokens, list_service_tokens, revoke_service_token,
};

use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::{Actor, Administrator},
    audit::{self, Deed},
    input,
};

/// How long a link by which a password is chosen serves.
pub const PASSWORD_LINK_LIFETIME: TimeDelta = TimeDelta::hours(72);

/// The most characters of a name.
const MAX_NAME_CHARS: usize = 200;

/// The most rows of a list.
const MAX_PAGE: u64 = 100;

/// An account to be made.
#[derive(Debug)]
pub struct NewAccount {
    /// The address to sign in with; nobody else's, in any organisation.
    pub email: String,
    /// The name that colleagues see.
    pub display_name: String,
    /// The language of its messages.
    pub locale: Locale,
    /// The employed person behind it.
    pub person: Option<PersonId>,
    /// Administrator, coordinator or none: the other roles follow from the data.
    pub roles: Vec<Role>,
    /// The password; None makes a link by which its holder chooses it.
    pub password: Option<SecretString>,
}

/// A new account.
#[derive(Debug)]
pub struct CreatedAccount {
    /// The account.
    pub account: Account,
    /// The token of the link by which the password is chosen, where none was given.
    pub password_link: Option<PasswordLink>,
}

/// A link by which an account's password is chosen, once. Whoever has it can choose.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordLink {
    /// What the link's address ends with.
    pub token: String,
    /// When it ceases to serve.
    pub expires_at: DateTime<Utc>,
}

impl std::fmt::Debug for PasswordLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PasswordLink").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// An account with the roles granted to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountWithRoles {
    /// The account.
    pub account: Account,
    /// Roles granted and holding now. Those that follow from the data are not among them.
    pub roles: Vec<Role>,
}

/// Makes an account.
///
/// # Errors
/// An address that is none or is taken, an empty name, a role that is not granted, a weak password, a person of
/// another organisation or with an account already.
pub async fn create_account(ctx: &Ctx, right: &Administrator, new: NewAccount) -> Result<CreatedAccount> {
    let refusals = flaws(&new);
    if !refusals.is_empty() {
        return Err(Error::Refused(refusals));
    }
    let hash = match &new.password {
        Some(password) => {
            Some(ctx.app().sessions().passwords.hash(password.clone(), ctx.random_bytes()).await?)
        }
        None => None,
    };
    let account = Account {
        id: ctx.new_id(),
        organisation: right.org(),
        person: new.person,
        email: new.email.trim().to_owned(),
        display_name: new.display_name.trim().to_owned(),
        locale: new.locale,
        has_password: hash.is_some(),
        disabled_at: None,
        created_at: ctx.now,
    };
    let tx = ctx.store().write().await?;
    if accounts::credentials_by_email(&tx, &account.email).await?.is_some() {
        return Err(Refusal::new(Code::Taken).at("email").into());
    }
    if let Some(person) = new.person
        && !accounts::person_is_free(&tx, right.org(), person).await?
    {
        return Err(Refusal::new(Code::NotFound).at("personId").into());
    }
    insert(&tx, right.org(), &account, hash).await?;
    for role in &new.roles {
        let grant = RoleGrant { account: account.id, role: *role, starts_at: ctx.now, ends_at: None };
        grants::insert(&tx, right.org(), ctx.new_id(), &grant, granted_by(right.actor())).await?;
    }
    let password_link = match new.password {
        Some(_) => None,
        None => Some(write_link(ctx, &tx, right.org(), account.id).await?),
    };
    let detail = json!({ "roles": new.roles, "person": new.person });
    audit::record(ctx, &tx, right.org(), right.actor(), Deed::on("account.create", account.id), detail)
        .await?;
    tx.commit().await?;
    Ok(CreatedAccount { account, password_link })
}

/// Closes an account: nobody signs in with it, and its sessions end. Closing it again changes nothing.
///
/// # Errors
/// [`Code::NotFound`], or [`Code::LastAdministrator`].
pub async fn disable_account(ctx: &Ctx, right: &Administrator, id: AccountId) -> Result<AccountWithRoles> {
    let tx = ctx.store().write().await?;
    let mut account = find(&tx, right.org(), id).await?;
    if account.disabled_at.is_none() {
        roles::keep_an_administrator(ctx, &tx, right.org(), id).await?;
        accounts::set_disabled(&tx, right.org(), id, Some(ctx.now)).await?;
        let because = sessions::Revocation::Disabled;
        let ended = sessions::revoke_all(&tx, right.org(), id, None, because, ctx.now).await?;
        let detail = json!({ "sessions": ended });
        audit::record(ctx, &tx, right.org(), right.actor(), Deed::on("account.disable", id), detail).await?;
        account.disabled_at = Some(ctx.now);
    }
    finish(ctx, tx, account).await
}

/// Opens a closed account again.
///
/// # Errors
/// [`Code::NotFound`].
pub async fn enable_account(ctx: &Ctx, right: &Administrator, id: AccountId) -> Result<AccountWithRoles> {
    let tx = ctx.store().write().await?;
    let mut account = find(&tx, right.org(), id).await?;
    if account.disabled_at.take().is_some() {
        accounts::set_disabled(&tx, right.org(), id, None).await?;
        audit::record(ctx, &tx, right.org(), right.actor(), Deed::on("account.enable", id), json!({}))
            .await?;
    }
    finish(ctx, tx, account).await
}

/// Accounts in the order in which they were made, after the given one: at most `first`, and never above a hundred.
///
/// # Errors
/// The database could not be reached.
pub async fn list_accounts(
    ctx: &Ctx,
    right: &Administrator,
    after: Option<AccountId>,
    first: u64,
) -> Result<Vec<AccountWithRoles>> {
    let page = accounts::page(ctx.store(), right.org(), after, first.min(MAX_PAGE)).await?;
    with_roles(ctx, right, page).await
}

/// Several accounts by id, in no order.
///
/// # Errors
/// The database could not be reached.
pub async fn find_accounts(
    ctx: &Ctx,
    right: &Administrator,
    ids: &[AccountId],
) -> Result<Vec<AccountWithRoles>> {
    let found = accounts::find_many(ctx.store(), right.org(), ids).await?;
    with_roles(ctx, right, found).await
}

async fn with_roles(
    ctx: &Ctx,
    right: &Administrator,
    accounts: Vec<Account>,
) -> Result<Vec<AccountWithRoles>> {
    let ids: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
    let held = grants::current(ctx.store(), right.org(), &ids, ctx.now).await?;
    Ok(accounts
        .into_iter()
        .map(|account| {
            let mut roles: Vec<Role> =
                held.iter().filter(|grant| grant.account == account.id).map(|grant| grant.role).collect();
            roles.sort_unstable();
            roles.dedup();
            AccountWithRoles { account, roles }
        })
        .collect())
}

/// One account; None where the organisation has none of that id.
///
/// # Errors
/// The database could not be reached.
pub async fn find_account(
    ctx: &Ctx,
    right: &Administrator,
    id: AccountId,
) -> Result<Option<AccountWithRoles>> {
    Ok(find_accounts(ctx, right, &[id]).await?.pop())
}

/// The account that signs in with an address; None where the organisation has none.
///
/// # Errors
/// The database could not be reached.
pub async fn find_by_email(ctx: &Ctx, right: &Administrator, email: &str) -> Result<Option<Account>> {
    let found = accounts::credentials_by_email(ctx.store(), email).await?;
    Ok(found.map(|found| found.account).filter(|account| account.organisation == right.org()))
}

/// How many accounts there are.
///
/// # Errors
/// The database could not be reached.
pub async fn count_accounts(ctx: &Ctx, right: &Administrator) -> Result<u64> {
    Ok(accounts::count(ctx.store(), right.org()).await?)
}

/// One's own account.
///
/// # Errors
/// [`Code::NotFound`], which does not happen to one who is signed in.
pub async fn own_account(ctx: &Ctx, viewer: &crate::access::Viewer) -> Result<Account> {
    let found = accounts::find(ctx.store(), viewer.organisation, viewer.account).await?;
    found.ok_or_else(|| Refusal::new(Code::NotFound).into())
}

fn flaws(new: &NewAccount) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    refusals.extend(input::email("email", &new.email).err());
    refusals.extend(input::text("displayName", &new.display_name, MAX_NAME_CHARS).err());
    if new.roles.iter().any(|role| !role.is_granted()) {
        refusals.push(Refusal::new(Code::RoleNotGranted).at("roles"));
    }
    if let Some(password) = &new.password {
        refusals.extend(weak(password, &new.email, "password"));
    }
    refusals
}

/// A refusal where the password is too weak for the account with this address.
fn weak(password: &SecretString, email: &str, field: &'static str) -> Option<Refusal> {
    let flawed = check_password(password.expose_secret(), &email_key(email)).is_err();
    flawed.then(|| {
        Refusal::new(Code::WeakPassword)
            .at(field)
            .with("min", varde_auth::MIN_PASSWORD_CHARS)
            .with("max", varde_auth::MAX_PASSWORD_CHARS)
    })
}

async fn insert(tx: &Tx, org: OrganisationId, account: &Account, hash: Option<String>) -> Result<()> {
    match accounts::insert(tx, org, account, hash).await {
        // Another transaction took the address between the look and the write.
        Err(fault) if fault.is_unique_violation() => Err(Refusal::new(Code::Taken).at("email").into()),
        other => Ok(other?),
    }
}

async fn find(tx: &Tx, org: OrganisationId, id: AccountId) -> Result<Account> {
    accounts::find(tx, org, id).await?.ok_or_else(|| Refusal::new(Code::NotFound).at("accountId").into())
}

/// Commits a change of what an account may, lets go of what was remembered of it, and shows it.
async fn finish(ctx: &Ctx, tx: Tx, account: Account) -> Result<AccountWithRoles> {
    let held = grants::current(&tx, account.organisation, &[account.id], ctx.now).await?;
    tx.commit().await?;
    ctx.app().sessions().cache.forget();
    let mut roles: Vec<Role> = held.into_iter().map(|grant| grant.role).collect();
    roles.sort_unstable();
    roles.dedup();
    Ok(AccountWithRoles { account, roles })
}

async fn write_link(ctx: &Ctx, tx: &Tx, org: OrganisationId, account: AccountId) -> Result<PasswordLink> {
    let link: LinkId = ctx.new_id();
    let expires_at = ctx.now + PASSWORD_LINK_LIFETIME;
    accounts::insert_password_link(tx, org, link, account, ctx.now, expires_at).await?;
    Ok(PasswordLink { token: ctx.keys().links().token(LinkKind::SetPassword, link), expires_at })
}

fn granted_by(actor: Actor) -> Option<AccountId> {
    if let Actor::Account(account) = actor { Some(account) } else { None }
}
