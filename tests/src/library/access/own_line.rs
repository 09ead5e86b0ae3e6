//! What a line manager sees of her own leaders, and a leader of her line manager: no more, and nobody else's.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::Engine;

use super::House;
use crate::both::on_both;

on_both! {
    a_line_manager_sees_the_places_of_own_leaders_and_of_nobody_else
    proposals_and_leaders_of_others_are_not_shown
    a_leader_reads_name_and_address_of_the_own_line_manager_and_no_more
}

const MINE: &str =
    "{ myLeaders { employeeNumber displayName email level unitName places { state answerBy cohortCode
    gatherings { title date starts timeZone coming } } } }";

const ABOVE: &str = "query ($number: String!) { lineManager(employeeNumber: $number) { name email person { id employeeNumber } } }";

async fn a_line_manager_sees_the_places_of_own_leaders_and_of_nobody_else(engine: Engine) -> Result<()> {
    let house = House::new(engine).await?;
    let hr = house.varde.coordinator().await?;
    let places = "{ cohort(code: \"INTRO-2\") { enrolments(first: 100) { nodes { id person { employeeNumber email } } } } }";
    let places = house.varde.ask(&hr, places, json!({})).await?["cohort"]["enrolments"]["nodes"].clone();
    let places = places.as_array().context("places")?.clone();
    let invited = &places[0]["person"]["employeeNumber"];
    let above = house.varde.ask(&hr, ABOVE, json!({ "number": invited })).await?["lineManager"].clone();
    let number = above["person"]["employeeNumber"].as_str().context("a line manager")?;
    let manager = house.varde.sign_in_person(number).await?;

    let answer = house.varde.ask(&manager, MINE, json!({})).await?;
    let mine = answer["myLeaders"].as_array().context("leaders")?;
    let own = mine.iter().find(|leader| leader["employeeNumber"] == *invited).context("the invited one")?;
    assert_eq!(own["places"][0]["state"], "INVITED");
    assert_eq!(own["places"][0]["cohortCode"], "INTRO-2");
    assert_eq!(own["places"][0]["gatherings"][0]["coming"], Value::Null);
    for leader in mine {
        let above = house.varde.ask(&hr, ABOVE, json!({ "number": leader["employeeNumber"] })).await?;
        assert_eq!(above["lineManager"]["person"]["employeeNumber"], number, "{leader}");
    }
    let text = answer.to_string();
    for other in &places {
        let listed = mine.iter().any(|leader| leader["employeeNumber"] == other["person"]["employeeNumber"]);
        let told = text.contains(other["person"]["email"].as_str().context("email")?);
        assert_eq!(told, listed, "{other}");
    }
    // The id of a place opens nothing to the line manager.
    let nodes = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    let found = house.varde.ask(&manager, nodes, json!({ "ids": [places[0]["id"]] })).await?;
    assert_eq!(found["nodes"], json!([null]));
    Ok(())
}

async fn proposals_and_leaders_of_others_are_not_shown(engine: Engine) -> Result<()> {
    let house = House::new(engine).await?;
    let hr = house.varde.coordinator().await?;
    let plan = "mutation { createCohort(input: { programme: \"onboarding\", code: \"H\", gatherings: [{ date: \"2027-09-01\" }] }) { errors { code } }
        enrolLeaders(input: { cohortCode: \"H\", employeeNumbers: [\"10015\"], reason: \"avtalt\" }) { errors { code message } } }";
    house.varde.ask(&hr, plan, json!({})).await?;
    let director = house.varde.sign_in_person("10005").await?;
    let answer = house.varde.ask(&director, MINE, json!({})).await?;
    let mine = answer["myLeaders"].as_array().context("leaders")?;
    let proposed =
        mine.iter().find(|leader| leader["employeeNumber"] == "10015").context("a clinic's head")?;
    assert_eq!(proposed["places"], json!([]), "the leader does not know of it either");
    assert!(mine.iter().all(|leader| leader["level"].as_u64() <= Some(4)));
    // Somebody who leads nobody sees nobody, and an account without a person has no line.
    let employee = house.varde.sign_in_person("10009").await?;
    assert_eq!(house.varde.ask(&employee, MINE, json!({})).await?["myLeaders"], json!([]));
    assert_eq!(hr.graphql(MINE, json!({})).await?.codes(), ["FORBIDDEN"]);
    Ok(())
}

async fn a_leader_reads_name_and_address_of_the_own_line_manager_and_no_more(engine: Engine) -> Result<()> {
    let house = House::new(engine).await?;
    let hr = house.varde.coordinator().await?;
    let leader = house.varde.sign_in_person("10015").await?;
    let own = "{ viewer { person { lineManager { isOutside name email } } } }";
    let own = house.varde.ask(&leader, own, json!({})).await?["viewer"]["person"]["lineManager"].clone();
    let known = house.varde.ask(&hr, ABOVE, json!({ "number": "10015" })).await?["lineManager"].clone();
    assert_eq!((&own["name"], &own["email"]), (&known["name"], &known["email"]));
    let more = "{ viewer { person { lineManager { person { employeeNumber locale } } } } }";
    let more = leader.graphql(more, json!({})).await?;
    assert_eq!(more.codes(), ["FORBIDDEN"], "{}", more.body);
    assert!(!more.body.to_string().contains("10005"), "{}", more.body);
    let node = "query ($id: ID!) { node(id: $id) { id } }";
    let node = house.varde.ask(&leader, node, json!({ "id": known["person"]["id"] })).await?;
    assert_eq!(node["node"], Value::Null);
    Ok(())
}
