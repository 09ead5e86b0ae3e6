//! Password hashes: argon2id with 19 MiB and two passes (OWASP's recommendation), as PHC strings.
//!
//! A hash takes some 50 ms of a core and 19 MiB: callers run it off the asynchronous threads, a few at a time, and
//! never inside a transaction.

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash,
};

/// Random bytes that a new hash asks for.
pub const SALT_BYTES: usize = 16;

/// Makes and checks hashes with the present parameters.
#[derive(Clone, Debug)]
pub struct Passwords {
    params: Params,
}

/// A hash could not be made: a fault of the installation, not of the password.
#[derive(Clone, Debug, thiserror::Error)]
#[error("password hash: {0}")]
pub struct PasswordError(String);

impl Default for Passwords {
    fn default() -> Self {
        Self { params: Params::DEFAULT }
    }
}

impl Passwords {
    /// Hashes with the present parameters.
    ///
    /// # Errors
    /// Out of memory.
    pub fn hash(&self, password: &str, salt: &[u8; SALT_BYTES]) -> Result<String, PasswordError> {
        let hash: PasswordHash = self
            .argon2()
            .hash_password_with_salt(password.as_bytes(), salt)
            .map_err(|error| PasswordError(error.to_string()))?;
        Ok(hash.to_string())
    }

    /// True when the password is the one that was hashed. Without a readable hash (an unknown user, an account that
    /// has no password yet) the same work is done for nothing, so that the time taken does not tell them apart.
    pub fn verify(&self, password: &str, stored: Option<&str>) -> bool {
        if let Some(Ok(hash)) = stored.map(PasswordHash::new) {
            self.argon2().verify_password(password.as_bytes(), &hash).is_ok()
        } else {
            let _spent = self.hash(password, &[0; SALT_BYTES]);
            false
        }
    }

    /// True when a hash was made with other parameters than the present ones and should be made anew at the next
    /// successful sign-in.
    pub fn needs_rehash(&self, stored: &str) -> bool {
        let Ok(hash) = PasswordHash::new(stored) else { return true };
        let current = hash.algorithm.as_str() == Algorithm::Argon2id.as_str()
            && hash.version == Some(Version::V0x13.into())
            && Params::try_from(&hash).is_ok_and(|params| {
                (params.m_cost(), params.t_cost(), params.p_cost())
                    == (self.params.m_cost(), self.params.t_cost(), self.params.p_cost())
            });
        !current
    }

    fn argon2(&self) -> Argon2<'static> {
        Argon2::new(Algorithm::Argon2id, Version::V0x13, self.params.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWORD: &str = "fjellheimen om våren";

    #[test]
    fn the_right_password_fits_and_a_near_one_does_not() {
        let passwords = Passwords::default();
        let hash = passwords.hash(PASSWORD, &[1; SALT_BYTES]).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(passwords.verify(PASSWORD, Some(&hash)));
        for wrong in ["fjellheimen om varen", "Fjellheimen om våren", "fjellheimen om våren ", ""] {
            assert!(!passwords.verify(wrong, Some(&hash)), "{wrong}");
        }
        assert!(!passwords.needs_rehash(&hash));
    }

    #[test]
    fn the_salt_makes_two_hashes_of_one_password_differ() {
        let passwords = Passwords::default();
        let hashes = [1, 2].map(|salt| passwords.hash(PASSWORD, &[salt; SALT_BYTES]).unwrap());
        assert_ne!(hashes[0], hashes[1]);
    }

    #[test]
    fn nothing_fits_without_a_readable_hash() {
        let passwords = Passwords::default();
        for stored in [None, Some(""), Some("plain"), Some("$argon2id$v=19$m=1,t=0,p=0$AAAA$AAAA")] {
            assert!(!passwords.verify(PASSWORD, stored), "{stored:?}");
        }
    }

    #[test]
    fn a_hash_with_weaker_parameters_still_fits_and_asks_to_be_made_anew() {
        let weaker = Passwords { params: Params::new(8 * 1024, 1, 1, None).unwrap() };
        let hash = weaker.hash(PASSWORD, &[1; SALT_BYTES]).unwrap();
        let passwords = Passwords::default();
        assert!(passwords.verify(PASSWORD, Some(&hash)));
        assert!(passwords.needs_rehash(&hash));
        assert!(passwords.needs_rehash("unreadable"));
    }
}
