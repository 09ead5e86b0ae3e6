//! P13, what leaders answer for: everybody sees what is expected at the own level and at the next one up, in the own
//! language, as the tree says today.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::{
    harness::{DECEMBER, Harness, NOVEMBER},
    http::Http,
};

use crate::library::library;

/// The leader of the one unit of the department of vascular surgery, in both months.
const ONLY_LEADER_BELOW: &str = "Enhetsleder;Radiograf;4;28.09.2023;;";

/// A month's export in which that unit has no leader, so that the department's head leads employees.
fn without_the_leader_below(month: &'static [u8]) -> Result<&'static [u8]> {
    let text = std::str::from_utf8(month)?;
    ensure!(text.matches(ONLY_LEADER_BELOW).count() == 1, "the demo's leader has changed");
    let changed = text.replace(ONLY_LEADER_BELOW, "Radiograf;Radiograf;;;;");
    Ok(Box::leak(changed.into_bytes().into_boxed_slice()))
}

/// Somebody's own level and the next one up, in a language; each as level, title, and texts by key.
async fn mine(client: &Http, language: &str) -> Result<[(Value, Value, BTreeMap<String, String>); 2]> {
    let document = &library()?["my-responsibilities"].document;
    let request = client.post("/graphql").header("accept-language", language);
    let answer: Value = request.json(&json!({ "query": document })).send().await?.json().await?;
    let mine = &answer["data"]["myResponsibilities"];
    ensure!(mine.is_object(), "{answer}");
    let read = |level: &Value| {
        let domains = level["domains"].as_array().into_iter().flatten();
        let all = domains.flat_map(|domain| domain["responsibilities"].as_array().into_iter().flatten());
        let text = |of: &Value| of.as_str().unwrap_or_default().to_owned();
        let texts = all.map(|one| (text(&one["key"]), text(&one["text"]))).collect();
        (level["level"].clone(), level["title"].clone(), texts)
    };
    Ok([read(&mine["own"]), read(&mine["next"])])
}

/// The levels that somebody sees; they must be the same in every language, and their texts must not.
async fn levels(client: &Http) -> Result<[Value; 2]> {
    let (nb, nn, en) = (mine(client, "nb").await?, mine(client, "nn").await?, mine(client, "en").await?);
    for ((nb, nn), en) in nb.iter().zip(&nn).zip(&en) {
        assert_eq!((&nb.0, &nb.0), (&nn.0, &en.0));
        assert!(nb.2.keys().eq(nn.2.keys()) && nb.2.keys().eq(en.2.keys()));
        assert!(nb.2.values().all(|text| !text.is_empty()));
        assert!(nb.2.is_empty() || (nb.2 != nn.2 && nb.2 != en.2 && nn.2 != en.2), "{}", nb.0);
        assert!(nb.0.is_null() || (nb.1 != nn.1 && nb.1 != en.1), "{}", nb.1);
    }
    Ok(nb.map(|(level, ..)| level))
}

#[tokio::test(flavor = "multi_thread")]
async fn p13_everybody_sees_the_own_level_and_the_next_one_up_on_sqlite() -> Result<()> {
    journey(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn p13_everybody_sees_the_own_level_and_the_next_one_up_on_postgresql() -> Result<()> {
    journey(Engine::Postgres).await
}

async fn journey(engine: Engine) -> Result<()> {
    let varde = Harness::start(engine).await?;
    varde.import("hr-export-2026-11.csv", without_the_leader_below(NOVEMBER)?).await?;
    let employee = varde.sign_in_person("12525").await?;
    let level_four = varde.sign_in_person("11080").await?;
    let leads_employees = varde.sign_in_person("10455").await?;
    let leads_leaders = varde.sign_in_person("10517").await?;
    let head_of_clinic = varde.sign_in_person("10015").await?;
    let director = varde.sign_in_person("10005").await?;
    for (who, own, next) in [
        (&employee, "NO_LEADING_ROLE", json!("LEADS_EMPLOYEES")),
        (&level_four, "LEADS_EMPLOYEES", json!("LEADS_LEADERS")),
        (&leads_employees, "LEADS_EMPLOYEES", json!("LEADS_LEADERS")),
        (&leads_leaders, "LEADS_LEADERS", json!("LEVEL_TWO")),
        (&head_of_clinic, "LEVEL_TWO", json!("LEVEL_ONE")),
        (&director, "LEVEL_ONE", Value::Null),
    ] {
        assert_eq!(levels(who).await?, [json!(own), next]);
    }
    let [own, next] = mine(&employee, "nn").await?;
    assert_eq!(own.1, "Utan formell leiarrolle");
    assert_eq!(own.2["relations.team_player"], "Vere ein god lagspelar.");
    assert_eq!(
        next.2["execution.daily_operation"],
        "Drive eininga effektivt frå dag til dag, innanfor budsjettet."
    );
    assert!(!own.2.contains_key("execution.daily_operation"));
    requirements_point_to_what_is_asked_of_the_level(&varde, &employee).await?;
    varde.run_due().await?;
    assert_eq!(varde.mails().len(), 0, "looking things up sends nothing");

    // Both appointments begin on the first of December.
    varde.import("hr-export-2026-12.csv", without_the_leader_below(DECEMBER)?).await?;
    assert_eq!(levels(&employee).await?[0], "NO_LEADING_ROLE", "appointed, and not begun");
    assert_eq!(levels(&leads_employees).await?[0], "LEADS_EMPLOYEES");
    varde.move_to("2026-12-01T08:00:00Z".parse()?).await?;
    let employee = varde.sign_in("solveig.moen@fjordheim.example").await?;
    assert_eq!(levels(&employee).await?, ["LEADS_EMPLOYEES", "LEADS_LEADERS"]);
    let leads_employees = varde.sign_in("may.knudsen@fjordheim.example").await?;
    assert_eq!(
        levels(&leads_employees).await?,
        ["LEADS_LEADERS", "LEVEL_TWO"],
        "a leader reports to the head"
    );
    let mailed = varde.mails().len();
    varde.run_due().await?;
    assert_eq!(varde.mails().len(), mailed, "looking things up sends nothing");
    Ok(())
}

/// An employee may read the whole reference; it tells how much each domain counts.
async fn requirements_point_to_what_is_asked_of_the_level(varde: &Harness, client: &Http) -> Result<()> {
    let library = library()?;
    let (all, table) = (&library["see-the-requirements"], &library["see-the-responsibilities"]);
    let table = varde.ask(client, &table.document, json!({})).await?["responsibilities"].clone();
    let table = table.as_array().context("table")?;
    assert_eq!(table.len(), 5, "every level");
    let domains = table[2]["domains"].as_array().context("domains")?;
    let known = domains.iter().flat_map(|domain| domain["responsibilities"].as_array().into_iter().flatten());
    let known: Vec<&Value> = known.map(|one| &one["key"]).collect();
    let found = varde.ask(client, &all.document, json!({ "level": table[2]["level"] })).await?;
    let found = found["requirements"].as_array().context("requirements")?;
    assert_eq!(found.len(), 9);
    for requirement in found {
        let asked = requirement["responsibilities"].as_array().context("responsibilities")?;
        assert!(!asked.is_empty() && asked.iter().all(|one| known.contains(&&one["key"])), "{requirement}");
        let weights: Vec<&Value> =
            requirement["domains"].as_array().into_iter().flatten().map(|domain| &domain["weight"]).collect();
        assert_eq!(weights, [2, 1], "{requirement}");
    }
    Ok(())
}
