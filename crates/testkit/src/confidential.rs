//! The key that seals confidential text in tests.

use varde_auth::{ConfidentialKeys, KeyRingRefused};

/// One key, the same in every test, so that a second process opens what the first one sealed.
///
/// # Errors
/// None: the text is a key.
pub fn confidential_keys() -> Result<ConfidentialKeys, KeyRingRefused> {
    ConfidentialKeys::parse(&"17".repeat(32))
}
