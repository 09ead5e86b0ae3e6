//! `/verify`: anybody who was shown a certificate checks by its code whether it is one. The page tells no more than the
//! certificate itself; codes that do not exist are counted as links are.

use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use varde_app::certificates::{self, Issued};
use varde_model::{certificate::CertificateCode, dates};

use crate::{
    Pages,
    frame::Frame,
    guard::ours,
    posted::Posted,
    problem,
    screen::{Button, Field, FieldKind, Form, Screen},
    visitor::Visitor,
};

const ROUTE: &str = "/verify/{code}";

/// As long as a code may be typed.
const LONGEST: u32 = 40;

/// Asks for a code.
pub(crate) async fn ask(visitor: Visitor) -> Response {
    let frame = Frame::new(&visitor, None, None);
    asking(&frame, None).response(&frame)
}

/// Leads to the page of a code as it was typed.
pub(crate) async fn lead_on(
    State(pages): State<Pages>,
    visitor: Visitor,
    posted: Result<Posted, StatusCode>,
) -> Response {
    let posted = match ours(&pages, &visitor, posted) {
        Ok(posted) => posted,
        Err(refusal) => return *refusal,
    };
    let typed = posted.get("code");
    match CertificateCode::read(typed) {
        Some(code) => Redirect::to(&visitor.there(&format!("/verify/{code}"))).into_response(),
        None => {
            let frame = Frame::new(&visitor, None, None);
            asking(&frame, Some(typed)).response(&frame)
        }
    }
}

/// Tells whether the certificate with a code is valid.
pub(crate) async fn show(
    State(pages): State<Pages>,
    visitor: Visitor,
    code: Result<Path<String>, PathRejection>,
) -> Response {
    let ctx = pages.app.context(visitor.locale(None));
    let code = code.map(|Path(code)| code).unwrap_or_default();
    match certificates::check(&ctx, &code).await {
        Ok(Some(checked)) => {
            let frame = Frame::new(&visitor, None, Some(checked.certificate.says.organisation.clone()));
            told(&frame, &checked).response(&frame)
        }
        Ok(None) => problem::held_back(&pages, &visitor).unwrap_or_else(|| unknown(&visitor)),
        Err(error) => problem::fault(&pages, &visitor, ROUTE, &error),
    }
}

fn told(frame: &Frame, checked: &Issued) -> Screen {
    let words = frame.words;
    let says = &checked.certificate.says;
    let day = |on| dates::day(words.0, on);
    let (status, title, standing) = match checked.revoked_on {
        None => (StatusCode::OK, "pages-verify-valid", words.get("pages-verify-valid-lead")),
        Some(on) => {
            let standing = words.with("pages-verify-revoked-lead", &[("day", day(on))]);
            (StatusCode::GONE, "pages-verify-revoked", standing)
        }
    };
    let mut facts = vec![
        (words.get("pages-verify-holder"), says.holder.clone()),
        (words.get("pages-verify-programme"), says.programme.get(words.0).to_owned()),
    ];
    facts.extend(certificates::told(words.0, says, checked.credits));
    facts.extend([
        (words.get("pages-verify-issuer"), says.organisation.clone()),
        (words.get("pages-verify-issued"), day(checked.issued_on)),
        (words.get("pages-verify-code"), checked.certificate.code.to_string()),
    ]);
    let next =
        if checked.revoked_on.is_none() { vec![words.get("pages-verify-compare")] } else { Vec::new() };
    Screen { status, title: words.get(title), standing: Some(standing), facts, next, ..Screen::default() }
}

fn unknown(visitor: &Visitor) -> Response {
    let visitor = visitor.at("/verify");
    let frame = Frame::new(&visitor, None, None);
    Screen {
        status: StatusCode::NOT_FOUND,
        title: frame.words.get("pages-verify-unknown"),
        lead: vec![frame.words.get("pages-verify-unknown-lead")],
        form: Some(form(&frame, None)),
        ..Screen::default()
    }
    .response(&frame)
}

/// The form; with what was typed where that can be no code.
fn asking(frame: &Frame, typed: Option<&str>) -> Screen {
    let words = frame.words;
    Screen {
        status: if typed.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK },
        title: words.get("pages-verify"),
        alert: typed.map(|_| words.get("pages-errors")),
        lead: vec![words.get("pages-verify-lead")],
        form: Some(form(frame, typed)),
        ..Screen::default()
    }
}

fn form(frame: &Frame, typed: Option<&str>) -> Form {
    let words = frame.words;
    let field = Field {
        name: "code".to_owned(),
        label: words.get("pages-verify-code"),
        hint: Some(words.get("pages-verify-hint")),
        error: typed.map(|_| words.get("pages-verify-wrong")),
        optional: false,
        kind: FieldKind::Line { value: typed.unwrap_or_default().to_owned(), longest: LONGEST },
    };
    let button = Button { act: Button::SEND, label: words.get("pages-verify-do"), plain: false };
    Form::Fields { fields: vec![field], button }
}
