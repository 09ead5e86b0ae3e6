//! What administrators do with accounts.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use secrecy::SecretString;
use varde_app::{
    Code, Error, Refusal,
    accounts::{self, AccountWithRoles, NewAccount, PasswordLink},
    people,
};
use varde_model::roles::Role;

use super::Account;
use crate::schema::{Caller, UserError, errors::split, keys, labels::RoleLabel, node::key};

/// A new account.
#[derive(InputObject)]
pub struct CreateAccountInput {
    /// The address to sign in with; nobody else's, in any trust.
    email: String,
    /// The name that colleagues see.
    display_name: String,
    /// The language of its messages, `nb`, `nn` or `en`; `nb` if left out.
    locale: Option<String>,
    /// The employee number of the person behind it; roles of leaders and line managers follow from her or him.
    employee_number: Option<String>,
    /// Administrator, coordinator or none.
    #[graphql(default)]
    roles: Vec<RoleLabel>,
    /// The password; left out, a link is answered by which its holder chooses it.
    password: Option<String>,
}

/// A role for an account.
#[derive(InputObject)]
pub struct GrantRoleInput {
    /// The account.
    account_id: ID,
    /// Administrator or coordinator.
    role: RoleLabel,
    /// Until when; for good if left out.
    until: Option<DateTime<Utc>>,
}

/// A role to take back.
#[derive(InputObject)]
pub struct RevokeRoleInput {
    /// The account.
    account_id: ID,
    /// Administrator or coordinator.
    role: RoleLabel,
}

/// Which account.
#[derive(InputObject)]
pub struct AccountInput {
    /// The account.
    account_id: ID,
}

/// A changed account.
#[derive(SimpleObject)]
pub struct AccountPayload {
    /// The account as it is now.
    account: Option<Account>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// A new account.
#[derive(SimpleObject)]
pub struct CreateAccountPayload {
    /// The account.
    account: Option<Account>,
    /// The address at which its holder chooses a password, once; whoever has it can choose. Shown only here.
    password_link: Option<String>,
    /// When that address ceases to serve.
    password_link_expires_at: Option<DateTime<Utc>>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// Mutations of accounts.
#[derive(Default)]
pub struct AccountMutation;

#[Object]
impl AccountMutation {
    /// Makes an account (opprett brukerkonto).
    async fn create_account(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The account.")] input: CreateAccountInput,
    ) -> async_graphql::Result<CreateAccountPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.administrator()?;
            let locale = input.locale.as_deref().map(|tag| keys::language("locale", tag)).transpose()?;
            let person = match input.employee_number.as_deref() {
                None => None,
                Some(number) => {
                    let found = people::by_number(&caller.ctx, &caller.coordinator()?, number).await?;
                    Some(found.ok_or(Refusal::new(Code::NotFound).at("employeeNumber"))?.id)
                }
            };
            let new = NewAccount {
                email: input.email,
                display_name: input.display_name,
                locale: locale.unwrap_or_default(),
                person,
                roles: input.roles.into_iter().map(Role::from).collect(),
                password: input.password.map(SecretString::from),
            };
            let roles = new.roles.clone();
            let created = accounts::create_account(&caller.ctx, &right, new).await?;
            Ok((AccountWithRoles { account: created.account, roles }, created.password_link))
        };
        let (created, errors) = split(context, Box::pin(outcome).await)?;
        let (account, link) = created.map_or((None, None), |(account, link)| (Some(account), link));
        Ok(CreateAccountPayload {
            account: account.map(Account::from),
            password_link_expires_at: link.as_ref().map(|link| link.expires_at),
            password_link: link.as_ref().map(|link| address(caller, link)),
            errors,
        })
    }

    /// Makes a link by which an account's holder chooses a new password; an earlier one serves no more.
    async fn create_password_link(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which account.")] input: AccountInput,
    ) -> async_graphql::Result<CreateAccountPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.administrator()?;
            let id = key("Account", "accountId", &input.account_id)?;
            let link = accounts::create_password_link(&caller.ctx, &right, id).await?;
            let account = accounts::find_account(&caller.ctx, &right, id).await?;
            Ok((account, link))
        };
        let (made, errors) = split(context, outcome.await)?;
        let (account, link) = made.map_or((None, None), |(account, link)| (account, Some(link)));
        Ok(CreateAccountPayload {
            account: account.map(Account::from),
            password_link_expires_at: link.as_ref().map(|link| link.expires_at),
            password_link: link.as_ref().map(|link| address(caller, link)),
            errors,
        })
    }

    /// Grants a role from now on (tildel rolle).
    async fn grant_role(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which role, to whom.")] input: GrantRoleInput,
    ) -> async_graphql::Result<AccountPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.administrator()?;
            let id = key("Account", "accountId", &input.account_id)?;
            accounts::grant_role(&caller.ctx, &right, id, input.role.into(), input.until).await
        };
        payload(context, outcome.await)
    }

    /// Takes a role back (fjern rolle). A trust is never left without an administrator.
    async fn revoke_role(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which role, from whom.")] input: RevokeRoleInput,
    ) -> async_graphql::Result<AccountPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.administrator()?;
            let id = key("Account", "accountId", &input.account_id)?;
            accounts::revoke_role(&caller.ctx, &right, id, input.role.into()).await
        };
        payload(context, outcome.await)
    }

    /// Closes an account: nobody signs in with it, and its sessions end (steng brukerkonto).
    async fn disable_account(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which account.")] input: AccountInput,
    ) -> async_graphql::Result<AccountPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.administrator()?;
            accounts::disable_account(&caller.ctx, &right, key("Account", "accountId", &input.account_id)?)
                .await
        };
        payload(context, outcome.await)
    }

    /// Opens a closed account again (åpne brukerkonto).
    async fn enable_account(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which account.")] input: AccountInput,
    ) -> async_graphql::Result<AccountPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.administrator()?;
            accounts::enable_account(&caller.ctx, &right, key("Account", "accountId", &input.account_id)?)
                .await
        };
        payload(context, outcome.await)
    }
}

fn payload(
    context: &Context<'_>,
    outcome: Result<AccountWithRoles, Error>,
) -> async_graphql::Result<AccountPayload> {
    let (account, errors) = split(context, outcome)?;
    Ok(AccountPayload { account: account.map(Account::from), errors })
}

fn address(caller: &Caller, link: &PasswordLink) -> String {
    format!("{}/password/{}", caller.ctx.config().public_url, link.token)
}
