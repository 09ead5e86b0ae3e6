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
    /// What somebody typed: it reads the same in every language.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { nb: text.clone(), nn: text.clone(), en: text }
    }

    /// True when it reads the same in every language.
    pub fn is_same_everywhere(&self) -> bool {
        self.nb == self.nn && self.nb == self.en
    }

    /// The text in a language, to keep.
    pub fn into_text(self, locale: Locale) -> String {
        match locale {
            Locale::Nb => self.nb,
            Locale::Nn => self.nn,
            Locale::En => self.en,
        }
    }

    /// Of known texts the one that was typed here in one of its languages, else what was typed. A coordinator who sends
    /// back what she read, in her own language, does not take the other languages away from its readers.
    pub fn or_known<'a>(self, known: impl IntoIterator<Item = &'a Self>) -> Self {
        let typed =
            |known: &&Self| Locale::ALL.into_iter().any(|locale| self == Self::same(known.get(locale)));
        known.into_iter().find(typed).cloned().unwrap_or(self)
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_was_read_and_sent_back_is_known_again() {
        let known = Texts { nb: "Lederrollen".into(), nn: "Leiarrolla".into(), en: "The role".into() };
        assert_eq!(Texts::same("Leiarrolla").or_known([&known]), known);
        assert_eq!(Texts::same("Leiarrollen").or_known([&known]), Texts::same("Leiarrollen"));
    }
}
