//! Signing in, staying signed in, signing out, and who stands behind a bearer token.
//!
//! An access token is a JWT of fifteen minutes; it names a session that can be revoked. A refresh token is used once:
//! it gives the next access token and its own successor. A refresh token that is presented a second time is in two
//! hands, so the whole session ends, at once and without a period of grace: only digests are kept, so the same
//! successor cannot be handed out again, and to hand out another would leave a thief in the session. A client that
//! lost the answer signs in anew.

mod authenticate;
mod cache;
mod gate;
mod password_worker;
mod refresh;
mod sign_in;
mod throttle;
mod tidy;

use chrono::{DateTime, TimeDelta, Utc};
use varde_auth::OpaqueToken;
use varde_model::ids::{AccountId, OrganisationId, SessionId};
use varde_persistence::{Tx, sessions};

pub use authenticate::{AuthenticatedAccount, authenticate};
pub(crate) use gate::Gate;
pub(crate) use password_worker::PasswordWorker;
pub use refresh::{refresh, sign_out};
pub use sign_in::sign_in;
pub use tidy::{Tidied, tidy};

use crate::{Ctx, Error, Result};

/// How long a session can be prolonged before one has to sign in again: long enough for a coordinator's fortnight.
pub const SESSION_LIFETIME: TimeDelta = TimeDelta::days(14);

/// What a process keeps between requests: the workers that hash, and who was authenticated a moment ago.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) passwords: PasswordWorker,
    pub(crate) cache: cache::Cache,
}

/// What one who signed in gets.
#[derive(Clone, PartialEq, Eq)]
pub struct Tokens {
    /// The bearer token of requests.
    pub access_token: String,
    /// Gives the next pair, once.
    pub refresh_token: String,
    /// When the access token ceases to serve.
    pub expires_at: DateTime<Utc>,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tokens").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// Issues the next pair of tokens of a session. `id` is the new refresh token's row.
async fn issue(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    account: AccountId,
    session: SessionId,
    id: uuid::Uuid,
) -> Result<Tokens> {
    let refresh = OpaqueToken::refresh(ctx.random_bytes());
    sessions::insert_refresh_token(tx, org, session, id, refresh.digest(), ctx.now).await?;
    let (access_token, claims) = ctx
        .keys()
        .access_token()
        .issue(account, session, org, ctx.random_bytes(), ctx.now)
        .map_err(Error::internal)?;
    Ok(Tokens { access_token, refresh_token: refresh.expose().to_owned(), expires_at: claims.expires_at })
}
