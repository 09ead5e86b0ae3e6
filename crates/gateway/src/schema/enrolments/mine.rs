//! A leader's own places: what the leader may see of a cohort.

use async_graphql::{ID, SimpleObject};
use chrono::{DateTime, Utc};
use varde_app::{enrolments, post::Planned};
use varde_model::{Locale, local_time::Zoned};

use crate::{
    relay,
    schema::{
        labels::EnrolmentStateLabel,
        scalars::{LocalDate, LocalTime},
    },
};

/// One's own place in a cohort.
#[derive(Debug, SimpleObject)]
pub struct MyPlace {
    /// Opaque permanent id of the place.
    #[graphql(owned)]
    pub(crate) id: ID,
    /// The place's id, for `answerInvitation` and `answerGathering`.
    enrolment_id: ID,
    /// Where one stands.
    state: EnrolmentStateLabel,
    /// Until when an answer is wanted.
    answer_by: Option<DateTime<Utc>>,
    /// The same as a local day.
    answer_by_date: Option<LocalDate>,
    /// The same as a local hour.
    answer_by_time: Option<LocalTime>,
    /// The zone of day and hour, such as `Europe/Oslo`.
    time_zone: &'static str,
    /// The place in line; the next one is 1.
    place_in_line: Option<u32>,
    /// The cohort's code.
    cohort_code: String,
    /// What the cohort is called.
    cohort_title: String,
    /// Its gatherings that stand.
    gatherings: Vec<MyGathering>,
}

/// A letter that one gets oneself because of a change.
#[derive(Debug, SimpleObject)]
pub struct MyMail {
    /// Which letter, such as `enrolment_confirmed`.
    letter: &'static str,
    /// When it goes out.
    at: DateTime<Utc>,
}

impl From<Planned> for MyMail {
    fn from(planned: Planned) -> Self {
        Self { letter: planned.letter.as_str(), at: planned.at }
    }
}

/// A gathering of one's own cohort.
#[derive(Debug, Clone, SimpleObject)]
pub struct MyGathering {
    /// Opaque permanent id of the gathering.
    #[graphql(owned)]
    pub(crate) id: ID,
    /// The gathering's id, for `answerGathering`.
    gathering_id: ID,
    /// What it is called, in the caller's language.
    title: String,
    /// The local day.
    date: LocalDate,
    /// The local hour it begins.
    starts: LocalTime,
    /// The local hour it ends.
    ends: LocalTime,
    /// The instant it begins.
    starts_at: DateTime<Utc>,
    /// The instant it ends.
    ends_at: DateTime<Utc>,
    /// The zone of day and hours.
    time_zone: &'static str,
    /// Where.
    place: Option<String>,
    /// The room.
    room: Option<String>,
    /// Where on the net.
    link: Option<String>,
}

impl MyPlace {
    /// The place in the caller's language.
    pub(crate) fn told(mine: enrolments::MyPlace, locale: Locale) -> Self {
        let cohort = mine.cohort;
        let answer_by = mine.enrolment.answer_by.map(|by| Zoned::at(by, mine.zone));
        Self {
            id: relay::encode("Enrolment", mine.enrolment.id.0),
            enrolment_id: relay::encode("Enrolment", mine.enrolment.id.0),
            state: mine.enrolment.state.into(),
            answer_by: mine.enrolment.answer_by,
            answer_by_date: answer_by.as_ref().map(|by| by.date.into()),
            answer_by_time: answer_by.as_ref().map(|by| by.time.into()),
            time_zone: mine.zone.name(),
            place_in_line: mine.place_in_line,
            gatherings: mine
                .gatherings
                .into_iter()
                .map(|gathering| MyGathering {
                    id: relay::encode("Gathering", gathering.id.0),
                    gathering_id: relay::encode("Gathering", gathering.id.0),
                    title: gathering.title.into_text(locale),
                    date: gathering.date.into(),
                    starts: gathering.starts.into(),
                    ends: gathering.ends.into(),
                    starts_at: gathering.starts_at,
                    ends_at: gathering.ends_at,
                    time_zone: gathering.zone.name(),
                    place: gathering.place.or_else(|| cohort.place.clone()),
                    room: gathering.room,
                    link: gathering.link.or_else(|| cohort.link.clone()),
                })
                .collect(),
            cohort_code: cohort.code,
            cohort_title: cohort.title,
        }
    }

    /// The gathering of the cohort with this key.
    pub(crate) fn gathering(&self, key: uuid::Uuid) -> Option<MyGathering> {
        let is = |gathering: &&MyGathering| relay::decode_as("Gathering", &gathering.id) == Some(key);
        self.gatherings.iter().find(is).cloned()
    }
}
