//! Calendar entries (RFC 5545 and 5546) for gatherings and for the meetings of check-ins: the UID comes from what it is about
//! and for whom alone, so that a change or a cancellation finds the entry that was sent before.

mod zone;

use chrono::{DateTime, Utc};
use icalendar::{Calendar as Ics, Component, Event, EventLike, Property};
use varde_model::{
    ids::PersonId,
    letter::{CohortFacts, GatheringFacts, Head, Letter, MeetingFacts},
};

use crate::{clean, compose::Sender};

/// What the calendar is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Add the entry, or bring it up to date.
    Request,
    /// Take it out.
    Cancel,
}

impl Method {
    /// The word of RFC 5546; the MIME part's `method` parameter must be the same.
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Request => "REQUEST",
            Method::Cancel => "CANCEL",
        }
    }
}

/// A calendar entry as it stands in the mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// What it asks for.
    pub method: Method,
    /// The iCalendar text, lines folded at 75 octets and ended by CRLF.
    pub body: String,
}

struct Entry<'a> {
    method: Method,
    /// What tells it from every other.
    uid: String,
    sequence: u32,
    title: String,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    place: [&'a Option<String>; 2],
    link: Option<&'a str>,
}

impl<'a> Entry<'a> {
    fn of(letter: &'a Letter) -> Option<Self> {
        Some(match letter {
            Letter::GatheringInvitation(l) => {
                Self::gathering(Method::Request, &l.cohort, &l.gathering, l.person)
            }
            Letter::GatheringMoved(l) => Self::gathering(Method::Request, &l.cohort, &l.gathering, l.person),
            Letter::GatheringCancelled(l) => {
                Self::gathering(Method::Cancel, &l.cohort, &l.gathering, l.person)
            }
            Letter::GatheringLeft(l) => Self::gathering(Method::Cancel, &l.cohort, &l.gathering, l.person),
            Letter::CheckInMeeting(l) => Self::meeting(Method::Request, &l.meeting),
            Letter::CheckInMeetingOff(l) => Self::meeting(Method::Cancel, &l.meeting),
            _ => return None,
        })
    }

    fn gathering(
        method: Method,
        cohort: &CohortFacts,
        gathering: &'a GatheringFacts,
        person: PersonId,
    ) -> Self {
        let title = clean::line(&gathering.title, clean::TITLE);
        let programme = clean::line(&cohort.programme_title, clean::TITLE);
        Self {
            method,
            uid: format!("gathering-{}-{person}", gathering.id),
            sequence: gathering.sequence,
            title: format!("{title} ({programme})"),
            starts_at: gathering.starts_at,
            ends_at: gathering.ends_at,
            place: [&gathering.place, &gathering.room],
            link: gathering.link.as_deref(),
        }
    }

    fn meeting(method: Method, meeting: &'a MeetingFacts) -> Self {
        Self {
            method,
            uid: meeting.uid.clone(),
            sequence: meeting.sequence,
            title: clean::line(&meeting.title, clean::TITLE),
            starts_at: meeting.starts_at,
            ends_at: meeting.ends_at,
            place: [&meeting.place, &None],
            link: meeting.link.as_deref(),
        }
    }
}

pub(crate) fn of(letter: &Letter, head: &Head, sender: &Sender, description: &str) -> Option<Calendar> {
    let entry = Entry::of(letter)?;
    let method = entry.method;
    let mut event = Event::with_uid(&format!("{}@varde", entry.uid));
    event
        .timestamp(head.now)
        .sequence(entry.sequence)
        .summary(&entry.title)
        .append_property(zone::time("DTSTART", entry.starts_at, head.zone))
        .append_property(zone::time("DTEND", entry.ends_at, head.zone))
        .append_property(organiser(head, sender))
        .append_multi_property(attendee(head));
    event.add_property("TRANSP", "OPAQUE");
    event.add_property("STATUS", if method == Method::Cancel { "CANCELLED" } else { "CONFIRMED" });
    if !description.is_empty() {
        event.description(description);
    }
    if let Some(place) = place(&entry) {
        event.location(&place);
    }
    if let Some(link) = entry.link.map(clean::address).filter(|link| link.starts_with("http")) {
        event.url(&link);
    }
    let mut calendar = Ics::empty();
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", "-//Varde//Varde//NO"))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .append_property(Property::new("METHOD", method.as_str()))
        .push(event.done());
    // The crate has no builder for time zones: the block goes in before the first entry.
    let zone = zone::block(head.zone, entry.starts_at);
    let body = calendar.to_string().replacen("BEGIN:VEVENT", &format!("{zone}BEGIN:VEVENT"), 1);
    Some(Calendar { method, body })
}

fn place(entry: &Entry<'_>) -> Option<String> {
    let parts: Vec<String> = entry
        .place
        .into_iter()
        .flatten()
        .map(|part| clean::line(part, clean::TITLE))
        .filter(|part| !part.is_empty())
        .collect();
    let link = || entry.link.map(clean::address);
    if parts.is_empty() { link() } else { Some(parts.join(", ")) }
}

fn organiser(head: &Head, sender: &Sender) -> Property {
    let address = clean::address(sender.email_for(head));
    Property::new("ORGANIZER", format!("mailto:{address}"))
        .add_parameter("CN", &clean::display_name(&head.organisation_name))
        .done()
}

/// No answer is asked of the calendar: nobody reads those at the organiser's address.
fn attendee(head: &Head) -> Property {
    let address = clean::address(&head.recipient_email);
    Property::new("ATTENDEE", format!("mailto:{address}"))
        .add_parameter("CN", &clean::display_name(&head.recipient_name))
        .add_parameter("CUTYPE", "INDIVIDUAL")
        .add_parameter("ROLE", "REQ-PARTICIPANT")
        .add_parameter("PARTSTAT", "NEEDS-ACTION")
        .add_parameter("RSVP", "FALSE")
        .done()
}
