//! The page that asks whether one comes to a gathering. The last word counts, until it begins.

use chrono::{DateTime, Utc};
use varde_app::links::{Asked, Course, MovedTo};
use varde_model::{cohort::Cohort, gathering::Gathering, links::LinkStanding};

use super::{place::onward, row, told};
use crate::{
    screen::{Button, Form, Screen},
    words::Words,
};

/// The gathering and what was answered.
pub(super) struct Meeting<'a> {
    pub(super) cohort: &'a Cohort,
    pub(super) course: &'a Course,
    pub(super) gathering: &'a Gathering,
    pub(super) coming: Option<bool>,
    pub(super) stands: bool,
    pub(super) moved_to: Option<&'a MovedTo>,
}

pub(super) fn screen(words: Words, asked: &Asked, meeting: &Meeting<'_>, now: DateTime<Utc>) -> Screen {
    let Meeting { cohort, course, gathering, .. } = meeting;
    let names = [("programme", course.programme.title.get(words.0)), ("cohort", cohort.title.as_str())];
    let given = match meeting.coming {
        None => None,
        Some(true) => Some("pages-gathering-coming"),
        Some(false) => Some("pages-gathering-not-coming"),
    };
    let over = over(asked, meeting, now);
    let asks = over.is_none();
    let shown = if gathering.cancelled { None } else { given };
    let standing = over.or(shown).unwrap_or("pages-gathering-ask");
    Screen {
        status: if asks { axum::http::StatusCode::OK } else { told(asked.standing) },
        title: gathering.title.get(words.0).to_owned(),
        lead: vec![words.with("pages-gathering-lead", &names)],
        standing: Some(words.get(standing)),
        onward: meeting.moved_to.and_then(|to| onward(words, to)),
        gatherings: Some(vec![row(words, gathering, cohort.place.as_deref(), cohort.link.as_deref(), now)]),
        form: asks.then(|| buttons(words, meeting.coming)),
        next: if asks { vec![words.get("pages-gathering-change")] } else { Vec::new() },
        contacts: course.contacts.clone(),
        ..Screen::default()
    }
}

/// Why nothing is asked any more.
fn over(asked: &Asked, meeting: &Meeting<'_>, now: DateTime<Utc>) -> Option<&'static str> {
    if meeting.gathering.cancelled || meeting.cohort.state == varde_model::cohort::CohortState::Cancelled {
        Some("pages-gathering-cancelled")
    } else if meeting.gathering.ends_at <= now {
        Some("pages-gathering-over")
    } else if meeting.moved_to.is_some() {
        Some("pages-gathering-moved-on")
    } else if !meeting.stands {
        Some("pages-gathering-no-place")
    } else if meeting.gathering.starts_at <= now {
        Some("pages-gathering-begun")
    } else if asked.standing != LinkStanding::Open {
        Some("pages-gathering-newer")
    } else {
        None
    }
}

/// The answer given before is the quieter button.
fn buttons(words: Words, given: Option<bool>) -> Form {
    let coming = Button { act: "coming", label: words.get("pages-coming"), plain: given == Some(true) };
    let not = Button { act: "not-coming", label: words.get("pages-not-coming"), plain: given != Some(true) };
    Form::Buttons(vec![coming, not])
}
