//! What a change of the rules of reminding, or of the calendar, does to the plan.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::{
    harness::{DECEMBER, Harness},
    http::Http,
};

use crate::both::on_both;

use super::library;

on_both! {
    an_edited_rule_moves_what_is_planned_and_loses_none
    a_rule_switched_off_plans_nothing_and_on_again_the_same
    a_new_rule_is_not_retroactive_unless_its_number_is_confirmed
    a_rule_that_does_not_hold_is_refused_with_what_is_wrong
    an_invitation_still_lapses_after_a_gathering_was_moved
    reminders_pass_a_closed_day_by_and_come_back_when_it_opens
}

const CHANGE: &str = "mutation ($input: ChangeReminderPolicyInput!) { changeReminderPolicy(input: $input) {
    policy { key active version days } remindersOfPast changes { kind reminder { dueAt } wasDueAt }
    errors { code message path } } }";

/// A published cohort in which everyone has a seat.
async fn full_cohort(varde: &Harness, hr: &Http) -> Result<Value> {
    let create = &library()?["open-a-cohort"];
    let cohort = varde.ask(hr, &create.document, create.variables.clone()).await?;
    let cohort = cohort["createCohort"]["cohort"]["id"].clone();
    varde.import("hr-export-2026-12.csv", DECEMBER).await?;
    let publish =
        "mutation ($id: ID!) { publishCohort(input: { cohortId: $id }) { errors { code message } } }";
    varde.ask(hr, publish, json!({ "id": cohort })).await?;
    let everyone = "query { cohort(code: \"INTRO-2\") { enrolments(first: 100) { nodes { id } } } }";
    let everyone = varde.ask(hr, everyone, json!({})).await?;
    for place in everyone["cohort"]["enrolments"]["nodes"].as_array().context("nodes")? {
        let accept =
            "mutation ($id: ID!) { changeEnrolment(input: { enrolmentId: $id, change: ACCEPT_FOR }) {
            errors { code message } } }";
        varde.ask(hr, accept, json!({ "id": place["id"] })).await?;
    }
    Ok(cohort)
}

async fn plan(varde: &Harness, hr: &Http) -> Result<Vec<Value>> {
    let plan = "query ($after: String) { plannedReminders(first: 100, after: $after) {
        nodes { id dueAt policy { key } } pageInfo { hasNextPage endCursor } totalCount } }";
    let (mut all, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = varde.ask(hr, plan, json!({ "after": after })).await?["plannedReminders"].clone();
        all.extend(page["nodes"].as_array().context("nodes")?.clone());
        if page["pageInfo"]["hasNextPage"] != true {
            assert_eq!(page["totalCount"], all.len());
            return Ok(all);
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

fn kinds(changes: &Value, kind: &str) -> usize {
    changes.as_array().map_or(0, |all| all.iter().filter(|change| change["kind"] == kind).count())
}

/// cal.com's fork lost the old reminders when a rule was edited.
async fn an_edited_rule_moves_what_is_planned_and_loses_none(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    full_cohort(&varde, &hr).await?;
    let before = plan(&varde, &hr).await?;
    let edit = |dry: bool| json!({ "input": { "key": "onboarding/gathering_in_a_week", "offset": { "days": -4 }, "version": 1, "dryRun": dry } });
    let dry = varde.ask(&hr, CHANGE, edit(true)).await?["changeReminderPolicy"].clone();
    assert_eq!(plan(&varde, &hr).await?, before, "a dry run keeps nothing");
    let done = varde.ask(&hr, CHANGE, edit(false)).await?["changeReminderPolicy"].clone();
    assert_eq!(done["changes"], dry["changes"]);
    let seats = before.iter().filter(|one| one["policy"]["key"] == "onboarding/gathering_in_a_week").count();
    assert!(seats > 0);
    assert_eq!(kinds(&done["changes"], "MOVED"), seats, "{done}");
    assert_eq!(plan(&varde, &hr).await?.len(), before.len());
    let late = hr.graphql(CHANGE, edit(false)).await?;
    assert_eq!(late.body["data"]["changeReminderPolicy"]["errors"][0]["code"], "CONFLICT");
    assert_eq!(late.body["data"]["changeReminderPolicy"]["policy"]["version"], 2, "the one that stands");
    Ok(())
}

async fn a_rule_switched_off_plans_nothing_and_on_again_the_same(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    full_cohort(&varde, &hr).await?;
    let before = plan(&varde, &hr).await?;
    let switch = |on: bool| json!({ "input": { "key": "onboarding/gathering_practical", "active": on } });
    let off = varde.ask(&hr, CHANGE, switch(false)).await?["changeReminderPolicy"].clone();
    let gone = kinds(&off["changes"], "CANCELLED");
    assert!(gone > 0);
    assert_eq!(plan(&varde, &hr).await?.len(), before.len() - gone);
    let on = varde.ask(&hr, CHANGE, switch(true)).await?["changeReminderPolicy"].clone();
    assert_eq!(kinds(&on["changes"], "ADDED"), gone);
    assert_eq!(plan(&varde, &hr).await?, before);
    Ok(())
}

/// Odoo mailed everyone who was there already when a rule was added.
async fn a_new_rule_is_not_retroactive_unless_its_number_is_confirmed(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let rule = |dry: bool, confirmed: Value| {
        json!({ "input": { "key": "onboarding/half_a_year", "dryRun": dry, "remindersOfPast": confirmed, "toml": r#"
            key = "half_a_year"
            title = { nb = "Et halvt år", nn = "Eit halvt år", en = "Half a year" }
            letter = "welcome_new_leader"
            anchor = "appointment"
            offset = { unit = "calendar", days = 180, on_closed_day = "after" }
            at = "08:00"
            recipients = "leader"
            condition = "always"
            latest = { hours_after_due = 240, before_anchor = false }
            mandatory = false
            can_wait = false"# } })
    };
    let dry = varde.ask(&hr, CHANGE, rule(true, Value::Null)).await?["changeReminderPolicy"].clone();
    assert_eq!(dry["changes"], json!([]), "leaders of long standing are left alone");
    let of_past = dry["remindersOfPast"].as_u64().context("remindersOfPast")?;
    assert!(of_past > 0, "some became leaders within half a year");
    let wrong = hr.graphql(CHANGE, rule(false, json!(of_past + 1))).await?;
    assert_eq!(wrong.body["data"]["changeReminderPolicy"]["errors"][0]["code"], "COUNT_DIFFERS");
    assert_eq!(plan(&varde, &hr).await?.len(), 0);
    let done = varde.ask(&hr, CHANGE, rule(false, json!(of_past))).await?["changeReminderPolicy"].clone();
    assert_eq!(kinds(&done["changes"], "ADDED") as u64, of_past);
    Ok(())
}

async fn a_rule_that_does_not_hold_is_refused_with_what_is_wrong(engine: Engine) -> Result<()> {
    let varde = Harness::start(engine).await?;
    let hr = varde.coordinator().await?;
    for (input, code, path) in [
        (json!({ "key": "onboarding/welcome", "condition": "HOLDS_SEAT" }), "INVALID", "condition"),
        (json!({ "key": "onboarding/welcome", "offset": { "days": 0 } }), "INVALID", "offset"),
        (json!({ "key": "onboarding/welcome", "toml": "key = 1" }), "INVALID", "toml"),
        (json!({ "key": "onboarding/unknown", "active": false }), "NOT_FOUND", "key"),
        (json!({ "key": "nothing/welcome", "toml": "" }), "NOT_FOUND", "key"),
    ] {
        let reply = hr.graphql(CHANGE, json!({ "input": input })).await?;
        let error = reply.body["data"]["changeReminderPolicy"]["errors"][0].clone();
        assert_eq!(
            (&error["code"], &error["path"][0]),
            (&json!(code), &json!(path)),
            "{input}: {}",
            reply.body
        );
    }
    // What cannot be read is told in the caller's language, with the key and what to write.
    let input = json!({ "key": "onboarding/welcome", "toml": "at = 8" });
    let reply = hr.graphql(CHANGE, json!({ "input": input })).await?;
    let errors = reply.body["data"]["changeReminderPolicy"]["errors"].clone();
    let told = "Verdien kan ikke brukes. «at» skrives slik: at = \"08:00\"";
    let errors = errors.as_array().context("errors")?;
    ensure!(errors.iter().any(|error| error["message"] == told), "{errors:?}");
    Ok(())
}

/// A gathering that moves must not take the deadlines of open invitations with it.
async fn an_invitation_still_lapses_after_a_gathering_was_moved(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let create = &library()?["open-a-cohort"];
    let opened = varde.ask(&hr, &create.document, create.variables.clone()).await?;
    let cohort = opened["createCohort"]["cohort"].clone();
    let enrol = "mutation ($id: ID!) { enrolLeaders(input: { cohortId: $id, employeeNumbers: [\"13885\"], reason: \"avtalt\" }) {
        errors { code message } } publishCohort(input: { cohortId: $id }) { errors { code message } } }";
    varde.ask(&hr, enrol, json!({ "id": cohort["id"] })).await?;
    let moved = "mutation ($id: ID!) { editGathering(input: { gatheringId: $id, date: \"2027-02-10\" }) {
        errors { code message } } }";
    varde.ask(&hr, moved, json!({ "id": cohort["gatherings"][1]["id"] })).await?;
    varde.move_to("2027-01-12T12:00:00Z".parse()?).await?;
    let hr = varde.coordinator().await?;
    let state = "{ cohort(code: \"INTRO-2\") { enrolments { nodes { state } } } }";
    let state = varde.ask(&hr, state, json!({})).await?;
    assert_eq!(state["cohort"]["enrolments"]["nodes"][0]["state"], "LAPSED");
    Ok(())
}

async fn reminders_pass_a_closed_day_by_and_come_back_when_it_opens(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    full_cohort(&varde, &hr).await?;
    let before = plan(&varde, &hr).await?;
    // The day before the first gathering is when the practical information goes out.
    let day = "2027-01-12";
    let close = "mutation ($day: LocalDate!, $dry: Boolean!) { addClosedDay(input: { day: $day, name: \"Stengt\", dryRun: $dry }) {
        changes { kind wasDueAt reminder { dueAt } } errors { code message } } }";
    let dry = varde.ask(&hr, close, json!({ "day": day, "dry": true })).await?["addClosedDay"].clone();
    assert_eq!(plan(&varde, &hr).await?, before);
    let done = varde.ask(&hr, close, json!({ "day": day, "dry": false })).await?["addClosedDay"].clone();
    assert_eq!(done, dry);
    assert!(kinds(&done["changes"], "MOVED") > 0, "{done}");
    assert!(plan(&varde, &hr).await?.iter().all(|one| !one["dueAt"].as_str().unwrap().starts_with(day)));
    let open =
        "mutation ($day: LocalDate!) { removeClosedDay(input: { day: $day }) { errors { code message } } }";
    varde.ask(&hr, open, json!({ "day": day })).await?;
    assert_eq!(plan(&varde, &hr).await?, before);
    Ok(())
}
