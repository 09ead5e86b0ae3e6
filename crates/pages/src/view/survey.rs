//! The page of a survey: its questions while it is open, its figures once they are shown.

use axum::http::StatusCode;
use varde_app::{
    links::{Asked, SurveyQuestion, survey_field},
    surveys::SurveyFigures,
};
use varde_model::{
    Locale,
    catalogue::{HIGHEST, LOWEST, SurveyQuestion as FormQuestion},
    dates,
    links::LinkStanding,
    survey::{Hidden, LONGEST_COMMENT, QuestionFigures},
};

use crate::{
    screen::{Button, Choice, Field, FieldKind, Form, ResultRow, Screen},
    words::Words,
};

pub(super) fn screen(words: Words, asked: &Asked, question: &SurveyQuestion) -> Screen {
    let own = &question.own;
    let (survey, figures) = (&own.figures.survey, &own.figures);
    let subject = subject(words, question);
    let until = words.moment(survey.closes_at, asked.organisation.zone);
    let least = survey.subject.kind().shown_from().to_string();
    let terms = [("least", least.as_str()), ("until", until.as_str())];
    let alone = survey.subject.kind().is_for_the_asked_alone();
    let terms_key = if alone { "pages-survey-terms-group" } else { "pages-survey-terms" };
    let contacts = question.course.contacts.clone();
    let counts = [("answered", figures.answered.to_string()), ("asked", figures.asked.to_string())];
    match &figures.questions {
        Ok(questions) => Screen {
            title: survey.form.title.get(words.0).to_owned(),
            lead: vec![subject, words.with("pages-survey-answered", &counts)],
            results: questions.iter().map(|figures| result(words, figures, own.before.as_ref())).collect(),
            contacts,
            ..Screen::default()
        },
        Err(why @ (Hidden::TooFew | Hidden::ForOthers)) => Screen {
            // Nothing to answer, and nothing to see.
            status: if own.answered { StatusCode::OK } else { StatusCode::GONE },
            title: words.get("pages-survey-closed"),
            lead: vec![
                subject,
                match why {
                    Hidden::ForOthers => words.get("pages-survey-for-others"),
                    _ => words.with("pages-survey-too-few", &terms),
                },
            ],
            contacts,
            ..Screen::default()
        },
        Err(Hidden::StillOpen) if own.answered => Screen {
            title: words.get("pages-survey-thanks"),
            lead: vec![subject, words.get("pages-survey-thanks-lead")],
            next: vec![words.with("pages-survey-results-later", &terms)],
            contacts,
            ..Screen::default()
        },
        Err(Hidden::StillOpen) => {
            let fields = survey.form.questions.iter().map(|question| field(words, question)).collect();
            let button = Button { act: Button::SEND, label: words.get("pages-survey-send"), plain: false };
            let works = asked.standing == LinkStanding::Open;
            Screen {
                status: if works { StatusCode::OK } else { super::told(asked.standing) },
                title: survey.form.title.get(words.0).to_owned(),
                lead: vec![subject, survey.form.lead.get(words.0).to_owned(), words.with(terms_key, &terms)],
                form: works.then_some(Form::Fields { fields, button }),
                contacts,
                ..Screen::default()
            }
        }
    }
}

/// What it is about.
fn subject(words: Words, question: &SurveyQuestion) -> String {
    let programme = question.course.programme.title.get(words.0);
    let cohort = question.own.cohort.title.as_str();
    if let Some(group) = &question.own.group {
        let names = [("group", group.name.as_str()), ("programme", programme), ("cohort", cohort)];
        return words.with("pages-survey-group", &names);
    }
    match &question.own.gathering {
        Some(gathering) => {
            let day = dates::day(words.0, gathering.date);
            let title = gathering.title.get(words.0);
            let names = [("gathering", title), ("day", &day), ("programme", programme), ("cohort", cohort)];
            words.with("pages-survey-gathering", &names)
        }
        None => words.with("pages-survey-cohort", &[("programme", programme), ("cohort", cohort)]),
    }
}

fn field(words: Words, question: &FormQuestion) -> Field {
    let kind = match &question.scale {
        Some(scale) => {
            let label = |mark: u32| match mark {
                LOWEST => format!("{mark} – {}", scale.low.get(words.0)),
                HIGHEST => format!("{mark} – {}", scale.high.get(words.0)),
                _ => mark.to_string(),
            };
            let choice = |mark: u32| Choice { value: mark.to_string(), label: label(mark), chosen: false };
            FieldKind::Choice((LOWEST..=HIGHEST).map(choice).collect())
        }
        None => FieldKind::Text {
            value: String::new(),
            longest: u32::try_from(LONGEST_COMMENT).unwrap_or(u32::MAX),
        },
    };
    let limit = [("max", LONGEST_COMMENT.to_string())];
    let in_words = question.scale.is_none();
    Field {
        name: survey_field(&question.key),
        label: question.text.get(words.0).to_owned(),
        hint: in_words.then(|| words.with("pages-survey-comment-hint", &limit)),
        error: None,
        optional: in_words,
        kind,
    }
}

/// The answers to a question, with where it stood before, where the same was asked then.
fn result(words: Words, figures: &QuestionFigures, before: Option<&SurveyFigures>) -> ResultRow {
    let earlier = before.and_then(|before| before.questions.as_ref().ok()).into_iter().flatten();
    let mut earlier = earlier.filter(|earlier| earlier.question.key == figures.question.key);
    let earlier = earlier.find_map(|earlier| earlier.mean);
    let mean = figures.question.scale.as_ref().zip(figures.mean).map(|(scale, mean)| {
        let args = [
            ("mean", decimal(words.0, mean)),
            ("lowest", LOWEST.to_string()),
            ("low", scale.low.get(words.0).to_owned()),
            ("highest", HIGHEST.to_string()),
            ("high", scale.high.get(words.0).to_owned()),
        ];
        let told = words.with("pages-survey-mean", &args);
        match earlier {
            Some(earlier) => {
                let earlier = [("mean", decimal(words.0, earlier))];
                format!("{told} {}", words.with("pages-survey-mean-before", &earlier))
            }
            None => told,
        }
    });
    ResultRow {
        question: figures.question.text.get(words.0).to_owned(),
        mean,
        marks: (LOWEST..=HIGHEST).zip(figures.distribution.iter().copied()).collect(),
        comments: figures.comments.clone(),
    }
}

/// One digit after the sign that the language writes.
fn decimal(locale: Locale, value: f64) -> String {
    let text = format!("{value:.1}");
    match locale {
        Locale::Nb | Locale::Nn => text.replace('.', ","),
        Locale::En => text,
    }
}
