//! The key that seals confidential text in tests.

use varde_auth::ConfidentialKeys;

/// One key, the same in every test, so that a second process opens what the first one sealed.
///
/// # Panics
/// Never: the text is a key.
pub fn confidential_keys() -> ConfidentialKeys {
    ConfidentialKeys::parse(&"17".repeat(32)).expect("64 hexadecimal digits are a key")
}
