//! One text in the three languages.

use serde::{Deserialize, Serialize};

use crate::Locale;

/// A text in Bokmål, Nynorsk and English. None of them can be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    /// Bokmål.
    pub nb: String,
    /// Nynorsk.
    pub nn: String,
    /// English.
    pub en: String,
}

impl Texts {
    /// The text in a language.
    pub fn get(&self, locale: Locale) -> &str {
        match locale {
            Locale::Nb => &self.nb,
            Locale::Nn => &self.nn,
            Locale::En => &self.en,
        }
    }

    /// The tag of the first language whose text is blank.
    pub(crate) fn first_blank(&self) -> Option<&'static str> {
        Locale::ALL.into_iter().find(|locale| self.get(*locale).trim().is_empty()).map(Locale::tag)
    }
}
