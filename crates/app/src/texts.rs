//! The short texts of the product in its three languages, from `config/locales`, embedded.

use std::{borrow::Cow, collections::HashMap};

use fluent_templates::{LanguageIdentifier, Loader, fluent_bundle::FluentValue, langid, static_loader};
use varde_model::Locale;

static_loader! {
    static LOCALES = {
        locales: "../../config/locales",
        fallback_language: "nb",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static NB: LanguageIdentifier = langid!("nb");
static NN: LanguageIdentifier = langid!("nn");
static EN: LanguageIdentifier = langid!("en");

fn language(locale: Locale) -> &'static LanguageIdentifier {
    match locale {
        Locale::Nb => &NB,
        Locale::Nn => &NN,
        Locale::En => &EN,
    }
}

/// The text of a key.
pub fn text(locale: Locale, key: &str) -> String {
    LOCALES.lookup(language(locale), key)
}

/// The text of a key, or None where no language has it.
pub fn try_text(locale: Locale, key: &str) -> Option<String> {
    LOCALES.try_lookup(language(locale), key)
}

/// The text of a key with its values. A value that is a whole number is given as one, for the plural rules.
pub fn text_with<N>(locale: Locale, key: &str, args: &[(N, String)]) -> String
where
    N: Clone + Into<Cow<'static, str>>,
{
    let args: HashMap<Cow<'static, str>, FluentValue<'_>> = args
        .iter()
        .map(|(name, value)| {
            let value = match value.parse::<i64>() {
                Ok(number) if value.len() < 9 => FluentValue::from(number),
                _ => FluentValue::from(value.as_str()),
            };
            (name.clone().into(), value)
        })
        .collect();
    LOCALES.lookup_with_args(language(locale), key, &args)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use varde_model::{delivery::MailError, state_reason::StateReason};

    use super::*;

    /// The keys of one language's files.
    fn keys(locale: Locale) -> BTreeSet<String> {
        let folder = format!("{}/../../config/locales/{locale}", env!("CARGO_MANIFEST_DIR"));
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let texts: Vec<String> = files.map(|file| std::fs::read_to_string(file).unwrap()).collect();
        let lines = texts.iter().flat_map(|text| text.lines());
        let begins = lines.filter(|line| line.starts_with(|sign: char| sign.is_ascii_lowercase()));
        begins.map(|line| line.split_once(" =").unwrap_or_else(|| panic!("{line}")).0.to_owned()).collect()
    }

    /// One that a language lacks would be answered in another.
    #[test]
    fn every_text_is_there_in_every_language() {
        let bokmaal = keys(Locale::Nb);
        for locale in Locale::ALL {
            let own = keys(locale);
            assert_eq!(bokmaal.symmetric_difference(&own).collect::<Vec<_>>(), [""; 0], "{locale}");
        }
    }

    #[test]
    fn every_reason_of_a_state_is_told_in_every_language() {
        let texts = keys(Locale::Nb);
        let mute: Vec<_> = StateReason::ALL.iter().filter(|reason| !texts.contains(&reason.key())).collect();
        assert!(mute.is_empty(), "{mute:?}");
    }

    #[test]
    fn whatever_went_wrong_with_a_mail_is_told_in_every_language() {
        let texts = keys(Locale::Nb);
        for code in ["smtp_550", "refused", "unknown", "holder_lost", "compose"] {
            let error = MailError { code: code.to_owned(), text: String::new() };
            assert!(texts.contains(error.key()), "{code}");
        }
    }
}
