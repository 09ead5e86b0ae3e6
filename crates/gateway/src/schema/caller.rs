//! Who asks, and in which language: made once for each operation.

use std::net::IpAddr;

use async_graphql::{Context, Data};
use futures_util::{FutureExt, future::BoxFuture};
use secrecy::{ExposeSecret as _, SecretString};
use varde_app::{
    App, Ctx, Error,
    access::{Administrator, Coordinator, Oneself, SignedIn},
    sessions::{AuthenticatedAccount, authenticate},
    texts::text,
};
use varde_model::Locale;

use super::{loaders::Loaders, own::Own};
use crate::http::{self, Authenticate, Refusal};

/// The caller of one operation.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The moment and the means.
    pub ctx: Ctx,
    /// Who is signed in.
    pub account: Option<AuthenticatedAccount>,
    /// The address of the connection.
    pub client: Option<IpAddr>,
    /// The id of the request, under which a fault is logged.
    pub request_id: String,
    /// What was presented, to be asked anew by what goes on after the call.
    bearer: Option<SecretString>,
}

impl Caller {
    /// The caller of the operation that a resolver runs in.
    pub fn of<'a>(context: &'a Context<'_>) -> &'a Caller {
        context.data_unchecked::<Caller>()
    }

    fn viewer(&self) -> Result<&varde_app::access::Viewer, Error> {
        self.account.as_ref().map(|account| &account.viewer).ok_or(Error::Unauthenticated)
    }

    /// The right to run cohorts.
    ///
    /// # Errors
    /// Not signed in, or without the role.
    pub fn coordinator(&self) -> Result<Coordinator, Error> {
        self.viewer()?.coordinator()
    }

    /// The right to run cohorts as it stands at this moment, for what goes on after the call: the session may have
    /// ended since, the role been taken back.
    ///
    /// # Errors
    /// As [`Caller::coordinator`], or the database could not be asked.
    pub async fn coordinator_still(&self) -> Result<Coordinator, Error> {
        let bearer = self.bearer.as_ref().ok_or(Error::Unauthenticated)?;
        let now = self.ctx.app().context(self.ctx.locale);
        authenticate(&now, bearer.expose_secret()).await?.viewer.coordinator()
    }

    /// The right to manage accounts and settings.
    ///
    /// # Errors
    /// Not signed in, or without the role.
    pub fn administrator(&self) -> Result<Administrator, Error> {
        self.viewer()?.administrator()
    }

    /// The right over what is one's own.
    ///
    /// # Errors
    /// Not signed in, or an account without a person behind it.
    pub fn oneself(&self) -> Result<Oneself, Error> {
        self.viewer()?.oneself()
    }

    /// The right of everybody who is signed in.
    ///
    /// # Errors
    /// Not signed in.
    pub fn signed_in(&self) -> Result<SignedIn, Error> {
        Ok(self.viewer()?.signed_in())
    }

    /// The language of messages and labels.
    pub fn locale(&self) -> Locale {
        self.ctx.locale
    }
}

/// Turns a bearer token into a [`Caller`].
#[derive(Debug, Clone)]
pub struct AppAuthenticate {
    app: App,
}

impl AppAuthenticate {
    /// For an application.
    pub fn new(app: App) -> Self {
        Self { app }
    }
}

impl Authenticate for AppAuthenticate {
    fn authenticate<'a>(&'a self, caller: http::Caller<'a>) -> BoxFuture<'a, Result<Data, Refusal>> {
        async move {
            let asked = wanted_language(caller.headers);
            let mut ctx = self.app.context(asked.unwrap_or_default());
            let (account, bearer) = match caller.authorization {
                None => (None, None),
                Some(header) => {
                    let bearer = header.strip_prefix("Bearer ").or_else(|| header.strip_prefix("bearer "));
                    let bearer = bearer
                        .ok_or_else(|| Refusal::unauthenticated(text(ctx.locale, "access-no-bearer")))?
                        .trim();
                    let account = authenticate(&ctx, bearer).await;
                    let account = account.map_err(|error| refusal(&error, ctx.locale))?;
                    (Some(account), Some(SecretString::from(bearer)))
                }
            };
            if let (None, Some(account)) = (asked, &account) {
                ctx.locale = account.locale;
            }
            let mut data = Data::default();
            data.insert(Loaders::new(&ctx, account.as_ref()));
            data.insert(Own::default());
            data.insert(Caller {
                ctx,
                account,
                client: caller.peer,
                request_id: caller.request_id.to_string(),
                bearer,
            });
            Ok(data)
        }
        .boxed()
    }

    fn is_for_anyone(&self, field: &str) -> bool {
        matches!(field, "signIn" | "refreshSession" | "choosePassword")
    }
}

fn refusal(error: &Error, locale: Locale) -> Refusal {
    match error {
        Error::Fault(_) | Error::Internal(_) => {
            tracing::error!(%error, "a token could not be checked");
            Refusal::unavailable(text(locale, "access-token-unchecked"))
        }
        _ => Refusal::unauthenticated(text(locale, "access-token-spent")),
    }
}

/// The first language of `Accept-Language` that the product speaks.
fn wanted_language(headers: &axum::http::HeaderMap) -> Option<Locale> {
    let header = headers.get(axum::http::header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    header.split(',').find_map(|part| Locale::from_tag(part.split(';').next()?))
}
