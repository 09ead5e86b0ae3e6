//! The language of mail and unsubscribing, chosen through the API, by oneself or by a coordinator on the telephone.

use anyhow::{Context, Result};
use serde_json::json;
use varde_persistence::Engine;
use varde_testkit::harness::{DECEMBER, Harness};

const MINE: &str = "mutation ($input: EditMyPreferencesInput!) { editMyPreferences(input: $input) {
    person { locale localeChosen muted } errors { code message path } } }";

const THEIRS: &str = "mutation ($input: EditPersonPreferencesInput!) { editPersonPreferences(input: $input) {
    person { locale localeChosen muted } errors { code path } } }";

async fn what_was_chosen_stays(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let leader = varde.sign_in_person("11080").await?;
    let chosen = json!({ "input": { "locale": "en", "muted": true } });
    let mine = varde.ask(&leader, MINE, chosen).await?["editMyPreferences"]["person"].clone();
    assert_eq!(mine, json!({ "locale": "en", "localeChosen": true, "muted": true }));
    let viewer = varde.ask(&leader, "{ viewer { locale } }", json!({})).await?;
    assert_eq!(viewer["viewer"]["locale"], "en", "at once, in the same session");
    let told = json!({ "input": { "employeeNumber": "11147", "locale": "nn" } });
    let theirs = varde.ask(&hr, THEIRS, told).await?["editPersonPreferences"]["person"].clone();
    assert_eq!(theirs, json!({ "locale": "nn", "localeChosen": true, "muted": false }));

    varde.import("hr-export-2026-12.csv", DECEMBER).await?;
    let after = "{ a: person(employeeNumber: \"11080\") { locale muted } b: person(employeeNumber: \"11147\") { locale } }";
    let after = varde.ask(&hr, after, json!({})).await?;
    assert_eq!(after, json!({ "a": { "locale": "en", "muted": true }, "b": { "locale": "nn" } }));

    let again = varde.ask(&leader, MINE, json!({ "input": { "muted": false } })).await?;
    assert_eq!(again["editMyPreferences"]["person"]["muted"], false);
    assert_eq!(again["editMyPreferences"]["person"]["locale"], "en", "what is left out stays");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chosen_language_outlives_the_next_hr_file_on_sqlite() -> Result<()> {
    what_was_chosen_stays(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chosen_language_outlives_the_next_hr_file_on_postgresql() -> Result<()> {
    what_was_chosen_stays(Engine::Postgres).await
}

#[tokio::test(flavor = "multi_thread")]
async fn only_people_choose_and_only_what_there_is() -> Result<()> {
    let varde = Harness::fjordheim(Engine::Sqlite).await?;
    let hr = varde.coordinator().await?;
    let language = varde.ask(&hr, MINE, json!({ "input": { "locale": "nn" } })).await?;
    assert_eq!(language["editMyPreferences"], json!({ "person": null, "errors": [] }));
    let viewer = varde.ask(&hr, "{ viewer { locale } }", json!({})).await?;
    assert_eq!(viewer["viewer"]["locale"], "nn");
    for (input, code, path) in
        [(json!({ "locale": "se" }), "INVALID", "locale"), (json!({ "muted": true }), "NOT_FOUND", "muted")]
    {
        let refused = hr.graphql(MINE, json!({ "input": input })).await?.data()?["editMyPreferences"].clone();
        assert_eq!(
            (&refused["errors"][0]["code"], &refused["errors"][0]["path"]),
            (&json!(code), &json!([path]))
        );
    }
    let nobody = json!({ "input": { "employeeNumber": "99999", "muted": true } });
    let nobody = hr.graphql(THEIRS, nobody).await?.data()?["editPersonPreferences"].clone();
    assert_eq!(nobody["errors"], json!([{ "code": "NOT_FOUND", "path": ["employeeNumber"] }]));

    let admin = varde.sign_in("administrator@fjordheim.example").await?;
    let make = "mutation { createServiceToken(input: { name: \"Power BI\", roles: [COORDINATOR], expiresAt: \"2027-06-01T00:00:00Z\" }) { token errors { code } } }";
    let made = varde.ask(&admin, make, json!({})).await?;
    let program = varde.http.with_token(made["createServiceToken"]["token"].as_str().context("token")?);
    let refused = program.graphql(MINE, json!({ "input": { "locale": "en" } })).await?;
    assert_eq!(refused.codes(), ["FORBIDDEN"], "a program does not speak for its owner");
    Ok(())
}
