//! The planned meeting of the two who hold a check-in.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Tz;

use super::{CheckIn, Cycle};
use crate::{ids::CheckInId, local_time::Zoned};

/// How long a meeting may take, in minutes.
pub const MINUTES: (u16, u16) = (15, 480);

/// The longest place or link, in characters.
pub const LONGEST_PLACE: usize = 300;

/// Where and when the two meet. It stands in both calendars, so nothing confidential belongs here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// The check-in.
    pub check_in: CheckInId,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// How long it takes.
    pub minutes: u16,
    /// Where, if it is said.
    pub place: Option<String>,
    /// The address of a video meeting, if there is one.
    pub link: Option<String>,
    /// Counts what calendars are told: each change is one more, so that an older entry never takes a newer one's place.
    pub sequence: u32,
    /// True when it was called off; planned again, it goes on counting.
    pub called_off: bool,
}

/// What is wrong with the time of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeetingFlaw {
    /// It has begun already.
    Past,
    /// The cycle is closed by then.
    AfterClose,
}

impl Meeting {
    /// When it ends.
    pub fn ends_at(&self) -> DateTime<Utc> {
        self.starts_at + Duration::minutes(self.minutes.into())
    }

    /// The day on which it is, in a zone.
    pub fn day(&self, zone: Tz) -> NaiveDate {
        Zoned::at(self.starts_at, zone).date
    }

    /// What is wrong with its time in a cycle; None where it can be held then.
    pub fn flaw(&self, cycle: &Cycle, zone: Tz, now: DateTime<Utc>) -> Option<MeetingFlaw> {
        if self.starts_at <= now {
            Some(MeetingFlaw::Past)
        } else if self.day(zone) > cycle.closes_on {
            Some(MeetingFlaw::AfterClose)
        } else {
            None
        }
    }

    /// True while it lies ahead.
    pub fn is_ahead(&self, now: DateTime<Utc>) -> bool {
        !self.called_off && self.starts_at > now
    }

    /// The day that is proposed as the one on which they met: once the meeting is over, until they have said so.
    pub fn proposed_day(&self, check_in: &CheckIn, zone: Tz, now: DateTime<Utc>) -> Option<NaiveDate> {
        let over = !self.called_off && self.ends_at() <= now && check_in.met_on.is_none();
        over.then(|| self.day(zone))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        check_in::{CycleState, Reminding},
        ids::CycleId,
    };

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn meeting(starts_at: &str) -> Meeting {
        Meeting {
            check_in: CheckInId(Uuid::nil()),
            starts_at: at(starts_at),
            minutes: 60,
            place: None,
            link: None,
            sequence: 0,
            called_off: false,
        }
    }

    #[test]
    fn a_meeting_lies_ahead_and_not_after_the_close_by_the_trusts_own_calendar() {
        let day = |month, day| NaiveDate::from_ymd_opt(2027, month, day).unwrap();
        let cycle = Cycle {
            id: CycleId(Uuid::nil()),
            code: "2027".to_owned(),
            state: CycleState::Open,
            opens_on: day(1, 11),
            due_on: day(3, 31),
            closes_on: day(4, 30),
            least_days: 60,
            reminding: Reminding::default(),
            opened_at: None,
            closed_at: None,
            version: 1,
        };
        let flaw =
            |starts: &str| meeting(starts).flaw(&cycle, chrono_tz::Europe::Oslo, at("2027-02-01T08:00:00Z"));
        assert_eq!(flaw("2027-02-01T08:00:00Z"), Some(MeetingFlaw::Past));
        assert_eq!(flaw("2027-02-01T08:01:00Z"), None);
        assert_eq!(flaw("2027-04-30T21:30:00Z"), None, "23.30 on the last day in Oslo");
        assert_eq!(flaw("2027-04-30T22:30:00Z"), Some(MeetingFlaw::AfterClose));
    }

    #[test]
    fn a_meeting_that_was_called_off_does_not_lie_ahead() {
        let now = at("2027-02-01T08:00:00Z");
        assert!(meeting("2027-02-02T08:00:00Z").is_ahead(now));
        assert!(!Meeting { called_off: true, ..meeting("2027-02-02T08:00:00Z") }.is_ahead(now));
        assert_eq!(meeting("2027-02-02T08:00:00Z").ends_at(), at("2027-02-02T09:00:00Z"));
    }
}
