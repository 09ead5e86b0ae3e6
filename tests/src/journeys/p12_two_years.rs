//! P12: two years of the whole trust. Everybody holds the check-in as far as people do, while leaders come, leave, act and get
//! other line managers; then once more on a reworded contract.

pub(crate) mod year;

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::harness::{DECEMBER, Harness};

use super::{
    p01_onboarding::at,
    p12_check_in::{SECRET, keys, page},
};
use crate::both::on_both;
use year::{COURSES, Course::*, Year, by_subject};

on_both! {
    p12_two_years_of_the_whole_trust_with_every_state_and_every_mail_accounted_for
}

/// The file of December with rows changed and rows added, as HR sends it in February.
fn february() -> Result<&'static [u8]> {
    let file = String::from_utf8(DECEMBER.to_vec())?;
    let mut rows: Vec<Vec<String>> =
        file.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect();
    let mut set = |number: &str, cells: &[(usize, &str)]| -> Result<()> {
        let row = rows.iter_mut().find(|row| row[0] == number).context("row")?;
        for (at, cell) in cells {
            (*cell).clone_into(&mut row[*at]);
        }
        Ok(())
    };
    // The head of a department steps back, and a colleague without a leading role takes over.
    set("10892", &[(10, "3"), (12, "31.01.2027")])?;
    set(
        "13734",
        &[
            (8, "Avdelingsleder"),
            (4, "22200"),
            (5, "Avdeling for fysikalsk medisin"),
            (6, "Avdeling"),
            (7, "10700"),
            (10, "3"),
            (11, "01.02.2027"),
        ],
    )?;
    // A leader leaves the trust.
    set("13984", &[(16, "10.02.2027")])?;
    let file = rows.iter().map(|row| row.join(";")).collect::<Vec<_>>().join("\r\n") + "\r\n";
    Ok(Box::leak(file.into_bytes().into_boxed_slice()))
}

async fn schedule(varde: &Harness, year: &str, opens: &str) -> Result<()> {
    let hr = varde.coordinator().await?;
    let create = "mutation ($input: CreateCheckInCycleInput!) { createCheckInCycle(input: $input) { errors { code message path } } }";
    let days = json!({ "code": year, "opensOn": opens, "dueOn": format!("{year}-03-31"),
        "closesOn": format!("{year}-04-30") });
    varde.ask(&hr, create, json!({ "input": days })).await?;
    let schedule = "mutation ($code: String!) { scheduleCheckInCycle(input: { cycleCode: $code }) { errors { code message path } } }";
    varde.ask(&hr, schedule, json!({ "code": year })).await?;
    Ok(())
}

/// Who takes no part, as a dry run says it: employee number and reason.
async fn left_out(varde: &Harness, year: &str) -> Result<Value> {
    let hr = varde.coordinator().await?;
    let dry = "mutation ($code: String!) { openCheckInCycle(input: { cycleCode: $code, dryRun: true }) {
        leftOut { reason joins until person { employeeNumber } } errors { code } } }";
    Ok(varde.ask(&hr, dry, json!({ "code": year })).await?["openCheckInCycle"]["leftOut"].take())
}

async fn p12_two_years_of_the_whole_trust_with_every_state_and_every_mail_accounted_for(
    engine: Engine,
) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let chair = "mutation { setLineManagerOverride(input: { employeeNumber: \"10005\", from: \"2026-12-01\",
        outsideName: \"Kari Styreleder\", outsideEmail: \"styret@fjordheim.example\" }) { errors { code message path } } }";
    varde.ask(&hr, chair, json!({})).await?;
    varde.move_to(at("2026-12-02T08:00:00Z")).await?;
    varde.import("hr.csv", DECEMBER).await?;
    schedule(&varde, "2027", "2027-01-11").await?;
    insta::assert_json_snapshot!("p12_two_years_left_out", left_out(&varde, "2027").await?);
    varde.move_to(at("2027-01-11T07:00:00Z")).await?;
    varde.new_mails();

    // The first year: opened, and each gives an own view.
    let mut year = Year::new("2027", 0);
    varde.move_to(at("2027-01-11T08:30:00Z")).await?;
    let mut log = vec![("opened".to_owned(), counted(&varde, &mut year)?)];
    ensure!(year.held.values().all(|held| held.manager.is_some()), "somebody has nobody to hold it with");
    let first: Vec<String> = year.held.keys().cloned().collect();
    year.give(&varde).await?;
    varde.run_due().await?;
    log.push(("views given".to_owned(), counted(&varde, &mut year)?));

    // Leaders of December join when they have led for sixty days; they give nothing yet.
    varde.move_to(at("2027-01-31T12:00:00Z")).await?;
    log.push(("January".to_owned(), counted(&varde, &mut year)?));
    ensure!(year.held.len() == first.len() + 8, "{} after {}", year.held.len(), first.len());
    for (_, held) in year.held.iter_mut().filter(|(name, _)| !first.contains(*name)) {
        held.course = Nothing;
    }

    // Another head of a department, a leader who leaves, acting ones whose time is over: open check-ins are handed on or end.
    let (reidun, her_leader) = ("Reidun Andreassen", "Kenneth Sørensen");
    let former = year.held[her_leader].manager.clone().context("a line manager")?.1;
    varde.move_to(at("2027-02-01T06:00:00Z")).await?;
    varde.import("hr.csv", february()?).await?;
    varde.move_to(at("2027-02-15T12:00:00Z")).await?;
    let mails = varde.new_mails();
    let handed = year.read(&mails)?;
    log.push(("handed on".to_owned(), by_subject(&mails)));
    ensure!(handed.contains(her_leader), "{handed:?}");
    insta::assert_json_snapshot!("p12_two_years_handed_on", handed);
    let gone = varde.http.get(&former).await?;
    let (status, text) = (gone.status(), gone.text().await?);
    ensure!(status != 200 && !text.contains(SECRET), "a former line manager reads on: {status}");
    for name in [reidun, "Maria Antonsen", "Lars Halvorsen", "Hans Strøm"] {
        year.ends(name)?;
    }

    year.meet_and_sign(&varde, "2027-02-15").await?;
    varde.run_due().await?;
    log.push(("held".to_owned(), counted(&varde, &mut year)?));

    // Reminders and escalations go to those who have something to do, and to nobody else.
    varde.move_to(at("2027-03-01T12:00:00Z")).await?;
    // Acting until the end of February.
    year.ends("Laila Berg")?;
    log.push(("March".to_owned(), counted(&varde, &mut year)?));
    let wanted = |year: &Year| year.wanted().into_iter().map(str::to_owned).collect::<Vec<_>>();
    for (until, gone) in [
        ("2027-03-10T12:00:00Z", None),
        ("2027-03-24T12:00:00Z", Some("Kristine Nilsen")),
        ("2027-04-01T12:00:00Z", None),
    ] {
        gone.map(|name| year.ends(name)).transpose()?;
        let expected = wanted(&year);
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        let mails = year.reminded(&varde, until, &expected).await?;
        log.push((until.to_owned(), by_subject(&mails)));
    }
    let late: Vec<String> = year.late_below().into_iter().map(str::to_owned).collect();
    let late: Vec<&str> = late.iter().map(String::as_str).collect();
    log.push((
        "line managers".to_owned(),
        by_subject(&year.reminded(&varde, "2027-04-07T12:00:00Z", &late).await?),
    ));
    let coordinators = ["coordinator@fjordheim.example"];
    let mails = year.reminded(&varde, "2027-04-14T12:00:00Z", &coordinators).await?;
    log.push(("coordinators".to_owned(), by_subject(&mails)));
    // Acting until 10 April.
    year.ends("Stine Larsen")?;

    // Every state was reached; after the close what is not signed is unfinished.
    let mut expected = year.expected();
    let mut states = year.states(&varde).await?;
    let ended = states.remove("ENDED");
    assert_eq!(states, expected);
    assert_eq!(states.len(), COURSES.len(), "every state before the close");
    varde.move_to(at("2027-05-01T12:00:00Z")).await?;
    log.push(("closed".to_owned(), by_subject(&varde.new_mails())));
    let signed = expected.remove("SIGNED").unwrap_or_default();
    let unfinished = expected.values().sum::<usize>();
    let closed = BTreeMap::from([
        ("SIGNED", signed),
        ("UNFINISHED", unfinished),
        ("ENDED", ended.unwrap_or_default()),
    ]);
    assert_eq!(
        year.states(&varde).await?,
        closed.into_iter().map(|(state, n)| (state.to_owned(), n)).collect()
    );

    // The next year stands on a reworded framework, with a requirement more.
    varde.move_to(at("2027-12-01T08:00:00Z")).await?;
    log.push(("until December".to_owned(), by_subject(&varde.new_mails())));
    let renewed = reworded(&varde).await?;
    schedule(&varde, "2028", "2028-01-10").await?;
    varde.move_to(at("2028-01-10T07:00:00Z")).await?;
    varde.new_mails();
    let mut next = Year::new("2028", 1);
    varde.move_to(at("2028-01-10T08:30:00Z")).await?;
    log.push(("opened 2028".to_owned(), counted(&varde, &mut next)?));
    ensure!(
        next.held.contains_key("John Henriksen") && !next.held.contains_key(reidun),
        "{:?}",
        next.held.keys()
    );
    let shown = page(&varde, &next.held[her_leader].leader.1).await?;
    assert_eq!(keys(&shown).len(), 10, "{renewed}");
    ensure!(shown.contains("Tar ansvar for klimaet"), "{shown}");
    next.give(&varde).await?;
    next.meet_and_sign(&varde, "2028-01-10").await?;
    varde.run_due().await?;
    log.push(("held 2028".to_owned(), counted(&varde, &mut next)?));
    for until in ["2028-03-10T12:00:00Z", "2028-03-24T12:00:00Z", "2028-04-03T12:00:00Z"] {
        let expected = wanted(&next);
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        let mails = next.reminded(&varde, until, &expected).await?;
        log.push((until.to_owned(), by_subject(&mails)));
    }
    assert_eq!(next.states(&varde).await?, next.expected());
    insta::assert_json_snapshot!("p12_two_years_mails", log);
    Ok(())
}

/// Publishes the framework with a requirement more, and renews every contract on it.
async fn reworded(varde: &Harness) -> Result<Value> {
    let administrator = varde.sign_in("administrator@fjordheim.example").await?;
    let files = "{ frameworks(first: 1) { nodes { version files { path source } } } }";
    let files = varde.ask(&administrator, files, json!({})).await?;
    let files = files["frameworks"]["nodes"][0]["files"].as_array().context("files")?;
    let file = files.iter().find(|file| file["path"] == "requirements.toml").context("requirements")?;
    let source =
        file["source"].as_str().context("source")?.replace("nb = \"Forbilde\"", "nb = \"Er et forbilde\"");
    let more = r#"
[[requirement]]
key = "climate"
primary = ["context"]
secondary = []
responsibilities = ["context.whole_hospital", "context.deep_knowledge", "context.link_to_owner"]
title = { nb = "Tar ansvar for klimaet", nn = "Tek ansvar for klimaet", en = "Takes responsibility for the climate" }

[requirement.text]
nb = "Lederen tar hensyn til klima og miljø i driften."
nn = "Leiaren tek omsyn til klima og miljø i drifta."
en = "The leader takes climate and environment into account in running the unit."
"#;
    let publish = "mutation ($source: String!) { publishFramework(input: { dryRun: false,
        files: [{ path: \"requirements.toml\", source: $source }] }) {
        framework { version } errors { code message path } } }";
    varde.ask(&administrator, publish, json!({ "source": format!("{source}{more}") })).await?;
    let hr = varde.coordinator().await?;
    let renew = "mutation ($dry: Boolean!) { renewContracts(input: { dryRun: $dry }) { count errors { code message path } } }";
    let preview = varde.ask(&hr, renew, json!({ "dry": true })).await?["renewContracts"]["count"].take();
    let done = varde.ask(&hr, renew, json!({ "dry": false })).await?["renewContracts"]["count"].take();
    assert_eq!(preview, done, "what was previewed");
    Ok(done)
}

/// Takes in the mails since the last look, and counts them by subject.
fn counted(varde: &Harness, year: &mut Year) -> Result<BTreeMap<String, usize>> {
    let mails = varde.new_mails();
    year.read(&mails)?;
    Ok(by_subject(&mails))
}
