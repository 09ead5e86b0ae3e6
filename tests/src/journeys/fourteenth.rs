//! A fourteenth programme, added by data alone: published as a file, run from invitation to completion, changed.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::{
    harness::{Harness, Mail},
    http::Http,
};

use super::p01_onboarding::{answer, at, mailbox, recipients};
use crate::both::on_both;

on_both! {
    a_fourteenth_programme_is_added_by_data_alone
    a_faulty_file_is_told_by_line_and_key_and_changes_nothing
    the_products_catalogue_leaves_a_programme_alone_that_the_trust_has_changed
}

const PUBLISH: &str = "mutation ($input: PublishProgrammeInput!) { publishProgramme(input: $input) {
    programme { key version own source } changes { key label before after } policies errors { code message path } } }";

/// The file of the example in the library of operations.
fn example() -> Value {
    serde_json::from_str::<Value>(include_str!("../../../graphql/operations/publish-a-programme.json"))
        .unwrap()["input"]
        .take()
}

async fn publish(varde: &Harness, input: Value) -> Result<Value> {
    let admin = varde.sign_in("administrator@fjordheim.example").await?;
    let answer = admin.graphql(PUBLISH, json!({ "input": input })).await?;
    Ok(answer.data().map_err(|error| anyhow::anyhow!("{error}"))?["publishProgramme"].clone())
}

/// The example with a text in its file replaced, which must be there.
fn with(from: &str, to: &str) -> Value {
    let mut input = example();
    let source = input["source"].as_str().unwrap();
    assert!(source.contains(from), "{from}");
    input["source"] = json!(source.replacen(from, to, 1));
    input
}

async fn of_the_programme(varde: &Harness, hr: &Http, field: &str) -> Result<Value> {
    let ask = format!("{{ programme(key: \"sick_leave\") {{ {field} }} }}");
    Ok(varde.ask(hr, &ask, json!({})).await?["programme"][field].clone())
}

async fn a_fourteenth_programme_is_added_by_data_alone(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let mut dry = example();
    dry["dryRun"] = json!(true);
    let tried = publish(&varde, dry).await?;
    assert_eq!((&tried["programme"]["version"], &tried["policies"]), (&json!(1), &json!(2)), "{tried}");
    let hr = varde.coordinator().await?;
    let gone = varde.ask(&hr, "{ programme(key: \"sick_leave\") { key } }", json!({})).await?;
    assert_eq!(gone["programme"], Value::Null, "a dry run keeps nothing");
    let added = publish(&varde, example()).await?;
    assert_eq!(added["errors"], json!([]));
    assert_eq!(added["changes"], tried["changes"]);

    let create = "mutation ($input: CreateCohortInput!) {
        createCohort(input: $input) { cohort { id capacity gatherings { id title } } errors { code message path } } }";
    let cohort = json!({ "input": { "programme": "sick_leave", "code": "SYK-1", "place": "Møterom Fjord",
        "gatherings": [{ "date": "2027-01-12" }, { "date": "2027-01-26" }] } });
    let created = varde.ask(&hr, create, cohort.clone()).await?["createCohort"]["cohort"].take();
    assert_eq!(created["capacity"], 12);
    let run = "mutation ($cohort: ID!, $numbers: [String!]!) {
        enrolLeaders(input: { cohortId: $cohort, employeeNumbers: $numbers }) { errors { code message } }
        publishCohort(input: { cohortId: $cohort }) { errors { code message } } }";
    varde.ask(&hr, run, json!({ "cohort": created["id"], "numbers": ["13984", "13595"] })).await?;
    varde.run_due().await?;
    let mut invited = varde.new_mails();
    invited.sort_by(|one, other| one.to.cmp(&other.to));
    assert_eq!(recipients(&invited), ["maria.antonsen@fjordheim.example", "ola.antonsen@fjordheim.example"]);
    assert!(invited[0].text.contains("Sjukefråværsoppfølging for leiarar"), "{}", invited[0].text);
    answer(&varde, &invited[0], "accept").await?;

    // A new version, while the cohort runs on the one before.
    let changed = publish(&varde, {
        let mut input = with("attend_at_least = 2", "attend_at_least = 1");
        input["reminders"] = Value::Null;
        input["version"] = json!(1);
        input
    })
    .await?;
    assert_eq!(
        changed["changes"],
        json!([{ "key": "completion.attend_at_least", "before": "2", "after": "1",
            "label": "Krav til fullføring, samlinger en må være med på" }]),
        "{changed}"
    );
    assert_eq!(of_the_programme(&varde, &hr, "version").await?, 2);

    let mut during = Vec::new();
    let days = [("2027-01-12T12:00:00Z", "PRESENT"), ("2027-01-26T12:00:00Z", "ABSENT")];
    for (gathering, (day, presence)) in
        created["gatherings"].as_array().context("gatherings")?.iter().zip(days)
    {
        varde.move_to(at(day)).await?;
        during.extend(varde.new_mails());
        let hr = varde.coordinator().await?;
        let record = "mutation ($gathering: ID!, $presence: Presence!) {
            recordAttendance(input: { gatheringId: $gathering, everyoneElse: $presence }) { errors { code message } } }";
        varde.ask(&hr, record, json!({ "gathering": gathering["id"], "presence": presence })).await?;
    }
    let hr = varde.coordinator().await?;
    let complete =
        "mutation ($id: ID!) { completeCohort(input: { cohortId: $id }) { errors { code message } } }";
    varde.ask(&hr, complete, json!({ "id": created["id"] })).await?;
    varde.run_due().await?;
    let results = varde.new_mails();
    let told: Vec<&Mail> = results.iter().filter(|mail| mail.to == invited[0].to).collect();
    assert_eq!(told.len(), 1, "{results:#?}");
    assert!(told[0].text.contains("Programmet krev 2 samlingar, og 1 tel for deg."), "{}", told[0].text);
    let everything: Vec<Mail> = [invited, during, results].into_iter().flatten().collect();
    insta::assert_snapshot!("mailbox_of_the_fourteenth_programme", mailbox(&everything));

    // A cohort from now on follows the new version.
    let mut second = cohort;
    second["input"]["code"] = json!("SYK-2");
    second["input"]["gatherings"] = json!([{ "date": "2027-03-02" }, { "date": "2027-03-16" }]);
    let second = varde.ask(&hr, create, second).await?["createCohort"]["cohort"].take();
    assert_ne!(second["id"], created["id"]);
    Ok(())
}

async fn a_faulty_file_is_told_by_line_and_key_and_changes_nothing(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let refused = async |input: Value| -> Result<(Vec<String>, Value)> {
        let answer = publish(&varde, input).await?;
        assert_eq!(answer["programme"], Value::Null);
        let errors = answer["errors"].as_array().context("errors")?;
        Ok((
            errors.iter().map(|error| error["message"].as_str().unwrap().to_owned()).collect(),
            errors[0]["path"].clone(),
        ))
    };
    let (told, path) = refused(with("capacity = 12", "capacity = 0")).await?;
    assert_eq!(
        (told, path),
        (vec!["Linje 12, seats.capacity: 0 is not between 1 and 1000.".to_owned()], json!(["source"]))
    );
    let (told, _) = refused(with("key = \"sick_leave\"", "key = \"Sick leave\"")).await?;
    assert!(told.iter().any(|fault| fault.starts_with("Linje 2, key:")), "{told:?}");
    let (told, _) = refused(with("[seats]", "[seats")).await?;
    assert!(told[0].starts_with("Linje 11, (file):"), "{told:?}");
    let (told, _) = refused(with("execution.routines", "execution.routine")).await?;
    assert!(told[0].contains("there is no responsibility 'execution.routine'"), "{told:?}");
    let mut input = example();
    input["reminders"] = json!(input["reminders"].as_str().unwrap().replacen("08:00", "8", 1));
    let (told, path) = refused(input).await?;
    assert!(told[0].contains("policy[0].at"), "{told:?}");
    assert_eq!(path, json!(["reminders"]));
    for nothing in ["", "key = \"x\"", "\u{0}", "ø"] {
        let mut input = example();
        input["source"] = json!(nothing);
        input["reminders"] = Value::Null;
        let (told, _) = refused(input).await?;
        assert!(!told.is_empty(), "{nothing:?}");
    }
    let mut input = example();
    input["source"] = json!("#".repeat(200_001));
    let (told, _) = refused(input).await?;
    assert!(told[0].contains("200000"), "{told:?}");
    let mut input = example();
    input["version"] = json!(3);
    let (told, _) = refused(input).await?;
    assert!(told[0].starts_with("Noen har endret dette"), "{told:?}");

    publish(&varde, example()).await?;
    let (told, path) = refused(with("capacity = 12", "capacity = 13")).await?;
    assert!(told[0].contains("changeReminderPolicy"), "{told:?}");
    assert_eq!(path, json!(["reminders"]));
    let mut same = example();
    same["reminders"] = Value::Null;
    let again = publish(&varde, same).await?;
    assert_eq!(
        (&again["programme"]["version"], &again["changes"]),
        (&json!(1), &json!([])),
        "the same is published once"
    );
    Ok(())
}

async fn the_products_catalogue_leaves_a_programme_alone_that_the_trust_has_changed(
    engine: Engine,
) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let shipped = varde.ask(&hr, "{ programme(key: \"onboarding\") { source own } }", json!({})).await?;
    assert_eq!(shipped["programme"]["own"], false);
    let source = shipped["programme"]["source"].as_str().context("source")?;
    let unchanged = publish(&varde, json!({ "source": source })).await?;
    assert_eq!(
        (&unchanged["programme"]["version"], &unchanged["changes"]),
        (&json!(1), &json!([])),
        "{unchanged}"
    );
    let changed =
        publish(&varde, json!({ "source": source.replacen("capacity = 25", "capacity = 40", 1) })).await?;
    assert_eq!((&changed["programme"]["version"], &changed["programme"]["own"]), (&json!(2), &json!(true)));
    let admin = varde.sign_in("administrator@fjordheim.example").await?;
    let load = "mutation { loadCatalogue(input: {}) { versions errors { code } } }";
    assert_eq!(varde.ask(&admin, load, json!({})).await?["loadCatalogue"]["versions"], 0);
    let stands = varde.ask(&hr, "{ programme(key: \"onboarding\") { capacity } }", json!({})).await?;
    assert_eq!(stands["programme"]["capacity"], 40);
    Ok(())
}
