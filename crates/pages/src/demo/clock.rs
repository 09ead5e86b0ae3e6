//! `POST /demo/clock`: moves the demo's clock, and everything that falls due on the way happens.

use async_trait::async_trait;
use axum::{
    Json, RequestExt,
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use varde_model::local_time::{Zoned, instant};

use super::{Demo, start};
use crate::{guard::is_foreign, posted::Posted, problem, visitor::Visitor};

/// The demo's clock, which moves only forwards.
#[async_trait]
pub trait DemoClock: Send + Sync {
    /// What it shows.
    fn now(&self) -> DateTime<Utc>;

    /// When something falls due next; `None` where nothing is planned, or the plan cannot be read.
    async fn next_due(&self) -> Option<DateTime<Utc>>;

    /// Moves it, and runs everything that falls due on the way, in its order.
    ///
    /// # Errors
    /// The moment lies behind, or something broke.
    async fn move_to(&self, to: DateTime<Utc>) -> Result<Moved, NotMoved>;
}

/// What came of moving the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Moved {
    /// What the clock shows now.
    pub now: DateTime<Utc>,
    /// Timers that fired.
    pub timers_fired: u64,
    /// Mails that were sent.
    pub mails_sent: u64,
}

/// Why the clock was not moved.
#[derive(Debug, thiserror::Error)]
pub enum NotMoved {
    /// It moves only forwards.
    #[error("the clock shows {0} and moves only forwards")]
    Backwards(DateTime<Utc>),
    /// The work that fell due failed; the clock stands where that happened.
    #[error("the work on the way failed: {0}")]
    Fault(String),
}

#[derive(Deserialize)]
struct To {
    to: DateTime<Utc>,
}

/// From a program by JSON, answered with JSON; from the form on the start page, answered with that page.
pub(super) async fn turn(State(demo): State<Demo>, visitor: Visitor, request: Request) -> Response {
    let headers = request.headers();
    if is_foreign(headers, &demo.public_url) {
        return problem::foreign(&visitor);
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.starts_with("application/json") {
        return match request.extract::<Json<To>, _>().await {
            Ok(Json(To { to })) => by_program(demo.clock.move_to(to).await),
            Err(_) => {
                refusal(StatusCode::BAD_REQUEST, "INVALID", r#"Send {"to": "2027-01-12T09:00:00+01:00"}."#)
            }
        };
    }
    let wanted = match request.extract::<Posted, _>().await {
        Ok(posted) => wanted(&demo, &posted).await,
        Err(status) => return problem::unreadable(&visitor, status),
    };
    let Some(to) = wanted else {
        return start::page(&demo, &visitor, start::Notice::NoMoment).await;
    };
    match demo.clock.move_to(to).await {
        Ok(moved) => {
            let there = visitor.there("/demo");
            let mark = if there.contains('?') { '&' } else { '?' };
            let (fired, sent) = (moved.timers_fired, moved.mails_sent);
            Redirect::to(&format!("{there}{mark}fired={fired}&sent={sent}")).into_response()
        }
        Err(NotMoved::Backwards(_)) => start::page(&demo, &visitor, start::Notice::Backwards).await,
        Err(error @ NotMoved::Fault(_)) => {
            tracing::error!(%error, "the demo's clock");
            start::page(&demo, &visitor, start::Notice::Fault).await
        }
    }
}

fn by_program(outcome: Result<Moved, NotMoved>) -> Response {
    match outcome {
        Ok(moved) => Json(moved).into_response(),
        Err(error @ NotMoved::Backwards(_)) => {
            refusal(StatusCode::UNPROCESSABLE_ENTITY, "BACKWARDS", &error.to_string())
        }
        Err(error @ NotMoved::Fault(_)) => {
            tracing::error!(%error, "the demo's clock");
            let message = "Something failed on the way; the log says what.";
            refusal(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", message)
        }
    }
}

fn refusal(status: StatusCode, code: &str, message: &str) -> Response {
    (status, Json(json!({ "error": { "code": code, "message": message } }))).into_response()
}

/// The moment that the form names: the next thing planned, days ahead at the same local hour, or a date and an hour of
/// the trust.
async fn wanted(demo: &Demo, posted: &Posted) -> Option<DateTime<Utc>> {
    let local = Zoned::at(demo.clock.now(), demo.zone);
    let (date, time) = match posted.get("by") {
        "next" => return demo.clock.next_due().await,
        "day" => (local.date.checked_add_signed(TimeDelta::days(1))?, local.time),
        "week" => (local.date.checked_add_signed(TimeDelta::days(7))?, local.time),
        _ => {
            let time = NaiveTime::parse_from_str(posted.get("time"), "%H:%M").ok()?;
            (posted.get("date").parse::<NaiveDate>().ok()?, time)
        }
    };
    Some(instant(date, time, demo.zone))
}
