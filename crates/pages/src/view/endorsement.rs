//! The page that asks a line manager to stand behind a nomination, or not, with a reason either way.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use varde_app::links::{Asked, EndorsementQuestion};
use varde_model::{catalogue::EndorsementRule, links::LinkStanding, nominations::NominationState};

use crate::{
    screen::{Button, Choice, Field, FieldKind, Form, Screen},
    words::Words,
};

/// Characters of a reason.
const LONGEST: u32 = 2000;

/// What is asked; once answered, what was said.
pub(super) fn screen(
    words: Words,
    asked: &Asked,
    question: &EndorsementQuestion,
    now: DateTime<Utc>,
) -> Screen {
    let nomination = &question.asked.nomination;
    let given = nomination.endorsement.as_ref().filter(|given| question.stands && given.by.is_some());
    let told = |title: &str, lead: &str, status| Screen {
        status,
        title: words.get(title),
        lead: vec![words.get(lead)],
        contacts: question.course.contacts.clone(),
        ..Screen::default()
    };
    match given {
        Some(given) => {
            // What she or he answered, also where a coordinator set it aside.
            let own = given.set_aside.as_ref();
            let (endorsed, reason) =
                own.map_or((given.endorsed, &given.reason), |own| (own.endorsed, &own.reason));
            let key = if endorsed { "endorsement-given-yes" } else { "endorsement-given-no" };
            Screen {
                title: title(words, question),
                standing: Some(words.get(key)),
                lead: vec![words.with("endorsement-given-reason", &[("text", reason.as_str())])],
                next: vec![words.get("endorsement-given-next")],
                contacts: question.course.contacts.clone(),
                ..Screen::default()
            }
        }
        None if !question.stands || matches!(asked.standing, LinkStanding::Revoked) => {
            told("endorsement-gone", "endorsement-gone-lead", StatusCode::GONE)
        }
        None if nomination.state != NominationState::Submitted
            || !nomination.awaits_endorsement(now)
            || asked.standing != LinkStanding::Open =>
        {
            told("endorsement-over", "endorsement-over-lead", StatusCode::GONE)
        }
        None => asks(words, asked, question),
    }
}

fn title(words: Words, question: &EndorsementQuestion) -> String {
    let programme = question.course.programme.title.get(words.0);
    let nominee = question.asked.nominee.as_str();
    words.with("endorsement-title", &[("nominee", nominee), ("programme", programme)])
}

fn asks(words: Words, asked: &Asked, question: &EndorsementQuestion) -> Screen {
    let nomination = &question.asked.nomination;
    let names = [
        ("nominee", question.asked.nominee.as_str()),
        ("nominator", question.asked.nominator.as_str()),
        ("programme", question.course.programme.title.get(words.0)),
        ("cohort", question.asked.cohort.title.as_str()),
    ];
    let own = nomination.is_own();
    let obligatory = question.asked.rule.endorsement == EndorsementRule::Obligatory;
    let mut lead = vec![
        words.with(if own { "endorsement-own" } else { "endorsement-by" }, &names),
        words.get(if obligatory { "endorsement-obligatory" } else { "endorsement-view" }),
        words.with("endorsement-motivation", &[("text", nomination.motivation.as_str())]),
    ];
    lead.extend(
        nomination.project.iter().map(|text| words.with("endorsement-project", &[("text", text.as_str())])),
    );
    let until = nomination.endorse_by.map(|until| words.moment(until, asked.organisation.zone));
    Screen {
        title: title(words, question),
        lead,
        standing: until.map(|until| words.with("endorsement-answer-by", &[("until", until)])),
        form: Some(Form::Fields { fields: fields(words), button: send(words) }),
        contacts: question.course.contacts.clone(),
        ..Screen::default()
    }
}

fn fields(words: Words) -> Vec<Field> {
    let choice =
        |value: &str, label: &str| Choice { value: value.to_owned(), label: words.get(label), chosen: false };
    let choices = vec![choice("yes", "endorsement-yes"), choice("no", "endorsement-no")];
    let field = |name: &str, label: &str, hint: Option<&str>, kind| Field {
        name: name.to_owned(),
        label: words.get(label),
        hint: hint.map(|hint| words.get(hint)),
        error: None,
        optional: false,
        kind,
    };
    let text = FieldKind::Text { value: String::new(), longest: LONGEST };
    vec![
        field("endorsed", "endorsement-endorsed", None, FieldKind::Choice(choices)),
        field("reason", "endorsement-reason", Some("endorsement-reason-hint"), text),
    ]
}

fn send(words: Words) -> Button {
    Button { act: Button::SEND, label: words.get("endorsement-send"), plain: false }
}
