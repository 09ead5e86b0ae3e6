//! What a link asks becomes a page.

mod endorsement;
mod gathering;
mod group;
mod not_taken;
mod place;
mod practice;
mod survey;

use axum::http::StatusCode;
use varde_app::links::{Asked, Question};
use varde_model::{gathering::Gathering, links::LinkStanding};

use crate::{
    screen::{BlockRow, Button, Form, GatheringRow, Screen},
    words::Words,
};
use chrono::{DateTime, Utc};

pub(crate) use not_taken::why as why_not_taken;

/// The page of a known link at a moment.
pub(crate) fn screen(words: Words, asked: &Asked, now: DateTime<Utc>) -> Screen {
    let mut screen = match &asked.question {
        Question::Place(question) => place::answer(words, asked, question, now),
        Question::Manage(question) => place::manage(words, asked, question, now),
        Question::Gathering { cohort, course, gathering, coming, stands, moved_to } => {
            let (coming, stands, moved_to) = (*coming, *stands, moved_to.as_deref());
            let meeting = gathering::Meeting { cohort, course, gathering, coming, stands, moved_to };
            gathering::screen(words, asked, &meeting, now)
        }
        Question::Survey(question) => survey::screen(words, asked, question),
        Question::Group(question) => group::invitation(words, asked, question, now),
        Question::FollowUp(question) => group::follow_up(words, asked, question),
        Question::Endorsement(question) => endorsement::screen(words, asked, question, now),
        Question::Practice(question) => practice::screen(words, asked, question),
        Question::Unsubscribe { muted } => unsubscribe(words, asked, *muted),
    };
    screen.greeting = Some(words.with("pages-hello", &[("name", asked.name.as_str())]));
    screen
}

/// The status of a page that only tells how things stand: a used link still shows what came of it.
fn told(standing: LinkStanding) -> StatusCode {
    match standing {
        LinkStanding::Open | LinkStanding::Used => StatusCode::OK,
        LinkStanding::Revoked | LinkStanding::Expired => StatusCode::GONE,
    }
}

fn unsubscribe(words: Words, asked: &Asked, muted: bool) -> Screen {
    let organisation = [("organisation", asked.organisation.name.as_str())];
    let button = |act, key, plain| Form::Buttons(vec![Button { act, label: words.get(key), plain }]);
    let open = asked.standing == LinkStanding::Open;
    let (title, lead, form) = if muted {
        ("pages-unsubscribed", "pages-unsubscribed-lead", button("resubscribe", "pages-resubscribe-do", true))
    } else {
        ("pages-unsubscribe", "pages-unsubscribe-lead", button("unsubscribe", "pages-unsubscribe-do", false))
    };
    Screen {
        status: told(asked.standing),
        title: words.get(title),
        lead: vec![words.with(lead, &organisation), words.get("pages-unsubscribe-rest")],
        form: open.then_some(form),
        next: if open { Vec::new() } else { vec![words.get("pages-unsubscribe-expired")] },
        ..Screen::default()
    }
}

/// A gathering as the list shows it; place and link of the cohort hold where it has none of its own.
fn row(
    words: Words,
    gathering: &Gathering,
    place: Option<&str>,
    link: Option<&str>,
    now: DateTime<Utc>,
) -> GatheringRow {
    let blocks = gathering.blocks.iter().map(|block| BlockRow {
        hours: format!("{}–{}", words.clock(block.starts), words.clock(block.ends)),
        title: block.title.get(words.0).to_owned(),
        speakers: block.speakers.iter().map(|speaker| speaker.get(words.0)).collect::<Vec<_>>().join(", "),
    });
    GatheringRow {
        title: gathering.title.get(words.0).to_owned(),
        when: words.span(gathering.starts_at, gathering.ends_at, gathering.zone),
        held: gathering.ends_at <= now,
        place: gathering.place.as_deref().or(place).map(str::to_owned),
        room: gathering.room.clone(),
        link: gathering.link.as_deref().or(link).map(str::to_owned),
        blocks: blocks.collect(),
    }
}

#[cfg(test)]
mod tests;
