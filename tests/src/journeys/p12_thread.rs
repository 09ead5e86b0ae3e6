//! P12, the thread: from a low rating to what serves it, and from what was done back to the next check-in and to the programme.

use anyhow::{Context, Result};
use chrono::Duration;
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::{
    harness::{Harness, Mail},
    http::Http,
};

use super::{
    p01_onboarding::at,
    p12_check_in::{SECRET, Two, both_give, filled, opened, page, press, submit, two},
};
use crate::both::on_both;

on_both! {
    p12_the_thread_leads_from_a_low_rating_to_the_programme_and_back_to_the_next_check_in
}

const COHORT: &str = "mutation ($input: CreateCohortInput!) {
    createCohort(input: $input) { cohort { id gatherings { id startsAt } } errors { code message path } } }";

const PROGRAMME: &str = "new_leader_development";

/// A published cohort in the spring.
async fn cohort(varde: &Harness, hr: &Http) -> Result<Value> {
    let days = ["2027-02-23", "2027-02-24", "2027-03-09", "2027-03-10", "2027-04-13", "2027-04-14"];
    let input = json!({ "input": {
        "programme": PROGRAMME, "code": "LNL-1", "title": "Lederutvikling våren 2027", "capacity": 10,
        "place": "Fjordheim sykehus, Åsgata 1", "gatherings": days.map(|day| json!({ "date": day })),
    }});
    let created = varde.ask(hr, COHORT, input).await?["createCohort"]["cohort"].take();
    let publish = "mutation ($id: ID!) { publishCohort(input: { cohortId: $id }) { cohort { state } errors { code message } } }";
    let published = varde.ask(hr, publish, json!({ "id": created["id"] })).await?;
    assert_eq!(published["publishCohort"]["cohort"]["state"], "PUBLISHED", "{published}");
    Ok(created)
}

/// The mails that open a cycle to its leaders, by address.
fn links(mails: &[Mail]) -> Vec<(String, String)> {
    let opened = mails.iter().filter(|mail| mail.subject.starts_with("Lederkravsamtalen"));
    opened.filter_map(|mail| Some((mail.to.clone(), mail.link_to("/check-in/")?))).collect()
}

async fn give(varde: &Harness, path: &str, rating: &str) -> Result<()> {
    let shown = page(varde, path).await?;
    let (status, said) = submit(varde, path, &filled(&shown, "give", rating, "Et eksempel")).await?;
    assert_eq!(status, 303, "{said}");
    Ok(())
}

/// Five more go through the cohort: let in with a reason where the programme is not meant for them.
async fn five_more(varde: &Harness, hr: &Http, cohort: &Value, emails: &[String]) -> Result<()> {
    let ask = "{ checkInCycle(code: \"2027\") { checkIns(first: 100) { nodes { leader { email employeeNumber } } } } }";
    let held = varde.ask(hr, ask, json!({})).await?["checkInCycle"]["checkIns"]["nodes"].take();
    let held = held.as_array().context("check-ins")?;
    let number = |email: &String| {
        let found = held.iter().find(|one| one["leader"]["email"] == email.as_str());
        found.map(|one| one["leader"]["employeeNumber"].clone()).context("a leader")
    };
    let numbers = emails.iter().map(number).collect::<Result<Vec<Value>>>()?;
    let enrol = "mutation ($input: EnrolLeadersInput!) { enrolLeaders(input: $input) {
        enrolments { id } errors { code message path } } }";
    let input = json!({ "input": { "cohortId": cohort["id"], "employeeNumbers": numbers, "reason": "Ønsker fra klinikken" } });
    let enrolled = varde.ask(hr, enrol, input).await?["enrolLeaders"]["enrolments"].take();
    let place = "mutation ($id: ID!) { changeEnrolment(input: { enrolmentId: $id, change: ACCEPT_FOR }) {
        enrolment { state } errors { code message path } } }";
    for one in enrolled.as_array().context("places")? {
        let placed = varde.ask(hr, place, json!({ "id": one["id"] })).await?;
        assert_eq!(placed["changeEnrolment"]["enrolment"]["state"], "ENROLLED", "{placed}");
    }
    Ok(())
}

/// From what is low to the agreed action, the signatures and the place, all on the page.
async fn agreed_and_enrolled(varde: &Harness, two: &Two) -> Result<()> {
    both_give(varde, two).await?;
    let (leaders, managers) = (page(varde, &two.leader).await?, page(varde, &two.manager).await?);
    for shown in [&leaders, &managers] {
        assert!(shown.contains("Tar opp dette lederkravet: «"), "why: {shown}");
        assert!(shown.contains("Lederen kan delta."), "whether: {shown}");
        assert!(shown.contains("Lederutvikling våren 2027: 23. februar 2027"), "when: {shown}");
        assert!(shown.contains("5 ledige plasser"), "{shown}");
        assert!(shown.contains("Plassene gis etter nominasjon."), "the way of the others: {shown}");
    }
    let enrol = "value=\"enrol LNL-1\"";
    assert!(leaders.contains(enrol) && !managers.contains(enrol), "only the leader enrols");
    assert_eq!(press(varde, &two.manager, &[("act", "enrol LNL-1")]).await?, 409);

    let agree = [
        ("act", "agree"),
        ("programme", PROGRAMME),
        ("requirement", "role_model"),
        ("owner", "leader"),
        ("due_on", "2027-04-14"),
    ];
    assert_eq!(press(varde, &two.manager, &agree).await?, 303, "needs no own words");
    assert!(leaders.contains("Fra kompetanseplanen"), "the items of its domains: {leaders}");
    let item = |key| [("act", "agree"), ("plan_item", key), ("owner", "leader"), ("due_on", "2027-09-01")];
    assert_eq!(press(varde, &two.leader, &item("no_such_item")).await?, 409);
    assert_eq!(press(varde, &two.leader, &item("sick_leave")).await?, 303);
    let own = [("act", "agree"), ("action", SECRET), ("owner", "leader"), ("due_on", "2027-04-14")];
    assert_eq!(press(varde, &two.leader, &own).await?, 303);
    assert!(page(varde, &two.leader).await?.contains("Avtalt som tiltak."));
    assert_eq!(press(varde, &two.leader, &[("act", "meet"), ("met_on", "2027-01-11")]).await?, 303);
    for path in [&two.leader, &two.manager] {
        assert_eq!(press(varde, path, &[("act", "sign")]).await?, 303);
    }
    varde.run_due().await?;
    varde.new_mails();
    for _ in 0..2 {
        assert_eq!(press(varde, &two.leader, &[("act", "enrol LNL-1")]).await?, 303);
    }
    varde.run_due().await?;
    let confirmed: Vec<Mail> =
        varde.new_mails().into_iter().filter(|mail| mail.to == two.leader_mail).collect();
    assert!(
        confirmed.iter().any(|mail| mail.subject.contains("Lederutvikling våren 2027")),
        "{confirmed:#?}"
    );
    let shown = page(varde, &two.leader).await?;
    assert!(!shown.contains(enrol) && shown.contains("Lederen står i programmet"), "{shown}");
    Ok(())
}

/// Everybody comes to every gathering; the owner is reminded before the date of the action and after it.
async fn through_the_cohort(varde: &Harness, two: &Two, cohort: &Value) -> Result<()> {
    let mut reminders = Vec::new();
    let mut note = |mails: Vec<Mail>| {
        reminders.extend(mails.into_iter().filter(|mail| mail.subject.contains("avtalt tiltak")));
    };
    for gathering in cohort["gatherings"].as_array().context("gatherings")? {
        let begins = at(gathering["startsAt"].as_str().context("startsAt")?);
        varde.move_to(begins + Duration::hours(8)).await?;
        note(varde.new_mails());
        let hr = varde.coordinator().await?;
        let record = "mutation ($id: ID!) { recordAttendance(input: { gatheringId: $id, records: [], everyoneElse: PRESENT }) {
            records { presence } errors { code message path } } }";
        varde.ask(&hr, record, json!({ "id": gathering["id"] })).await?;
    }
    let hr = varde.coordinator().await?;
    let complete = "mutation ($id: ID!) { completeCohort(input: { cohortId: $id }) { cohort { state } errors { code message } } }";
    let completed = varde.ask(&hr, complete, json!({ "id": cohort["id"] })).await?;
    assert_eq!(completed["completeCohort"]["cohort"]["state"], "COMPLETED", "{completed}");
    varde.move_to(at("2027-04-16T12:00:00Z")).await?;
    note(varde.new_mails());
    let subjects: Vec<&str> = reminders.iter().map(|mail| mail.subject.as_str()).collect();
    assert_eq!(subjects, ["Et avtalt tiltak har snart frist", "Fristen er ute for et avtalt tiltak"]);
    for mail in &reminders {
        assert_eq!(mail.to, two.leader_mail);
        assert!(mail.text.contains("et tiltak avtalt med ") && !mail.text.contains(SECRET), "{}", mail.text);
        assert_eq!(mail.link_to("/check-in/").as_ref(), Some(&two.leader));
    }
    // One way of telling how they go: on the page.
    let shown = page(varde, &two.leader).await?;
    let ids = shown
        .split("value=\"set ")
        .skip(1)
        .filter(|rest| rest.split(' ').nth(1).is_some_and(|state| state.starts_with("done")));
    let ids: Vec<String> = ids.filter_map(|rest| rest.split(' ').next()).map(str::to_owned).collect();
    assert_eq!(ids.len(), 3);
    for id in ids {
        assert_eq!(press(varde, &two.leader, &[("act", &format!("set {id} done"))]).await?, 303);
    }
    Ok(())
}

/// The cycle of the next year, opened.
async fn next_year(varde: &Harness) -> Result<Vec<Mail>> {
    let hr = varde.coordinator().await?;
    for ask in [
        "mutation { createCheckInCycle(input: { code: \"2028\", opensOn: \"2028-01-10\", dueOn: \"2028-03-31\",
            closesOn: \"2028-04-28\" }) { checkInCycle { state } errors { code message path } } }",
        "mutation { scheduleCheckInCycle(input: { cycleCode: \"2028\" }) {
            checkInCycle { state } errors { code message path } } }",
    ] {
        varde.ask(&hr, ask, json!({})).await?;
    }
    varde.move_to(at("2028-01-10T09:30:00Z")).await?;
    Ok(varde.new_mails())
}

async fn evidence(varde: &Harness, link: &str, number: &str) -> Result<()> {
    let shown = page(varde, link).await?;
    for told in [
        "Gjort siden samtalen 2027:",
        "fullførte programmet «",
        "deltok på samlingen «",
        "Avtalt tiltak: Lederutvikling",
        "(gjennomført)",
    ] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    assert!(shown.contains(SECRET), "both held the last check-in too");

    let leader = varde.sign_in_person(number).await?;
    let ask = "{ myCheckIns { checkInId cycleCode party } }";
    let mine = varde.ask(&leader, ask, json!({})).await?["myCheckIns"].take();
    let mine = mine.as_array().context("mine")?;
    let id = |cycle: &str| {
        let own = mine.iter().find(|one| one["cycleCode"] == cycle && one["party"] == "LEADER");
        own.map(|one| one["checkInId"].clone()).context("a check-in")
    };
    let ask = "query ($id: ID!) { myCheckIn(id: $id) { thread { requirement } evidence { since lastCycleCode
        done { requirement kind on title programmeTitle } actions { text leadsTo programmeKey state } } } }";
    let seen = varde.ask(&leader, ask, json!({ "id": id("2028")? })).await?["myCheckIn"].take();
    assert_eq!(seen["thread"], json!([]), "not before both have given their views");
    let evidence = &seen["evidence"];
    assert_eq!((&evidence["since"], &evidence["lastCycleCode"]), (&json!("2027-01-11"), &json!("2027")));
    let done = evidence["done"].as_array().context("done")?;
    let of = |kind: &str| done.iter().any(|one| one["requirement"] == "role_model" && one["kind"] == kind);
    assert!(of("ATTENDED") && of("COMPLETED"), "{evidence}");
    assert_eq!(evidence["actions"][0]["state"], "DONE");
    let before = varde.ask(&leader, ask, json!({ "id": id("2027")? })).await?["myCheckIn"].take();
    assert_eq!(before["evidence"]["done"], json!([]), "what is signed stays as it was");
    Ok(())
}

async fn p12_the_thread_leads_from_a_low_rating_to_the_programme_and_back_to_the_next_check_in(
    engine: Engine,
) -> Result<()> {
    let (varde, hr, mails) = opened(engine).await?;
    let two = two(&mails)?;
    let cohort = cohort(&varde, &hr).await?;
    let others: Vec<(String, String)> =
        links(&mails).into_iter().filter(|(email, _)| *email != two.leader_mail).take(5).collect();
    for (_, link) in &others {
        give(&varde, link, "on_the_way").await?;
    }
    let emails: Vec<String> = others.into_iter().map(|(email, _)| email).collect();
    five_more(&varde, &hr, &cohort, &emails).await?;
    agreed_and_enrolled(&varde, &two).await?;
    through_the_cohort(&varde, &two, &cohort).await?;

    let serves = "{ programmeServes(programme: \"new_leader_development\") {
        modules { title requirements { key directness } }
        movements { fromCycleCode toCycleCode people requirements { requirement meanBefore meanAfter } } } }";
    let mails = next_year(&varde).await?;
    let hr = varde.coordinator().await?;
    let early = varde.ask(&hr, serves, json!({})).await?["programmeServes"].take();
    assert_eq!(early["movements"], json!([]), "not before both years are closed");
    let again = links(&mails);
    let own = again.iter().find(|(email, _)| *email == two.leader_mail).context("the next year's page")?;
    let held = "{ checkInCycle(code: \"2028\") { checkIns(first: 100) { nodes { leader { email employeeNumber } } } } }";
    let held = varde.ask(&hr, held, json!({})).await?["checkInCycle"]["checkIns"]["nodes"].take();
    let found = held.as_array().context("held")?.iter().find(|one| one["leader"]["email"] == own.0.as_str());
    let number = found.and_then(|one| one["leader"]["employeeNumber"].as_str()).context("a number")?;
    evidence(&varde, &own.1, number).await?;

    for (_, link) in again.iter().filter(|(email, _)| *email == two.leader_mail || emails.contains(email)) {
        give(&varde, link, "in_place").await?;
    }
    varde.move_to(at("2028-04-29T12:00:00Z")).await?;
    let hr = varde.coordinator().await?;
    let told = varde.ask(&hr, serves, json!({})).await?["programmeServes"].take();
    let movement = &told["movements"][0];
    assert_eq!((&movement["fromCycleCode"], &movement["people"]), (&json!("2027"), &json!(6)), "{told}");
    // Five on the way and one in place before, all in place after.
    let of = |key: &str| {
        let all = movement["requirements"].as_array().into_iter().flatten();
        all.clone().find(|one| one["requirement"] == key).cloned().unwrap_or_default()
    };
    let one = of("role_model");
    assert_eq!((&one["meanBefore"], &one["meanAfter"]), (&json!(2.2), &json!(3.0)), "{told}");
    assert_eq!(told["modules"].as_array().map(Vec::len), Some(3), "{told}");
    Ok(())
}
