//! The words of the pages in one language: texts by key, dates and hours as that language writes them.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Timelike, Utc};
use chrono_tz::Tz;
use varde_app::texts;
use varde_model::Locale;

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

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

    /// `tirsdag 12. januar 2027`.
    pub(crate) fn date(self, day: NaiveDate) -> String {
        let weekday = self.get(&format!("pages-day-{}", DAYS[day.weekday().num_days_from_monday() as usize]));
        let month = self.get(&format!("pages-month-{}", day.month()));
        let (day, year) = (day.day().to_string(), day.year().to_string());
        self.with("pages-date", &[("weekday", weekday), ("day", day), ("month", month), ("year", year)])
    }

    /// `09.00`.
    pub(crate) fn clock(self, time: NaiveTime) -> String {
        // Given as text with the leading nought: as numbers they would lose it.
        let (hour, minute) = (format!("{:02}", time.hour()), format!("{:02}", time.minute()));
        match self.0 {
            Locale::Nb | Locale::Nn => format!("{hour}.{minute}"),
            Locale::En => format!("{hour}:{minute}"),
        }
    }

    /// `norsk tid`, or the zone's name in the tz database.
    pub(crate) fn zone(self, zone: Tz) -> String {
        if zone == Tz::Europe__Oslo { self.get("pages-zone-oslo") } else { zone.name().to_owned() }
    }

    /// `tirsdag 12. januar 2027 kl. 09.00 (norsk tid)`.
    pub(crate) fn moment(self, at: DateTime<Utc>, zone: Tz) -> String {
        let local = at.with_timezone(&zone);
        let (date, time) = (self.date(local.date_naive()), self.clock(local.time()));
        self.with("pages-moment", &[("date", date), ("time", time), ("zone", self.zone(zone))])
    }

    /// `tirsdag 12. januar 2027 kl. 09.00–15.30 (norsk tid)`: a gathering is a day.
    pub(crate) fn span(self, day: NaiveDate, from: NaiveTime, to: NaiveTime, zone: Tz) -> String {
        let (from, to) = (self.clock(from), self.clock(to));
        self.with(
            "pages-span",
            &[("date", self.date(day)), ("from", from), ("to", to), ("zone", self.zone(zone))],
        )
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    #[test]
    fn each_language_writes_dates_and_hours_its_own_way() {
        let then = "2027-01-12T08:00:00Z".parse().unwrap();
        let oslo = Tz::Europe__Oslo;
        let written = Locale::ALL.map(|locale| Words(locale).moment(then, oslo));
        assert_eq!(written[0], "tirsdag 12. januar 2027 kl. 09.00 (norsk tid)");
        assert_eq!(written[1], "tysdag 12. januar 2027 kl. 09.00 (norsk tid)");
        assert_eq!(written[2], "Tuesday 12 January 2027 at 09:00 (Norwegian time)");
        let hour = |h| NaiveTime::from_hms_opt(h, 30, 0).unwrap();
        let day = NaiveDate::from_ymd_opt(2027, 5, 3).unwrap();
        let span = Words(Locale::Nb).span(day, hour(8), hour(15), Tz::UTC);
        assert_eq!(span, "mandag 3. mai 2027 kl. 08.30–15.30 (UTC)");
    }

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
        let made =
            |key: &str| ["day-", "month-", "demo-role-"].iter().any(|beginning| key.starts_with(beginning));
        let spare: Vec<_> = known.difference(&used).filter(|key| !made(key)).collect();
        assert_eq!(spare, Vec::<&&str>::new(), "nobody uses them");
    }
}
