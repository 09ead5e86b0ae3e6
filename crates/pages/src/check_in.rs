//! `/check-in/{token}`: the leader and the line manager hold the year's check-in here, from the first word to the second
//! signature. Every step is a button that works without a script; with one, what is typed is saved as it is written.

mod form;
mod meeting;
mod shown;
mod thread;

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use serde_json::json;
use varde_app::{
    Code, Ctx, Error, Refusal,
    access::OneOfTwo,
    check_ins::{self, BehindLink, Conversation, Evidence, Saved, SavedView, Wanted},
    enrolments,
};

use crate::{
    Pages,
    answer::Token,
    certificate::attached,
    frame::{Frame, html},
    guard::ours,
    posted::Posted,
    problem,
    screen::Screen,
    visitor::Visitor,
};
use form::Act;
use shown::Page;

const ROUTE: &str = "/check-in/{token}";

/// The largest body of this page's form, in bytes: every text at its longest.
pub(crate) const BODY_LIMIT: usize = 512 * 1024;

/// Shows the check-in and changes nothing.
pub(crate) async fn show(State(pages): State<Pages>, visitor: Visitor, token: Token) -> Response {
    let Opened { ctx, frame, behind, right } = match opened(&pages, &visitor, token).await {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    match see(&ctx, &right).await {
        Ok(seen) => page(&frame, &behind, &seen, None, &Posted::default(), (StatusCode::OK, ctx.now)),
        Err(Error::Refused(_)) => gone(&frame),
        Err(error) => problem::fault(&pages, &visitor, ROUTE, &error),
    }
}

/// The whole check-in as PDF, in the language of the page from which it was asked for.
pub(crate) async fn fetch(State(pages): State<Pages>, visitor: Visitor, token: Token) -> Response {
    let Opened { frame, behind, right, .. } = match opened(&pages, &visitor, token).await {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    let ctx = pages.app.context(visitor.locale(Some(behind.locale)));
    match check_ins::document(&ctx, &right).await {
        Ok(file) => attached(file),
        Err(Error::Refused(_)) => gone(&frame),
        Err(error) => problem::fault(&pages, &visitor, ROUTE, &error),
    }
}

/// What a link leads to, for whoever may still look at it.
struct Opened {
    ctx: Ctx,
    frame: Frame,
    behind: BehindLink,
    right: OneOfTwo,
}

/// Opens the link; else the page that says why it leads nowhere.
async fn opened(pages: &Pages, visitor: &Visitor, token: Token) -> Result<Opened, Response> {
    let token = token.map(|Path(token)| token).unwrap_or_default();
    let ctx = pages.app.context(visitor.locale(None));
    let behind = match check_ins::by_link(&ctx, &token).await {
        Ok(Some(behind)) => behind,
        Ok(None) => return Err(problem::unknown(pages, visitor)),
        Err(error) => return Err(problem::fault(pages, visitor, ROUTE, &error)),
    };
    let frame = Frame::new(visitor, Some(behind.locale), Some(behind.organisation.name.clone()));
    match behind.right {
        Some(right) => Ok(Opened { ctx, frame, behind, right }),
        None => Err(gone(&frame)),
    }
}

/// The link has run out, or somebody else is the line manager by now.
fn gone(frame: &Frame) -> Response {
    let words = frame.words;
    let screen = Screen {
        status: StatusCode::GONE,
        title: words.get("check-in-gone"),
        lead: vec![words.get("check-in-gone-lead")],
        ..Screen::default()
    };
    screen.response(frame)
}

/// What one of the two looks at.
struct Seen {
    held: Conversation,
    thread: Vec<Wanted>,
    evidence: Evidence,
}

async fn see(ctx: &Ctx, right: &OneOfTwo) -> Result<Seen, Error> {
    let held = check_ins::conversation(ctx, right).await?;
    let thread = check_ins::thread(ctx, right, &held).await?;
    let evidence = check_ins::evidence(ctx, right, &held).await?;
    Ok(Seen { held, thread, evidence })
}

/// What did not go through, told on the page.
enum Trouble {
    Refused(Error),
    Overtaken(SavedView),
}

fn page(
    frame: &Frame,
    behind: &BehindLink,
    seen: &Seen,
    trouble: Option<&Trouble>,
    typed: &Posted,
    (status, now): (StatusCode, DateTime<Utc>),
) -> Response {
    let mut response = html(status, &Page::of(frame, behind, seen, trouble, typed, now));
    // This page alone has a script: our own, which speaks to us alone.
    let policy = HeaderValue::from_static(POLICY);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; \
                      img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Does what the button says, and leads back to the page.
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
    let Opened { ctx, frame, behind, right } = match opened(&pages, &visitor, token).await {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    let Some(act) = Act::of(&posted) else {
        return problem::unreadable(&visitor, StatusCode::UNPROCESSABLE_ENTITY);
    };
    // The script asks for the outcome alone.
    let by_script =
        posted.headers().get(header::ACCEPT).is_some_and(|kind| kind.as_bytes() == b"application/json");
    let trouble = match carry_out(&ctx, &right, &act).await {
        Ok(saved) if by_script => return Json(told(&saved)).into_response(),
        Ok(saved) if saved.overtaken.is_empty() => return Redirect::to(&visitor.here()).into_response(),
        Ok(saved) => Trouble::Overtaken(saved),
        Err(refused @ Error::Refused(_)) if by_script => {
            let message = refused.refusals().first().map(|refusal| refusal.message(frame.words.0));
            return (StatusCode::CONFLICT, Json(json!({ "message": message }))).into_response();
        }
        Err(refused @ Error::Refused(_)) => Trouble::Refused(refused),
        Err(error) => return problem::fault(&pages, &visitor, ROUTE, &error),
    };
    match see(&ctx, &right).await {
        Ok(seen) => page(&frame, &behind, &seen, Some(&trouble), &posted, (StatusCode::CONFLICT, ctx.now)),
        Err(Error::Refused(_)) => gone(&frame),
        Err(error) => problem::fault(&pages, &visitor, ROUTE, &error),
    }
}

/// What was typed is saved before anything else happens: a button that is refused loses nothing.
async fn carry_out(ctx: &Ctx, right: &OneOfTwo, act: &Act) -> Result<SavedView, Error> {
    let nothing = SavedView::default();
    match act {
        Act::Save(rows) => check_ins::save(ctx, right, rows).await,
        Act::Give(rows) => {
            let saved = check_ins::save(ctx, right, rows).await?;
            if saved.overtaken.is_empty() {
                check_ins::give(ctx, right).await?;
            }
            Ok(saved)
        }
        Act::TakeBack => check_ins::take_back(ctx, right).await.map(|()| nothing),
        Act::Plan(plan, rows) => {
            let saved = save_what_was_typed(ctx, right, rows).await?;
            if saved.overtaken.is_empty() {
                check_ins::plan_meeting(ctx, right, plan).await?;
            }
            Ok(saved)
        }
        Act::CallOff(rows) => {
            let saved = save_what_was_typed(ctx, right, rows).await?;
            check_ins::call_meeting_off(ctx, right).await.map(|()| saved)
        }
        Act::Meet(on) => check_ins::meet(ctx, right, *on).await.map(|()| nothing),
        Act::Agree(action) => check_ins::agree(ctx, right, action).await.map(|_| nothing),
        Act::Enrol(cohort) => match right.leader() {
            Some(leader) => enrolments::ask(ctx, &leader, cohort, false).await.map(|_| nothing),
            // The button is the leader's alone.
            None => Err(Refusal::new(Code::NotFound).at("cohortCode").into()),
        },
        Act::TakeOff(action) => check_ins::take_off(ctx, right, *action).await.map(|()| nothing),
        Act::Set(action, state) => {
            check_ins::set_action(ctx, right, *action, *state, None).await.map(|()| nothing)
        }
        Act::Sign(version) => check_ins::sign(ctx, right, *version).await.map(|()| nothing),
        Act::Add(text) => check_ins::add(ctx, right, text).await.map(|()| nothing),
    }
}

/// The fields of the meeting belong to the form of the view while it is written.
async fn save_what_was_typed(ctx: &Ctx, right: &OneOfTwo, rows: &[Saved]) -> Result<SavedView, Error> {
    if rows.is_empty() { Ok(SavedView::default()) } else { check_ins::save(ctx, right, rows).await }
}

fn told(saved: &SavedView) -> serde_json::Value {
    let standing = saved.overtaken.iter().map(|(key, (rated, version))| {
        let rating = rated.rating.map(varde_model::check_in::Rating::as_str);
        (key.clone(), json!({ "rating": rating, "text": rated.text, "version": version }))
    });
    json!({ "saved": saved.saved, "overtaken": standing.collect::<serde_json::Map<_, _>>() })
}
