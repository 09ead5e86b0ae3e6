use std::collections::BTreeMap;

use varde_mail::{Method, render};
use varde_model::letter::{GatheringInvitation, Head, Letter, LetterKind};

use crate::{sample, sender};

/// The unfolded lines of an iCalendar text, after checking how they are folded.
fn lines(body: &str) -> Vec<String> {
    assert!(body.ends_with("\r\n"));
    assert!(!body.replace("\r\n", "").contains(['\r', '\n']), "every line ends with CRLF");
    for line in body.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
    }
    body.replace("\r\n ", "").split("\r\n").filter(|l| !l.is_empty()).map(str::to_owned).collect()
}

/// Names with their parameters, and values, of the event.
fn event(body: &str) -> BTreeMap<String, String> {
    let lines = lines(body);
    let from = lines.iter().position(|l| l == "BEGIN:VEVENT").unwrap();
    lines[from + 1..]
        .iter()
        .take_while(|l| *l != "END:VEVENT")
        .map(|l| {
            let at = l.char_indices().scan(false, |quoted, (at, c)| {
                *quoted ^= c == '"';
                Some((at, c == ':' && !*quoted))
            });
            let at = at.filter(|(_, end)| *end).map(|(at, _)| at).next().unwrap();
            (l[..at].split(';').next().unwrap().to_owned(), l.clone())
        })
        .collect()
}

fn body(kind: LetterKind) -> (Method, String) {
    let (letter, head) = sample(kind);
    let calendar = render(&letter, &head, &sender()).unwrap().calendar.unwrap();
    (calendar.method, calendar.body)
}

#[test]
fn a_change_and_a_cancellation_find_the_entry_that_was_sent() {
    let (invited, moved, cancelled) = (
        body(LetterKind::GatheringInvitation),
        body(LetterKind::GatheringMoved),
        body(LetterKind::GatheringCancelled),
    );
    assert_eq!((invited.0, moved.0, cancelled.0), (Method::Request, Method::Request, Method::Cancel));
    let uid = &event(&invited.1)["UID"];
    assert_eq!(
        uid,
        "UID:gathering-01935a00-0000-7000-8000-000000000002-01935a00-0000-7000-8000-000000000004@varde"
    );
    for (at, (method, body)) in [&invited, &moved, &cancelled].into_iter().enumerate() {
        let event = event(body);
        assert_eq!(&event["UID"], uid);
        assert_eq!(event["SEQUENCE"], format!("SEQUENCE:{at}"));
        assert!(lines(body).contains(&format!("METHOD:{}", method.as_str())));
    }
    assert_eq!(event(&invited.1)["STATUS"], "STATUS:CONFIRMED");
    assert_eq!(event(&cancelled.1)["STATUS"], "STATUS:CANCELLED");
}

#[test]
fn an_entry_has_local_time_place_and_people() {
    let (_, body) = body(LetterKind::GatheringInvitation);
    let event = event(&body);
    assert_eq!(event["DTSTART"], "DTSTART;TZID=Europe/Oslo:20270112T090000");
    assert_eq!(event["DTEND"], "DTEND;TZID=Europe/Oslo:20270112T153000");
    assert_eq!(event["DTSTAMP"], "DTSTAMP:20261221T070000Z");
    assert_eq!(event["LOCATION"], "LOCATION:Åsgata 1\\, Fjorden");
    assert_eq!(event["ORGANIZER"], "ORGANIZER;CN=Fjordheim sykehus HF:mailto:lederprogram@fjordheim.example");
    assert!(event["ATTENDEE"].contains("RSVP=FALSE"));
    assert!(event["ATTENDEE"].ends_with(":mailto:ase.nordbo@fjordheim.example"));
    assert!(event["DESCRIPTION"].contains("Mål og drift"));
    let lines = lines(&body);
    let zone = lines.iter().position(|l| l == "BEGIN:VTIMEZONE").unwrap();
    assert!(zone < lines.iter().position(|l| l == "BEGIN:VEVENT").unwrap());
    assert_eq!(lines[zone + 1], "TZID:Europe/Oslo");
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("calendar_invitation", body.replace("\r\n", "\n"));
    });
}

#[test]
fn the_online_gathering_has_its_address() {
    let (letter, head) = sample(LetterKind::GatheringInvitation);
    let Letter::GatheringInvitation(GatheringInvitation { cohort, person, rsvp_url, .. }) = letter else {
        unreachable!()
    };
    let gathering = cohort.gatherings[1].clone();
    let letter = Letter::GatheringInvitation(GatheringInvitation { cohort, gathering, person, rsvp_url });
    let event = event(&render(&letter, &head, &sender()).unwrap().calendar.unwrap().body);
    assert_eq!(event["URL"], "URL;VALUE=URI:https://mote.fjordheim.example/onb".replace(";VALUE=URI", ""));
    assert_eq!(event["DTSTART"], "DTSTART;TZID=Europe/Oslo:20270406T090000");
}

#[test]
fn another_zone_has_its_own_local_time_and_rules_and_utc_needs_none() {
    let (letter, head) = sample(LetterKind::GatheringInvitation);
    let body = |zone| {
        let head = Head { zone, ..head.clone() };
        render(&letter, &head, &sender()).unwrap().calendar.unwrap().body
    };
    let london = body(chrono_tz::Tz::Europe__London);
    assert_eq!(event(&london)["DTSTART"], "DTSTART;TZID=Europe/London:20270112T080000");
    let lines = lines(&london);
    let zone = lines.iter().position(|l| l == "BEGIN:VTIMEZONE").unwrap();
    assert_eq!(lines[zone + 1], "TZID:Europe/London");
    let utc = body(chrono_tz::Tz::UTC);
    assert_eq!(event(&utc)["DTSTART"], "DTSTART:20270112T080000Z");
    assert!(!utc.contains("VTIMEZONE"));
}

#[test]
fn a_hostile_name_stays_within_its_parameter() {
    let (letter, head) = sample(LetterKind::GatheringInvitation);
    let name = "Ola \"B\" Berg; ROLE=CHAIR: x,\r\nATTENDEE:mailto:ond@x.example";
    let head = Head { recipient_name: name.into(), ..head };
    let body = render(&letter, &head, &sender()).unwrap().calendar.unwrap().body;
    let lines = lines(&body);
    let attendees: Vec<&String> = lines.iter().filter(|l| l.starts_with("ATTENDEE")).collect();
    assert_eq!(attendees.len(), 1);
    assert_eq!(attendees[0].matches('"').count(), 2, "{}", attendees[0]);
    assert!(attendees[0].ends_with(":mailto:ase.nordbo@fjordheim.example"));
}
