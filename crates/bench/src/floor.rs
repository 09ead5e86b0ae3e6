//! The least that gives the same answers: the rows through the driver, as plain JSON, from a plain route. Nobody signs
//! in, nothing is checked, counted or logged.

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicU64, Ordering},
};

use anyhow::Result;
use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
    serve::ListenerExt as _,
};
use chrono::{DateTime, NaiveDate, NaiveTime, SubsecRound, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::types::Json as Stored;
use tokio::net::TcpListener;
use uuid::Uuid;
use varde_model::{Locale, catalogue::Texts};

use crate::pool::Pool;

/// The database, and whose rows are asked for.
#[derive(Clone)]
struct Ground {
    pool: Pool,
    org: Uuid,
}

type Answer<T> = Result<Json<T>, (StatusCode, String)>;

/// The trust's own day, which the product asks for: near midnight it is not that of UTC.
fn today() -> NaiveDate {
    Utc::now().with_timezone(&chrono_tz::Europe::Oslo).date_naive()
}

fn failed(error: impl std::fmt::Display) -> (StatusCode, String) {
    (StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
}

/// Answers until it is killed.
pub(crate) async fn serve(url: &str, listen: SocketAddr) -> Result<()> {
    let pool = Pool::open(url).await?;
    let (org,): (Uuid,) = match &pool {
        Pool::Postgres(pool) => sqlx::query_as("SELECT id FROM organisation").fetch_one(pool).await?,
        Pool::Sqlite(pool) => sqlx::query_as("SELECT id FROM organisation").fetch_one(pool).await?,
    };
    let routes = Router::new()
        .route("/ready", get(async || "ready"))
        .route("/roster/{code}", get(roster))
        .route("/leaders", get(leaders))
        .route("/leaders/{number}", get(leader))
        .route("/attendance", post(attendance))
        .with_state(Ground { pool, org });
    let listener = TcpListener::bind(listen).await?;
    let listener = listener.tap_io(|stream| {
        let _slower_then = stream.set_nodelay(true);
    });
    Ok(axum::serve(listener, routes).await?)
}

/// All rows of a statement, on one connection.
macro_rules! rows {
    ($link:expr, $row:ty, $sql:expr $(, $bind:expr)*) => {
        sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_all(&mut **$link).await.map_err(failed)?
    };
}

/// The same code on a connection of either database.
macro_rules! on {
    ($pool:expr, $link:ident => $code:block) => {
        match $pool {
            Pool::Postgres(pool) => {
                let mut held = pool.acquire().await.map_err(failed)?;
                let $link = &mut held;
                $code
            }
            Pool::Sqlite(pool) => {
                let mut held = pool.acquire().await.map_err(failed)?;
                let $link = &mut held;
                $code
            }
        }
    };
}

#[derive(Serialize)]
struct Roster {
    code: String,
    title: String,
    state: String,
    gatherings: Vec<Gathering>,
    members: Vec<Member>,
}

#[derive(Serialize)]
struct Gathering {
    id: Uuid,
    position: i32,
    title: String,
    date: NaiveDate,
    starts: NaiveTime,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Member {
    enrolment_id: Uuid,
    state: String,
    person: Person,
    unit: Option<Unit>,
    days: Vec<Day>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Person {
    employee_number: String,
    display_name: String,
    email: String,
}

#[derive(Serialize)]
struct Unit {
    code: String,
    name: String,
}

#[derive(Clone, Serialize)]
struct Day {
    presence: Option<String>,
}

type MemberRow = (Uuid, String, String, String, String, String, Option<String>, Option<String>);

async fn roster(State(Ground { pool, org }): State<Ground>, Path(code): Path<String>) -> Answer<Roster> {
    let today = today();
    let (cohort, met, people, attended) = on!(&pool, link => {
        let cohort: (Uuid, String, String, String) = sqlx::query_as("SELECT id, code, title, state FROM cohort WHERE organisation_id = $2 AND code = $1")
            .bind(&code).bind(org).fetch_one(&mut **link).await.map_err(failed)?;
        let met = rows!(link, (Uuid, i32, Stored<Texts>, NaiveDate, NaiveTime),
            "SELECT id, position, title, local_date, local_start FROM gathering WHERE cohort_id = $1 ORDER BY starts_at", cohort.0);
        let people = rows!(link, MemberRow,
            "SELECT e.id, e.state, p.employee_number, p.given_name, p.family_name, p.email, u.code, d.name \
             FROM enrolment e JOIN person p ON p.id = e.person_id \
             LEFT JOIN employment w ON w.person_id = p.id AND w.valid_from <= $2 AND (w.valid_to IS NULL OR w.valid_to >= $2) \
             LEFT JOIN unit u ON u.id = w.unit_id \
             LEFT JOIN unit_period d ON d.organisation_id = $3 AND d.unit_id = w.unit_id \
                 AND d.valid_from <= $2 AND (d.valid_to IS NULL OR d.valid_to >= $2) \
             WHERE e.cohort_id = $1 ORDER BY p.sort_key, e.id", cohort.0, today, org);
        let attended = rows!(link, (Uuid, Uuid, String),
            "SELECT t.enrolment_id, t.gathering_id, t.presence FROM gathering g JOIN attendance t ON t.gathering_id = g.id \
             WHERE g.cohort_id = $1", cohort.0);
        (cohort, met, people, attended)
    });
    let mut members: Vec<Member> = people.into_iter().map(|row| member(row, met.len())).collect();
    let place: std::collections::HashMap<Uuid, usize> =
        members.iter().enumerate().map(|(index, member)| (member.enrolment_id, index)).collect();
    for (enrolment, gathering, presence) in attended {
        let day = met.iter().position(|row| row.0 == gathering);
        let member = place.get(&enrolment).and_then(|index| members.get_mut(*index));
        if let Some(day) = day.zip(member).and_then(|(day, member)| member.days.get_mut(day)) {
            day.presence = Some(presence);
        }
    }
    let gathering = |(id, position, Stored(title), date, starts)| {
        let title = Texts::into_text(title, Locale::Nb);
        Gathering { id, position, title, date, starts }
    };
    let (_, code, title, state) = cohort;
    Ok(Json(Roster { code, title, state, gatherings: met.into_iter().map(gathering).collect(), members }))
}

fn member(row: MemberRow, days: usize) -> Member {
    let (enrolment_id, state, employee_number, given, family, email, code, name) = row;
    Member {
        enrolment_id,
        state,
        person: Person { employee_number, display_name: format!("{given} {family}"), email },
        unit: code.zip(name).map(|(code, name)| Unit { code, name }),
        days: vec![Day { presence: None }; days],
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Leader {
    appointment_id: Uuid,
    person: Person,
    unit: Unit,
    level: i16,
    appointed_from: NaiveDate,
    acting: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Leaders {
    nodes: Vec<Leader>,
    has_next_page: bool,
}

type LeaderRow = (Uuid, i16, bool, NaiveDate, String, String, String, String, String, String);

const LEADERS: &str = "\
    SELECT a.id, a.level, a.acting, a.since, p.employee_number, p.given_name, p.family_name, p.email, u.code, d.name \
    FROM appointment a JOIN person p ON p.id = a.person_id JOIN unit u ON u.id = a.unit_id \
    JOIN unit_period d ON d.unit_id = a.unit_id AND d.organisation_id = a.organisation_id \
        AND d.valid_from <= $1 AND (d.valid_to IS NULL OR d.valid_to >= $1) \
    WHERE a.organisation_id = $2 AND p.organisation_id = $2 \
        AND a.valid_from <= $1 AND (a.valid_to IS NULL OR a.valid_to >= $1) ORDER BY p.sort_key, a.id LIMIT 51";
const LEADER: &str = "\
    SELECT a.id, a.level, a.acting, a.since, p.employee_number, p.given_name, p.family_name, p.email, u.code, d.name \
    FROM person p JOIN appointment a ON a.person_id = p.id JOIN unit u ON u.id = a.unit_id \
    JOIN unit_period d ON d.unit_id = a.unit_id AND d.organisation_id = p.organisation_id \
        AND d.valid_from <= $1 AND (d.valid_to IS NULL OR d.valid_to >= $1) \
    WHERE p.organisation_id = $2 AND p.employee_number = $3 \
        AND a.valid_from <= $1 AND (a.valid_to IS NULL OR a.valid_to >= $1)";

fn one(row: LeaderRow) -> Leader {
    let (appointment_id, level, acting, appointed_from, employee_number, given, family, email, code, name) =
        row;
    Leader {
        appointment_id,
        person: Person { employee_number, display_name: format!("{given} {family}"), email },
        unit: Unit { code, name },
        level,
        appointed_from,
        acting,
    }
}

async fn leaders(State(Ground { pool, org }): State<Ground>) -> Answer<Leaders> {
    let today = today();
    let mut found = on!(&pool, link => { rows!(link, LeaderRow, LEADERS, today, org) });
    let has_next_page = found.len() > 50;
    found.truncate(50);
    Ok(Json(Leaders { nodes: found.into_iter().map(one).collect(), has_next_page }))
}

async fn leader(
    State(Ground { pool, org }): State<Ground>,
    Path(number): Path<String>,
) -> Answer<Option<Leader>> {
    let today = today();
    let found = on!(&pool, link => { rows!(link, LeaderRow, LEADER, today, org, &number) });
    Ok(Json(found.into_iter().next().map(one)))
}

#[derive(Deserialize)]
struct Attended {
    gathering: Uuid,
    enrolment: Uuid,
    presence: String,
}

const RECORD: &str = "\
    INSERT INTO attendance (id, organisation_id, gathering_id, enrolment_id, presence, recorded_at) \
    VALUES ($1, $2, $3, $4, $5, $6) \
    ON CONFLICT (gathering_id, enrolment_id) DO UPDATE SET presence = excluded.presence, recorded_at = excluded.recorded_at";
const EVENT: &str = "\
    INSERT INTO audit_event (id, organisation_id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail) \
    VALUES ($1, $2, $3, 'system', NULL, 'gathering.attendance', 'gathering', $4, $5)";

/// Ids of the form that the product draws, counted instead of drawn.
fn new_id(now: DateTime<Utc>) -> Uuid {
    static LAST: AtomicU64 = AtomicU64::new(0);
    let mut bytes = [9; 10];
    bytes[2..].copy_from_slice(&LAST.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
}

/// The statements of the product's mutation in one transaction: gathering, cohort and place are read, attendance and
/// audit event are written.
async fn attendance(
    State(Ground { pool, .. }): State<Ground>,
    Json(asked): Json<Attended>,
) -> Answer<serde_json::Value> {
    let now = Utc::now().trunc_subsecs(6);
    macro_rules! record {
        ($tx:expr) => {{
            let mut tx = $tx;
            let (org, cohort, starts_at, cancelled): (Uuid, Uuid, DateTime<Utc>, bool) =
                sqlx::query_as("SELECT organisation_id, cohort_id, starts_at, cancelled FROM gathering WHERE id = $1")
                    .bind(asked.gathering).fetch_one(&mut *tx).await.map_err(failed)?;
            let (state,): (String,) = sqlx::query_as("SELECT state FROM cohort WHERE id = $1")
                .bind(cohort).fetch_one(&mut *tx).await.map_err(failed)?;
            let (place, of): (String, Uuid) = sqlx::query_as("SELECT state, cohort_id FROM enrolment WHERE id = $1")
                .bind(asked.enrolment).fetch_one(&mut *tx).await.map_err(failed)?;
            if cancelled || starts_at > now || state != "running" || place != "enrolled" || of != cohort {
                return Err(failed("not to be recorded"));
            }
            sqlx::query(RECORD).bind(new_id(now)).bind(org).bind(asked.gathering).bind(asked.enrolment)
                .bind(&asked.presence).bind(now).execute(&mut *tx).await.map_err(failed)?;
            let detail = json!({ "records": [{ "enrolment": asked.enrolment, "presence": asked.presence }] });
            sqlx::query(EVENT).bind(new_id(now)).bind(org).bind(now).bind(asked.gathering).bind(detail)
                .execute(&mut *tx).await.map_err(failed)?;
            tx.commit().await.map_err(failed)?;
        }};
    }
    match &pool {
        Pool::Postgres(pool) => record!(pool.begin().await.map_err(failed)?),
        Pool::Sqlite(pool) => record!(pool.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?),
    }
    Ok(Json(json!({ "presence": asked.presence })))
}
