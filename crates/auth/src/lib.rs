//! Passwords, tokens and one-time links: pure. The moment, keys and random bytes are arguments.
//!
//! Nothing here reads a clock, draws a random number or stores anything. Whatever holds a secret shows nothing of
//! it in its debug output.

mod access_token;
mod confidential;
mod keys;
mod link;
mod opaque;
mod password;
mod policy;

pub use access_token::{ACCESS_TOKEN_LIFETIME, AccessClaims, AccessTokenKey, TokenRefused};
pub use confidential::{
    CONFIDENTIAL_KEY_BYTES, ConfidentialKeys, ConfidentialRefused, KEY_NAME_BYTES, KeyRingRefused,
    NONCE_BYTES, Sealed,
};
pub use keys::{Keys, KeysRefused, MIN_SECRET_BYTES};
pub use link::{LinkKey, LinkKind};
pub use opaque::{Digest, OpaqueToken, SERVICE_TOKEN_PREFIX, digest};
pub use password::{PasswordError, Passwords, SALT_BYTES};
pub use policy::{MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS, PasswordFlaw, check_password};
