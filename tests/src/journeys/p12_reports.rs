//! P12: how far the year has come, for those who follow it up: reports for a spreadsheet, reminders by hand, a trust with many
//! leaders.

use std::{collections::BTreeMap, io::Cursor};

use anyhow::{Context, Result, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use calamine::{Data, Reader, Xlsx};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::{
    harness::{Harness, Mail},
    hr_file::hr_file,
};

use super::{
    p01_onboarding::at,
    p12_check_in::{both_give, opened, two},
};
use crate::both::on_both;

on_both! {
    p12_whoever_is_late_in_a_unit_is_reminded_by_hand_once_a_day
    p12_the_reports_open_in_a_spreadsheet
    p12_a_trust_with_many_leaders_is_opened_step_by_step
}

const REMIND: &str = "mutation ($unit: String, $dry: Boolean!) {
    remindLateCheckIns(input: { cycleCode: \"2027\", unitCode: $unit, dryRun: $dry }) {
        late remindedToday mails { recipientName } errors { code message path } } }";

async fn p12_whoever_is_late_in_a_unit_is_reminded_by_hand_once_a_day(engine: Engine) -> Result<()> {
    let (varde, hr, _) = opened(engine).await?;
    let early = varde.ask(&hr, REMIND, json!({ "dry": false })).await?["remindLateCheckIns"].take();
    assert_eq!(
        (&early["late"], &early["mails"]),
        (&json!(0), &json!([])),
        "nobody is late before the due date"
    );

    varde.move_to(at("2027-04-02T10:00:00Z")).await?;
    varde.new_mails();
    let hr = varde.coordinator().await?;
    let unit = json!({ "unit": "10700", "dry": true });
    let dry = varde.ask(&hr, REMIND, unit.clone()).await?["remindLateCheckIns"].take();
    varde.run_due().await?;
    assert_eq!(varde.new_mails().len(), 0, "a dry run sends nothing");
    let done =
        varde.ask(&hr, REMIND, json!({ "unit": "10700", "dry": false })).await?["remindLateCheckIns"].take();
    assert_eq!(done, dry);
    varde.run_due().await?;
    let mails = varde.new_mails();
    assert_eq!(Some(mails.len()), done["mails"].as_array().map(Vec::len));
    ensure!(mails.len() > 10 && mails.iter().all(|mail| mail.link_to("/check-in/").is_some()), "{mails:?}");
    let twice: BTreeMap<&str, usize> = mails.iter().fold(BTreeMap::new(), |mut counted, mail: &Mail| {
        *counted.entry(mail.to.as_str()).or_default() += 1;
        counted
    });
    assert!(twice.values().all(|count| *count == 1), "{twice:?}");

    // The same day nobody hears of it again, the next day they do.
    let again = varde.ask(&hr, REMIND, unit.clone()).await?["remindLateCheckIns"].take();
    assert_eq!((&again["mails"], &again["remindedToday"]), (&json!([]), &json!(mails.len())));
    varde.move_to(at("2027-04-05T10:00:00Z")).await?;
    let hr = varde.coordinator().await?;
    let next = varde.ask(&hr, REMIND, unit).await?["remindLateCheckIns"].take();
    assert_eq!(next["mails"].as_array().map(Vec::len), Some(mails.len()));
    let nowhere = hr.graphql(REMIND, json!({ "unit": "nowhere", "dry": true })).await?.data()?;
    assert_eq!(nowhere["remindLateCheckIns"]["errors"][0]["path"], json!(["unitCode"]));
    Ok(())
}

async fn fetched(varde: &Harness, format: &str, filter: Value) -> Result<[Vec<u8>; 2]> {
    let hr = varde.coordinator().await?;
    let ask = "query ($format: TableFormat!, $filter: CheckInFilterInput) { checkInCycle(code: \"2027\") {
        progressFile(format: $format) { content } checkInsFile(format: $format, filter: $filter) { content } } }";
    let told = varde.ask(&hr, ask, json!({ "format": format, "filter": filter })).await?;
    let bytes = |field: &str| {
        let content = told["checkInCycle"][field]["content"].as_str().context("content")?;
        anyhow::Ok(STANDARD.decode(content)?)
    };
    Ok([bytes("progressFile")?, bytes("checkInsFile")?])
}

async fn p12_the_reports_open_in_a_spreadsheet(engine: Engine) -> Result<()> {
    let (varde, _, mails) = opened(engine).await?;
    let two = two(&mails)?;
    both_give(&varde, &two).await?;
    let [units, all] = fetched(&varde, "XLSX", json!({})).await?;
    let sheet = |bytes: Vec<u8>| -> Result<Vec<Vec<Data>>> {
        let mut book = Xlsx::new(Cursor::new(bytes))?;
        let sheet = book.worksheet_range_at(0).context("a sheet")??;
        Ok(sheet.rows().map(<[Data]>::to_vec).collect())
    };
    let units = sheet(units)?;
    assert_eq!(
        units[0][..3],
        ["Enhet", "Nivå i organisasjonen", "Åpnet"].map(|it| Data::String(it.to_owned()))
    );
    assert_eq!(
        units[1][..3],
        [Data::String("Fjordheim sykehus HF".to_owned()), Data::Float(0.0), Data::Float(118.0)]
    );
    assert_eq!((&units[1][3], &units[1][4]), (&Data::Float(1.0), &Data::Float(1.0)));

    let all = sheet(all)?;
    assert_eq!(all.len(), 119, "a row for each, and the headings");
    let given = all.iter().skip(1).filter(|row| row[5] == Data::String("begge har levert".to_owned()));
    let given: Vec<_> = given.collect();
    assert_eq!(given.len(), 1);
    let Data::DateTime(day) = &given[0][6] else { anyhow::bail!("no day: {:?}", given[0]) };
    assert_eq!(day.as_datetime().map(|day| day.date().to_string()).as_deref(), Some("2027-01-11"));
    ensure!(all.iter().any(|row| row[0] == Data::String("Kenneth Sørensen".to_owned())));

    // Only a clinic with all below it; as CSV, that a Norwegian spreadsheet opens by itself.
    let [_, clinic] = fetched(&varde, "CSV", json!({ "unitCode": "10700", "states": ["OPEN"] })).await?;
    let text = String::from_utf8(clinic)?;
    ensure!(text.starts_with("\u{feff}Leder;Ansattnummer;Enhet;"), "{text}");
    let rows = text.lines().count() - 1;
    let hr = varde.coordinator().await?;
    let ask = "{ checkInCycle(code: \"2027\") { checkIns(filter: { unitCode: \"10700\", states: [OPEN] }) { totalCount } } }";
    let total = varde.ask(&hr, ask, json!({})).await?;
    assert_eq!(total["checkInCycle"]["checkIns"]["totalCount"], rows);
    ensure!(rows > 5 && rows < 60, "{rows}");
    Ok(())
}

async fn p12_a_trust_with_many_leaders_is_opened_step_by_step(engine: Engine) -> Result<()> {
    let varde = Harness::start(engine).await?;
    // A leader among each twenty-five.
    let file: &'static [u8] = Box::leak(hr_file(15_000, 3).into_bytes().into_boxed_slice());
    varde.import("hr.csv", file).await?;
    varde.move_to(at("2027-01-11T07:30:00Z")).await?;
    varde.new_mails();
    let hr = varde.coordinator().await?;
    let create = "mutation { createCheckInCycle(input: { code: \"2027\", opensOn: \"2027-01-11\",
        dueOn: \"2027-03-31\", closesOn: \"2027-04-30\" }) { errors { code message path } } }";
    varde.ask(&hr, create, json!({})).await?;
    let open = "mutation ($dry: Boolean!) { openCheckInCycle(input: { cycleCode: \"2027\", dryRun: $dry }) {
        opened operation { id state done total } errors { code message path } } }";
    let dry = varde.ask(&hr, open, json!({ "dry": true })).await?["openCheckInCycle"].take();
    let begun = varde.ask(&hr, open, json!({ "dry": false })).await?["openCheckInCycle"].take();
    assert_eq!((&dry["opened"], &dry["operation"]), (&json!(600), &Value::Null));
    let operation = &begun["operation"];
    assert_eq!(
        (&begun["opened"], &operation["state"], &operation["total"]),
        (&json!(600), &json!("RUNNING"), &json!(600))
    );
    let done = operation["done"].as_u64().context("done")?;
    ensure!((500..600).contains(&done), "{operation}");

    // Opening it once more meanwhile opens nobody twice.
    let again = varde.ask(&hr, open, json!({ "dry": false })).await?["openCheckInCycle"].take();
    assert_eq!(again["opened"], 600 - done);
    varde.run_due().await?;
    let follow = "query ($id: ID!) { operation(id: $id) { state done total } checkInCycle(code: \"2027\") { progress { opened } } }";
    let told = varde.ask(&hr, follow, json!({ "id": operation["id"] })).await?;
    assert_eq!(told["operation"]["state"], "SUCCEEDED", "{told}");
    assert_eq!(told["checkInCycle"]["progress"]["opened"], 600);
    let mails = varde.new_mails();
    let leaders = mails.iter().filter(|mail| mail.subject.contains(": start når det pass")).count();
    assert_eq!(leaders, 600, "each leader has one mail");
    // Nobody who holds several is asked in two parts.
    let named: usize = mails
        .iter()
        .filter(|mail| mail.subject.contains("på deg"))
        .map(|mail| mail.text.lines().filter(|line| line.starts_with("* ")).count())
        .sum();
    let managers: std::collections::BTreeSet<&str> =
        mails.iter().filter(|mail| mail.subject.contains("på deg")).map(|mail| mail.to.as_str()).collect();
    assert_eq!(mails.len() - leaders, managers.len());
    assert_eq!(named, 599, "all but the director's");
    Ok(())
}
