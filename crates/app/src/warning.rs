//! What a coordinator is told beside a result, without standing in its way.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use varde_model::{Locale, dates, gathering::concerns::Concern, holidays::holiday_on};

use crate::{PathPart, texts};

/// Something to look at once more: a code for programs, a text for people, the place in the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// What it is.
    pub concern: Concern,
    /// Where in the input; empty when it is about the whole.
    pub path: Vec<PathPart>,
}

/// What it is, for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WarningCode {
    /// The day is over.
    InThePast,
    /// The day is nearer than people have to answer an invitation.
    ShortNotice,
    /// A Saturday or Sunday.
    Weekend,
    /// A public holiday.
    PublicHoliday,
    /// A closed day of the trust.
    ClosedDay,
    /// Another gathering of the cohort is on the same day.
    SameDay,
    /// Blocks of the programme were cut to the gathering's hours.
    BlocksCut,
    /// A cohort was published in which nobody is to be invited.
    NobodyProposed,
    /// A cohort has fewer seats than are taken.
    SeatsTaken,
    /// The outcomes of a round were prepared, and have to be prepared anew.
    OutcomesThrownAway,
}

impl Warning {
    /// Warnings about one place in the input.
    pub(crate) fn all(concerns: Vec<Concern>, path: &[PathPart]) -> Vec<Self> {
        concerns.into_iter().map(|concern| Self { concern, path: path.to_vec() }).collect()
    }

    /// What it is.
    pub const fn code(&self) -> WarningCode {
        match self.concern {
            Concern::InThePast { .. } => WarningCode::InThePast,
            Concern::ShortNotice { .. } => WarningCode::ShortNotice,
            Concern::Weekend { .. } => WarningCode::Weekend,
            Concern::PublicHoliday { .. } => WarningCode::PublicHoliday,
            Concern::ClosedDay { .. } => WarningCode::ClosedDay,
            Concern::SameDay { .. } => WarningCode::SameDay,
            Concern::BlocksCut { .. } => WarningCode::BlocksCut,
            Concern::NobodyProposed => WarningCode::NobodyProposed,
            Concern::OutcomesThrownAway => WarningCode::OutcomesThrownAway,
            Concern::SeatsTaken { .. } => WarningCode::SeatsTaken,
        }
    }

    /// The text for people.
    pub fn message(&self, locale: Locale) -> String {
        let say = |key: &str, day: NaiveDate, more: &[(&'static str, String)]| {
            let args: Vec<_> =
                std::iter::once(("day", dates::day(locale, day))).chain(more.iter().cloned()).collect();
            texts::text_with(locale, key, &args)
        };
        match self.concern {
            Concern::InThePast { day } => say("warning-in-the-past", day, &[]),
            Concern::ShortNotice { day, ahead, wanted } => {
                let days = [("ahead", ahead.to_string()), ("wanted", wanted.to_string())];
                say("warning-short-notice", day, &days)
            }
            Concern::Weekend { day } => {
                let weekday = day.weekday().number_from_monday().to_string();
                say("warning-weekend", day, &[("weekday", weekday)])
            }
            Concern::PublicHoliday { day } => {
                let name = holiday_on(day).map_or("", |holiday| holiday.name(locale)).to_owned();
                say("warning-public-holiday", day, &[("holiday", name)])
            }
            Concern::ClosedDay { day } => say("warning-closed-day", day, &[]),
            Concern::SameDay { day, position } => {
                say("warning-same-day", day, &[("position", position.to_string())])
            }
            Concern::BlocksCut { day } => say("warning-blocks-cut", day, &[]),
            Concern::OutcomesThrownAway => texts::text(locale, "warning-outcomes-thrown-away"),
            Concern::NobodyProposed => texts::text(locale, "warning-nobody-proposed"),
            Concern::SeatsTaken { taken } => {
                texts::text_with(locale, "warning-seats-taken", &[("taken", taken.to_string())])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_warning_has_a_text_in_every_language() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let some = day("2027-05-17");
        let concerns = [
            Concern::InThePast { day: some },
            Concern::ShortNotice { day: some, ahead: 3, wanted: 14 },
            Concern::Weekend { day: day("2027-01-16") },
            Concern::PublicHoliday { day: some },
            Concern::ClosedDay { day: some },
            Concern::SameDay { day: some, position: 2 },
            Concern::BlocksCut { day: some },
        ];
        for warning in Warning::all(concerns.to_vec(), &[]) {
            for locale in Locale::ALL {
                let message = warning.message(locale);
                assert!(
                    message.contains(" 2027") && !message.contains("2027-") && !message.contains("{$"),
                    "{locale}: {message}"
                );
            }
        }
        let seats = Warning { concern: Concern::SeatsTaken { taken: 12 }, path: Vec::new() };
        assert!(Locale::ALL.into_iter().all(|locale| seats.message(locale).contains("12")));
        let saturday = Warning { concern: concerns[2], path: Vec::new() };
        assert!(saturday.message(Locale::Nn).contains("laurdag"));
        assert!(
            Warning { concern: concerns[3], path: Vec::new() }.message(Locale::Nb).contains("17. mai 2027")
        );
    }
}
