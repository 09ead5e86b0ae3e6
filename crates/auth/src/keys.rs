//! One secret file, one key for each use: a token of one kind can never pass for another.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::{AccessTokenKey, ConfidentialKeys, LinkKey};

/// The least that a secret file must hold.
pub const MIN_SECRET_BYTES: usize = 32;

/// The salt of the derivation: fixed, because the secret itself is random.
const SALT: &[u8] = b"varde keys 1";

/// The keys of one installation. Those that sign are derived from its secret file: changing that ends every session and
/// link. Those that seal confidential text lie in a file of their own, since what they sealed has to open for years.
#[derive(Clone)]
pub struct Keys {
    access_token: AccessTokenKey,
    links: LinkKey,
    throttle: [u8; 32],
    confidential: ConfidentialKeys,
}

/// Why a secret was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeysRefused {
    /// Fewer than [`MIN_SECRET_BYTES`].
    #[error("the secret has {found} bytes; it needs at least {MIN_SECRET_BYTES}")]
    TooShort {
        /// Its length in bytes.
        found: usize,
    },
    /// One byte over and over: a placeholder, not a secret.
    #[error("the secret is one byte repeated; fill the file with random bytes")]
    NotRandom,
}

impl Keys {
    /// Derives the keys. `issuer` is named in access tokens, so that two installations with a copied secret still
    /// refuse each other's: the public URL serves.
    ///
    /// # Errors
    /// The secret is too short or plainly not random.
    pub fn from_secret(
        secret: &[u8],
        issuer: &str,
        confidential: ConfidentialKeys,
    ) -> Result<Self, KeysRefused> {
        if secret.len() < MIN_SECRET_BYTES {
            return Err(KeysRefused::TooShort { found: secret.len() });
        }
        if secret.iter().all(|byte| *byte == secret[0]) {
            return Err(KeysRefused::NotRandom);
        }
        let derive = |label: &[u8]| derive(SALT, secret, label);
        Ok(Self {
            access_token: AccessTokenKey::new(&derive(b"access token"), issuer),
            links: LinkKey::new(derive(b"mail links")),
            throttle: derive(b"sign-in throttle"),
            confidential,
        })
    }

    /// Signs and checks access tokens.
    pub fn access_token(&self) -> &AccessTokenKey {
        &self.access_token
    }

    /// Signs and checks the links in mails.
    pub fn links(&self) -> &LinkKey {
        &self.links
    }

    /// Seals and opens confidential text.
    pub fn confidential(&self) -> &ConfidentialKeys {
        &self.confidential
    }

    /// The key under which failed sign-ins are counted: an e-mail or network address cannot be read or guessed back
    /// from it without the secret.
    pub fn throttle_key(&self, kind: &str, value: &str) -> [u8; 16] {
        let mut key = [0; 16];
        key.copy_from_slice(&mac(&self.throttle, &[kind.as_bytes(), &[0], value.as_bytes()])[..16]);
        key
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(..)")
    }
}

/// HMAC-SHA-256 over the parts in a row.
pub(crate) fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    keyed(key, parts).finalize().into_bytes().into()
}

/// An HMAC fed with the parts, to finish or to compare with in constant time.
pub(crate) fn keyed(key: &[u8], parts: &[&[u8]]) -> Hmac<Sha256> {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length; the error exists for other MACs")]
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes any key");
    for part in parts {
        mac.update(part);
    }
    mac
}

/// HKDF (RFC 5869) for one block of output.
fn derive(salt: &[u8], secret: &[u8], label: &[u8]) -> [u8; 32] {
    mac(&mac(salt, &[secret]), &[label, &[1]])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret() -> Vec<u8> {
        (0..32).collect()
    }

    fn made_of(secret: &[u8], issuer: &str) -> Result<Keys, KeysRefused> {
        Keys::from_secret(secret, issuer, ConfidentialKeys::parse(&"17".repeat(32)).unwrap())
    }

    #[test]
    fn derivation_agrees_with_the_first_test_case_of_rfc_5869() {
        let salt: Vec<u8> = (0x00..=0x0c).collect();
        let info: Vec<u8> = (0xf0..=0xf9).collect();
        let expected = [
            0x3c, 0xb2, 0x5f, 0x25, 0xfa, 0xac, 0xd5, 0x7a, 0x90, 0x43, 0x4f, 0x64, 0xd0, 0x36, 0x2f, 0x2a,
            0x2d, 0x2d, 0x0a, 0x90, 0xcf, 0x1a, 0x5a, 0x4c, 0x5d, 0xb0, 0x2d, 0x56, 0xec, 0xc4, 0xc5, 0xbf,
        ];
        assert_eq!(derive(&salt, &[0x0b; 22], &info), expected);
    }

    #[test]
    fn a_short_or_monotonous_secret_is_refused() {
        assert_eq!(made_of(&secret()[..31], "x").unwrap_err(), KeysRefused::TooShort { found: 31 });
        assert_eq!(made_of(&[], "x").unwrap_err(), KeysRefused::TooShort { found: 0 });
        assert_eq!(made_of(&[0; 64], "x").unwrap_err(), KeysRefused::NotRandom);
        assert!(made_of(&secret(), "x").is_ok());
    }

    #[test]
    fn debug_output_shows_nothing_of_the_keys() {
        let keys = made_of(&secret(), "https://varde.example").unwrap();
        assert_eq!(format!("{keys:?}"), "Keys(..)");
        assert_eq!(format!("{:?}", keys.links()), "LinkKey(..)");
        assert_eq!(format!("{:?}", keys.access_token()), "AccessTokenKey(..)");
    }

    #[test]
    fn a_throttle_key_depends_on_kind_value_and_key() {
        let keys = made_of(&secret(), "x").unwrap();
        let other = made_of(&(1..33).collect::<Vec<u8>>(), "x").unwrap();
        let digest = keys.throttle_key("account", "a@b.no");
        assert_eq!(digest, keys.throttle_key("account", "a@b.no"));
        assert_ne!(digest, keys.throttle_key("address", "a@b.no"));
        assert_ne!(digest, keys.throttle_key("account", "b@b.no"));
        assert_ne!(digest, other.throttle_key("account", "a@b.no"));
    }
}
