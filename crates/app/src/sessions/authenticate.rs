//! Who stands behind a bearer token.

use varde_auth::SERVICE_TOKEN_PREFIX;
use varde_model::{
    Locale,
    ids::{OrganisationId, PersonId, ServiceTokenId},
    roles::Role,
};
use varde_persistence::{organisations, roles, service_tokens, sessions};

use super::cache::Key;
use crate::{Ctx, Error, Result, access::Viewer};

/// A caller whose token is good now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthenticatedAccount {
    /// Who, with the roles held now.
    pub viewer: Viewer,
    /// The language of the account's messages.
    pub locale: Locale,
    /// The program's token, where it is not a person who calls.
    pub service_token: Option<ServiceTokenId>,
}

/// Finds out who presents a bearer token (without the word `Bearer`): a person with an access token, or a program
/// with a service token.
///
/// # Errors
/// [`Error::Unauthenticated`]: no token of ours, expired or revoked, or the account was closed.
pub async fn authenticate(ctx: &Ctx, bearer: &str) -> Result<AuthenticatedAccount> {
    if bearer.starts_with(SERVICE_TOKEN_PREFIX) {
        program(ctx, bearer).await
    } else {
        person(ctx, bearer).await
    }
}

async fn person(ctx: &Ctx, bearer: &str) -> Result<AuthenticatedAccount> {
    let claims =
        ctx.keys().access_token().verify(bearer, ctx.now).map_err(|_refused| Error::Unauthenticated)?;
    let (cache, key) = (&ctx.app().sessions().cache, Key::Session(claims.session));
    if let Some(known) = cache.get(key, ctx.now) {
        return Ok(known);
    }
    let generation = cache.generation();
    let found = sessions::authenticated(ctx.store(), claims.session, ctx.now).await?;
    let found =
        found.filter(|found| found.account == claims.account && found.organisation == claims.organisation);
    let mut found = found.ok_or(Error::Unauthenticated)?;
    if let Some(person) = found.person {
        found.roles.extend(following(ctx, found.organisation, person).await?);
    }
    let viewer = Viewer {
        account: found.account,
        organisation: found.organisation,
        person: found.person,
        roles: found.roles,
        session: Some(claims.session),
    };
    let known = AuthenticatedAccount { viewer, locale: found.locale, service_token: None };
    cache.keep(generation, key, &known, found.expires_at, ctx.now);
    Ok(known)
}

/// The roles that follow from the person's place in the organisation today, by the organisation's own calendar.
async fn following(ctx: &Ctx, org: OrganisationId, person: PersonId) -> Result<Vec<Role>> {
    let organisation = organisations::find(ctx.store(), org).await?;
    let organisation = organisation.ok_or_else(|| Error::internal("an account without its organisation"))?;
    let today = ctx.now.with_timezone(&organisation.zone).date_naive();
    Ok(roles::derived(ctx.store(), org, person, today).await?)
}

async fn program(ctx: &Ctx, bearer: &str) -> Result<AuthenticatedAccount> {
    let digest = varde_auth::digest(bearer);
    let (cache, key) = (&ctx.app().sessions().cache, Key::Service(digest));
    if let Some(known) = cache.get(key, ctx.now) {
        return Ok(known);
    }
    let generation = cache.generation();
    let found = service_tokens::authenticated(ctx.store(), digest, ctx.now).await?;
    let (token, found) = found.ok_or(Error::Unauthenticated)?;
    let today = ctx.now.date_naive();
    if token.last_used_on != Some(today) {
        let tx = ctx.store().write().await?;
        service_tokens::used_on(&tx, found.organisation, token.id, today).await?;
        tx.commit().await?;
    }
    let viewer = Viewer {
        account: found.account,
        organisation: found.organisation,
        person: found.person,
        roles: found.roles,
        session: None,
    };
    let known = AuthenticatedAccount { viewer, locale: found.locale, service_token: Some(token.id) };
    cache.keep(generation, key, &known, found.expires_at, ctx.now);
    Ok(known)
}
