//! What administrators do with the tokens of programs.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use varde_app::{
    Error,
    access::Actor,
    accounts::{self, NewServiceToken},
};
use varde_model::roles::Role;

use super::types::ServiceToken;
use crate::schema::{Caller, UserError, errors::split, labels::RoleLabel, node::key};

/// A new token for a program.
#[derive(InputObject)]
pub struct CreateServiceTokenInput {
    /// What it is for, such as `Power BI`; unique in the trust.
    name: String,
    /// What its holder may: coordinator, administrator.
    roles: Vec<RoleLabel>,
    /// When it ceases to serve, at most 400 days ahead.
    expires_at: DateTime<Utc>,
}

/// A token to take back.
#[derive(InputObject)]
pub struct RevokeServiceTokenInput {
    /// The token.
    service_token_id: ID,
}

/// A new or changed token.
#[derive(SimpleObject)]
pub struct ServiceTokenPayload {
    /// What is kept of it.
    service_token: Option<ServiceToken>,
    /// The token itself, for `Authorization: Bearer`; shown once, when it is made.
    token: Option<String>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// Mutations of the tokens of programs.
#[derive(Default)]
pub struct TokenMutation;

#[Object]
impl TokenMutation {
    /// Makes a token for a program, which the caller answers for.
    async fn create_service_token(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The token.")] input: CreateServiceTokenInput,
    ) -> async_graphql::Result<ServiceTokenPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.administrator()?;
            let Actor::Account(owner) = right.actor() else { return Err(Error::Denied) };
            let roles = input.roles.into_iter().map(Role::from).collect();
            let new = NewServiceToken { name: input.name, roles, expires_at: input.expires_at, owner };
            accounts::create_service_token(&caller.ctx, &right, new).await
        };
        let (issued, errors) = split(context, outcome.await)?;
        let (kept, token) = issued.map(|issued| (issued.kept, issued.token)).unzip();
        Ok(ServiceTokenPayload { service_token: kept.map(ServiceToken::from), token, errors })
    }

    /// Takes a program's token back; it serves no more from the next request on.
    async fn revoke_service_token(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which token.")] input: RevokeServiceTokenInput,
    ) -> async_graphql::Result<ServiceTokenPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.administrator()?;
            let id = key("ServiceToken", "serviceTokenId", &input.service_token_id)?;
            accounts::revoke_service_token(&caller.ctx, &right, id).await
        };
        let (kept, errors) = split(context, outcome.await)?;
        Ok(ServiceTokenPayload { service_token: kept.map(ServiceToken::from), token: None, errors })
    }
}
