//! `/answer/{token}`: an invitation, an offered seat, a place to leave, a gathering.

use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use varde_app::{
    Code, Error, PathPart,
    links::{self, Act, Asked, LinkKind},
};

use crate::{
    Pages,
    frame::Frame,
    guard::ours,
    posted::Posted,
    problem,
    screen::{Button, Form, Screen},
    view,
    visitor::Visitor,
};

const ROUTE: &str = "/answer/{token}";

/// A token as the address has it; one that is no text is none of ours.
pub(crate) type Token = Result<Path<String>, PathRejection>;

/// Shows what is asked and changes nothing.
pub(crate) async fn show(State(pages): State<Pages>, visitor: Visitor, token: Token) -> Response {
    look(&pages, &visitor, LinkKind::Answer, ROUTE, token).await
}

/// Does what the button says, and leads back to the page, so that loading it anew does nothing twice.
pub(crate) async fn act(
    State(pages): State<Pages>,
    visitor: Visitor,
    token: Token,
    posted: Result<Posted, StatusCode>,
) -> Response {
    let posted = match ours(&pages, &visitor, posted) {
        Ok(posted) => posted,
        Err(refusal) => return *refusal,
    };
    let reason = posted.text("reason");
    let act = match posted.get("act") {
        "accept" => Act::Accept,
        "decline" => Act::Decline(reason),
        "withdraw" => Act::Withdraw(reason),
        "coming" => Act::Coming,
        "not-coming" => Act::NotComing,
        Button::SEND => Act::Filled(posted.filled()),
        _ => return problem::unreadable(&visitor, StatusCode::UNPROCESSABLE_ENTITY),
    };
    carry_out(&pages, &visitor, LinkKind::Answer, ROUTE, token, &act).await
}

/// The page of a link as it stands.
pub(crate) async fn look(
    pages: &Pages,
    visitor: &Visitor,
    kind: LinkKind,
    route: &'static str,
    token: Token,
) -> Response {
    let ctx = pages.app.context(visitor.locale(None));
    match links::look(&ctx, kind, &text(token)).await {
        Ok(Some(asked)) => {
            let frame = frame(visitor, &asked);
            view::screen(frame.words, &asked, ctx.now).response(&frame)
        }
        Ok(None) => problem::unknown(pages, visitor),
        Err(error) => problem::fault(pages, visitor, route, &error),
    }
}

/// Does an act; a refused one gets the page as it stands now, with what stood in the way.
pub(crate) async fn carry_out(
    pages: &Pages,
    visitor: &Visitor,
    kind: LinkKind,
    route: &'static str,
    token: Token,
    act: &Act,
) -> Response {
    let ctx = pages.app.context(visitor.locale(None));
    let token = text(token);
    let refused = match links::act(&ctx, kind, &token, act).await {
        Ok(_) => return Redirect::to(&visitor.here()).into_response(),
        Err(error @ Error::Refused(_)) => error,
        Err(error) => return problem::fault(pages, visitor, route, &error),
    };
    match links::look(&ctx, kind, &token).await {
        Ok(Some(asked)) => {
            let frame = frame(visitor, &asked);
            let screen = view::screen(frame.words, &asked, ctx.now);
            with_refusal(screen, &frame, &asked, &refused, act).response(&frame)
        }
        Ok(None) => problem::unknown(pages, visitor),
        Err(error) => problem::fault(pages, visitor, route, &error),
    }
}

fn text(token: Token) -> String {
    token.map(|Path(token)| token).unwrap_or_default()
}

fn frame(visitor: &Visitor, asked: &Asked) -> Frame {
    Frame::new(visitor, Some(asked.locale), Some(asked.organisation.name.clone()))
}

/// What cannot be taken is said beside its field, and nothing typed is lost; anything else means that things changed
/// meanwhile, and is told with what it was.
fn with_refusal(mut screen: Screen, frame: &Frame, asked: &Asked, refused: &Error, act: &Act) -> Screen {
    if flawed(&mut screen, frame, refused, act) {
        screen.status = StatusCode::UNPROCESSABLE_ENTITY;
        screen.alert = Some(frame.words.get("pages-errors"));
    } else {
        let gone = |code| matches!(code, Code::LinkExpired | Code::LinkRevoked | Code::AnswerTooLate);
        let gone = refused.refusals().iter().any(|refusal| gone(refusal.code));
        screen.status = if gone { StatusCode::GONE } else { StatusCode::CONFLICT };
        screen.alert = Some(frame.words.get(view::why_not_taken(asked, refused)));
    }
    screen
}

/// Puts what was typed back into the form, and what is wrong with it beside it. True where a field is at fault.
fn flawed(screen: &mut Screen, frame: &Frame, refused: &Error, act: &Act) -> bool {
    let flaw = |names: &dyn Fn(&PathPart) -> bool| {
        let refusal = refused.refusals().iter().find(|refusal| refusal.path.last().is_some_and(names));
        refusal.map(|refusal| refusal.message(frame.words.0))
    };
    match (&mut screen.form, act) {
        (
            Some(Form::Answer { decline: step, .. } | Form::Leave(step)),
            Act::Decline(reason) | Act::Withdraw(reason),
        ) => {
            let Some(flaw) = flaw(&|part| *part == "reason".into()) else { return false };
            step.open = true;
            step.reason = reason.clone().unwrap_or_default();
            step.error = Some(flaw);
            true
        }
        (Some(Form::Fields { fields, .. }), Act::Filled(typed)) => {
            for (at, field) in fields.iter_mut().enumerate() {
                field.fill(typed.get(&field.name).map_or("", String::as_str));
                field.error = flaw(&|part| match part {
                    PathPart::Field(name) => name.as_ref() == field.name,
                    PathPart::Index(index) => *index == at,
                });
            }
            fields.iter().any(|field| field.error.is_some())
        }
        _ => false,
    }
}
