//! The three written languages of the product.

use serde::{Deserialize, Serialize};

/// A person's choice of written language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Locale {
    /// Bokmål: the default.
    #[default]
    Nb,
    /// Nynorsk.
    Nn,
    /// English.
    En,
}

impl Locale {
    /// Every language, in the order in which they are shown.
    pub const ALL: [Locale; 3] = [Locale::Nb, Locale::Nn, Locale::En];

    /// The language tag: `nb`, `nn` or `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Locale::Nb => "nb",
            Locale::Nn => "nn",
            Locale::En => "en",
        }
    }

    /// The language for a tag such as `nn` or `en-GB`; `no` is read as Bokmål. None for any other language.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.trim().split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "nb" | "no" => Some(Locale::Nb),
            "nn" => Some(Locale::Nn),
            "en" => Some(Locale::En),
            _ => None,
        }
    }
}

impl std::fmt::Display for Locale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.tag())
    }
}
