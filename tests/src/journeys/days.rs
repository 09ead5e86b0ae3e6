//! The days of a course as they are planned: blocks within the hours, and what a coordinator is warned of.

use anyhow::Result;
use serde_json::{Value, json};
use varde_app::{Code, access::Coordinator, closed_days, cohorts};
use varde_persistence::Engine;
use varde_testkit::{harness::Harness, http::Http};

use crate::both::on_both;

use super::{
    closing::{open, right},
    p01_onboarding::spring,
};

on_both! {
    a_draft_is_saved_without_what_publishing_asks_for
    a_day_on_which_nobody_is_at_work_is_warned_of_and_kept
}

const CREATE: &str = "mutation ($input: CreateCohortInput!) { createCohort(input: $input) {
    cohort { id gatherings { id } } warnings { code message path } errors { code message path } } }";

const ADD: &str = "mutation ($input: AddGatheringInput!) { addGathering(input: $input) {
    gathering { id blocks { starts ends } } warnings { code message path } errors { code message path } } }";

const EDIT: &str = "mutation ($input: EditGatheringInput!) { editGathering(input: $input) {
    gathering { id blocks { starts ends title theme } } warnings { code message path } errors { code message path } } }";

const PUBLISH: &str =
    "mutation ($id: ID!, $dry: Boolean!) { publishCohort(input: { cohortId: $id, dryRun: $dry }) {
    warnings { code message path } errors { code message path } } }";

/// A draft of four days.
async fn draft(engine: Engine) -> Result<(Harness, Http, Value)> {
    let varde = Harness::start(engine).await?;
    let hr = varde.coordinator().await?;
    let created = varde.ask(&hr, CREATE, spring()).await?["createCohort"].clone();
    assert_eq!(created["warnings"], json!([]));
    Ok((varde, hr, created["cohort"].clone()))
}

async fn call(client: &Http, document: &str, input: Value) -> Result<Value> {
    let data = client.graphql(document, json!({ "input": input })).await?.data()?;
    Ok(data.as_object().and_then(|fields| fields.values().next()).cloned().unwrap_or_default())
}

fn hours(gathering: &Value) -> Vec<String> {
    let hour = |value: &Value| value.as_str().unwrap()[..5].to_owned();
    let blocks = gathering["blocks"].as_array().unwrap();
    blocks.iter().map(|block| format!("{}-{}", hour(&block["starts"]), hour(&block["ends"]))).collect()
}

fn codes(list: &Value) -> Vec<(String, Value)> {
    let all = list.as_array().unwrap();
    all.iter().map(|one| (one["code"].as_str().unwrap().to_owned(), one["path"].clone())).collect()
}

async fn blocks(engine: Engine) -> Result<()> {
    let (_varde, hr, cohort) = draft(engine).await?;
    let id = &cohort["gatherings"][0]["id"];
    // Later in the day: the blocks move along.
    let later = json!({ "gatheringId": id, "starts": "10:00:00", "ends": "16:30:00" });
    let moved = call(&hr, EDIT, later).await?;
    assert_eq!(hours(&moved["gathering"]), ["10:00-12:30", "13:15-15:00", "15:15-16:30"], "{moved}");
    // A day too short for them is refused, and says what to do.
    let short = json!({ "gatheringId": id, "ends": "15:00:00" });
    let refused = call(&hr, EDIT, short.clone()).await?;
    assert_eq!(codes(&refused["errors"]), [("BLOCKS_DO_NOT_FIT".to_owned(), json!(["ends"]))]);
    assert!(refused["errors"][0]["message"].as_str().unwrap().contains("10.00"), "{refused}");
    // With blocks of its own it is as short as one likes; they are kept in order of time, and those known keep their theme.
    let mut own = short;
    own["blocks"] = json!([
        { "starts": "13:00:00", "ends": "15:00:00", "title": "Hva sykehuset venter av lederne sine" },
        { "starts": "10:00:00", "ends": "12:00:00", "title": "Omvisning", "theme": "COOPERATION", "domains": ["relations"] },
    ]);
    let cut = call(&hr, EDIT, own).await?;
    assert_eq!(hours(&cut["gathering"]), ["10:00-12:00", "13:00-15:00"], "{cut}");
    assert_eq!(cut["gathering"]["blocks"][0]["theme"], "COOPERATION");
    assert_eq!(cut["gathering"]["blocks"][1]["theme"], "VALUES_AND_PRINCIPLES");
    // Blocks outside the hours, over one another or of no known domain are refused where they stand.
    let wrong = json!({ "gatheringId": id, "blocks": [
        { "starts": "09:30:00", "ends": "10:30:00", "title": "Før" },
        { "starts": "11:00:00", "ends": "12:00:00", "title": "Midt" },
        { "starts": "11:30:00", "ends": "12:30:00", "title": "Over" },
        { "starts": "14:00:00", "ends": "15:01:00", "title": "Etter" },
    ] });
    let expected = [
        ("BLOCK_OUTSIDE_HOURS".to_owned(), json!(["blocks", "0", "starts"])),
        ("BLOCKS_OVERLAP".to_owned(), json!(["blocks", "2", "starts"])),
        ("BLOCK_OUTSIDE_HOURS".to_owned(), json!(["blocks", "3", "ends"])),
    ];
    assert_eq!(codes(&call(&hr, EDIT, wrong).await?["errors"]), expected);
    let unknown =
        json!({ "starts": "11:00:00", "ends": "12:00:00", "title": "Tema", "domains": ["values", "money"] });
    let unknown = call(&hr, EDIT, json!({ "gatheringId": id, "blocks": [unknown] })).await?;
    assert_eq!(codes(&unknown["errors"]), [("NOT_FOUND".to_owned(), json!(["blocks", "0", "domains", "1"]))]);
    // A new day shorter than the programme's: cut by the rule, with a warning.
    let half = json!({ "cohortId": cohort["id"], "gathering": { "date": "2027-05-05", "title": "Ekstra", "starts": "09:00:00", "ends": "12:00:00" } });
    let beyond = call(&hr, ADD, half).await?;
    assert_eq!(
        (hours(&beyond["gathering"]), &beyond["warnings"]),
        (Vec::new(), &json!([])),
        "no plan for a fifth day"
    );
    let mut input = spring()["input"].clone();
    input["code"] = json!("NYL-2027-H");
    input["gatherings"] = json!([{ "date": "2027-09-08", "starts": "09:00:00", "ends": "13:00:00" }]);
    let created = call(&hr, CREATE, input).await?;
    assert_eq!(codes(&created["warnings"]), [("BLOCKS_CUT".to_owned(), json!(["gatherings", "0", "ends"]))]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn blocks_lie_within_the_hours_of_their_gathering_and_move_along_on_sqlite() -> Result<()> {
    blocks(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn blocks_lie_within_the_hours_of_their_gathering_and_move_along_on_postgresql() -> Result<()> {
    blocks(Engine::Postgres).await
}

/// A dry run warns as the real one does, and neither refuses; a repeated call warns again.
async fn a_day_on_which_nobody_is_at_work_is_warned_of_and_kept(engine: Engine) -> Result<()> {
    let (varde, hr, cohort) = draft(engine).await?;
    let right = Coordinator::system(varde.org);
    closed_days::add(&varde.ctx(), &right, "2027-06-04".parse()?, "Planleggingsdag", false).await?;
    let id = &cohort["gatherings"][3]["id"];
    let move_to = async |date: &str, dry: bool, key: Option<&str>| {
        let input = json!({ "gatheringId": id, "date": date, "dryRun": dry, "idempotencyKey": key });
        call(&hr, EDIT, input).await
    };
    let cases = [
        ("2027-06-05", "WEEKEND", "lørdag"),
        ("2027-05-17", "PUBLIC_HOLIDAY", "17. mai"),
        ("2027-06-04", "CLOSED_DAY", "stengt"),
        ("2026-11-30", "SHORT_NOTICE", "7 dager"),
        ("2026-11-20", "IN_THE_PAST", "passert"),
        ("2027-03-03", "SAME_DAY", "Samling 3"),
    ];
    for (date, code, word) in cases {
        let dry = move_to(date, true, None).await?;
        let real = move_to(date, false, Some(date)).await?;
        assert_eq!(real["errors"], json!([]), "{real}");
        assert_eq!(codes(&real["warnings"]), [(code.to_owned(), json!(["date"]))], "{date}");
        assert!(real["warnings"][0]["message"].as_str().unwrap().contains(word), "{real}");
        assert_eq!(dry["warnings"], real["warnings"]);
        assert_eq!(move_to(date, false, Some(date)).await?["warnings"], real["warnings"], "said again");
    }
    let added = json!({ "cohortId": cohort["id"], "gathering": { "date": "2027-05-08", "title": "Ekstra" } });
    let added = call(&hr, ADD, added).await?;
    assert_eq!(codes(&added["warnings"]), [("WEEKEND".to_owned(), json!(["gathering", "date"]))]);
    let mut input = spring()["input"].clone();
    input["code"] = json!("NYL-2027-H");
    input["gatherings"] =
        json!([{ "date": "2027-09-08" }, { "date": "2027-09-12" }, { "date": "2027-09-08" }]);
    let created = call(&hr, CREATE, input).await?;
    let expected = [
        ("WEEKEND".to_owned(), json!(["gatherings", "1", "date"])),
        ("SAME_DAY".to_owned(), json!(["gatherings", "2", "date"])),
    ];
    assert_eq!(codes(&created["warnings"]), expected);
    // Before the invitations go out, every day is looked at once more.
    for dry in [true, false] {
        let asked = json!({ "id": created["cohort"]["id"], "dry": dry });
        let published = hr.graphql(PUBLISH, asked).await?.data()?["publishCohort"].clone();
        assert_eq!(published["errors"], json!([]));
        let said: Vec<String> = codes(&published["warnings"]).into_iter().map(|(code, _)| code).collect();
        assert_eq!(said, ["SAME_DAY", "WEEKEND", "NOBODY_PROPOSED"], "by day; and nobody was proposed");
    }
    Ok(())
}

/// Lesson: a later stage's fields are not asked for in a draft; each stage validates its own.
async fn a_draft_is_saved_without_what_publishing_asks_for(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let bare = json!({ "input": { "programme": "onboarding", "code": "KLADD", "gatherings": [] } });
    let cohort = open(&varde, bare, 2).await?;
    let publish = async || cohorts::publish(&varde.ctx(), &right(&varde), cohort, None, false).await;
    assert_eq!(publish().await.unwrap_err().refusals()[0].code, Code::NoGatherings);
    let edit = cohorts::CohortEdit { title: Some("Høsten".to_owned()), ..cohorts::CohortEdit::default() };
    cohorts::edit(&varde.ctx(), &right(&varde), cohort, &edit).await?;
    let day = cohorts::GatheringDraft { date: "2027-01-13".parse()?, ..cohorts::GatheringDraft::default() };
    cohorts::add_gathering(&varde.ctx(), &right(&varde), cohort, &day, false).await?;
    publish().await?;
    Ok(())
}
