//! The pages for leader groups: whether the group takes part, answered by its leader, and how it stands with what it agreed on.

use chrono::{DateTime, Utc};
use varde_app::links::{Asked, AskedMeasure, FollowUpQuestion, GroupQuestion};
use varde_model::{
    cohort::CohortState,
    groups::{GroupState, MeasureKind, Standing},
    links::LinkStanding,
};

use super::{row, told};
use crate::{
    screen::{Button, Choice, Confirmed, Field, FieldKind, Form, Screen},
    words::Words,
};

/// The invitation; once answered, what came of it.
pub(super) fn invitation(
    words: Words,
    asked: &Asked,
    question: &GroupQuestion,
    now: DateTime<Utc>,
) -> Screen {
    let GroupQuestion { group, cohort, course, members, gatherings } = question;
    let names = [
        ("programme", course.programme.title.get(words.0)),
        ("cohort", cohort.title.as_str()),
        ("group", group.name.as_str()),
    ];
    let text = |key: &str| words.with(key, &names);
    let gatherings = || {
        let (place, link) = (cohort.place.as_deref(), cohort.link.as_deref());
        Some(gatherings.iter().map(|one| row(words, one, place, link, now)).collect())
    };
    let over = |title: &str, lead: &str| Screen {
        status: told(asked.standing),
        title: text(title),
        lead: vec![text(lead)],
        contacts: course.contacts.clone(),
        ..Screen::default()
    };
    let late = group.answer_by.is_some_and(|until| until <= now);
    match group.state {
        _ if cohort.state == CohortState::Cancelled => over("pages-cancelled", "pages-cancelled-lead"),
        GroupState::Invited if asked.standing == LinkStanding::Open && !late => {
            let decline = Confirmed {
                open: false,
                summary: words.get("pages-group-decline"),
                lead: words.get("pages-group-decline-lead"),
                button: Button { act: "decline", label: words.get("pages-decline-confirm"), plain: false },
                reason: String::new(),
                error: None,
            };
            let accept = Button { act: "accept", label: words.get("pages-group-accept"), plain: false };
            let until =
                group.answer_by.map(|until| words.moment(until, asked.organisation.zone)).unwrap_or_default();
            let mut lead = vec![text("pages-group-invited-lead")];
            lead.push(course.programme.summary.get(words.0).to_owned());
            lead.push(words.with("pages-group-members", &[("names", members.join(", "))]));
            lead.push(text("pages-group-terms"));
            Screen {
                title: text("pages-group-invited"),
                lead,
                standing: Some(words.with("pages-answer-by", &[("until", until)])),
                gatherings: gatherings(),
                form: Some(Form::Answer { accept, decline }),
                contacts: course.contacts.clone(),
                ..Screen::default()
            }
        }
        GroupState::Invited | GroupState::Proposed | GroupState::Lapsed => {
            Screen { status: axum::http::StatusCode::GONE, ..over("pages-lapsed", "pages-group-lapsed-lead") }
        }
        GroupState::Enrolled | GroupState::Completed => Screen {
            gatherings: gatherings(),
            next: vec![words.get("pages-group-enrolled-next")],
            ..over("pages-group-enrolled", "pages-group-enrolled-lead")
        },
        GroupState::Declined => over("pages-declined", "pages-group-declined-lead"),
        GroupState::Withdrawn => over("pages-group-withdrawn", "pages-group-withdrawn-lead"),
    }
}

/// Where everything stands that one answers for. The last word counts, as long as the link works.
pub(super) fn follow_up(words: Words, asked: &Asked, question: &FollowUpQuestion) -> Screen {
    let FollowUpQuestion { group, course, month, measures, .. } = question;
    let names = [
        ("programme", course.programme.title.get(words.0).to_owned()),
        ("group", group.name.clone()),
        ("months", month.to_string()),
    ];
    let text = |key: &str| words.with(key, &names);
    let open = asked.standing == LinkStanding::Open && group.state.takes_part() && !measures.is_empty();
    let answered = !measures.is_empty() && measures.iter().all(|one| one.follow_up.answer.is_some());
    let fields = measures.iter().enumerate().flat_map(|(place, one)| fields(words, one, place)).collect();
    let button = Button { act: Button::SEND, label: words.get("pages-follow-up-send"), plain: false };
    Screen {
        status: told(asked.standing),
        title: text("pages-follow-up"),
        lead: vec![text("pages-follow-up-lead"), words.get("pages-follow-up-shown")],
        standing: if answered {
            Some(words.get("pages-follow-up-thanks"))
        } else {
            (!open).then(|| words.get("pages-follow-up-over"))
        },
        form: open.then_some(Form::Fields { fields, button }),
        contacts: course.contacts.clone(),
        ..Screen::default()
    }
}

fn fields(words: Words, one: &AskedMeasure, place: usize) -> Vec<Field> {
    let AskedMeasure { measure, follow_up, owner } = one;
    let answer = follow_up.answer.as_ref();
    let choices = Standing::ALL.iter().map(|standing| Choice {
        value: standing.as_str().to_owned(),
        label: words.get(label(*standing)),
        chosen: answer.is_some_and(|answer| answer.standing == *standing),
    });
    let what = [("text", measure.text.clone())];
    let told = |key: &str, value: &Option<String>| {
        value.as_ref().map(|value| words.with(key, &[("value", value.clone())]))
    };
    let known = [
        told("pages-follow-up-indicator", &measure.indicator),
        told("pages-follow-up-baseline", &measure.baseline),
        told("pages-follow-up-target", &measure.target),
        told("pages-follow-up-owner", owner),
    ];
    let hint = known.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let field = |name: &str, label: String, kind| Field {
        name: AskedMeasure::field(name, place),
        label,
        hint: None,
        error: None,
        optional: name != "standing",
        kind,
    };
    let standing = Field {
        hint: Some(hint).filter(|hint| !hint.is_empty()),
        ..field(
            "standing",
            words.with("pages-follow-up-standing", &what),
            FieldKind::Choice(choices.collect()),
        )
    };
    let text = |value: Option<&String>| value.cloned().unwrap_or_default();
    let figure = text(answer.and_then(|answer| answer.figure.as_ref()));
    let comment = text(answer.and_then(|answer| answer.comment.as_ref()));
    let figure = field(
        "figure",
        words.with("pages-follow-up-figure", &what),
        FieldKind::Line { value: figure, longest: 100 },
    );
    let comment = field(
        "comment",
        words.with("pages-follow-up-comment", &what),
        FieldKind::Text { value: comment, longest: 1000 },
    );
    match measure.kind {
        MeasureKind::Benefit => vec![standing, figure, comment],
        // What is done has no figure.
        MeasureKind::Action => vec![standing, comment],
    }
}

const fn label(standing: Standing) -> &'static str {
    match standing {
        Standing::NotBegun => "pages-follow-up-not-begun",
        Standing::UnderWay => "pages-follow-up-under-way",
        Standing::Reached => "pages-follow-up-reached",
        Standing::GivenUp => "pages-follow-up-given-up",
    }
}
