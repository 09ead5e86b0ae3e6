//! Access tokens: JWTs of fifteen minutes, signed with one fixed algorithm, checked against the moment given.

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use varde_model::ids::{AccountId, OrganisationId, SessionId};

/// How long an access token serves.
pub const ACCESS_TOKEN_LIFETIME: TimeDelta = TimeDelta::minutes(15);

/// How far the clocks of two gateways may be apart.
const LEEWAY: TimeDelta = TimeDelta::seconds(5);

const AUDIENCE: &str = "varde-api";

/// A token's length at the most; a longer text is refused unread. Real ones have some 450 characters.
const MAX_TOKEN_CHARS: usize = 2048;

/// What a token says: who, in which session, of which organisation. Rights are not in it; they are asked for anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessClaims {
    /// Who signed in.
    pub account: AccountId,
    /// The session that can be revoked.
    pub session: SessionId,
    /// The account's organisation.
    pub organisation: OrganisationId,
    /// When it ceases to serve, in whole seconds.
    pub expires_at: DateTime<Utc>,
}

/// Why a token was refused. For logs; a caller is told no more than that she or he is not signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefused {
    /// Not a token of this installation: form, algorithm, signature, issuer, audience or claims.
    #[error("not a token of this installation")]
    NotOurs,
    /// Its time has passed.
    #[error("expired")]
    Expired,
    /// Its time has not come.
    #[error("not valid yet")]
    NotYet,
}

/// Signs and checks access tokens.
#[derive(Clone)]
pub struct AccessTokenKey {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
    issuer: String,
}

/// Every claim is mandatory: a token without one (`exp` above all) cannot be read.
#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: AccountId,
    sid: SessionId,
    org: OrganisationId,
    jti: String,
    iat: i64,
    nbf: i64,
    exp: i64,
}

impl AccessTokenKey {
    pub(crate) fn new(key: &[u8; 32], issuer: &str) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[issuer]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        // The library would ask the system's clock; `verify` compares with the moment that it is given.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        Self {
            encoding: EncodingKey::from_secret(key),
            decoding: DecodingKey::from_secret(key),
            validation,
            issuer: issuer.to_owned(),
        }
    }

    /// Issues a token that serves from `now` for [`ACCESS_TOKEN_LIFETIME`]. `token_id` makes it unlike any other.
    /// Gives the token and when it expires.
    ///
    /// # Errors
    /// The claims cannot be written as JSON, which does not happen.
    pub fn issue(
        &self,
        account: AccountId,
        session: SessionId,
        organisation: OrganisationId,
        token_id: [u8; 16],
        now: DateTime<Utc>,
    ) -> Result<(String, AccessClaims), jsonwebtoken::errors::Error> {
        let issued = now.timestamp();
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.to_owned(),
            sub: account,
            sid: session,
            org: organisation,
            jti: uuid::Uuid::from_bytes(token_id).simple().to_string(),
            iat: issued,
            nbf: issued,
            exp: issued + ACCESS_TOKEN_LIFETIME.num_seconds(),
        };
        let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding)?;
        let expires_at = DateTime::from_timestamp(claims.exp, 0).unwrap_or(now);
        Ok((token, AccessClaims { account, session, organisation, expires_at }))
    }

    /// Reads a token at the moment `now`.
    ///
    /// # Errors
    /// It is not ours, or not now.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<AccessClaims, TokenRefused> {
        if token.len() > MAX_TOKEN_CHARS {
            return Err(TokenRefused::NotOurs);
        }
        let data = jsonwebtoken::decode::<Claims>(token, &self.decoding, &self.validation)
            .map_err(|_| TokenRefused::NotOurs)?;
        let claims = data.claims;
        let at = |seconds| DateTime::from_timestamp(seconds, 0).ok_or(TokenRefused::NotOurs);
        let (not_before, expires_at) = (at(claims.nbf)?, at(claims.exp)?);
        if expires_at - not_before > ACCESS_TOKEN_LIFETIME {
            return Err(TokenRefused::NotOurs);
        }
        if now >= expires_at {
            return Err(TokenRefused::Expired);
        }
        if now + LEEWAY < not_before {
            return Err(TokenRefused::NotYet);
        }
        Ok(AccessClaims { account: claims.sub, session: claims.sid, organisation: claims.org, expires_at })
    }
}

impl std::fmt::Debug for AccessTokenKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AccessTokenKey(..)")
    }
}

#[cfg(test)]
mod tests;
