//! `/plan/{token}`: the leader rates the items of the competence plan, the line manager agrees, and the leader follows the path to
//! what is missing. Every step is a button, without a script.

mod shown;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;
use varde_app::{
    Ctx, Error,
    access::PlanHolder,
    competence_plans::{self, BehindLink, PlanView, Rate},
};
use varde_model::{check_in::Party, plan::PlanRating};

use crate::{
    Pages,
    answer::Token,
    frame::{Frame, html},
    guard::ours,
    posted::Posted,
    problem,
    screen::Screen,
    visitor::Visitor,
};
use shown::Page;

const ROUTE: &str = "/plan/{token}";

/// Shows the plan and changes nothing.
pub(crate) async fn show(State(pages): State<Pages>, visitor: Visitor, token: Token) -> Response {
    let Opened { ctx, frame, behind, right } = match opened(&pages, &visitor, token).await {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    match competence_plans::view(&ctx, &right).await {
        Ok(seen) => page(&ctx, &frame, &behind, &seen, None, &Posted::default()),
        Err(Error::Refused(_)) => gone(&frame),
        Err(error) => problem::fault(&pages, &visitor, ROUTE, &error),
    }
}

/// What a link leads to, for whoever may still look at it.
struct Opened {
    ctx: Ctx,
    frame: Frame,
    behind: BehindLink,
    right: PlanHolder,
}

/// Opens the link; else the page that says why it leads nowhere.
async fn opened(pages: &Pages, visitor: &Visitor, token: Token) -> Result<Opened, Response> {
    let token = token.map(|Path(token)| token).unwrap_or_default();
    let ctx = pages.app.context(visitor.locale(None));
    let behind = match competence_plans::by_link(&ctx, &token).await {
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
        title: words.get("plan-gone"),
        lead: vec![words.get("plan-gone-lead")],
        ..Screen::default()
    };
    screen.response(frame)
}

fn page(
    ctx: &Ctx,
    frame: &Frame,
    behind: &BehindLink,
    seen: &PlanView,
    refused: Option<&Error>,
    typed: &Posted,
) -> Response {
    let status = if refused.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    html(status, &Page::of(frame, behind, seen, refused, typed, ctx.now))
}

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
    let Some(done) = carry_out(&ctx, &right, &posted).await else {
        return problem::unreadable(&visitor, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let refused = match done {
        Ok(()) => return Redirect::to(&visitor.here()).into_response(),
        Err(refused @ Error::Refused(_)) => refused,
        Err(error) => return problem::fault(&pages, &visitor, ROUTE, &error),
    };
    match competence_plans::view(&ctx, &right).await {
        Ok(seen) => page(&ctx, &frame, &behind, &seen, Some(&refused), &posted),
        Err(Error::Refused(_)) => gone(&frame),
        Err(error) => problem::fault(&pages, &visitor, ROUTE, &error),
    }
}

/// None for a form that this page does not have. What was rated is saved before anything else happens: a button that is
/// refused loses nothing.
async fn carry_out(ctx: &Ctx, right: &PlanHolder, posted: &Posted) -> Option<Result<(), Error>> {
    let (act, item) = posted.get("act").split_once(' ').unwrap_or((posted.get("act"), ""));
    Some(match (act, right.party()) {
        ("save", Party::Leader) => competence_plans::rate(ctx, right, &ratings(posted)).await,
        ("give", Party::Leader) => match competence_plans::rate(ctx, right, &ratings(posted)).await {
            Ok(()) => competence_plans::give(ctx, right).await,
            refused => refused,
        },
        ("agree", Party::Manager) => {
            let version = posted.get("version").parse().ok();
            competence_plans::agree(ctx, right, &ratings(posted), version).await
        }
        ("done", Party::Leader) => {
            // An empty day is refused: the first of all days is before every appointment.
            let day = posted.get("done_on").parse().unwrap_or(NaiveDate::MIN);
            competence_plans::set_done(ctx, right, item, Some(day)).await
        }
        ("not-done", Party::Leader) => competence_plans::set_done(ctx, right, item, None).await,
        _ => return None,
    })
}

/// The name of an item's field.
fn field(item: &str) -> String {
    format!("rating-{item}")
}

/// Every item that is rated in the form.
fn ratings(posted: &Posted) -> Vec<Rate> {
    let keys = posted.names().filter_map(|name| name.strip_prefix("rating-"));
    let rate = |item: &str| {
        let rating = PlanRating::from_name(posted.get(&field(item)))?;
        Some(Rate { item: item.to_owned(), rating })
    };
    keys.filter_map(rate).collect()
}
