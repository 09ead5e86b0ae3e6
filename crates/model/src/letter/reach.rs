//! Whom a letter reaches: asked by the sender, and by whatever says beforehand who will get it.

use chrono::NaiveDate;

use super::LetterKind;
use crate::people::Person;

/// Why a letter to somebody does not go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreached {
    /// There is no address.
    NoAddress,
    /// The employment is over.
    HasLeft,
    /// She or he wants no more of what is not mandatory.
    Unsubscribed,
}

impl LetterKind {
    /// Why this letter does not go out to somebody; None where it does.
    pub fn unreached(self, person: &Person, today: NaiveDate) -> Option<Unreached> {
        if person.employed.is_over(today) {
            Some(Unreached::HasLeft)
        } else if person.email.is_empty() {
            Some(Unreached::NoAddress)
        } else if person.muted && !self.is_mandatory() {
            Some(Unreached::Unsubscribed)
        } else {
            None
        }
    }
}
