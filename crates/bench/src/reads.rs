//! Reads: the product's answer and the bare rows, in turns, by CPU time of the process and the database together.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::{
    child::Service,
    figures::{Read, median},
    ground::{CODE, Ground, MEMBERS},
    load::{self, Request},
    proc,
    run::Pace,
};

const ROSTER: &str = "query Roster($code: String!) { cohortRoster(code: $code) {
    code title state gatherings { id position title date starts }
    members { enrolmentId state person { employeeNumber displayName email } unit { code name } days { presence } } } }";
const LEADERS: &str = "query Leaders { leaders(first: 50) {
    nodes { appointmentId person { employeeNumber displayName email } unit { code name } level appointedFrom acting }
    pageInfo { hasNextPage endCursor } } }";
const LEADER: &str = "query Leader($number: String!) { leader(employeeNumber: $number) {
    appointmentId person { employeeNumber displayName email } unit { code name } level appointedFrom acting } }";

/// One thing to read, in both ways.
struct Question {
    name: &'static str,
    at_most: f64,
    product: Request,
    /// Where the rows stand in the product's answer, and in the floor's.
    places: (&'static str, &'static str),
    floor: Request,
    /// Rows of `places`, as a check that something is measured.
    rows: usize,
}

/// Measures every read on a ground.
pub(crate) async fn measure(ground: &Ground, pace: &Pace) -> Result<Vec<Read>> {
    let (product, token) = ground.gateway().await?;
    let floor = ground.floor().await?;
    let ask = |document: &str, variables: Value| {
        Request::post("/graphql", &json!({ "query": document, "variables": variables }), Some(&token))
    };
    let questions = [
        Question {
            name: "a cohort: 25 members with unit, 6 gatherings, attendance",
            at_most: 2.0,
            product: ask(ROSTER, json!({ "code": CODE })),
            places: ("/data/cohortRoster/members", "/members"),
            floor: Request::get(&format!("/roster/{CODE}")),
            rows: usize::try_from(MEMBERS)?,
        },
        Question {
            name: "a page of 50 leaders",
            at_most: 2.0,
            product: ask(LEADERS, json!({})),
            places: ("/data/leaders/nodes", "/nodes"),
            floor: Request::get("/leaders"),
            rows: pace.leaders.min(50),
        },
        Question {
            name: "one leader",
            at_most: 3.0,
            product: ask(LEADER, json!({ "number": ground.leader })),
            places: ("/data/leader", ""),
            floor: Request::get(&format!("/leaders/{}", ground.leader)),
            rows: 0,
        },
    ];
    let mut figures = Vec::new();
    for question in &questions {
        same_rows(question, &product, &floor).await?;
        figures.push(in_turns(question, ground, (&product, &floor), pace).await?);
    }
    product.stop().await?;
    floor.stop().await?;
    Ok(figures)
}

/// Both give the same rows, or the comparison is worth nothing.
async fn same_rows(question: &Question, product: &Service, floor: &Service) -> Result<()> {
    let answer = load::ask(product.address, &question.product).await?.json()?;
    let mut seen = answer.pointer(question.places.0).cloned().unwrap_or_default();
    let mut bare = load::ask(floor.address, &question.floor)
        .await?
        .json()?
        .pointer(question.places.1)
        .cloned()
        .unwrap_or_default();
    if question.rows > 0 {
        let rows = bare.as_array().map_or(0, Vec::len);
        ensure!(rows == question.rows, "{}: {rows} rows instead of {}", question.name, question.rows);
    }
    comparable(&mut seen);
    comparable(&mut bare);
    ensure!(seen == bare && !seen.is_null(), "{}: the answers differ:\n{answer}\n{bare}", question.name);
    Ok(())
}

/// Ids are opaque in the product, and its enums are written in capitals.
fn comparable(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(comparable),
        Value::Object(fields) => {
            fields.retain(|name, _| !name.to_lowercase().ends_with("id"));
            for (name, field) in fields.iter_mut() {
                if let (true, Some(text)) = (matches!(name.as_str(), "state" | "presence"), field.as_str()) {
                    *field = text.to_uppercase().into();
                }
                comparable(field);
            }
        }
        _ => {}
    }
}

async fn in_turns(
    question: &Question,
    ground: &Ground,
    (product, floor): (&Service, &Service),
    pace: &Pace,
) -> Result<Read> {
    let warm_up = pace.round / 4;
    let (floors, products) = ([vec![question.floor.clone()]], [vec![question.product.clone()]]);
    load::run(floor.address, &floors, warm_up).await?;
    load::run(product.address, &products, warm_up).await?;
    let (mut bare, mut seen) = (Vec::new(), Vec::new());
    for _ in 0..pace.rounds {
        bare.push(round(ground, floor, &floors, pace.round).await?);
        seen.push(round(ground, product, &products, pace.round).await?);
    }
    let ratios =
        |of: fn(&Cost) -> f64| median(seen.iter().zip(&bare).map(|(seen, bare)| of(seen) / of(bare)));
    Ok(Read {
        name: question.name,
        at_most: question.at_most,
        ratio: ratios(|cost| cost.app + cost.database),
        ratio_app: ratios(|cost| cost.app),
        floor: (median(bare.iter().map(|cost| cost.app)), median(bare.iter().map(|cost| cost.database))),
        product: (median(seen.iter().map(|cost| cost.app)), median(seen.iter().map(|cost| cost.database))),
        rates: (median(bare.iter().map(|cost| cost.rate)), median(seen.iter().map(|cost| cost.rate))),
    })
}

/// What one request costs, in milliseconds of CPU time; and requests a second.
struct Cost {
    app: f64,
    database: f64,
    rate: f64,
}

async fn round(ground: &Ground, service: &Service, of: &[Vec<Request>], time: Duration) -> Result<Cost> {
    let (app, database) = (proc::cpu(service.pid)?, ground.database_cpu()?);
    let (answers, took) = load::run(service.address, of, time).await?;
    let (app, database) = (proc::cpu(service.pid)? - app, ground.database_cpu()? - database);
    #[expect(clippy::cast_precision_loss, reason = "requests of seconds")]
    let requests = answers.max(1) as f64;
    Ok(Cost {
        app: app.as_secs_f64() * 1000.0 / requests,
        database: database.as_secs_f64() * 1000.0 / requests,
        rate: requests / took.as_secs_f64(),
    })
}
