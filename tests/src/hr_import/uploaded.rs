//! The fictional trust's three files as a script sends them: uploads by GraphQL, followed to their reports.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::{Engine, people};
use varde_testkit::{
    harness::{DECEMBER, Harness, NOVEMBER},
    http::Http,
};

use super::house::FAULTY;
use crate::{
    both::on_both,
    library::{ended, library},
};

on_both! {
    the_three_files_are_uploaded_and_told_of
    a_dry_run_of_an_upload_keeps_nothing
}

/// The lines of the faulty file that stand in its report; two of them have a date that cannot be read and no level.
const FAULTS: [(u64, &str, &str); 14] = [
    (7, "E-post", "EMAIL_INVALID"),
    (11, "Ansattnr", "NUMBER_TWICE"),
    (16, "Enhetskode", "UNIT_WITHOUT_NAME"),
    (22, "Leder fra", "DATE_IMPOSSIBLE"),
    (22, "Ledernivå", "LEVEL_MISSING"),
    (23, "Leder fra", "DATE_FORMAT"),
    (23, "Ledernivå", "LEVEL_MISSING"),
    (32, "Ledernivå", "LEVEL_UNKNOWN"),
    (35, "E-post", "EMAIL_TWICE"),
    (42, "Fornavn", "CELL_EMPTY"),
    (43, "Overordnet enhet", "UNIT_OWN_PARENT"),
    (52, "Fornavn", "CELL_FORMULA"),
    (63, "Målform", "LOCALE_UNKNOWN"),
    (72, "Leder til", "DATES_REVERSED"),
];

async fn the_three_files_are_uploaded_and_told_of(engine: Engine) -> Result<()> {
    let varde = Harness::start(engine).await?;
    let hr = varde.coordinator().await?;
    let november = import(&varde, &hr, "hr-export-2026-11.csv", NOVEMBER, json!({})).await?;
    assert_eq!((&november["outcome"], &november["rows"]), (&json!("IMPORTED"), &json!(1097)));
    assert_eq!(november["fileName"], "hr-export-2026-11.csv", "an upload's own name");
    let december = import(&varde, &hr, "hr-export-2026-12.csv", DECEMBER, json!({})).await?;
    assert_eq!((&december["outcome"], &december["faultyRows"]), (&json!("IMPORTED"), &json!(0)));
    assert_ne!(december["changes"]["totalCount"], 0);

    let before = people::known(varde.app.store(), varde.org).await?;
    let name = "hr-export-faulty-cp1252.csv";
    let refused = import(&varde, &hr, name, FAULTY, json!({})).await?;
    assert_eq!((&refused["outcome"], &refused["faultyRows"]), (&json!("REJECTED"), &json!(12)));
    assert!(people::known(varde.app.store(), varde.org).await? == before, "all or nothing");
    every_fault_is_told(&refused)?;

    let skipped = import(&varde, &hr, name, FAULTY, json!({ "onFaults": "SKIP_FAULTY" })).await?;
    assert_eq!((&skipped["outcome"], &skipped["faultyRows"]), (&json!("IMPORTED"), &json!(12)));
    every_fault_is_told(&skipped)?;
    assert_ne!(skipped["changes"]["totalCount"], 0);
    let after = people::known(varde.app.store(), varde.org).await?;
    assert_eq!(after.people["10229"].person.family_name, "O'Brien; Lie", "a right row is imported");
    assert_eq!(after.people["10265"], before.people["10265"], "a faulty one changes nothing");
    let again = import(&varde, &hr, name, FAULTY, json!({ "onFaults": "SKIP_FAULTY" })).await?;
    assert_eq!((&again["outcome"], &again["changes"]["totalCount"]), (&json!("IMPORTED"), &json!(0)));
    assert!(people::known(varde.app.store(), varde.org).await? == after, "a second time changes nothing");
    Ok(())
}

async fn a_dry_run_of_an_upload_keeps_nothing(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let before = people::known(varde.app.store(), varde.org).await?;
    for (name, bytes) in [("hr-export-2026-12.csv", DECEMBER), ("hr-export-faulty-cp1252.csv", FAULTY)] {
        let with = json!({ "dryRun": true, "onFaults": "SKIP_FAULTY" });
        let dry = import(&varde, &hr, name, bytes, with).await?;
        assert_eq!((&dry["outcome"], &dry["dryRun"]), (&json!("DRY_RUN"), &json!(true)), "{name}");
        assert_ne!(dry["changes"]["totalCount"], 0, "{name}");
        assert!(people::known(varde.app.store(), varde.org).await? == before, "{name} was kept");
    }
    Ok(())
}

/// Each with its line, its column, the cell, what is wrong and what to do about it.
fn every_fault_is_told(report: &Value) -> Result<()> {
    let faults = report["faults"]["nodes"].as_array().context("faults")?;
    let told = |fault: &Value, field: &str| fault[field].as_str().unwrap_or_default().to_owned();
    let places = faults.iter().map(|fault| {
        (fault["line"].as_u64().unwrap_or_default(), told(fault, "column"), told(fault, "code"))
    });
    let expected = FAULTS.map(|(line, column, code)| (line, column.to_owned(), code.to_owned()));
    assert_eq!(places.collect::<Vec<_>>(), expected);
    for fault in faults {
        let is_empty = ["CELL_EMPTY", "LEVEL_MISSING"].contains(&told(fault, "code").as_str());
        assert_eq!(told(fault, "value").is_empty(), is_empty, "{fault}");
        assert!(!told(fault, "message").is_empty() && !told(fault, "remedy").is_empty(), "{fault}");
    }
    Ok(())
}

/// Uploads a file and gives the report of its import.
async fn import(varde: &Harness, hr: &Http, name: &str, bytes: &[u8], with: Value) -> Result<Value> {
    let library = library()?;
    let mut input = with;
    input["file"] = Value::Null;
    let variables = json!({ "input": input });
    let document = &library["import-people"].document;
    let begun = hr.upload(document, variables, "input.file", (name, bytes.to_vec())).await?.data()?;
    let id = &begun["importPeople"]["operation"]["id"];
    anyhow::ensure!(id.is_string(), "{begun}");
    let done = ended(varde, hr, &library["follow-an-import"].document, id).await?;
    Ok(done["importReport"].clone())
}
