//! A page as its template shows it: what is asked or said, and the one form.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use varde_model::letter::Contact;

use crate::frame::{Frame, html};

/// A page's content. Whatever is empty is left out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Screen {
    pub(crate) status: StatusCode,
    /// The one heading.
    pub(crate) title: String,
    /// What went wrong with what was sent.
    pub(crate) alert: Option<String>,
    pub(crate) greeting: Option<String>,
    /// What this is about.
    pub(crate) lead: Vec<String>,
    /// What holds now, set off from the rest.
    pub(crate) standing: Option<String>,
    /// Details, each with what it is.
    pub(crate) facts: Vec<(String, String)>,
    /// Another page on which to go on.
    pub(crate) onward: Option<Onward>,
    pub(crate) gatherings: Option<Vec<GatheringRow>>,
    pub(crate) form: Option<Form>,
    /// What happens next.
    pub(crate) next: Vec<String>,
    pub(crate) contacts: Vec<Contact>,
}

/// A link to another page.
#[derive(Clone, Debug)]
pub(crate) struct Onward {
    pub(crate) url: String,
    pub(crate) label: String,
}

/// A gathering in the list.
#[derive(Clone, Debug)]
pub(crate) struct GatheringRow {
    pub(crate) title: String,
    /// Date, hours and zone.
    pub(crate) when: String,
    pub(crate) held: bool,
    pub(crate) place: Option<String>,
    pub(crate) room: Option<String>,
    pub(crate) link: Option<String>,
    pub(crate) blocks: Vec<BlockRow>,
}

/// A part of a gathering's day.
#[derive(Clone, Debug)]
pub(crate) struct BlockRow {
    pub(crate) hours: String,
    pub(crate) title: String,
    pub(crate) speakers: String,
}

/// What can be sent from a page.
#[derive(Clone, Debug)]
pub(crate) enum Form {
    /// Buttons side by side.
    Buttons(Vec<Button>),
    /// Yes at once; no after a second look, with a reason if one likes.
    Answer { accept: Button, decline: Confirmed },
    /// A single step that needs a second look.
    Leave(Confirmed),
    /// Fields to fill in and one button, whose act is [`Button::SEND`].
    Fields { fields: Vec<Field>, button: Button },
    /// Two fields for a new password.
    Password { email: String, rule: String, error: Option<String>, again_error: Option<String> },
}

/// A button and what it says.
#[derive(Clone, Debug)]
pub(crate) struct Button {
    /// The value of the field `act`.
    pub(crate) act: &'static str,
    pub(crate) label: String,
    /// The quieter look.
    pub(crate) plain: bool,
}

impl Button {
    /// The act of a form of [`Field`]s.
    pub(crate) const SEND: &'static str = "send";
}

/// One thing that a form asks.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// The name under which it is sent.
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) hint: Option<String>,
    /// What is wrong with what was sent.
    pub(crate) error: Option<String>,
    /// Marked as such: whatever is not optional is expected.
    pub(crate) optional: bool,
    pub(crate) kind: FieldKind,
}

/// How a field is filled in.
#[derive(Clone, Debug)]
pub(crate) enum FieldKind {
    /// One of several, all in view.
    Choice(Vec<Choice>),
    /// A text of several lines and at most so many characters, as it was typed.
    Text { value: String, longest: u32 },
    /// A text of one line and at most so many characters, as it was typed.
    Line { value: String, longest: u32 },
}

/// One of several.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

impl Field {
    /// Takes over what was typed before.
    pub(crate) fn fill(&mut self, typed: &str) {
        match &mut self.kind {
            FieldKind::Choice(choices) => {
                for choice in choices {
                    choice.chosen = choice.value == typed;
                }
            }
            FieldKind::Text { value, .. } | FieldKind::Line { value, .. } => typed.clone_into(value),
        }
    }

    /// The ids of the elements that describe it.
    pub(crate) fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.name));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.name));
        let both: Vec<String> = hint.into_iter().chain(error).collect();
        (!both.is_empty()).then(|| both.join(" "))
    }
}

/// An act that is confirmed in a second step: opened, explained, then sent.
#[derive(Clone, Debug)]
pub(crate) struct Confirmed {
    pub(crate) open: bool,
    /// What opens it.
    pub(crate) summary: String,
    pub(crate) lead: String,
    pub(crate) button: Button,
    /// The reason as it was typed.
    pub(crate) reason: String,
    pub(crate) error: Option<String>,
}

#[derive(Template)]
#[template(path = "screen.html")]
struct Page<'a> {
    frame: &'a Frame,
    screen: &'a Screen,
}

impl Screen {
    /// The page as an answer.
    pub(crate) fn response(&self, frame: &Frame) -> Response {
        html(self.status, &Page { frame, screen: self })
    }
}
