//! What the letters tell. Texts are already in the reader's language, instants are UTC, links are whole URLs.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use super::Letter;
use crate::{
    Locale,
    catalogue::PartlyCounts,
    ids::{GatheringId, OutboxId, PersonId},
};

/// Who a letter goes to, from whom, and at what moment it is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// The outbox row; the Message-ID is made from it, so that a second copy can be known.
    pub outbox_id: OutboxId,
    /// The trust's name as people know it.
    pub organisation_name: String,
    /// The trust's own sender address; without it, the address of the settings.
    pub sender_email: Option<String>,
    /// The reader's name, as the HR system has it: it may be hostile.
    pub recipient_name: String,
    /// The reader's address.
    pub recipient_email: String,
    /// The reader's choice of language.
    pub locale: Locale,
    /// The trust's time zone.
    pub zone: Tz,
    /// The moment of sending: decides between 'will start' and 'started'.
    pub now: DateTime<Utc>,
    /// Where an answer to the mail should go; without it, answers are not read and the mail says so.
    pub reply_to: Option<Contact>,
    /// The one-click unsubscribe (RFC 8058). None for mandatory mail.
    pub unsubscribe_url: Option<String>,
}

/// A person to turn to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// Her or his name.
    pub name: String,
    /// Her or his address.
    pub email: String,
}

/// A cohort, as its letters tell of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CohortFacts {
    /// The programme's title in the reader's language.
    pub programme_title: String,
    /// The coordinator's own key, such as `ONB-2027-1`.
    pub cohort_code: String,
    /// The cohort's title, such as `Vår 2027`.
    pub cohort_title: String,
    /// Where the cohort usually meets.
    pub place: Option<String>,
    /// Where it meets on the net.
    pub link: Option<String>,
    /// Its gatherings that stand, in order of time.
    pub gatherings: Vec<GatheringFacts>,
    /// Whom to ask, in the order in which they are to be asked.
    pub coordinators: Vec<Contact>,
}

/// A gathering, as its letters tell of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GatheringFacts {
    /// The gathering; half of the calendar entry's UID.
    pub id: GatheringId,
    /// Its title.
    pub title: String,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// When it ends; later than the start.
    pub ends_at: DateTime<Utc>,
    /// The house or the address.
    pub place: Option<String>,
    /// The room within it.
    pub room: Option<String>,
    /// Where it meets on the net.
    pub link: Option<String>,
    /// The calendar's SEQUENCE: rises by one with each change of time, place or room, and with a cancellation.
    pub sequence: u32,
    /// The day's programme, in order of time.
    pub blocks: Vec<BlockFacts>,
}

/// A themed block of a gathering.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BlockFacts {
    /// Local start.
    pub starts: NaiveTime,
    /// Local end.
    pub ends: NaiveTime,
    /// Its theme.
    pub title: String,
    /// Who speaks.
    pub speakers: Vec<String>,
}

/// When and where a gathering was before it moved.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FormerGathering {
    /// When it would have started.
    pub starts_at: DateTime<Utc>,
    /// When it would have ended.
    pub ends_at: DateTime<Utc>,
    /// The house or the address.
    pub place: Option<String>,
    /// The room within it.
    pub room: Option<String>,
    /// Where it would have met on the net.
    pub link: Option<String>,
}

/// Facts of [`Letter::Invitation`] and its reminder.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Invitation {
    /// The cohort with a seat.
    pub cohort: CohortFacts,
    /// The page that asks: accept or decline.
    pub answer_url: String,
    /// An answer is wanted before this moment.
    pub reply_by: DateTime<Utc>,
}

/// Facts of [`Letter::WaitingListConfirmed`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WaitingListConfirmed {
    /// The full cohort.
    pub cohort: CohortFacts,
    /// The place in line; the next one is 1.
    pub position: u32,
    /// The page on which to leave the line.
    pub manage_url: Option<String>,
}

/// Facts of [`Letter::SeatOffered`] and its reminder.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeatOffered {
    /// The cohort with a freed seat.
    pub cohort: CohortFacts,
    /// The page that asks: accept or decline.
    pub answer_url: String,
    /// The seat is held until this moment.
    pub held_until: DateTime<Utc>,
}

/// Facts of [`Letter::InvitationLapsed`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InvitationLapsed {
    /// The cohort.
    pub cohort: CohortFacts,
    /// The moment until which an answer was wanted.
    pub reply_by: DateTime<Utc>,
}

/// Facts of [`Letter::OfferLapsed`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OfferLapsed {
    /// The cohort.
    pub cohort: CohortFacts,
    /// The moment at which the hold ended.
    pub held_until: DateTime<Utc>,
}

/// Facts of [`Letter::WaitingListClosed`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WaitingListClosed {
    /// The cohort that closed.
    pub cohort: CohortFacts,
}

/// Facts of [`Letter::EnrolmentConfirmed`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EnrolmentConfirmed {
    /// The cohort.
    pub cohort: CohortFacts,
    /// The page on which to withdraw.
    pub manage_url: Option<String>,
}

/// Facts of [`Letter::GatheringInvitation`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GatheringInvitation {
    /// The cohort.
    pub cohort: CohortFacts,
    /// The gathering for the calendar.
    pub gathering: GatheringFacts,
    /// The reader; the other half of the calendar entry's UID.
    pub person: PersonId,
    /// The page that asks: coming or not.
    pub rsvp_url: Option<String>,
}

/// Facts of [`Letter::GatheringMoved`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GatheringMoved {
    /// The cohort.
    pub cohort: CohortFacts,
    /// The gathering as it stands now.
    pub gathering: GatheringFacts,
    /// When and where it was.
    pub former: FormerGathering,
    /// The reader; the other half of the calendar entry's UID.
    pub person: PersonId,
    /// The page that asks: coming or not.
    pub rsvp_url: Option<String>,
}

/// Facts of [`Letter::GatheringCancelled`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GatheringCancelled {
    /// The cohort.
    pub cohort: CohortFacts,
    /// The gathering that falls away.
    pub gathering: GatheringFacts,
    /// The reader; the other half of the calendar entry's UID.
    pub person: PersonId,
    /// The coordinator's own words on why.
    pub reason: Option<String>,
}

/// Facts of [`Letter::GatheringLeft`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GatheringLeft {
    /// The cohort that the reader left.
    pub cohort: CohortFacts,
    /// The gathering that takes place without the reader.
    pub gathering: GatheringFacts,
    /// The reader; the other half of the calendar entry's UID.
    pub person: PersonId,
    /// The title of the cohort that a coordinator moved the reader to.
    pub moved_to: Option<String>,
}

/// Facts of [`Letter::EnrolmentWithdrawn`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EnrolmentWithdrawn {
    /// The cohort.
    pub cohort: CohortFacts,
}

/// Facts of [`Letter::EnrolmentMoved`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EnrolmentMoved {
    /// The cohort in which the reader is now.
    pub cohort: CohortFacts,
    /// The title of the one that she or he was in.
    pub former_title: String,
    /// How the reader stands there.
    pub standing: MovedTo,
    /// The page that asks or on which to withdraw.
    pub url: Option<String>,
}

/// How somebody who was moved stands in the new cohort.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum MovedTo {
    /// With a seat.
    Seat,
    /// In line.
    Line {
        /// The place in line; the next one is 1.
        position: u32,
    },
    /// Asked, as before.
    Invited {
        /// An answer is wanted before this moment.
        reply_by: DateTime<Utc>,
    },
}

/// Facts of [`Letter::CohortCancelled`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CohortCancelled {
    /// The cohort with the gatherings that fall away.
    pub cohort: CohortFacts,
    /// The coordinator's own words on why.
    pub reason: Option<String>,
}

/// Facts of [`Letter::GatheringReminder`] and [`Letter::GatheringPractical`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GatheringReminder {
    /// The cohort.
    pub cohort: CohortFacts,
    /// The gathering.
    pub gathering: GatheringFacts,
    /// What the reader has answered; None for no answer yet.
    pub coming: Option<bool>,
    /// Whether the letter asks those who have not answered, or reminds everyone who may come.
    pub question: bool,
    /// The page that asks: coming or not.
    pub rsvp_url: Option<String>,
}

/// Facts of [`Letter::CohortCompleted`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CohortCompleted {
    /// The cohort.
    pub cohort: CohortFacts,
    /// At how many gatherings the leader was, wholly or partly.
    pub attended: u32,
    /// The page from which the certificate is fetched; None where its link does not work any more.
    pub certificate_url: Option<String>,
}

/// Facts of [`Letter::CohortNotCompleted`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CohortNotCompleted {
    /// The cohort.
    pub cohort: CohortFacts,
    /// How many gatherings count for the leader, such as `2½`.
    pub attended: String,
    /// What a part counts; None when the leader was not at a part of any.
    pub partly_counts: Option<PartlyCounts>,
    /// How many the programme asks for.
    pub required: u32,
    /// The gatherings that are missing.
    pub missed: Vec<GatheringFacts>,
    /// The modules that the programme asks for and the leader missed altogether, by title.
    pub missed_modules: Vec<String>,
}

/// Facts of [`Letter::WelcomeNewLeader`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WelcomeNewLeader {
    /// The unit that the leader leads.
    pub unit_name: String,
    /// The appointment's first day.
    pub appointed_from: NaiveDate,
    /// The programme's title in the reader's language.
    pub programme_title: String,
    /// The next cohort with room, once one is published.
    pub next_cohort: Option<CohortFacts>,
    /// Whom to ask.
    pub coordinators: Vec<Contact>,
}

/// Facts of [`Letter::LineManagerNotice`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LineManagerNotice {
    /// The leader who starts.
    pub leader_name: String,
    /// The cohort.
    pub cohort: CohortFacts,
}

/// Facts of [`Letter::LineManagerUpdate`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LineManagerUpdate {
    /// The leader whose days the reader was told of.
    pub leader_name: String,
    /// The cohort in which the leader is now, or was last.
    pub cohort: CohortFacts,
    /// What became of it.
    pub news: LeaderNews,
}

/// What became of a leader's place since the line manager was told.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum LeaderNews {
    /// The gatherings are other ones, or elsewhere.
    Changed,
    /// The leader goes on in another cohort.
    Moved {
        /// The title of the one that she or he was in.
        former_title: String,
        /// Whether she or he has a seat there.
        seat: bool,
    },
    /// The leader takes part no more.
    Left,
    /// The cohort is cancelled.
    CalledOff,
}

/// Facts of [`Letter::DailyDigest`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DailyDigest {
    /// The letters that waited, oldest first. A digest within a digest is read as its items.
    #[serde(skip)]
    pub items: Vec<Letter>,
}
