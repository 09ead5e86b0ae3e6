//! The page on which one tells what was tried out after a gathering.

use axum::http::StatusCode;
use varde_app::links::{Asked, PracticeQuestion};
use varde_app::mobilisation::OwnTask;
use varde_model::{dates, links::LinkStanding};

use crate::{
    screen::{Button, Choice, Field, FieldKind, Form, Screen},
    words::Words,
};

/// The tasks, each with whether it is done.
pub(super) fn screen(words: Words, asked: &Asked, question: &PracticeQuestion) -> Screen {
    let gathering = [("gathering", question.gathering.title.get(words.0))];
    let mut screen = Screen {
        title: words.with("practice-title", &gathering),
        contacts: question.course.contacts.clone(),
        ..Screen::default()
    };
    if !question.stands || asked.standing == LinkStanding::Revoked {
        screen.status = StatusCode::GONE;
        screen.lead.push(words.get("practice-gone"));
    } else if question.tasks.is_empty() {
        screen.lead.push(words.get("practice-none"));
    } else if asked.standing != LinkStanding::Open {
        screen.status = StatusCode::GONE;
        screen.lead.push(words.get("practice-over"));
    } else {
        screen.lead.push(words.get("practice-lead"));
        if question.tasks.iter().all(|task| task.done) {
            screen.standing = Some(words.get("practice-all-done"));
        }
        let fields = question.tasks.iter().map(|task| field(words, task)).collect();
        let button = Button { act: Button::SEND, label: words.get("practice-send"), plain: false };
        screen.form = Some(Form::Fields { fields, button });
    }
    screen
}

fn field(words: Words, own: &OwnTask) -> Field {
    let choice = |value: &str, label: &str, chosen| Choice {
        value: value.to_owned(),
        label: words.get(label),
        chosen,
    };
    let hint = [("text", own.task.text.get(words.0).to_owned()), ("day", dates::day(words.0, own.due_on))];
    Field {
        name: own.task.key.clone(),
        label: own.task.title.get(words.0).to_owned(),
        hint: Some(words.with("practice-due", &hint)),
        error: None,
        optional: false,
        kind: FieldKind::Choice(vec![
            choice("done", "practice-done", own.done),
            choice("open", "practice-open", !own.done),
        ]),
    }
}
