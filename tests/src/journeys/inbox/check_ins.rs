//! A check-in that nobody holds with the leader needs a hand, until somebody is named.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::harness::Harness;

use super::{carry_out, one, with};
use crate::{
    both::on_both,
    journeys::{mornings::leaving, p01_onboarding::at, p12_check_in},
};

on_both! {
    check_ins_without_a_line_manager_need_a_hand_until_one_is_named
}

const DIRECTOR: &str = "10005";

async fn held_by(varde: &Harness, employee_number: &str) -> Result<Value> {
    let hr = varde.coordinator().await?;
    let ask = "{ checkInCycle(code: \"2027\") { checkIns(first: 100) {
        nodes { managerName state leader { employeeNumber } } pageInfo { hasNextPage } } } }";
    let mut all = varde.ask(&hr, ask, json!({})).await?["checkInCycle"]["checkIns"]["nodes"].take();
    let all = all.as_array_mut().context("check-ins")?;
    let own = all.iter_mut().find(|one| one["leader"]["employeeNumber"] == employee_number);
    Ok(own.with_context(|| employee_number.to_owned())?.take())
}

async fn check_ins_without_a_line_manager_need_a_hand_until_one_is_named(engine: Engine) -> Result<()> {
    let (varde, hr, _) = p12_check_in::opened(engine).await?;

    // The director's waits for somebody outside the tree. One item says it, not two.
    let director = one(&varde, &hr, "CHECK_IN_WITHOUT_REVIEWER").await?;
    assert_eq!(
        director["text"],
        "Det er ikke navngitt noen som kan holde lederkravsamtalen 2027 med Jenny Holm, for eksempel styrelederen. \
         Fristen er 31. mars 2027."
    );
    assert_eq!(with(&varde, &hr, "NO_LINE_MANAGER").await?.len(), 0);
    let chair =
        json!({ "input": { "outsideName": "Inger Styreleder", "outsideEmail": "styret@fjordheim.example" } });
    carry_out(&varde, &hr, &director, chair).await?;
    varde.move_to(at("2027-01-12T08:30:00Z")).await?;
    assert_eq!(held_by(&varde, DIRECTOR).await?["managerName"], "Inger Styreleder");

    // The director leaves, and nobody has followed yet: whose line manager she was have none.
    varde.import("hr.csv", leaving(&[DIRECTOR], "12.01.2027")?).await?;
    varde.move_to(at("2027-01-13T08:30:00Z")).await?;
    let hr = varde.coordinator().await?;
    assert_eq!(with(&varde, &hr, "CHECK_IN_WITHOUT_REVIEWER").await?.len(), 0, "she leads no more");
    let without = with(&varde, &hr, "CHECK_IN_WITHOUT_MANAGER").await?;
    let first = without.first().context("an item")?;
    let number = first["proposedAct"]["variables"]["input"]["employeeNumber"].as_str().context("a number")?;
    assert_eq!(held_by(&varde, number).await?["managerName"], Value::Null);
    let acting = json!({ "input": { "outsideName": "Konstituert Direktør",
        "outsideEmail": "konstituert@fjordheim.example" } });
    carry_out(&varde, &hr, first, acting).await?;
    varde.move_to(at("2027-01-14T08:30:00Z")).await?;
    assert_eq!(held_by(&varde, number).await?["managerName"], "Konstituert Direktør");
    let hr = varde.coordinator().await?;
    assert_eq!(with(&varde, &hr, "CHECK_IN_WITHOUT_MANAGER").await?.len(), without.len() - 1);
    Ok(())
}
