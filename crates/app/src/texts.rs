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
