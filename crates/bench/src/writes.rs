//! The mutation that records an attendance with its audit event, against the same statements in one transaction.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::{
    figures::{Write, median},
    ground::{CODE, Ground, MEMBERS},
    load::{self, Request},
    run::Pace,
};

const DOCUMENT: &str = "mutation Attend($input: RecordAttendanceInput!) {
    recordAttendance(input: $input) { records { presence } errors { code } } }";
const IDS: &str =
    "query Ids($code: String!) { cohortRoster(code: $code) { gatherings { id } members { enrolmentId } } }";

/// Measures the mutation on a ground.
pub(crate) async fn measure(ground: &Ground, pace: &Pace) -> Result<Write> {
    let (product, token) = ground.gateway().await?;
    let floor = ground.floor().await?;
    let post = |document: &str, variables: Value| {
        Request::post("/graphql", &json!({ "query": document, "variables": variables }), Some(&token))
    };
    let ids = load::ask(product.address, &post(IDS, json!({ "code": CODE }))).await?.json()?;
    let roster = &ids["data"]["cohortRoster"];
    let gathering = &roster["gatherings"][0]["id"];
    let enrolments = roster["members"].as_array().context("members")?;
    ensure!(enrolments.len() == usize::try_from(MEMBERS)?, "{ids}");
    let products: Vec<Vec<Request>> = enrolments
        .iter()
        .map(|member| {
            let record = |presence: &str| {
                let records = json!([{ "enrolmentId": member["enrolmentId"], "presence": presence }]);
                post(DOCUMENT, json!({ "input": { "gatheringId": gathering, "records": records } }))
            };
            vec![record("PRESENT"), record("PARTLY")]
        })
        .collect();
    let answer = load::ask(product.address, &products[0][0]).await?.json()?;
    ensure!(answer["data"]["recordAttendance"]["records"][0]["presence"] == "PRESENT", "{answer}");

    let floors: Vec<Vec<Request>> = ground
        .members
        .iter()
        .map(|member| {
            let record = |presence: &str| {
                json!({ "gathering": ground.gathering, "enrolment": member.enrolment, "presence": presence })
            };
            vec![
                Request::post("/attendance", &record("present"), None),
                Request::post("/attendance", &record("partly"), None),
            ]
        })
        .collect();
    let (mut bare, mut seen) = (Vec::new(), Vec::new());
    load::run(floor.address, &floors, pace.round / 4).await?;
    load::run(product.address, &products, pace.round / 4).await?;
    for _ in 0..pace.rounds {
        bare.push(rate(load::run(floor.address, &floors, pace.round).await?));
        seen.push(rate(load::run(product.address, &products, pace.round).await?));
    }
    product.stop().await?;
    floor.stop().await?;
    Ok(Write {
        ratio: median(seen.iter().zip(&bare).map(|(seen, bare)| seen / bare)),
        floor: median(bare.iter().copied()),
        product: median(seen.iter().copied()),
    })
}

#[expect(clippy::cast_precision_loss, reason = "answers of seconds")]
fn rate((answers, took): (u64, Duration)) -> f64 {
    answers as f64 / took.as_secs_f64()
}
