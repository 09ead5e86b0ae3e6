//! The words of the pages in one language: texts by key, dates and hours.

use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use varde_app::texts;
use varde_model::{Locale, dates};

/// The words of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Words(pub(crate) Locale);

impl Words {
    /// The text of a key.
    pub(crate) fn get(self, key: &str) -> String {
        texts::text(self.0, key)
    }

    /// The text of a key with its values.
    pub(crate) fn with<T: Into<String> + Clone>(self, key: &str, args: &[(&'static str, T)]) -> String {
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.clone().into())).collect();
        texts::text_with(self.0, key, &args)
    }

    /// An hour, as [`dates`] writes it.
    pub(crate) fn clock(self, time: NaiveTime) -> String {
        dates::clock(self.0, time)
    }

    /// A moment, as [`dates`] writes it.
    pub(crate) fn moment(self, at: DateTime<Utc>, zone: Tz) -> String {
        dates::moment(self.0, zone, at)
    }

    /// From when to when, as [`dates`] writes it.
    pub(crate) fn span(self, from: DateTime<Utc>, to: DateTime<Utc>, zone: Tz) -> String {
        dates::span(self.0, zone, from, to)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    fn file(locale: Locale) -> BTreeMap<String, String> {
        let path = format!("{}/../../config/locales/{locale}/pages.ftl", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let entries = text.lines().filter(|line| line.starts_with("pages-"));
        let entries = entries.map(|line| line.split_once(" =").unwrap_or_else(|| panic!("{line}")));
        entries.map(|(key, text)| (key.to_owned(), text.trim().to_owned())).collect()
    }

    fn values(text: &str) -> BTreeSet<&str> {
        text.split("{ $").skip(1).filter_map(|rest| rest.split(' ').next()).collect()
    }

    #[test]
    fn the_languages_have_the_same_texts_with_the_same_values_and_none_shouts() {
        let bokmaal = file(Locale::Nb);
        for locale in Locale::ALL {
            let other = file(locale);
            assert_eq!(bokmaal.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{locale}");
            for (key, text) in &other {
                assert_eq!(values(text), values(&bokmaal[key]), "{locale} {key}");
                assert!(!text.contains('!'), "{locale} {key}");
            }
        }
    }

    #[test]
    fn every_text_is_used_and_every_one_used_exists() {
        let mut code = String::new();
        for folder in ["src", "src/demo", "src/view", "templates"] {
            let folder = format!("{}/{folder}", env!("CARGO_MANIFEST_DIR"));
            for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
                if entry.file_type().unwrap().is_file() {
                    code.push_str(&std::fs::read_to_string(entry.path()).unwrap());
                }
            }
        }
        let used: BTreeSet<&str> = code
            .split("\"pages-")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .filter(|key| !key.contains(['{', ' ', '\\']) && !key.is_empty())
            .collect();
        let known = file(Locale::Nb);
        let known: BTreeSet<&str> = known.keys().filter_map(|key| key.strip_prefix("pages-")).collect();
        assert_eq!(used.difference(&known).collect::<Vec<_>>(), Vec::<&&str>::new(), "without a text");
        let made = |key: &str| key.starts_with("demo-role-");
        let spare: Vec<_> = known.difference(&used).filter(|key| !made(key)).collect();
        assert_eq!(spare, Vec::<&&str>::new(), "nobody uses them");
    }
}
