//! The part of the page on which the two say when and where they mean to meet.

use chrono::{DateTime, Utc};
use varde_app::check_ins::{BehindLink, Conversation};
use varde_model::{
    check_in::meeting::{LONGEST_PLACE, MINUTES},
    dates,
    local_time::Zoned,
};

use super::Trouble;
use crate::{posted::Posted, words::Words};

/// How long a meeting takes where nobody has said otherwise.
const USUAL_MINUTES: u16 = 60;

/// The planned meeting, and the form by which it is planned or moved.
pub(super) struct MeetingForm {
    /// It can be planned, moved and called off.
    pub(super) open: bool,
    /// When and where, in words; empty while nothing is planned.
    pub(super) facts: Vec<(String, String)>,
    /// It lies ahead: it can be called off.
    pub(super) ahead: bool,
    pub(super) fields: Vec<Field>,
    /// Something was typed that was not taken.
    pub(super) typed: bool,
    pub(super) error: Option<String>,
}

/// One field of the form.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: &'static str,
    pub(super) label: String,
    pub(super) value: String,
    pub(super) optional: bool,
    /// What the browser checks.
    pub(super) limits: Vec<(&'static str, String)>,
}

impl MeetingForm {
    pub(super) fn of(
        words: Words,
        held: &Conversation,
        behind: &BehindLink,
        trouble: Option<&Trouble>,
        typed: &Posted,
        now: DateTime<Utc>,
    ) -> Self {
        let zone = behind.organisation.zone;
        let meeting = held.meeting.as_ref();
        let mut facts = Vec::new();
        if let Some(meeting) = meeting {
            let span = dates::span(words.0, zone, meeting.starts_at, meeting.ends_at());
            facts.push((words.get("check-in-meeting-when"), span));
            facts.extend(meeting.place.clone().map(|place| (words.get("check-in-meeting-place"), place)));
            facts.extend(meeting.link.clone().map(|link| (words.get("check-in-meeting-link"), link)));
        }
        // Nothing that was typed is lost.
        let again = trouble.is_some() && typed.get("act") == "plan";
        let mut fields = fields(words, held, behind, now);
        for field in fields.iter_mut().filter(|_| again) {
            field.value = typed.get(field.name).to_owned();
        }
        Self {
            open: held.check_in.state.is_open(),
            facts,
            ahead: meeting.is_some_and(|meeting| meeting.is_ahead(now)),
            fields,
            typed: again,
            error: match trouble {
                Some(Trouble::Refused(error)) if again => {
                    error.refusals().first().map(|refusal| refusal.message(words.0))
                }
                _ => None,
            },
        }
    }
}

fn fields(words: Words, held: &Conversation, behind: &BehindLink, now: DateTime<Utc>) -> Vec<Field> {
    let zone = behind.organisation.zone;
    let meeting = held.meeting.as_ref();
    let local = meeting.map(|meeting| Zoned::at(meeting.starts_at, zone));
    let (least, most) = MINUTES;
    let longest = || vec![("maxlength", LONGEST_PLACE.to_string())];
    let field = |name, kind, key: &str, value: Option<String>, limits| Field {
        name,
        kind,
        label: words.get(key),
        value: value.unwrap_or_default(),
        optional: matches!(kind, "text" | "url"),
        limits,
    };
    let first = Zoned::at(now, zone).date.to_string();
    let days = vec![("min", first), ("max", held.cycle.closes_on.to_string())];
    let minutes = meeting.map_or(USUAL_MINUTES, |meeting| meeting.minutes).to_string();
    let span = vec![("min", least.to_string()), ("max", most.to_string())];
    vec![
        field("meeting_on", "date", "check-in-meeting-on", local.map(|local| local.date.to_string()), days),
        field(
            "meeting_at",
            "time",
            "check-in-meeting-at",
            local.map(|local| local.time.format("%H:%M").to_string()),
            Vec::new(),
        ),
        field("minutes", "number", "check-in-meeting-minutes", Some(minutes), span),
        field(
            "place",
            "text",
            "check-in-meeting-place",
            meeting.and_then(|own| own.place.clone()),
            longest(),
        ),
        field("link", "url", "check-in-meeting-link", meeting.and_then(|own| own.link.clone()), longest()),
    ]
}
