//! The language of mail and unsubscribing, chosen through the API, by oneself or by a coordinator on the telephone.

use anyhow::{Context, Result};
use serde_json::json;
use varde_persistence::Engine;
use varde_testkit::harness::{DECEMBER, Harness};

use crate::both::on_both;

on_both! {
    only_people_choose_and_only_what_there_is
    who_is_not_let_in_reads_why_in_her_own_language_and_what_was_not_found_is_named
    a_leader_reads_days_and_hours_as_the_trust_keeps_them
}

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

async fn only_people_choose_and_only_what_there_is(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
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

async fn who_is_not_let_in_reads_why_in_her_own_language_and_what_was_not_found_is_named(
    engine: Engine,
) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let leader = varde.sign_in_person("11080").await?;
    let closed = "{ cohorts { totalCount } }";
    let said = async |client: &varde_testkit::http::Http| -> Result<serde_json::Value> {
        Ok(client.graphql(closed, json!({})).await?.body["errors"][0]["message"].clone())
    };
    assert_eq!(said(&varde.http).await?, "Logg inn først.");
    for (tag, text) in [
        ("nb", "Du har ikke rettighet til dette."),
        ("nn", "Du har ikkje rett til dette."),
        ("en", "You do not have the right to do this."),
    ] {
        varde.ask(&leader, MINE, json!({ "input": { "locale": tag } })).await?;
        assert_eq!(said(&leader).await?, text);
    }
    let hr = varde.coordinator().await?;
    let publish =
        "mutation ($code: String!) { publishCohort(input: { cohortCode: $code }) { errors { message } } }";
    let unknown = hr.graphql(publish, json!({ "code": "NYL-1999-V" })).await?.data()?;
    let message = &unknown["publishCohort"]["errors"][0]["message"];
    assert_eq!(message, "Vi finner ikke noe kull med denne koden.");
    Ok(())
}

async fn a_leader_reads_days_and_hours_as_the_trust_keeps_them(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let plan = "mutation { createCohort(input: { programme: \"onboarding\", code: \"V\", gatherings: [{ date: \"2027-06-09\", starts: \"09:00\" }] }) { errors { code } }
        enrolLeaders(input: { cohortCode: \"V\", employeeNumbers: [\"11080\"], reason: \"avtalt\" }) { errors { code message } }
        publishCohort(input: { cohortCode: \"V\" }) { errors { code message } } }";
    varde.ask(&hr, plan, json!({})).await?;
    let leader = varde.sign_in_person("11080").await?;
    let mine = "{ myPlaces { answerBy answerByDate answerByTime timeZone gatherings { date starts startsAt timeZone } } }";
    let mine = varde.ask(&leader, mine, json!({})).await?["myPlaces"][0].clone();
    let day = json!({ "date": "2027-06-09", "starts": "09:00", "startsAt": "2027-06-09T07:00:00+00:00", "timeZone": "Europe/Oslo" });
    assert_eq!((&mine["gatherings"][0], &mine["timeZone"]), (&day, &json!("Europe/Oslo")));
    let by = mine["answerBy"].as_str().context("a deadline")?.parse::<chrono::DateTime<chrono::Utc>>()?;
    let by = by.with_timezone(&chrono_tz::Europe::Oslo);
    assert_eq!(mine["answerByDate"], by.format("%Y-%m-%d").to_string());
    assert!(
        mine["answerByTime"].as_str().is_some_and(|hour| hour.starts_with(&by.format("%H:%M").to_string()))
    );
    let roster = "{ cohortRoster(code: \"V\") { gatherings { starts timeZone } } }";
    let roster = varde.ask(&hr, roster, json!({})).await?;
    let day = json!([{ "starts": "09:00", "timeZone": "Europe/Oslo" }]);
    assert_eq!(roster["cohortRoster"]["gatherings"], day);
    Ok(())
}
