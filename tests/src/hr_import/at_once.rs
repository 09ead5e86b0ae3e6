//! Several processes with the same work in hand at the same moment.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use futures_util::future::try_join_all;
use serde_json::json;
use varde_app::{App, access::Coordinator, enrolments, hr_import::import_people, proposals};
use varde_model::{
    Locale,
    timers::{Timer, TimersOf},
};
use varde_persistence::{Engine, appointments, timers};
use varde_testkit::harness::{DECEMBER, Harness};

async fn processes(varde: &Harness) -> Result<Vec<App>> {
    let mut all = vec![varde.app.clone()];
    for seed in 100..103 {
        all.push(varde.another_process(seed).await?);
    }
    Ok(all)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_imported_by_four_at_once_changes_once_on_sqlite() -> Result<()> {
    a_file_imported_by_four_at_once_changes_once(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_imported_by_four_at_once_changes_once_on_postgresql() -> Result<()> {
    a_file_imported_by_four_at_once_changes_once(Engine::Postgres).await
}

async fn a_file_imported_by_four_at_once_changes_once(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let right = Coordinator::system(varde.org);
    let mut work = Vec::new();
    for app in processes(&varde).await? {
        let input = varde.import_input("hr-export-2026-12.csv", DECEMBER)?;
        work.push(tokio::spawn(async move {
            let ctx = app.context(Locale::Nb);
            Box::pin(import_people(&ctx, &right, input, &|_, _| {})).await
        }));
    }
    let mut changing = Vec::new();
    for report in try_join_all(work).await? {
        let report = report?;
        if !report.changes.is_empty() {
            changing.push(report);
        }
    }
    assert_eq!(changing.len(), 1, "the others find nothing to change");

    let mut standing: BTreeMap<_, usize> = BTreeMap::new();
    for led in appointments::all(varde.app.store(), varde.org).await? {
        *standing.entry((led.person, led.unit, led.since)).or_default() += 1;
    }
    assert!(standing.values().all(|count| *count == 1));
    assert_eq!(standing.len(), 129, "120, eight new ones and one who moved");
    for appointment in &changing[0].effects.new_appointments {
        let about = TimersOf::Appointment(*appointment);
        let welcome: Vec<Timer> = timers::list(varde.app.store(), varde.org, about).await?;
        assert_eq!(welcome.len(), 1, "{welcome:?}");
    }
    varde.move_to("2026-12-10T12:00:00Z".parse()?).await?;
    let mails = varde.new_mails();
    let welcomed: Vec<&str> =
        mails.iter().filter(|mail| mail.subject.starts_with("Velko")).map(|mail| mail.to.as_str()).collect();
    let once: BTreeSet<&str> = welcomed.iter().copied().collect();
    assert_eq!((welcomed.len(), once.len()), (8, 8), "{welcomed:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_new_leader_is_proposed_once_by_four_at_once_on_sqlite() -> Result<()> {
    each_new_leader_is_proposed_once_by_four_at_once(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn each_new_leader_is_proposed_once_by_four_at_once_on_postgresql() -> Result<()> {
    each_new_leader_is_proposed_once_by_four_at_once(Engine::Postgres).await
}

/// Two cohorts with room, so that whoever is proposed twice would find a place twice.
async fn each_new_leader_is_proposed_once_by_four_at_once(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    varde.import("hr-export-2026-12.csv", DECEMBER).await?;
    let hr = varde.coordinator().await?;
    let create =
        "mutation ($input: CreateCohortInput!) { createCohort(input: $input) { errors { message } } }";
    for (code, date) in [("A", "2027-01-13"), ("B", "2027-01-20")] {
        let input = json!({ "programme": "onboarding", "code": code, "title": code, "capacity": 6,
            "place": "Auditoriet", "gatherings": [{ "date": date }] });
        varde.ask(&hr, create, json!({ "input": input })).await?;
    }
    let right = Coordinator::system(varde.org);
    let work = processes(&varde).await?.into_iter().map(|app| {
        tokio::spawn(async move {
            Box::pin(proposals::propose_new_leaders(&app.context(Locale::Nb), &right, false)).await
        })
    });
    let mut proposed = 0;
    for count in try_join_all(work).await? {
        proposed += count?.leaders();
    }
    let mut people = Vec::new();
    for code in ["A", "B"] {
        let cohort = varde_app::cohorts::find_by_code(&varde.ctx(), &right, code).await?;
        let cohort = cohort.ok_or_else(|| anyhow::anyhow!("no cohort {code}"))?.id;
        let places = enrolments::of_cohort(&varde.ctx(), &right, cohort).await?;
        people.extend(places.into_iter().map(|place| place.person));
    }
    let once: BTreeSet<_> = people.iter().collect();
    assert!(proposed > 6, "{proposed}");
    assert_eq!((people.len(), once.len()), (proposed, proposed));
    Ok(())
}
