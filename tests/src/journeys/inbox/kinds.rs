//! Each kind of item arises from what people do, and the act that is proposed takes it away.

use anyhow::{Context, Result};
use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;
use varde_app::queue::{self, Ending, Lease};
use varde_model::delivery::MailError;
use varde_persistence::Engine;
use varde_testkit::{
    harness::{DECEMBER, Harness},
    http::Http,
};

use super::{carry_out, one, open, with};
use crate::{
    both::on_both,
    library::{library, over},
};

on_both! {
    planning_a_cohort_until_nothing_needs_a_hand
    running_a_cohort_until_nothing_needs_a_hand
    a_cohort_in_which_nobody_has_a_place_is_called_off
}

/// Runs an operation of the library that nobody has proposed.
async fn run(varde: &Harness, client: &Http, name: &str, input: Value) -> Result<Value> {
    let operation = library()?.remove(name).with_context(|| name.to_owned())?;
    let input = json!({ "input": input });
    let data = varde.ask(client, &operation.document, input).await.with_context(|| name.to_owned())?;
    Ok(data[operation.field()].clone())
}

async fn at(varde: &Harness, moment: &str) -> Result<Http> {
    varde.move_to(moment.parse()?).await?;
    varde.coordinator().await
}

fn days(days: &[&str]) -> Value {
    days.iter().map(|day| json!({ "date": day })).collect()
}

/// The file of December with more rows: that of 11093, a leader from 1 December, for other people.
fn with_more(people: &[(&str, &str, &str)]) -> Result<&'static [u8]> {
    let mut file = String::from_utf8(DECEMBER.to_vec())?.trim_end().to_owned();
    let line = file.lines().find(|line| line.starts_with("11093;")).context("line")?.to_owned();
    for (number, name, last_day) in people {
        let mut row: Vec<&str> = line.split(';').collect();
        let email = format!("{}@fjordheim.example", name.to_lowercase());
        for (index, cell) in
            [(0, *number), (1, *name), (2, "Vikar"), (3, &email), (15, "01.12.2026"), (16, *last_day)]
        {
            *row.get_mut(index).context("cell")? = cell;
        }
        file = format!("{file}\r\n{}", row.join(";"));
    }
    Ok(Box::leak(format!("{file}\r\n").into_bytes().into_boxed_slice()))
}

async fn planning_a_cohort_until_nothing_needs_a_hand(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;

    // Two programmes are for new leaders, and nothing is planned.
    let mut waiting = with(&varde, &hr, "NO_COHORT").await?;
    waiting.sort_by_key(|item| item["text"].to_string());
    assert_eq!(waiting.len(), 2, "{waiting:#?}");
    assert_eq!(
        waiting[0]["text"],
        "16 ledere er i målgruppen for Lederutvikling for nye ledere, men ingen kull er planlagt."
    );
    let spring = json!({ "input": {
        "code": "NYL-2027-V", "title": "Nye ledere våren 2027", "capacity": 3, "place": "Åsgata 1",
        "gatherings": days(&["2027-01-13", "2027-02-03", "2027-03-03", "2027-04-07"]),
    } });
    carry_out(&varde, &hr, &waiting[1], spring).await?;
    let full = one(&varde, &hr, "NO_ROOM").await?;
    assert_eq!(
        full["text"],
        "25 ledere i målgruppen for Introduksjonsprogram for nye ledere får ikke plass i de planlagte kullene."
    );
    let autumn = json!({ "input": {
        "code": "NYL-2027-H", "title": "Nye ledere høsten 2027", "capacity": 60, "place": "Åsgata 1",
        "gatherings": days(&["2027-01-14", "2027-02-04"]),
    } });
    carry_out(&varde, &hr, &full, autumn).await?;
    let development = json!({ "input": {
        "code": "LU-1", "title": "Lederutvikling", "capacity": 40, "place": "Åsgata 1",
        "gatherings": days(&["2027-05-03", "2027-05-04", "2027-06-01", "2027-06-02", "2027-09-01", "2027-09-02"]),
    } });
    carry_out(&varde, &hr, &waiting[0], development).await?;

    // The director's line manager stands outside the tree.
    let director = one(&varde, &hr, "NO_LINE_MANAGER").await?;
    assert_eq!(director["text"], "Jenny Holm har ingen nærmeste leder.");
    let chair =
        json!({ "input": { "outsideName": "Inger Styreleder", "outsideEmail": "styret@fjordheim.example" } });
    carry_out(&varde, &hr, &director, chair).await?;

    // Somebody is missing from the next file.
    varde.import("hr-export-2026-12.csv", DECEMBER).await?;
    let missing = one(&varde, &hr, "MISSING_FROM_FILE").await?;
    assert_eq!(missing["person"]["displayName"], "Solveig Madsen");
    carry_out(&varde, &hr, &missing, json!({ "input": { "lastDay": "2026-11-20" } })).await?;
    assert_eq!(open(&varde, &hr).await?, Vec::<Value>::new(), "nothing needs a hand");

    // The trust closes a day, a gathering comes to lie on a holiday, and another on top of the third.
    run(&varde, &hr, "close-a-day", json!({ "day": "2027-02-03", "name": "Flyttedag" })).await?;
    let closed = one(&varde, &hr, "CLOSED_DAY").await?;
    assert!(closed["text"].as_str().is_some_and(|text| text.contains("(Flyttedag)")), "{closed}");
    assert_eq!(closed["cohort"]["code"], "NYL-2027-V");
    carry_out(&varde, &hr, &closed, json!({ "input": { "date": "2027-02-02" } })).await?;
    let found = library()?.remove("find-a-cohort").context("find-a-cohort")?;
    let cohort = varde.ask(&hr, &found.document, json!({ "code": "NYL-2027-V" })).await?;
    let last = &cohort["cohort"]["gatherings"][3]["id"];
    run(&varde, &hr, "move-a-gathering", json!({ "gatheringId": last, "date": "2027-03-25" })).await?;
    let holiday = one(&varde, &hr, "PUBLIC_HOLIDAY").await?;
    assert!(holiday["text"].as_str().is_some_and(|text| text.contains("skjærtorsdag")), "{holiday}");
    carry_out(&varde, &hr, &holiday, json!({ "input": { "date": "2027-03-03" } })).await?;
    let overlap = one(&varde, &hr, "OVERLAP").await?;
    carry_out(&varde, &hr, &overlap, json!({ "input": { "date": "2027-04-07" } })).await?;
    assert_eq!(open(&varde, &hr).await?, Vec::<Value>::new());

    // Time passes: the drafts have to be published, or were forgotten.
    let hr = at(&varde, "2026-12-22T08:00:00Z").await?;
    let mut drafts = with(&varde, &hr, "PUBLISH_NOW").await?;
    assert_eq!(drafts.len(), 2, "{drafts:#?}");
    drafts.sort_by_key(|item| item["cohort"]["code"].to_string());
    assert_eq!(drafts[1]["dueAt"], "2026-12-27T08:00:00+00:00");
    carry_out(&varde, &hr, &drafts[1], Value::Null).await?;
    let hr = at(&varde, "2027-01-14T12:00:00Z").await?;
    let forgotten = one(&varde, &hr, "DRAFT_IN_THE_PAST").await?;
    assert_eq!(forgotten["cohort"]["code"], "NYL-2027-H");
    carry_out(&varde, &hr, &forgotten, json!({ "input": { "reason": "Slått sammen med vårens kull" } }))
        .await?;
    Ok(())
}

/// A published cohort of the fictional trust with so many seats.
async fn published(varde: &Harness, hr: &Http, seats: u32) -> Result<()> {
    let spring = json!({
        "programme": "onboarding", "code": "NYL-2027-V", "title": "Nye ledere våren 2027", "capacity": seats,
        "place": "Åsgata 1", "gatherings": days(&["2027-01-13", "2027-02-03"]),
    });
    run(varde, hr, "open-a-cohort", spring).await?;
    varde.import("hr-export-2026-12.csv", DECEMBER).await?;
    run(varde, hr, "publish-a-cohort", json!({ "cohortCode": "NYL-2027-V" })).await?;
    Ok(())
}

/// Those in a cohort who are in a state, as `enrolmentId`s by name.
async fn places(varde: &Harness, hr: &Http, state: &str) -> Result<Vec<Value>> {
    let roster = library()?.remove("see-the-roster").context("see-the-roster")?;
    let roster = varde.ask(hr, &roster.document, json!({ "code": "NYL-2027-V" })).await?;
    let members = roster["cohortRoster"]["members"].as_array().context("members")?;
    let mut found: Vec<&Value> = members.iter().filter(|member| member["state"] == state).collect();
    found.sort_by_key(|member| member["person"]["email"].to_string());
    Ok(found.into_iter().map(|member| member["enrolmentId"].clone()).collect())
}

async fn change(varde: &Harness, hr: &Http, place: &Value, change: &str) -> Result<()> {
    let input = json!({ "enrolmentId": place, "change": change, "reason": "avtalt" });
    run(varde, hr, "take-a-leader-out", input).await?;
    Ok(())
}

async fn running_a_cohort_until_nothing_needs_a_hand(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    published(&varde, &hr, 4).await?;
    mail_that_does_not_arrive(&varde, &hr).await?;
    whoever_comes_late(&varde, &hr).await?;
    let hr = answers(&varde).await?;
    who_runs_it(&varde, &hr).await?;

    // Somebody with a seat leaves before the last day.
    run(&varde, &hr, "edit-a-cohort", json!({ "cohortCode": "NYL-2027-V", "capacity": 60 })).await?;
    let leaves = with_more(&[("99001", "Tora", "29.01.2027"), ("99002", "Arve", "")])?;
    varde.import("hr-export-2026-12.csv", leaves).await?;
    let leaver = one(&varde, &hr, "LEAVER_WITH_PLACE").await?;
    assert_eq!(
        leaver["text"],
        "Tora Vikar har plass i NYL-2027-V, men slutter 29. januar 2027, før kullet er ferdig."
    );
    carry_out(&varde, &hr, &leaver, Value::Null).await?;

    // Proposed, and the cut-off passes; the rooms are not known.
    let hr = at(&varde, "2027-01-11T12:00:00Z").await?;
    let late = with(&varde, &hr, "TOO_LATE_TO_INVITE").await?;
    assert!(late.iter().any(|item| item["person"]["displayName"] == "Arve Vikar"), "{late:#?}");
    for item in &late {
        carry_out(&varde, &hr, item, Value::Null).await?;
    }
    run(&varde, &hr, "edit-a-cohort", json!({ "cohortCode": "NYL-2027-V", "place": "" })).await?;
    let nowhere = one(&varde, &hr, "NO_PLACE").await?;
    carry_out(&varde, &hr, &nowhere, json!({ "input": { "room": "Auditoriet" } })).await?;

    // After each day attendance is recorded, and after the last one the cohort is closed.
    let hr = at(&varde, "2027-01-13T16:00:00Z").await?;
    let first = one(&varde, &hr, "ATTENDANCE_MISSING").await?;
    assert!(first["text"].as_str().is_some_and(|text| text.starts_with("Oppmøte mangler for ")), "{first}");
    carry_out(&varde, &hr, &first, json!({})).await?;
    let hr = at(&varde, "2027-02-03T16:00:00Z").await?;
    carry_out(&varde, &hr, &one(&varde, &hr, "ATTENDANCE_MISSING").await?, json!({})).await?;
    carry_out(&varde, &hr, &one(&varde, &hr, "NOT_CLOSED").await?, Value::Null).await?;
    let left = open(&varde, &hr).await?;
    assert!(left.iter().all(|item| item["cohort"].is_null()), "{left:#?}");
    Ok(())
}

async fn a_cohort_in_which_nobody_has_a_place_is_called_off(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let nobody = json!({
        "programme": "mobilisation", "code": "MOB-1", "title": "Våren 2027", "place": "Åsgata 1",
        "gatherings": days(&["2027-01-13"]),
    });
    run(&varde, &hr, "open-a-cohort", nobody).await?;
    run(&varde, &hr, "publish-a-cohort", json!({ "cohortCode": "MOB-1" })).await?;
    let hr = at(&varde, "2027-01-13T16:00:00Z").await?;
    let empty = one(&varde, &hr, "NOBODY_CAME").await?;
    assert_eq!(empty["kind"], "NOT_CLOSED");
    carry_out(&varde, &hr, &empty, json!({ "input": { "reason": "Ingen påmeldte", "dryRun": false } }))
        .await?;
    Ok(())
}

/// A mail is refused for good, and one is lost from sight.
async fn mail_that_does_not_arrive(varde: &Harness, hr: &Http) -> Result<()> {
    let ctx = varde.ctx();
    let lease = Lease { worker: Uuid::from_u128(1), until: ctx.now + TimeDelta::minutes(5) };
    let ids: Vec<_> = queue::claim_mail(&ctx, 2, lease).await?.iter().map(|row| row.id).collect();
    queue::hand_over(&ctx, &ids, lease).await?;
    let refused = MailError { code: "smtp_550".to_owned(), text: "no such mailbox".to_owned() };
    queue::end(&ctx, &ids[..1], lease.worker, &Ending::Failed(refused), true).await?;
    let unsure = MailError { code: "unknown".to_owned(), text: "fell silent".to_owned() };
    queue::end(&ctx, &ids[1..], lease.worker, &Ending::Unknown(unsure), true).await?;
    for reason in ["MAIL_FAILED", "MAIL_UNKNOWN"] {
        let item = one(varde, hr, reason).await?;
        assert_eq!(item["proposedAct"]["variables"]["input"]["mailIds"], json!([item["subjectId"]]));
        carry_out(varde, hr, &item, Value::Null).await?;
    }
    varde.run_due().await?;
    Ok(())
}

/// New leaders of a later file are proposed for the cohort that is out; nobody has invited them.
async fn whoever_comes_late(varde: &Harness, hr: &Http) -> Result<()> {
    run(varde, hr, "edit-a-cohort", json!({ "cohortCode": "NYL-2027-V", "capacity": 60 })).await?;
    varde.import("hr-export-2026-12.csv", with_more(&[("99001", "Tora", "")])?).await?;
    let proposed = with(varde, hr, "NOT_INVITED").await?;
    let tora = proposed.iter().find(|item| item["person"]["displayName"] == "Tora Vikar").context("Tora")?;
    assert_eq!(
        tora["text"],
        "Tora Vikar er foreslått for NYL-2027-V, som er publisert, men er ikke invitert."
    );
    for item in &proposed {
        carry_out(varde, hr, item, Value::Null).await?;
    }
    varde.run_due().await?;
    Ok(())
}

/// Some answer on the telephone, one waits and is offered a seat, one gets a seat past the line.
async fn answers(varde: &Harness) -> Result<Http> {
    let hr = at(varde, "2026-12-04T08:00:00Z").await?;
    let lapsing = with(varde, &hr, "INVITATION_LAPSES").await?;
    assert!(lapsing.len() > 4, "{lapsing:#?}");
    for item in lapsing.iter().take(2) {
        carry_out(varde, &hr, item, json!({})).await?;
    }
    run(varde, &hr, "edit-a-cohort", json!({ "cohortCode": "NYL-2027-V", "capacity": 2 })).await?;
    for place in places(varde, &hr, "INVITED").await?.iter().take(2) {
        change(varde, &hr, place, "ACCEPT_FOR").await?;
    }
    let (seats, line) = (places(varde, &hr, "ENROLLED").await?, places(varde, &hr, "WAITING").await?);
    assert_eq!((seats.len(), line.len()), (2, 2));
    change(varde, &hr, &seats[0], "WITHDRAW").await?;
    let offer = one(varde, &hr, "OFFER_LAPSES").await?;
    carry_out(varde, &hr, &offer, json!({})).await?;
    for place in places(varde, &hr, "WAITING").await? {
        change(varde, &hr, &place, "PLACE_PAST_THE_LINE").await?;
    }
    let over_full = one(varde, &hr, "OVER_CAPACITY").await?;
    assert_eq!(over_full["text"], "NYL-2027-V har 3 opptatte plasser, men kapasiteten er 2.");
    carry_out(varde, &hr, &over_full, Value::Null).await?;
    Ok(hr)
}

/// One of two who run it cannot sign in any more.
async fn who_runs_it(varde: &Harness, hr: &Http) -> Result<()> {
    let admin = varde.sign_in("administrator@fjordheim.example").await?;
    let example = library()?.remove("create-an-account").context("create-an-account")?;
    let new = run(varde, &admin, "create-an-account", example.variables["input"].clone()).await?;
    let own = varde.ask(hr, "{ viewer { id } }", json!({})).await?["viewer"]["id"].take();
    let both = json!({ "cohortCode": "NYL-2027-V", "coordinators": [own, new["account"]["id"]] });
    run(varde, hr, "edit-a-cohort", both).await?;
    run(varde, &admin, "close-an-account", json!({ "accountId": new["account"]["id"] })).await?;
    let closed = one(varde, hr, "LEAVER_RUNS_COHORT").await?;
    let remains = over(&closed["proposedAct"]["variables"], json!({}));
    assert_eq!(remains["input"]["coordinators"], json!([own]));
    carry_out(varde, hr, &closed, json!({})).await?;
    Ok(())
}
