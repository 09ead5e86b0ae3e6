//! Random tokens that only their holder knows: refresh tokens and service tokens. The database keeps the digest.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

/// What a service account's token begins with, so that people and secret scanners know it when they see it.
pub const SERVICE_TOKEN_PREFIX: &str = "vst_";

/// SHA-256 of a token as it was presented. A token has 256 random bits, so that nothing slower is called for.
pub type Digest = [u8; 32];

/// A token on its way to its holder. It is shown once and never stored.
#[derive(Clone, PartialEq, Eq)]
pub struct OpaqueToken(String);

impl OpaqueToken {
    /// A refresh token of these random bytes.
    pub fn refresh(random: [u8; 32]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(random))
    }

    /// A service account's token of these random bytes.
    pub fn service(random: [u8; 32]) -> Self {
        Self(format!("{SERVICE_TOKEN_PREFIX}{}", URL_SAFE_NO_PAD.encode(random)))
    }

    /// The token itself.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What the database keeps of it.
    pub fn digest(&self) -> Digest {
        digest(&self.0)
    }
}

impl std::fmt::Debug for OpaqueToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OpaqueToken(..)")
    }
}

/// The digest of a presented token.
pub fn digest(presented: &str) -> Digest {
    Sha256::digest(presented.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_carries_all_its_random_bytes() {
        let token = OpaqueToken::refresh([7; 32]);
        assert_eq!(URL_SAFE_NO_PAD.decode(token.expose()).unwrap(), [7; 32]);
        assert_eq!(token.expose().len(), 43);
        assert_eq!(token.digest(), digest(token.expose()));
    }

    #[test]
    fn a_service_token_is_recognisable_and_never_equals_a_refresh_token() {
        let service = OpaqueToken::service([7; 32]);
        assert!(service.expose().starts_with(SERVICE_TOKEN_PREFIX));
        assert_ne!(service.digest(), OpaqueToken::refresh([7; 32]).digest());
    }

    #[test]
    fn debug_output_shows_nothing_of_a_token() {
        assert_eq!(format!("{:?}", OpaqueToken::refresh([7; 32])), "OpaqueToken(..)");
    }
}
