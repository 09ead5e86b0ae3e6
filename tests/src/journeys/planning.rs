//! What coordinators write about a cohort as a whole: its code, who runs it, when it starts.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use varde_app::{
    Code,
    access::Coordinator,
    cohorts::{self, CohortDraft, GatheringDraft},
};
use varde_model::{catalogue::Texts, cohort::CohortState};
use varde_persistence::Engine;
use varde_testkit::harness::Harness;

use crate::both::on_both;

use super::{
    changes::accepted,
    p01_onboarding::{answer, spring},
};

on_both! {
    whoever_runs_a_cohort_may_and_is_named_once
    everything_that_is_wrong_with_a_cohort_is_told_at_once
    a_drafts_code_can_be_mended_and_the_list_is_of_one_programme
    a_cohort_whose_start_was_called_off_starts_with_the_day_that_is_added
    the_plan_names_the_leader_and_whoever_gets_each_reminder
}

const CREATE: &str = "mutation ($input: CreateCohortInput!) { createCohort(input: $input) { cohort { id code } errors { code message path } } }";

const EDIT: &str = "mutation ($input: EditCohortInput!) { editCohort(input: $input) {
    cohort { code coordinators { email } } errors { code message path } } }";

/// A coordinator finds a colleague and names her; nobody twice, nobody without the role, and always somebody.
async fn whoever_runs_a_cohort_may_and_is_named_once(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let id = varde.ask(&hr, CREATE, spring()).await?["createCohort"]["cohort"]["id"].clone();
    let able =
        varde.ask(&hr, "{ coordinators { accountId email } }", json!({})).await?["coordinators"].clone();
    let able: Vec<Value> = able.as_array().context("accounts")?.clone();
    assert_eq!(able.len(), 2);
    let own = varde.sign_in_person("11080").await?;
    let leader = varde.ask(&own, "{ viewer { id } }", json!({})).await?["viewer"]["id"].clone();
    let edit = async |named: Value| -> Result<Value> {
        let input = json!({ "input": { "cohortId": id, "coordinators": named } });
        Ok(hr.graphql(EDIT, input).await?.data()?["editCohort"].clone())
    };
    let both = json!([able[0]["accountId"], able[1]["accountId"]]);
    assert_eq!(edit(both).await?["cohort"]["coordinators"].as_array().map(Vec::len), Some(2));
    for (named, code, path) in [
        (json!([]), "REQUIRED", json!(["coordinators"])),
        (json!([able[0]["accountId"], able[0]["accountId"]]), "NAMED_TWICE", json!(["coordinators", "1"])),
        (json!([leader]), "NOT_A_COORDINATOR", json!(["coordinators", "0"])),
    ] {
        let refused = edit(named).await?;
        assert_eq!((&refused["errors"][0]["code"], &refused["errors"][0]["path"]), (&json!(code), &path));
    }
    Ok(())
}

/// Whoever mends a spreadsheet mends it once.
async fn everything_that_is_wrong_with_a_cohort_is_told_at_once(engine: Engine) -> Result<()> {
    const UPSERT: &str = "mutation ($input: UpsertCohortInput!) { upsertCohort(input: $input) { cohort { id } errors { code path } } }";
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let faulty = |code: &str| {
        json!({ "input": {
            "programme": "onboarding", "code": code, "capacity": 0, "link": "ftp://fjordheim.example",
            "gatherings": [
                { "date": "2027-01-13", "starts": "12:00", "ends": "09:00", "link": "her" },
                { "date": "2027-02-03", "room": "x".repeat(101) },
            ],
        }})
    };
    let told = async |document: &str, mutation: &str, input: Value| -> Result<Vec<(String, String)>> {
        let answer = hr.graphql(document, input).await?.data()?[mutation].clone();
        assert_eq!(answer["cohort"], Value::Null, "{answer}");
        let errors = answer["errors"].as_array().context("errors")?.clone();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let path =
            |error: &Value| error["path"].as_array().into_iter().flatten().map(text).collect::<Vec<_>>();
        let mut told: Vec<_> =
            errors.iter().map(|error| (path(error).join("."), text(&error["code"]))).collect();
        told.sort();
        Ok(told)
    };
    let expected = [
        ("capacity", "OUT_OF_RANGE"),
        ("gatherings.0.ends", "ENDS_BEFORE_START"),
        ("gatherings.0.link", "INVALID_LINK"),
        ("gatherings.1.room", "TOO_LONG"),
        ("link", "INVALID_LINK"),
    ]
    .map(|(path, code)| (path.to_owned(), code.to_owned()));
    assert_eq!(told(CREATE, "createCohort", faulty("NYL-2027-V")).await?, expected);
    let nameless = told(CREATE, "createCohort", faulty(" ")).await?;
    assert!(
        nameless.len() == 6 && nameless.contains(&("code".to_owned(), "REQUIRED".to_owned())),
        "{nameless:?}"
    );
    // The same of a draft that stands.
    varde.ask(&hr, CREATE, spring()).await?;
    assert_eq!(told(UPSERT, "upsertCohort", faulty("NYL-2027-V")).await?, expected);
    Ok(())
}

async fn a_drafts_code_can_be_mended_and_the_list_is_of_one_programme(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let id = varde.ask(&hr, CREATE, spring()).await?["createCohort"]["cohort"]["id"].clone();
    let mut other = spring();
    other["input"]["code"] = json!("NYL-2027-H");
    varde.ask(&hr, CREATE, other).await?;
    let edit = async |code: &str| -> Result<Value> {
        let input = json!({ "input": { "cohortId": id, "code": code } });
        Ok(hr.graphql(EDIT, input).await?.data()?["editCohort"].clone())
    };
    assert_eq!(edit("NYL-2027-VAAR").await?["cohort"]["code"], "NYL-2027-VAAR");
    assert_eq!(edit("NYL-2027-H").await?["errors"][0]["code"], "TAKEN");
    let publish = "mutation ($id: ID!) { publishCohort(input: { cohortId: $id }) { errors { code } } }";
    varde.ask(&hr, publish, json!({ "id": id })).await?;
    assert_eq!(edit("NYL-2027-V").await?["errors"][0]["code"], "WRONG_STATE");

    let list = "query ($key: String) { cohorts(filter: { programme: $key }) { totalCount } }";
    let found = varde.ask(&hr, list, json!({ "key": "onboarding" })).await?;
    assert_eq!(found["cohorts"]["totalCount"], 2);
    let mistyped = hr.graphql(list, json!({ "key": "onbording" })).await?;
    assert!(mistyped.data().is_err(), "a key that is none is said to be so");
    Ok(())
}

/// Two coordinators create the same code at once: one is told that it is taken.
async fn one_code_at_once(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let right = Coordinator::system(varde.org);
    let draft = CohortDraft {
        programme: "onboarding".to_owned(),
        code: "NYL-2027-V".to_owned(),
        ..CohortDraft::default()
    };
    let (one, two) = (varde.ctx(), varde.ctx());
    let (one, two) =
        tokio::join!(cohorts::create(&one, &right, &draft), cohorts::create(&two, &right, &draft));
    let refused: Vec<Code> =
        [one, two].into_iter().filter_map(Result::err).map(|error| error.refusals()[0].code).collect();
    assert_eq!(refused, [Code::Taken]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_written_twice_at_once_is_taken_on_sqlite() -> Result<()> {
    one_code_at_once(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_written_twice_at_once_is_taken_on_postgresql() -> Result<()> {
    one_code_at_once(Engine::Postgres).await
}

/// Every day is called off, the start passes, a new day is added: the cohort starts with it.
async fn a_cohort_whose_start_was_called_off_starts_with_the_day_that_is_added(engine: Engine) -> Result<()> {
    let (varde, cohort) = accepted(engine).await?;
    let right = Coordinator::system(varde.org);
    let ctx = varde.ctx();
    for day in cohorts::gatherings_of(&ctx, &right, &[cohort.id]).await? {
        cohorts::cancel_gathering(&ctx, &right, day.id, Some("Streik"), None, false).await?;
    }
    varde.move_to("2027-01-14T12:00:00Z".parse()?).await?;
    let state = async || -> Result<CohortState> {
        Ok(cohorts::find(&varde.ctx(), &right, cohort.id).await?.context("cohort")?.state)
    };
    assert_eq!(state().await?, CohortState::Published);
    let draft = GatheringDraft {
        date: "2027-02-10".parse()?,
        title: Some(Texts::same("Ny dag")),
        ..GatheringDraft::default()
    };
    cohorts::add_gathering(&varde.ctx(), &right, cohort.id, &draft, false).await?;
    // It is put off once more: the start follows.
    let added = cohorts::gatherings_of(&varde.ctx(), &right, &[cohort.id]).await?;
    let added = added.into_iter().find(|day| !day.cancelled).context("day")?;
    let later = cohorts::GatheringEdit { date: Some("2027-02-17".parse()?), ..Default::default() };
    cohorts::edit_gathering(&varde.ctx(), &right, added.id, &later).await?;
    varde.move_to("2027-02-11T12:00:00Z".parse()?).await?;
    assert_eq!(state().await?, CohortState::Published);
    varde.move_to("2027-02-17T12:00:00Z".parse()?).await?;
    assert_eq!(state().await?, CohortState::Running);
    Ok(())
}

/// Of a line manager's reminder the plan says whom it is about and who gets it, as of who leads today.
async fn the_plan_names_the_leader_and_whoever_gets_each_reminder(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    crate::pages::open(&varde, varde.org, "fjordheim", 5, &["10015"]).await?;
    varde.run_due().await?;
    let invitation = varde.new_mails().into_iter().find(|mail| mail.link().is_some()).context("invited")?;
    answer(&varde, &invitation, "accept").await?;
    let names =
        "{ person(employeeNumber: \"10015\") { displayName } lineManager(employeeNumber: \"10015\") { name }
        coordinators { displayName email } }";
    let names = varde.ask(&hr, names, json!({})).await?;
    let (leader, manager) = (&names["person"]["displayName"], &names["lineManager"]["name"]);
    ensure!(leader.is_string() && manager.is_string() && leader != manager, "{names}");
    let coordinators = names["coordinators"].as_array().context("coordinators")?;
    let own = coordinators.iter().find(|one| one["email"] == "coordinator@fjordheim.example");
    let own = &own.context("the coordinator")?["displayName"];
    let planned = async |recipients: &str| -> Result<Vec<(Value, Value)>> {
        let plan = "{ plannedReminders(cohortCode: \"INTRO-2\", first: 100) { nodes {
            leaderName recipientName policy { recipients } } } }";
        let found = varde.ask(&hr, plan, json!({})).await?["plannedReminders"]["nodes"].take();
        let all = found.as_array().context("nodes")?.iter();
        let all = all.filter(|node| node["policy"]["recipients"] == recipients);
        let mut all: Vec<_> =
            all.map(|node| (node["leaderName"].clone(), node["recipientName"].clone())).collect();
        all.dedup();
        Ok(all)
    };
    assert_eq!(planned("LEADER").await?, [(leader.clone(), leader.clone())]);
    assert_eq!(planned("LINE_MANAGER").await?, [(leader.clone(), manager.clone())]);
    assert_eq!(planned("COORDINATORS").await?, [(Value::Null, own.clone())]);
    let name = "mutation { setLineManagerOverride(input: { employeeNumber: \"10015\", outsideName: \"Inger Styreleder\",
        outsideEmail: \"styreleder@fjordheim.example\", from: \"2026-11-01\" }) { errors { code message path } } }";
    varde.ask(&hr, name, json!({})).await?;
    assert_eq!(planned("LINE_MANAGER").await?, [(leader.clone(), Value::Null)], "nobody is written to");
    Ok(())
}
