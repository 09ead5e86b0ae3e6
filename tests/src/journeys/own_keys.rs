//! Cohorts and people by the keys that the trust itself knows them by: code and employee number.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::{harness::Harness, http::Http};

use crate::both::on_both;

use super::p01_onboarding::{answer, at, spring};

on_both! {
    whatever_names_a_cohort_or_a_place_takes_the_trusts_own_key
    rows_name_leaders_by_their_employee_numbers
}

const UPSERT: &str = "mutation ($input: UpsertCohortInput!) { upsertCohort(input: $input) {
    cohort { id code title capacity version state gatherings { id position date starts ends room } }
    errors { code message path } } }";

async fn upsert(hr: &Http, input: Value) -> Result<Value> {
    Ok(hr.graphql(UPSERT, json!({ "input": input })).await?.data()?["upsertCohort"].clone())
}

fn code(answer: &Value) -> (&Value, &Value) {
    (&answer["errors"][0]["code"], &answer["errors"][0]["path"])
}

async fn a_plan_is_sent_again_and_again(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let plan = |more: Value| {
        let base = json!({ "programme": "onboarding", "code": "NYL-2028-V", "capacity": 16,
            "gatherings": [{ "date": "2028-01-12", "starts": "09:00" }, { "date": "2028-02-02" }, { "date": "2028-03-01" }] });
        crate::library::over(&base, more)
    };
    let first = upsert(&hr, plan(json!({}))).await?["cohort"].clone();
    assert_eq!((&first["state"], &first["capacity"]), (&json!("DRAFT"), &json!(16)));
    assert_eq!(first["gatherings"][0]["starts"], "09:00");
    assert_eq!(upsert(&hr, plan(json!({}))).await?["cohort"], first, "nothing changed, nothing counted up");

    let shorter = json!({ "title": "Nye ledere", "version": first["version"],
        "gatherings": [{ "date": "2028-01-12", "starts": "09:00" }, { "date": "2028-02-09", "room": "B 114" }] });
    let changed = upsert(&hr, plan(shorter)).await?["cohort"].clone();
    assert_eq!((&changed["id"], &changed["title"]), (&first["id"], &json!("Nye ledere")));
    let days = changed["gatherings"].as_array().context("gatherings")?;
    assert_eq!(days.len(), 2);
    assert_eq!(days[0], first["gatherings"][0]);
    assert_eq!(days[1]["id"], first["gatherings"][1]["id"], "moved, not another one");
    assert_eq!((&days[1]["date"], &days[1]["room"]), (&json!("2028-02-09"), &json!("B 114")));

    let late = upsert(&hr, plan(json!({ "version": 1, "gatherings": null, "capacity": 20 }))).await?;
    assert_eq!(late["errors"][0]["code"], "CONFLICT");
    assert_eq!(late["cohort"], changed, "with the cohort that stands");
    let publish = "mutation { publishCohort(input: { cohortCode: \"NYL-2028-V\" }) { cohort { state } errors { code } } }";
    assert_eq!(varde.ask(&hr, publish, json!({})).await?["publishCohort"]["cohort"]["state"], "PUBLISHED");
    assert_eq!(upsert(&hr, plan(json!({}))).await?["errors"][0]["code"], "WRONG_STATE");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_is_sent_again_ends_in_the_same_cohort_on_sqlite() -> Result<()> {
    a_plan_is_sent_again_and_again(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_is_sent_again_ends_in_the_same_cohort_on_postgresql() -> Result<()> {
    a_plan_is_sent_again_and_again(Engine::Postgres).await
}

async fn whatever_names_a_cohort_or_a_place_takes_the_trusts_own_key(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let mut plan = spring()["input"].clone();
    plan["idempotencyKey"] = Value::Null;
    let id = upsert(&hr, plan).await?["cohort"]["id"].clone();
    let ask = async |mutation: &str, kind: &str, input: Value| -> Result<Value> {
        let document = format!(
            "mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ errors {{ code message path }} }} }}"
        );
        Ok(hr.graphql(&document, json!({ "input": input })).await?.data()?[mutation].clone())
    };
    let own = json!({ "cohortCode": " NYL-2027-V " });
    let with = |more: Value| crate::library::over(&own, more);
    let enrol = json!({ "employeeNumbers": ["11080"], "reason": "avtalt" });
    for (mutation, kind, input) in [
        ("editCohort", "EditCohortInput", json!({ "capacity": 11 })),
        (
            "addGathering",
            "AddGatheringInput",
            json!({ "gathering": { "date": "2027-04-07", "title": "Etter" } }),
        ),
        ("enrolLeaders", "EnrolLeadersInput", enrol),
        ("publishCohort", "PublishCohortInput", json!({})),
        (
            "changeEnrolment",
            "ChangeEnrolmentInput",
            json!({ "employeeNumber": "11080", "change": "ACCEPT_FOR" }),
        ),
    ] {
        let answer = ask(mutation, kind, with(input)).await?;
        assert_eq!(answer["errors"], json!([]), "{mutation}");
    }
    let found = "{ cohort(code: \"NYL-2027-V\") { gatherings { id } enrolments { nodes { state } } } }";
    let found = varde.ask(&hr, found, json!({})).await?["cohort"].clone();
    assert_eq!(found["enrolments"]["nodes"][0]["state"], "ENROLLED");
    let comes =
        json!({ "employeeNumber": "11080", "gatheringId": found["gatherings"][0]["id"], "coming": true });
    let said = ask("recordGatheringAnswer", "RecordGatheringAnswerInput", comes).await?;
    assert_eq!(said["errors"], json!([]));

    let publish = async |input: Value| ask("publishCohort", "PublishCohortInput", input).await;
    let neither = publish(json!({})).await?;
    assert_eq!(code(&neither), (&json!("REQUIRED"), &json!(["cohortId"])));
    let both = publish(with(json!({ "cohortId": id }))).await?;
    assert_eq!(code(&both), (&json!("NAMED_TWICE"), &json!(["cohortCode"])));
    let unknown = publish(json!({ "cohortCode": "NYL-1999-V" })).await?;
    assert_eq!(code(&unknown), (&json!("NOT_FOUND"), &json!(["cohortCode"])));
    let nobody = json!({ "employeeNumber": "99999", "change": "WITHDRAW" });
    let nobody = ask("changeEnrolment", "ChangeEnrolmentInput", with(nobody)).await?;
    assert_eq!(code(&nobody), (&json!("NOT_FOUND"), &json!(["employeeNumber"])));
    let where_to = json!({ "employeeNumber": "11080", "change": "WITHDRAW" });
    let where_to = ask("changeEnrolment", "ChangeEnrolmentInput", where_to).await?;
    assert_eq!(code(&where_to), (&json!("REQUIRED"), &json!(["cohortCode"])));
    Ok(())
}

/// What is refused, and where: code and path.
fn refused(payload: &Value) -> Vec<(&str, Value)> {
    let errors = payload["errors"].as_array().into_iter().flatten();
    errors.map(|error| (error["code"].as_str().unwrap_or(""), error["path"].clone())).collect()
}

/// 10005 and 10015 have places in the cohort, 11080 leads and has none, and 99999 is nobody's number.
async fn rows_name_leaders_by_their_employee_numbers(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    crate::pages::open(&varde, varde.org, "fjordheim", 5, &["10005", "10015"]).await?;
    varde.run_due().await?;
    for mail in varde.new_mails() {
        answer(&varde, &mail, "accept").await?;
    }
    let ask = async |hr: &Http, mutation: &str, shows: &str, input: Value| -> Result<Value> {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!(
            "mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ {shows} errors {{ code message path }} }} }}"
        );
        Ok(hr.graphql(&document, json!({ "input": input })).await?.data()?[mutation].clone())
    };
    let out = json!({ "cohortCode": "INTRO-2", "employeeNumber": "10015", "change": "WITHDRAW" });
    ask(&hr, "changeEnrolment", "", out).await?;
    let invite = async |rows: Value| {
        let input = crate::library::over(&json!({ "cohortCode": "INTRO-2" }), rows);
        ask(&hr, "inviteLeaders", "enrolments { id state person { employeeNumber } }", input).await
    };
    let neither = invite(json!({})).await?;
    assert_eq!(refused(&neither), [("REQUIRED", json!(["enrolmentIds"]))]);
    let both = invite(json!({ "enrolmentIds": ["x"], "employeeNumbers": ["10015"] })).await?;
    assert_eq!(refused(&both), [("NAMED_TWICE", json!(["employeeNumbers"]))]);
    let rows = json!({ "employeeNumbers": ["99999", " 10015 ", "11080"] });
    let unknown =
        [("NOT_FOUND", json!(["employeeNumbers", "0"])), ("NOT_IN_COHORT", json!(["employeeNumbers", "2"]))];
    let all = invite(rows.clone()).await?;
    assert_eq!((refused(&all), &all["enrolments"]), (unknown.to_vec(), &json!([])));
    let kept = invite(crate::library::over(&rows, json!({ "errorPolicy": "REJECT_FAILED" }))).await?;
    assert_eq!(refused(&kept), unknown);
    let again = &kept["enrolments"];
    assert_eq!(
        (&again[0]["state"], &again[0]["person"]["employeeNumber"]),
        (&json!("INVITED"), &json!("10015"))
    );
    assert_eq!(again.as_array().map(Vec::len), Some(1));

    let back = json!({ "cohortCode": "INTRO-2", "employeeNumber": "10015", "change": "ACCEPT_FOR" });
    ask(&hr, "changeEnrolment", "", back).await?;
    varde.move_to(at("2027-01-12T15:00:00Z")).await?;
    let hr = varde.coordinator().await?;
    let days = varde.ask(&hr, "{ cohort(code: \"INTRO-2\") { gatherings { id } } }", json!({})).await?;
    let record = async |rows: Value| {
        let day =
            json!({ "gatheringId": days["cohort"]["gatherings"][0]["id"], "errorPolicy": "REJECT_FAILED" });
        let shows = "records { presence enrolment { person { employeeNumber } } } gathering { attendance { presence } }";
        ask(&hr, "recordAttendance", shows, crate::library::over(&day, rows)).await
    };
    let rows = json!({ "records": [
        { "employeeNumber": "99999", "presence": "PRESENT" },
        { "employeeNumber": "11080", "presence": "PRESENT" },
        { "presence": "PRESENT" },
        { "employeeNumber": "10005", "enrolmentId": again[0]["id"], "presence": "PRESENT" },
        { "employeeNumber": "10005", "presence": "PRESENT" },
        { "enrolmentId": again[0]["id"], "presence": "PARTLY" },
        { "employeeNumber": "10015", "presence": "ABSENT" },
    ] });
    let recorded = record(rows).await?;
    let row = |index: &str, field: &str| json!(["records", index, field]);
    assert_eq!(
        refused(&recorded),
        [
            ("NOT_FOUND", row("0", "employeeNumber")),
            ("NOT_IN_COHORT", row("1", "employeeNumber")),
            ("REQUIRED", row("2", "enrolmentId")),
            ("NAMED_TWICE", row("3", "employeeNumber")),
            ("NAMED_TWICE", row("6", "employeeNumber")),
        ]
    );
    let written = |number: &str, presence: &str| json!({ "presence": presence, "enrolment": { "person": { "employeeNumber": number } } });
    assert_eq!(recorded["records"], json!([written("10005", "PRESENT"), written("10015", "PARTLY")]));
    let cleared = record(json!({ "clearEmployeeNumbers": ["10005", "99999"] })).await?;
    assert_eq!(refused(&cleared), [("NOT_FOUND", json!(["clearEmployeeNumbers", "1"]))]);
    assert_eq!(cleared["gathering"]["attendance"], json!([{ "presence": "PARTLY" }]));
    Ok(())
}
