//! `/demo`: what runs, who can sign in, what to try first, and the clock.

use askama::Template;
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;
use varde_model::local_time::Zoned;

use super::Demo;
use crate::{
    frame::{Frame, html},
    visitor::Visitor,
};

/// Somebody who can sign in to the demo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// What she or he may do, such as `coordinator`.
    pub role: String,
    /// The trust.
    pub organisation: String,
    /// The address to sign in with.
    pub email: String,
    /// The password, which the demo makes anew for each data folder.
    pub password: String,
}

impl SignIn {
    /// The key of the role's name.
    fn role_key(&self) -> String {
        format!("pages-demo-role-{}", self.role.replace('_', "-"))
    }
}

/// Something else that the demo serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// What it is.
    pub name: String,
    /// Where.
    pub url: String,
}

/// What the page says of what was just done.
#[derive(Clone, Copy)]
pub(super) enum Notice {
    None,
    Moved { fired: u64, sent: u64 },
    Backwards,
    NoMoment,
    Fault,
}

#[derive(Template)]
#[template(path = "demo_start.html")]
struct StartPage<'a> {
    frame: &'a Frame,
    demo: &'a Demo,
    now: String,
    /// When something falls due next.
    next: Option<String>,
    /// The next day, for the field of the date.
    date: String,
    moved: Option<String>,
    alert: Option<String>,
    clock_address: String,
    mail_address: String,
}

#[derive(Deserialize)]
pub(super) struct Done {
    fired: u64,
    sent: u64,
}

pub(super) async fn show(
    State(demo): State<Demo>,
    visitor: Visitor,
    done: Result<Query<Done>, QueryRejection>,
) -> Response {
    let notice = match done {
        Ok(Query(Done { fired, sent })) => Notice::Moved { fired, sent },
        Err(_) => Notice::None,
    };
    page(&demo, &visitor, notice).await
}

pub(super) async fn page(demo: &Demo, visitor: &Visitor, notice: Notice) -> Response {
    let frame = Frame::new(&visitor.at("/demo"), None, None);
    let words = frame.words;
    let now = demo.clock.now();
    let (status, moved, alert) = match notice {
        Notice::None => (StatusCode::OK, None, None),
        Notice::Moved { fired, sent } => {
            let figures = [("fired", fired.to_string()), ("sent", sent.to_string())];
            (StatusCode::OK, Some(words.with("pages-demo-moved", &figures)), None)
        }
        Notice::Backwards => {
            (StatusCode::UNPROCESSABLE_ENTITY, None, Some(words.get("pages-demo-backwards")))
        }
        Notice::NoMoment => (StatusCode::UNPROCESSABLE_ENTITY, None, Some(words.get("pages-demo-no-moment"))),
        Notice::Fault => (StatusCode::INTERNAL_SERVER_ERROR, None, Some(words.get("pages-demo-fault"))),
    };
    let date = Zoned::at(now, demo.zone).date;
    let page = StartPage {
        frame: &frame,
        demo,
        now: words.moment(now, demo.zone),
        next: demo.clock.next_due().await.map(|next| words.moment(next, demo.zone)),
        date: date.succ_opt().unwrap_or(date).to_string(),
        moved,
        alert,
        clock_address: visitor.there("/demo/clock"),
        mail_address: visitor.there("/demo/mail"),
    };
    html(status, &page)
}
