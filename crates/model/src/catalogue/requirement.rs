//! The requirements of a leader's contract (lederkrav).

use serde::{Deserialize, Serialize};

use super::{Domain, Texts};

/// How much a primary domain counts in a profile.
const PRIMARY: u8 = 2;
/// How much a secondary domain counts.
const SECONDARY: u8 = 1;

/// What every leader's contract demands. Its number is its place in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// The permanent key, such as `role_model`.
    pub key: String,
    /// The domains that it draws on first.
    pub primary: Vec<Domain>,
    /// The domains that it draws on as well.
    pub secondary: Vec<Domain>,
    /// The keys of what it asks for at the levels.
    pub responsibilities: Vec<String>,
    /// Its name.
    pub title: Texts,
    /// What the leader must do.
    pub text: Texts,
}

impl Requirement {
    /// The domains that it draws on with their weights: 2 for a primary one, 1 for a secondary.
    pub fn links(&self) -> impl Iterator<Item = (Domain, u8)> {
        let primary = self.primary.iter().map(|domain| (*domain, PRIMARY));
        primary.chain(self.secondary.iter().map(|domain| (*domain, SECONDARY)))
    }
}
