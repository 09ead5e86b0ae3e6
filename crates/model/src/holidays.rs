//! Norway's public holidays, computed: no table to keep up to date.
//!
//! Christmas Eve and New Year's Eve are not among them: by law they are ordinary working days. A trust
//! that closes on them says so with its own closed days (`working_days::WorkingCalendar`).

use chrono::{Datelike, Days, NaiveDate};

use crate::Locale;

/// A public holiday in Norway, in the order of an ordinary year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holiday {
    /// 1 January.
    NewYearsDay,
    /// The Thursday before Easter.
    MaundyThursday,
    /// The Friday before Easter.
    GoodFriday,
    /// The first Sunday after the first full moon of spring.
    EasterSunday,
    /// The Monday after Easter.
    EasterMonday,
    /// 1 May.
    LabourDay,
    /// 17 May.
    ConstitutionDay,
    /// The Thursday 39 days after Easter.
    AscensionDay,
    /// The Sunday 49 days after Easter.
    WhitSunday,
    /// The Monday 50 days after Easter.
    WhitMonday,
    /// 25 December.
    ChristmasDay,
    /// 26 December.
    BoxingDay,
}

/// How a holiday finds its date.
enum Rule {
    Fixed { month: u32, day: u32 },
    FromEaster { days: i64 },
}

impl Holiday {
    /// All twelve.
    pub const ALL: [Holiday; 12] = [
        Holiday::NewYearsDay,
        Holiday::MaundyThursday,
        Holiday::GoodFriday,
        Holiday::EasterSunday,
        Holiday::EasterMonday,
        Holiday::LabourDay,
        Holiday::ConstitutionDay,
        Holiday::AscensionDay,
        Holiday::WhitSunday,
        Holiday::WhitMonday,
        Holiday::ChristmasDay,
        Holiday::BoxingDay,
    ];

    const fn rule(self) -> Rule {
        match self {
            Holiday::NewYearsDay => Rule::Fixed { month: 1, day: 1 },
            Holiday::MaundyThursday => Rule::FromEaster { days: -3 },
            Holiday::GoodFriday => Rule::FromEaster { days: -2 },
            Holiday::EasterSunday => Rule::FromEaster { days: 0 },
            Holiday::EasterMonday => Rule::FromEaster { days: 1 },
            Holiday::LabourDay => Rule::Fixed { month: 5, day: 1 },
            Holiday::ConstitutionDay => Rule::Fixed { month: 5, day: 17 },
            Holiday::AscensionDay => Rule::FromEaster { days: 39 },
            Holiday::WhitSunday => Rule::FromEaster { days: 49 },
            Holiday::WhitMonday => Rule::FromEaster { days: 50 },
            Holiday::ChristmasDay => Rule::Fixed { month: 12, day: 25 },
            Holiday::BoxingDay => Rule::Fixed { month: 12, day: 26 },
        }
    }

    /// The date in a year; none only for years that a date cannot hold.
    pub fn date_in(self, year: i32) -> Option<NaiveDate> {
        match self.rule() {
            Rule::Fixed { month, day } => NaiveDate::from_ymd_opt(year, month, day),
            Rule::FromEaster { days } => {
                let easter = easter_sunday(year)?;
                let distance = Days::new(days.unsigned_abs());
                if days < 0 { easter.checked_sub_days(distance) } else { easter.checked_add_days(distance) }
            }
        }
    }

    /// The name as it stands in a calendar.
    pub const fn name(self, locale: Locale) -> &'static str {
        let [nb, nn, en] = match self {
            Holiday::NewYearsDay => ["første nyttårsdag", "første nyttårsdag", "New Year’s Day"],
            Holiday::MaundyThursday => ["skjærtorsdag", "skjertorsdag", "Maundy Thursday"],
            Holiday::GoodFriday => ["langfredag", "langfredag", "Good Friday"],
            Holiday::EasterSunday => ["første påskedag", "første påskedag", "Easter Sunday"],
            Holiday::EasterMonday => ["andre påskedag", "andre påskedag", "Easter Monday"],
            Holiday::LabourDay => ["1. mai", "1. mai", "Labour Day"],
            Holiday::ConstitutionDay => ["17. mai", "17. mai", "Constitution Day"],
            Holiday::AscensionDay => ["Kristi himmelfartsdag", "Kristi himmelfartsdag", "Ascension Day"],
            Holiday::WhitSunday => ["første pinsedag", "første pinsedag", "Whit Sunday"],
            Holiday::WhitMonday => ["andre pinsedag", "andre pinsedag", "Whit Monday"],
            Holiday::ChristmasDay => ["første juledag", "første juledag", "Christmas Day"],
            Holiday::BoxingDay => ["andre juledag", "andre juledag", "Boxing Day"],
        };
        match locale {
            Locale::Nb => nb,
            Locale::Nn => nn,
            Locale::En => en,
        }
    }
}

/// The holidays of a year by date. Two can share a date (in 2008 Ascension Day was 1 May).
pub fn holidays_of(year: i32) -> Vec<(NaiveDate, Holiday)> {
    let mut days: Vec<_> =
        Holiday::ALL.iter().filter_map(|holiday| Some((holiday.date_in(year)?, *holiday))).collect();
    days.sort_unstable();
    days
}

/// The holiday on a date, if it is one; the earlier in `Holiday::ALL` when two share the date.
pub fn holiday_on(date: NaiveDate) -> Option<Holiday> {
    Holiday::ALL.into_iter().find(|holiday| holiday.date_in(date.year()) == Some(date))
}

/// Easter Sunday of a year in the Gregorian calendar (the anonymous algorithm printed by Meeus).
/// None only for years that a date cannot hold.
pub fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let century = year.div_euclid(100);
    let of_century = year.rem_euclid(100);
    // The lunar correction: how far the calendar's moon has drifted from the Julian reckoning.
    let drift = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * golden + century - century.div_euclid(4) - drift + 15).rem_euclid(30);
    let to_sunday =
        (32 + 2 * century.rem_euclid(4) + 2 * of_century.div_euclid(4) - epact - of_century.rem_euclid(4))
            .rem_euclid(7);
    // Two epacts of the cycle would put Easter a week too late.
    let late = (golden + 11 * epact + 22 * to_sunday).div_euclid(451);
    let since_march = epact + to_sunday - 7 * late + 114;
    let month = u32::try_from(since_march.div_euclid(31)).ok()?;
    let day = u32::try_from(since_march.rem_euclid(31) + 1).ok()?;
    NaiveDate::from_ymd_opt(year, month, day)
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;
    use proptest::prelude::*;

    use super::*;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn easter_falls_as_the_almanac_says_for_thirty_years() {
        let almanac = [
            (2020, 4, 12),
            (2021, 4, 4),
            (2022, 4, 17),
            (2023, 4, 9),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2028, 4, 16),
            (2029, 4, 1),
            (2030, 4, 21),
            (2031, 4, 13),
            (2032, 3, 28),
            (2033, 4, 17),
            (2034, 4, 9),
            (2035, 3, 25),
            (2036, 4, 13),
            (2037, 4, 5),
            (2038, 4, 25),
            (2039, 4, 10),
            (2040, 4, 1),
            (2041, 4, 21),
            (2042, 4, 6),
            (2043, 3, 29),
            (2044, 4, 17),
            (2045, 4, 9),
            (2046, 3, 25),
            (2047, 4, 14),
            (2048, 4, 5),
            (2049, 4, 18),
        ];
        for (year, month, day) in almanac {
            assert_eq!(easter_sunday(year), Some(date(year, month, day)));
        }
    }

    #[test]
    fn a_year_has_its_twelve_holidays_by_date_and_name() {
        let year: Vec<_> = holidays_of(2027)
            .into_iter()
            .map(|(day, holiday)| format!("{day} {}", holiday.name(Locale::Nb)))
            .collect();
        assert_eq!(
            year,
            [
                "2027-01-01 første nyttårsdag",
                "2027-03-25 skjærtorsdag",
                "2027-03-26 langfredag",
                "2027-03-28 første påskedag",
                "2027-03-29 andre påskedag",
                "2027-05-01 1. mai",
                "2027-05-06 Kristi himmelfartsdag",
                "2027-05-16 første pinsedag",
                "2027-05-17 17. mai",
                "2027-05-17 andre pinsedag",
                "2027-12-25 første juledag",
                "2027-12-26 andre juledag",
            ]
        );
    }

    #[test]
    fn christmas_eve_and_new_years_eve_are_ordinary_days() {
        assert_eq!(holiday_on(date(2026, 12, 24)), None);
        assert_eq!(holiday_on(date(2026, 12, 31)), None);
        assert_eq!(holiday_on(date(2027, 5, 17)), Some(Holiday::ConstitutionDay));
    }

    proptest! {
        #[test]
        fn the_movable_holidays_keep_their_weekdays(year in 1900..3000i32) {
            let weekday = |holiday: Holiday| holiday.date_in(year).unwrap().weekday();
            prop_assert_eq!(weekday(Holiday::MaundyThursday), Weekday::Thu);
            prop_assert_eq!(weekday(Holiday::EasterSunday), Weekday::Sun);
            prop_assert_eq!(weekday(Holiday::AscensionDay), Weekday::Thu);
            prop_assert_eq!(weekday(Holiday::WhitMonday), Weekday::Mon);
            let easter = easter_sunday(year).unwrap();
            prop_assert!((date(year, 3, 22)..=date(year, 4, 25)).contains(&easter));
        }
    }
}
