//! P11, mobilisation: practice tasks between the gatherings, an experienced leader as supporter, and what became of
//! those who completed.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::{
    harness::{Harness, Mail, NOVEMBER},
    http::Http,
};

use super::{
    daily,
    inbox::{carry_out, one},
    p01_onboarding::{answer, at},
};
use crate::{both::on_both, library::library};

on_both! {
    p11_tasks_are_mailed_after_a_gathering_and_told_of_as_done_on_a_page
    p11_an_experienced_leader_outside_the_line_supports_and_both_are_told
    p11_a_supporter_who_comes_into_the_line_or_leaves_is_replaced
    p11_who_became_a_leader_afterwards_is_told_by_cohort
}

/// Two who lead nothing.
const STAFF: [&str; 2] = ["10009", "10011"];
/// Who has led a unit for years.
const LEADER: &str = "11080";
/// Two more, of other clinics.
const OTHERS: [&str; 2] = ["11304", "11511"];

/// A cohort of two gatherings in which both have a seat.
async fn taking_part(varde: &Harness) -> Result<Value> {
    let hr = varde.coordinator().await?;
    let create = "mutation { createCohort(input: { programme: \"mobilisation\", code: \"MOB-9\", place: \"Auditoriet\",
        gatherings: [{ date: \"2027-01-20\" }, { date: \"2027-02-17\" }] }) {
        cohort { id gatherings { id } } errors { code message path } } }";
    let cohort = varde.ask(&hr, create, json!({})).await?["createCohort"]["cohort"].take();
    let run = "mutation ($id: ID!, $numbers: [String!]!) {
        enrolLeaders(input: { cohortId: $id, employeeNumbers: $numbers, reason: \"Avtalt med klinikken\" }) { errors { code message path } }
        publishCohort(input: { cohortId: $id }) { errors { code message } } }";
    varde.ask(&hr, run, json!({ "id": cohort["id"], "numbers": STAFF })).await?;
    varde.run_due().await?;
    for mail in varde.new_mails() {
        answer(varde, &mail, "accept").await?;
    }
    varde.run_due().await?;
    varde.new_mails();
    Ok(cohort)
}

/// Everybody was there, and the cohort is closed.
async fn close(varde: &Harness, cohort: &Value) -> Result<()> {
    let hr = varde.coordinator().await?;
    let record = "mutation ($gathering: ID!) {
        recordAttendance(input: { gatheringId: $gathering, everyoneElse: PRESENT }) { errors { code message } } }";
    for day in cohort["gatherings"].as_array().context("gatherings")? {
        varde.ask(&hr, record, json!({ "gathering": day["id"] })).await?;
    }
    let complete =
        "mutation ($id: ID!) { completeCohort(input: { cohortId: $id }) { errors { code message } } }";
    varde.ask(&hr, complete, json!({ "id": cohort["id"] })).await?;
    Ok(())
}

async fn tasks(varde: &Harness, client: &Http) -> Result<Value> {
    let ask = "{ myPracticeTasks { enrolmentId task dueOn done } }";
    Ok(varde.ask(client, ask, json!({})).await?["myPracticeTasks"].take())
}

fn about_practice(mails: &[Mail]) -> Vec<&Mail> {
    mails.iter().filter(|mail| mail.subject.contains("vingsoppg")).collect()
}

async fn p11_tasks_are_mailed_after_a_gathering_and_told_of_as_done_on_a_page(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = taking_part(&varde).await?;
    varde.move_to(at("2027-01-20T16:00:00Z")).await?;
    assert_eq!(about_practice(&varde.new_mails()).len(), 0, "not before the day after");
    varde.move_to(at("2027-01-21T12:00:00Z")).await?;
    let mails = varde.new_mails();
    let set = about_practice(&mails);
    let subjects: Vec<&str> = mails.iter().map(|mail| mail.subject.as_str()).collect();
    assert_eq!(set.len(), 2, "{subjects:?}");
    assert!(set[0].text.contains("10. februar 2027"), "three weeks: {}", set[0].text);

    // Looking changes nothing; what is sent is kept.
    let link = set[0].link().context("a link")?;
    let page = varde.http.get(&link).await?;
    assert_eq!(page.status(), 200);
    assert!(page.text().await?.contains("follow_a_leader"));
    let sent = varde.http.submit(&link, &[("act", "send"), ("follow_a_leader", "done")]).await?;
    assert_eq!(sent.status(), 303);
    let hr = varde.coordinator().await?;
    let roster = "{ cohort(code: \"MOB-9\") { enrolments { nodes { practiceDone person { employeeNumber email } } } } }";
    let roster = varde.ask(&hr, roster, json!({})).await?["cohort"]["enrolments"]["nodes"].take();
    let (own, others): (Vec<&Value>, Vec<&Value>) = roster
        .as_array()
        .into_iter()
        .flatten()
        .partition(|place| place["person"]["email"] == set[0].to.as_str());
    let (own, other) = (own.first().context("own")?, others.first().context("other")?);
    assert_eq!((&own["practiceDone"], &other["practiceDone"]), (&json!(["follow_a_leader"]), &json!([])));

    // Only who has something left is reminded.
    varde.move_to(at("2027-02-08T12:00:00Z")).await?;
    let mails = varde.new_mails();
    let reminded: Vec<&str> = about_practice(&mails).iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(reminded, [other["person"]["email"].as_str().context("email")?]);

    // The same by GraphQL; nothing can be told of a gathering to come.
    let mine = varde.sign_in_person(other["person"]["employeeNumber"].as_str().context("number")?).await?;
    let own = tasks(&varde, &mine).await?;
    assert_eq!((&own[0]["task"], &own[0]["done"]), (&json!("follow_a_leader"), &json!(false)));
    assert_eq!(own.as_array().map(Vec::len), Some(1), "of the second gathering later: {own}");
    let tell = "mutation ($place: ID!, $task: String!) { tellPracticeDone(input: { enrolmentId: $place, task: $task }) {
        tasks { done } errors { code path } } }";
    let early = json!({ "place": own[0]["enrolmentId"], "task": "lead_a_meeting" });
    let early = mine.graphql(tell, early).await?.data()?;
    assert_eq!(early["tellPracticeDone"]["errors"][0]["code"], "GATHERING_NOT_BEGUN", "{early}");
    let done = json!({ "place": own[0]["enrolmentId"], "task": "follow_a_leader" });
    let told = varde.ask(&mine, tell, done.clone()).await?;
    assert_eq!(told["tellPracticeDone"]["tasks"][0]["done"], true);

    // Once the cohort is closed nothing is told any more, on the page neither.
    varde.move_to(at("2027-02-17T16:00:00Z")).await?;
    close(&varde, &cohort).await?;
    let mine = varde.sign_in_person(other["person"]["employeeNumber"].as_str().context("number")?).await?;
    let late = mine.graphql(tell, done).await?.data()?;
    assert_eq!(late["tellPracticeDone"]["errors"][0]["code"], "PRACTICE_OVER", "{late}");
    let sent = varde.http.submit(&link, &[("act", "send"), ("follow_a_leader", "open")]).await?;
    assert!(sent.status().is_client_error(), "{}", sent.status());
    Ok(())
}

const ASSIGN: &str = "mutation ($number: String!, $supporter: String, $dry: Boolean! = false) {
    assignSupporter(input: { cohortCode: \"MOB-9\", employeeNumber: $number, supporterEmployeeNumber: $supporter, dryRun: $dry }) {
    enrolment { supporter { person { employeeNumber } } } mails { letter recipientName } errors { code message path } } }";

async fn p11_an_experienced_leader_outside_the_line_supports_and_both_are_told(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    taking_part(&varde).await?;
    let hr = varde.coordinator().await?;
    let assign = async |supporter: Value, dry: bool| -> Result<Value> {
        let input = json!({ "number": STAFF[0], "supporter": supporter, "dry": dry });
        Ok(hr.graphql(ASSIGN, input).await?.data()?["assignSupporter"].take())
    };
    let dry = assign(json!(LEADER), true).await?;
    assert_eq!(dry["mails"].as_array().map(Vec::len), Some(2), "{dry}");
    let done = assign(json!(LEADER), false).await?;
    assert_eq!(done["enrolment"]["supporter"]["person"]["employeeNumber"], LEADER, "{done}");
    assign(json!(LEADER), false).await?;
    varde.run_due().await?;
    let told = varde.new_mails();
    let subjects: Vec<&str> = told.iter().map(|mail| mail.subject.as_str()).collect();
    assert_eq!(told.len(), 2, "once each, also after a second call: {subjects:?}");
    assert!(subjects.iter().any(|subject| subject.starts_with("Støttesp")), "{subjects:?}");
    assert!(subjects.iter().any(|subject| subject.starts_with("Du er støttesp")), "{subjects:?}");

    // Somebody who leads nothing, and the own line manager, are refused.
    let refused = assign(json!(STAFF[1]), false).await?;
    assert_eq!(refused["errors"][0]["code"], "NOT_AN_EXPERIENCED_LEADER", "{refused}");
    let person = varde.person(STAFF[0]).await?;
    let today = varde.ctx().now.date_naive();
    let right = varde_app::access::Coordinator::system(varde.org);
    let managers = varde_app::people::line_managers(&varde.ctx(), &right, &[person], today).await?;
    let manager = managers.into_values().next().context("a line manager")?;
    let varde_model::people::LineManager::Person(manager) = manager else {
        anyhow::bail!("outside the tree")
    };
    let manager = varde_persistence::people::find(varde.app.store(), varde.org, manager).await?;
    let refused = assign(json!(manager.context("manager")?.employee_number), false).await?;
    assert_eq!(refused["errors"][0]["code"], "CONFLICT_OF_INTEREST", "{refused}");

    let taken_back = assign(Value::Null, false).await?;
    assert_eq!(taken_back["enrolment"]["supporter"], Value::Null, "{taken_back}");
    varde.run_due().await?;
    assert_eq!(varde.new_mails().len(), 0);
    Ok(())
}

/// The file of November with a last day for somebody.
fn leaves(number: &str, last_day: &str) -> Result<&'static [u8]> {
    let file = String::from_utf8(NOVEMBER.to_vec())?;
    let told = |line: &str| {
        let mut cells: Vec<&str> = line.split(';').collect();
        if cells[0] == number {
            cells[16] = last_day;
        }
        cells.join(";")
    };
    let lines: Vec<String> = file.lines().map(told).collect();
    Ok(Box::leak(format!("{}\r\n", lines.join("\r\n")).into_bytes().into_boxed_slice()))
}

async fn p11_a_supporter_who_comes_into_the_line_or_leaves_is_replaced(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    taking_part(&varde).await?;
    daily::begin(&varde).await?;
    let hr = varde.coordinator().await?;
    varde.ask(&hr, ASSIGN, json!({ "number": STAFF[0], "supporter": LEADER })).await?;
    let name = library()?.remove("name-a-line-manager").context("name")?;
    let manager =
        json!({ "employeeNumber": STAFF[0], "managerEmployeeNumber": LEADER, "from": "2026-12-10" });
    varde.ask(&hr, &name.document, json!({ "input": manager })).await?;

    // Nobody imports anything: the day comes.
    varde.move_to(at("2026-12-10T12:00:00Z")).await?;
    let hr = varde.coordinator().await?;
    let conflict = one(&varde, &hr, "CONFLICT").await?;
    assert!(conflict["subjectId"].is_string(), "{conflict}");
    let other = json!({ "input": { "supporterEmployeeNumber": OTHERS[0] } });
    carry_out(&varde, &hr, &conflict, other).await?;

    varde.import("hr-export-2026-12.csv", leaves(OTHERS[0], "31.01.2027")?).await?;
    let leaver = one(&varde, &hr, "LEAVER_SUPPORTS").await?;
    assert_eq!(leaver["subjectId"], conflict["subjectId"]);
    let text = leaver["text"].as_str().context("text")?;
    assert!(text.ends_with("har siste arbeidsdag 31. januar 2027."), "{text}");
    let another = json!({ "input": { "supporterEmployeeNumber": OTHERS[1] } });
    carry_out(&varde, &hr, &leaver, another).await?;
    Ok(())
}

async fn p11_who_became_a_leader_afterwards_is_told_by_cohort(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = taking_part(&varde).await?;
    // Somebody sees to it weeks after the last day, from which the months are counted.
    varde.move_to(at("2027-03-10T16:00:00Z")).await?;
    close(&varde, &cohort).await?;
    let hr = varde.coordinator().await?;
    let ask = "{ mobilisationOutcome(programme: \"mobilisation\") { cohort { code } completed becameLeaders
        leaders { since level monthsAfter person { employeeNumber } } } }";
    let before = varde.ask(&hr, ask, json!({})).await?["mobilisationOutcome"].take();
    assert_eq!(before[0]["cohort"]["code"], "MOB-9");
    assert_eq!((&before[0]["completed"], &before[0]["becameLeaders"]), (&json!(2), &json!(0)), "{before}");

    // Half a year later one of them leads a unit.
    let store = varde.app.store();
    let person = varde.person(STAFF[1]).await?;
    let known = varde_persistence::appointments::all(store, varde.org).await?;
    let since: chrono::NaiveDate = "2027-08-20".parse()?;
    let mut appointment = known.first().context("an appointment")?.clone();
    appointment.id = varde.ctx().new_id();
    appointment.person = person;
    appointment.since = since;
    appointment.period.from = since;
    appointment.period.to = None;
    let tx = store.write().await?;
    varde_persistence::appointments::insert(&tx, varde.org, &[appointment], varde.ctx().now).await?;
    tx.commit().await?;
    let early = varde.ask(&hr, ask, json!({})).await?["mobilisationOutcome"].take();
    assert_eq!(early[0]["becameLeaders"], 0, "not before the first day");
    varde.move_to(at("2027-09-01T12:00:00Z")).await?;
    let hr = varde.coordinator().await?;
    let after = varde.ask(&hr, ask, json!({})).await?["mobilisationOutcome"].take();
    let leader = &after[0]["leaders"][0];
    assert_eq!((&after[0]["becameLeaders"], &leader["monthsAfter"]), (&json!(1), &json!(6)), "{after}");
    assert_eq!(leader["since"], "2027-08-20");
    assert_eq!(leader["person"]["employeeNumber"], STAFF[1]);
    Ok(())
}
