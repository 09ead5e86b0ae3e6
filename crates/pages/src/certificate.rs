//! `/certificate/{token}`: whoever completed a cohort looks at the certificate and fetches it.

use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use varde_app::{
    Error,
    certificates::{self, HeldCertificate},
    files::File,
};
use varde_model::links::LinkStanding;

use crate::{
    Pages,
    answer::Token,
    frame::Frame,
    problem,
    screen::{Onward, Screen},
    visitor::Visitor,
};

const ROUTE: &str = "/certificate/{token}";

/// Shows the certificate, and where to fetch and to check it.
pub(crate) async fn show(State(pages): State<Pages>, visitor: Visitor, token: Token) -> Response {
    let ctx = pages.app.context(visitor.locale(None));
    let token = token.map(|Path(token)| token).unwrap_or_default();
    match certificates::by_link(&ctx, &token).await {
        Ok(Some(held)) => {
            let frame = Frame::new(&visitor, Some(held.locale), Some(held.organisation.name.clone()));
            let check_url = certificates::check_url(pages.app.config(), &held.issued.certificate.code);
            screen(&visitor, &frame, &held, check_url).response(&frame)
        }
        Ok(None) => problem::unknown(&pages, &visitor),
        Err(error) => problem::fault(&pages, &visitor, ROUTE, &error),
    }
}

/// The certificate as PDF, in the language of the page from which it was asked for.
pub(crate) async fn fetch(State(pages): State<Pages>, visitor: Visitor, token: Token) -> Response {
    let token = token.map(|Path(token)| token).unwrap_or_default();
    let ctx = pages.app.context(visitor.locale(None));
    let own = match certificates::by_link(&ctx, &token).await {
        Ok(Some(held)) => held.locale,
        Ok(None) => return problem::unknown(&pages, &visitor),
        Err(error) => return problem::fault(&pages, &visitor, ROUTE, &error),
    };
    let ctx = pages.app.context(visitor.locale(Some(own)));
    match certificates::file_by_link(&ctx, &token).await {
        Ok(file) => attached(file),
        Err(Error::Refused(_)) => {
            let at = visitor.at(&visitor.path.replace("/pdf", ""));
            show(State(pages), at, Ok(Path(token))).await
        }
        Err(error) => problem::fault(&pages, &visitor, ROUTE, &error),
    }
}

/// A file to be kept. Its name holds letters, digits and hyphens alone.
pub(crate) fn attached(file: File) -> Response {
    let disposition = format!("attachment; filename=\"{}\"", file.name);
    (
        [(header::CONTENT_TYPE, file.media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)],
        file.bytes,
    )
        .into_response()
}

fn screen(visitor: &Visitor, frame: &Frame, held: &HeldCertificate, check_url: String) -> Screen {
    let words = frame.words;
    let certificate = &held.issued.certificate;
    let programme = [("programme", certificate.says.programme.get(words.0).to_owned())];
    let mut screen = Screen {
        title: words.with("pages-certificate", &programme),
        greeting: Some(words.with("pages-hello", &[("name", held.name.as_str())])),
        facts: certificates::told(words.0, &certificate.says, held.issued.credits),
        ..Screen::default()
    };
    if certificate.revoked_at.is_some() {
        screen.status = StatusCode::GONE;
        screen.standing = Some(words.get("pages-certificate-revoked"));
        screen.facts.clear();
        screen.next.push(words.get("pages-certificate-ask"));
    } else if held.standing == LinkStanding::Open {
        screen.lead.push(words.get("pages-certificate-lead"));
        screen.onward = Some(Onward {
            url: visitor.there(&format!("{}/pdf", visitor.path)),
            label: words.get("pages-certificate-fetch"),
        });
        screen.next.push(words.with("pages-certificate-check", &[("url", check_url)]));
    } else {
        screen.status = StatusCode::GONE;
        screen.standing = Some(words.get("pages-certificate-expired"));
        screen.next.push(words.get("pages-certificate-ask"));
    }
    screen
}
