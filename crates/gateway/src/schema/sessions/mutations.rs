//! Signing in and out, and one's own password.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use secrecy::SecretString;
use varde_app::{
    Error, accounts,
    sessions::{self, Tokens},
};

use crate::schema::{Caller, UserError, errors::split};

/// E-mail address and password.
#[derive(InputObject)]
pub struct SignInInput {
    /// The address of the account.
    email: String,
    /// Its password.
    password: String,
}

/// The refresh token of the last answer.
#[derive(InputObject)]
pub struct RefreshSessionInput {
    /// It serves once: the answer holds its successor. Presented twice, the whole session ends.
    refresh_token: String,
}

/// A session's tokens.
#[derive(SimpleObject)]
pub struct SessionPayload {
    /// The bearer token of requests, for a quarter of an hour: `Authorization: Bearer <token>`.
    access_token: Option<String>,
    /// Gives the next pair, once.
    refresh_token: Option<String>,
    /// When the access token ceases to serve.
    expires_at: Option<DateTime<Utc>>,
    /// What stands in the way.
    errors: Vec<UserError>,
}

/// The present password and the next one.
#[derive(InputObject)]
pub struct ChangePasswordInput {
    /// The present password, asked for again.
    old_password: String,
    /// The next one.
    new_password: String,
}

/// A password for the account behind a link.
#[derive(InputObject)]
pub struct ChoosePasswordInput {
    /// What the link's address ends with.
    token: String,
    /// The password.
    password: String,
}

/// What came of a change of one's own sign-in.
#[derive(SimpleObject)]
pub struct DonePayload {
    /// True when it was done.
    done: bool,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// Mutations of one's own session.
#[derive(Default)]
pub struct SessionMutation;

#[Object]
impl SessionMutation {
    /// Signs in (logg inn). Too many failures make one wait; the refusal says until when.
    async fn sign_in(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Who.")] input: SignInInput,
    ) -> async_graphql::Result<SessionPayload> {
        let caller = Caller::of(context);
        let password = SecretString::from(input.password);
        let tokens = Box::pin(sessions::sign_in(&caller.ctx, &input.email, password, caller.client)).await;
        session(context, tokens)
    }

    /// Exchanges a refresh token for the next pair of tokens.
    async fn refresh_session(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The token.")] input: RefreshSessionInput,
    ) -> async_graphql::Result<SessionPayload> {
        let caller = Caller::of(context);
        session(context, sessions::refresh(&caller.ctx, &input.refresh_token).await)
    }

    /// Ends the session that the access token belongs to (logg ut). Its tokens serve no more.
    async fn sign_out(&self, context: &Context<'_>) -> async_graphql::Result<DonePayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let account = caller.account.as_ref().ok_or(Error::Unauthenticated)?;
            sessions::sign_out(&caller.ctx, &account.viewer).await
        };
        done(context, outcome.await)
    }

    /// Changes one's own password. Every other session of the account ends.
    async fn change_password(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Both passwords.")] input: ChangePasswordInput,
    ) -> async_graphql::Result<DonePayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let account = caller.account.as_ref().ok_or(Error::Unauthenticated)?;
            let (old, new) = (SecretString::from(input.old_password), SecretString::from(input.new_password));
            accounts::change_password(&caller.ctx, &account.viewer, old, new, caller.client).await
        };
        done(context, Box::pin(outcome).await)
    }

    /// Chooses a password by the link that an administrator gave, as the page behind it does.
    async fn choose_password(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The link's token and the password.")] input: ChoosePasswordInput,
    ) -> async_graphql::Result<DonePayload> {
        let caller = Caller::of(context);
        let password = SecretString::from(input.password);
        done(context, Box::pin(accounts::choose_password(&caller.ctx, &input.token, password)).await)
    }
}

fn session(context: &Context<'_>, outcome: Result<Tokens, Error>) -> async_graphql::Result<SessionPayload> {
    let (tokens, errors) = split(context, outcome)?;
    let expires_at = tokens.as_ref().map(|tokens| tokens.expires_at);
    let (access_token, refresh_token) =
        tokens.map(|tokens| (tokens.access_token, tokens.refresh_token)).unzip();
    Ok(SessionPayload { access_token, refresh_token, expires_at, errors })
}

fn done<T>(context: &Context<'_>, outcome: Result<T, Error>) -> async_graphql::Result<DonePayload> {
    let (done, errors) = split(context, outcome)?;
    Ok(DonePayload { done: done.is_some(), errors })
}
