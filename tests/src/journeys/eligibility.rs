//! Whom a programme is meant for, and how one comes into it, as it is told before anybody is asked.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::harness::Harness;

use super::rounds::opened;
use crate::both::on_both;

on_both! {
    how_one_comes_into_a_programme_is_told_beside_whom_it_is_for
}

const SILJE: &str = "10390";

/// Whether a programme is meant for Silje, and the rules that only tell how she would come in.
async fn asked(varde: &Harness, programme: &str) -> Result<(bool, Vec<(Value, Value)>)> {
    let ask = "query ($number: String!, $programme: String!) {
        eligibility(employeeNumber: $number, programme: $programme) { eligible rules { rule holds decides text } } }";
    let hr = varde.coordinator().await?;
    let asked = json!({ "number": SILJE, "programme": programme });
    let told = varde.ask(&hr, ask, asked).await?["eligibility"].take();
    let rules = told["rules"].as_array().context("rules")?.iter().filter(|rule| rule["decides"] == false);
    let rules = rules.map(|rule| (rule["rule"].clone(), rule["text"].clone())).collect();
    Ok((told["eligible"] == true, rules))
}

async fn how_one_comes_into_a_programme_is_told_beside_whom_it_is_for(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let ways = |all: &[(&str, &str)]| -> Vec<(Value, Value)> {
        all.iter().map(|(rule, text)| (json!(rule), json!(text))).collect()
    };
    let unanswered = ("LEADERS_VIEW", "Nærmeste leder har ikke svart ennå.");
    let not_yet = ("BY_NOMINATION", "Plassene gis etter nominasjon. Er ikke nominert.");
    let top = asked(&varde, "national_top_leader").await?;
    assert_eq!(top, (true, ways(&[not_yet, unanswered])), "meant for her, nominated or not");
    opened(&varde, json!({}), [SILJE]).await?;
    let nominated =
        ("BY_NOMINATION", "Plassene gis etter nominasjon. Er nominert i runden NTP-2027 (sendt inn).");
    assert_eq!(asked(&varde, "national_top_leader").await?, (true, ways(&[nominated, unanswered])));

    let alone = ("WITH_GROUP", "Ledergrupper deltar samlet. Er ikke med i en påmeldt ledergruppe.");
    assert_eq!(asked(&varde, "leader_group_development").await?.1, ways(&[alone]));
    assert_eq!(asked(&varde, "onboarding").await?.1, []);
    Ok(())
}
