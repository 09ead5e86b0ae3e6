//! A survey (undersøkelse): one round of a form, answered without a name.
//!
//! Whoever was asked is kept, and whether she or he has answered; what was answered is kept apart, without a person, an
//! hour or anything that two answers of one person could be joined by. Figures are shown once the survey is closed and
//! enough people stand behind them: while answers come in, two looks at it would tell what the last one said.

mod answers;
mod figures;

pub use answers::{Answer, AnswerFault, Given, LONGEST_COMMENT, checked};
pub use figures::{Comment, Hidden, QuestionFigures, Tally, figures, shown};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use crate::{
    catalogue::SurveyForm,
    delivery::names,
    ids::{CohortId, GatheringId, LeaderGroupId, PersonId, SurveyId},
    local_time::instant,
    working_days::WorkingCalendar,
};

names! {
    /// What a survey is about.
    SurveyKind {
        /// A gathering, to those who were there.
        Gathering = "gathering",
        /// A completed cohort, to those who took part.
        Cohort = "cohort",
        /// Where a leader group stands before its first gathering, to its members.
        GroupBefore = "group_before",
        /// Where it stands after its last one.
        GroupAfter = "group_after",
    }
}

impl SurveyKind {
    /// How many answers must stand behind a figure. Fewer would let one guess who said what.
    pub const fn shown_from(self) -> u32 {
        match self {
            Self::Gathering | Self::Cohort => 5,
            // A leader group is small, and nobody else sees it. The introduction says that one may guess all the same.
            Self::GroupBefore | Self::GroupAfter => 3,
        }
    }

    /// Whether its figures are for those alone who were asked. Of the others, coordinators see them too.
    pub const fn is_for_the_asked_alone(self) -> bool {
        matches!(self, Self::GroupBefore | Self::GroupAfter)
    }
}

/// What a survey is about, with its id: there is one survey about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SurveySubject {
    /// A gathering.
    Gathering(GatheringId),
    /// A cohort.
    Cohort(CohortId),
    /// A leader group before its first gathering.
    GroupBefore(LeaderGroupId),
    /// A leader group after its last one.
    GroupAfter(LeaderGroupId),
}

impl SurveySubject {
    /// What kind of thing it is.
    pub const fn kind(self) -> SurveyKind {
        match self {
            Self::Gathering(_) => SurveyKind::Gathering,
            Self::Cohort(_) => SurveyKind::Cohort,
            Self::GroupBefore(_) => SurveyKind::GroupBefore,
            Self::GroupAfter(_) => SurveyKind::GroupAfter,
        }
    }

    /// The id in rows.
    pub const fn id(self) -> Uuid {
        match self {
            Self::Gathering(id) => id.0,
            Self::Cohort(id) => id.0,
            Self::GroupBefore(id) | Self::GroupAfter(id) => id.0,
        }
    }

    /// From a row.
    pub const fn of(kind: SurveyKind, id: Uuid) -> Self {
        match kind {
            SurveyKind::Gathering => Self::Gathering(GatheringId(id)),
            SurveyKind::Cohort => Self::Cohort(CohortId(id)),
            SurveyKind::GroupBefore => Self::GroupBefore(LeaderGroupId(id)),
            SurveyKind::GroupAfter => Self::GroupAfter(LeaderGroupId(id)),
        }
    }

    /// The gathering that it is about.
    pub const fn gathering(self) -> Option<GatheringId> {
        if let Self::Gathering(id) = self { Some(id) } else { None }
    }

    /// The leader group that it is about.
    pub const fn group(self) -> Option<LeaderGroupId> {
        match self {
            Self::GroupBefore(id) | Self::GroupAfter(id) => Some(id),
            Self::Gathering(_) | Self::Cohort(_) => None,
        }
    }
}

/// One round of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Survey {
    /// Permanent id.
    pub id: SurveyId,
    /// What it is about.
    pub subject: SurveySubject,
    /// The cohort that it belongs to.
    pub cohort: CohortId,
    /// The form as it was when the survey was opened.
    pub form: SurveyForm,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// From then on it takes no answer, and shows its figures.
    pub closes_at: DateTime<Utc>,
}

impl Survey {
    /// Whether it takes no answer any more.
    pub fn is_closed(&self, now: DateTime<Utc>) -> bool {
        self.closes_at <= now
    }
}

/// Somebody who was asked. When she or he answered is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyInvitation {
    /// The survey.
    pub survey: SurveyId,
    /// Who.
    pub person: PersonId,
    /// Whether she or he has answered.
    pub answered: bool,
}

/// The hour at which surveys go out and are reminded of.
fn morning() -> NaiveTime {
    NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default()
}

/// When those who were at a gathering on a day are asked: on the next working day in the morning.
pub fn asked_at(day: NaiveDate, calendar: &WorkingCalendar, zone: Tz) -> DateTime<Utc> {
    instant(calendar.add(day, 1), morning(), zone)
}

/// When a survey that opens on a day is reminded of.
pub fn reminded_at(form: &SurveyForm, day: NaiveDate, calendar: &WorkingCalendar, zone: Tz) -> DateTime<Utc> {
    let days = i32::try_from(form.remind_after_days).unwrap_or(i32::MAX);
    instant(calendar.add(day, days), morning(), zone)
}

/// When a survey that opens on a day closes: a minute before the end of its last day, so that letters name that day.
pub fn closes_at(form: &SurveyForm, day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let last = day.checked_add_days(chrono::Days::new(u64::from(form.open_days))).unwrap_or(day);
    instant(last, NaiveTime::from_hms_opt(23, 59, 0).unwrap_or_default(), zone)
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Oslo;

    use super::*;
    use crate::catalogue::shipped::catalogue;

    #[test]
    fn a_friday_is_asked_about_on_monday_and_the_last_day_counts_to_its_end() {
        let (calendar, friday) = (WorkingCalendar::default(), "2027-01-15".parse().unwrap());
        assert_eq!(asked_at(friday, &calendar, Oslo).to_rfc3339(), "2027-01-18T08:00:00+00:00");
        let forms = catalogue().surveys;
        let form = forms.iter().find(|form| form.key == "gathering_evaluation").unwrap();
        let monday = "2027-01-18".parse().unwrap();
        assert_eq!(closes_at(form, monday, Oslo).to_rfc3339(), "2027-01-28T22:59:00+00:00");
        assert_eq!(reminded_at(form, monday, &calendar, Oslo).to_rfc3339(), "2027-01-21T08:00:00+00:00");
    }

    #[test]
    fn a_subject_is_read_as_it_was_written() {
        for kind in SurveyKind::ALL {
            let subject = SurveySubject::of(*kind, Uuid::from_u128(1));
            assert_eq!((subject.kind(), subject.id()), (*kind, Uuid::from_u128(1)));
        }
    }
}
