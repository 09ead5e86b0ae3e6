//! Calendar entries (RFC 5545 and 5546) for gatherings: the UID comes from gathering and person alone, so that
//! a change or a cancellation finds the entry that was sent before.

mod zone;

use icalendar::{Calendar as Ics, Component, Event, EventLike, Property};
use varde_model::{
    ids::PersonId,
    letter::{CohortFacts, GatheringFacts, Head, Letter},
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
    cohort: &'a CohortFacts,
    gathering: &'a GatheringFacts,
    person: PersonId,
}

impl<'a> Entry<'a> {
    fn of(letter: &'a Letter) -> Option<Self> {
        let (method, cohort, gathering, person) = match letter {
            Letter::GatheringInvitation(l) => (Method::Request, &l.cohort, &l.gathering, l.person),
            Letter::GatheringMoved(l) => (Method::Request, &l.cohort, &l.gathering, l.person),
            Letter::GatheringCancelled(l) => (Method::Cancel, &l.cohort, &l.gathering, l.person),
            Letter::GatheringLeft(l) => (Method::Cancel, &l.cohort, &l.gathering, l.person),
            _ => return None,
        };
        Some(Self { method, cohort, gathering, person })
    }
}

pub(crate) fn of(letter: &Letter, head: &Head, sender: &Sender, description: &str) -> Option<Calendar> {
    let Entry { method, cohort, gathering, person } = Entry::of(letter)?;
    let title = clean::line(&gathering.title, clean::TITLE);
    let programme = clean::line(&cohort.programme_title, clean::TITLE);
    let mut event = Event::with_uid(&format!("gathering-{}-{person}@varde", gathering.id));
    event
        .timestamp(head.now)
        .sequence(gathering.sequence)
        .summary(&format!("{title} ({programme})"))
        .append_property(zone::time("DTSTART", gathering.starts_at, head.zone))
        .append_property(zone::time("DTEND", gathering.ends_at, head.zone))
        .append_property(organiser(head, sender))
        .append_multi_property(attendee(head));
    event.add_property("TRANSP", "OPAQUE");
    event.add_property("STATUS", if method == Method::Cancel { "CANCELLED" } else { "CONFIRMED" });
    if !description.is_empty() {
        event.description(description);
    }
    if let Some(place) = place(gathering) {
        event.location(&place);
    }
    if let Some(link) = gathering.link.as_deref().map(clean::address).filter(|link| link.starts_with("http"))
    {
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
    let zone = zone::block(head.zone, gathering.starts_at);
    let body = calendar.to_string().replacen("BEGIN:VEVENT", &format!("{zone}BEGIN:VEVENT"), 1);
    Some(Calendar { method, body })
}

fn place(gathering: &GatheringFacts) -> Option<String> {
    let parts: Vec<String> = [&gathering.place, &gathering.room]
        .into_iter()
        .flatten()
        .map(|part| clean::line(part, clean::TITLE))
        .filter(|part| !part.is_empty())
        .collect();
    let link = || gathering.link.as_deref().map(clean::address);
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
