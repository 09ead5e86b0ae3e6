//! What a password must be: long. No rule asks for digits or signs; they make passwords worse.

/// The least number of characters.
pub const MIN_PASSWORD_CHARS: usize = 12;

/// The most characters: far above any pass phrase, and a bound on the work of a hash.
pub const MAX_PASSWORD_CHARS: usize = 200;

/// What is wrong with a chosen password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordFlaw {
    /// Fewer than [`MIN_PASSWORD_CHARS`].
    TooShort,
    /// More than [`MAX_PASSWORD_CHARS`].
    TooLong,
    /// The account's own e-mail address, in whatever case.
    IsEmail,
    /// One or two characters repeated.
    Monotonous,
}

/// Looks at a password that somebody chooses for the account with this e-mail address.
///
/// # Errors
/// The first flaw found.
pub fn check_password(password: &str, email: &str) -> Result<(), PasswordFlaw> {
    let count = password.chars().count();
    if count < MIN_PASSWORD_CHARS {
        return Err(PasswordFlaw::TooShort);
    }
    if count > MAX_PASSWORD_CHARS {
        return Err(PasswordFlaw::TooLong);
    }
    if password.trim().to_lowercase() == email.trim().to_lowercase() {
        return Err(PasswordFlaw::IsEmail);
    }
    let mut distinct: Vec<char> = password.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() < 3 {
        return Err(PasswordFlaw::Monotonous);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_counted_in_characters_at_both_ends() {
        let of = |count: usize| "abcå".chars().cycle().take(count).collect::<String>();
        for (count, expected) in [
            (0, Err(PasswordFlaw::TooShort)),
            (11, Err(PasswordFlaw::TooShort)),
            (12, Ok(())),
            (200, Ok(())),
            (201, Err(PasswordFlaw::TooLong)),
        ] {
            assert_eq!(check_password(&of(count), "a@b.no"), expected, "{count}");
        }
    }

    #[test]
    fn the_own_address_and_a_repeated_sign_are_no_passwords() {
        let email = "Kari.Nordmann@fjordheim.example";
        assert_eq!(check_password("kari.nordmann@FJORDHEIM.example", email), Err(PasswordFlaw::IsEmail));
        assert_eq!(check_password("aaaaaaaaaaaaaaaa", email), Err(PasswordFlaw::Monotonous));
        assert_eq!(check_password("abababababababab", email), Err(PasswordFlaw::Monotonous));
        assert_eq!(check_password("kaffe klokka to", email), Ok(()));
    }
}
