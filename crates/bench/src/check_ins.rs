//! Three years of check-ins of trusts of several sizes: opening each year for every leader, and the report of how far they
//! have come.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use chrono::{Days, NaiveDate, Utc};
use serde_json::{Value, json};
use varde_persistence::Engine;

use crate::{
    child::Service,
    figures::{CheckIns, median},
    ground::Ground,
    hr_file::hr_file_of,
    load::{self, Request},
    proc,
    run::Pace,
};

/// The cycles of three years, by their codes.
const YEARS: [&str; 3] = ["1", "2", "3"];

const PLAN: &str = "mutation Plan($input: CreateCheckInCycleInput!) {
    createCheckInCycle(input: $input) { checkInCycle { code } errors { code message path } } }";
const OPEN: &str = "mutation Open($input: OpenCheckInCycleInput!) {
    openCheckInCycle(input: $input) { checkInCycle { code } errors { code message path } } }";
const REPORT: &str =
    "query Report { checkInCycles { code progress { opened leaderDone managerDone met signed late }
    units(depth: 1) { unitName progress { opened leaderDone managerDone met signed late } } } }";
const OPENED: &str = "query Opened($code: String!) { checkInCycle(code: $code) { progress { opened } } }";

/// A leader in the answer of [`OPENED`], and how long is waited for all of them: slower than a hundred a second, something
/// is wrong.
const LEAST_RATE: u64 = 100;

/// Measures trusts of each size, every employee of them a leader.
pub(crate) async fn measure(engine: Engine, varde: &Path, pace: &Pace) -> Result<Vec<CheckIns>> {
    let mut figures = Vec::new();
    for leaders in pace.check_ins {
        // One at a time, so that a database is gone before the next is made.
        figures.push(Box::pin(of_size(engine, varde, leaders, pace)).await?);
    }
    Ok(figures)
}

async fn of_size(engine: Engine, varde: &Path, leaders: usize, pace: &Pace) -> Result<CheckIns> {
    let ground = Ground::of_file(engine, varde, &hr_file_of(leaders, 1, 7)).await?;
    // What the scheduler does here is to open check-ins, not to send mails.
    ground.command(&["sending", "off"]).await?;
    ground.analyze().await?;
    let mail = format!("file://{}", ground.folder().join("mail").display());
    let settings = [("VARDE_MAIL_URL", mail), ("VARDE_SCHEDULER_TICK_SECONDS", "1".to_owned())];
    let (service, token) = ground.serve(&["serve"], &settings).await?;
    let desk = Desk { service: &service, token: &token, leaders };
    let mut opening = Vec::new();
    for code in YEARS {
        opening.push(desk.open(code).await?);
        ground.analyze().await?;
    }
    let peak_mb = proc::peak_memory_mb(service.pid).context("the service has ended")?;
    let report_ms = desk.report(pace).await?;
    service.stop().await?;
    Ok(CheckIns { leaders, opening: median(opening), peak_mb, report_ms })
}

/// A coordinator of a trust with so many leaders, beside its service.
struct Desk<'d> {
    service: &'d Service,
    token: &'d str,
    leaders: usize,
}

impl Desk<'_> {
    async fn ask(&self, document: &str, variables: Value) -> Result<Value> {
        let body = json!({ "query": document, "variables": variables });
        let request = Request::post("/graphql", &body, Some(self.token));
        let answer = load::ask(self.service.address, &request).await?.json()?;
        ensure!(answer.get("errors").is_none_or(Value::is_null), "{answer}");
        let fields = answer["data"].as_object().context("data")?;
        let refused =
            fields.values().any(|field| field["errors"].as_array().is_some_and(|all| !all.is_empty()));
        ensure!(!refused, "{answer}");
        Ok(answer["data"].clone())
    }

    /// Opens a cycle; gives the seconds until every leader has a check-in in it.
    async fn open(&self, code: &str) -> Result<f64> {
        let today = Utc::now().date_naive();
        let after = |days| today.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX);
        let days = json!({ "code": code, "opensOn": today, "dueOn": after(60), "closesOn": after(90) });
        self.ask(PLAN, json!({ "input": days })).await?;
        let begun = Instant::now();
        self.ask(OPEN, json!({ "input": { "cycleCode": code } })).await?;
        let limit = Duration::from_secs(60 + self.leaders as u64 / LEAST_RATE);
        let mut pace = tokio::time::interval(Duration::from_millis(50));
        loop {
            pace.tick().await;
            let told = self.ask(OPENED, json!({ "code": code })).await?;
            let opened = told["checkInCycle"]["progress"]["opened"].as_u64().context("a number")?;
            if opened == self.leaders as u64 {
                return Ok(begun.elapsed().as_secs_f64());
            }
            ensure!(begun.elapsed() < limit, "{opened} of {} check-ins are open", self.leaders);
        }
    }

    /// Milliseconds until the report of the three years is there.
    async fn report(&self, pace: &Pace) -> Result<f64> {
        let mut took = Vec::new();
        for _ in 0..pace.rounds * 4 + 1 {
            let begun = Instant::now();
            let told = self.ask(REPORT, json!({})).await?;
            took.push(begun.elapsed().as_secs_f64() * 1000.0);
            let years = told["checkInCycles"].as_array().context("cycles")?;
            let whole = |year: &&Value| year["progress"]["opened"] == self.leaders;
            ensure!(years.iter().filter(whole).count() == YEARS.len(), "not every leader is counted");
        }
        Ok(median(took))
    }
}
