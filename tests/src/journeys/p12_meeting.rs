//! P12: the meeting of the two in both calendars, and the whole check-in as a document.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::{
    harness::{Harness, Mail, NOVEMBER},
    http::Http,
};

use super::{
    changes::calendar,
    p01_onboarding::at,
    p12_check_in::{SECRET, Two, both_give, field, opened, page, press, two},
};
use crate::both::on_both;

on_both! {
    p12_the_two_are_invited_to_their_meeting_it_moves_and_is_called_off_in_both_calendars
    p12_a_new_line_manager_is_invited_and_a_leader_who_leaves_frees_the_calendar
    p12_the_document_is_for_either_of_the_two_and_nobody_else
    p12_the_profile_lays_the_years_over_one_another_for_those_who_may_see_them
}

/// The form that plans a meeting.
fn plan<'a>(on: &'a str, time: &'a str, place: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("act", "plan"),
        ("meeting_on", on),
        ("meeting_at", time),
        ("minutes", "90"),
        ("place", place),
        ("link", "https://moter.fjordheim.example/rom?a=1&b=2"),
    ]
}

/// The calendar entries that went out since, by address: method, sequence and mail.
fn invited(varde: &Harness) -> Vec<(String, String, u32, Mail)> {
    let told = varde.new_mails().into_iter().filter(|mail| mail.calendar.is_some());
    let told = told.map(|mail| {
        let sequence = calendar(&mail, "SEQUENCE").parse().unwrap_or_default();
        (mail.to.clone(), calendar(&mail, "METHOD"), sequence, mail)
    });
    let mut told: Vec<_> = told.collect();
    told.sort_by(|one, other| (&one.0, one.2).cmp(&(&other.0, other.2)));
    told
}

async fn p12_the_two_are_invited_to_their_meeting_it_moves_and_is_called_off_in_both_calendars(
    engine: Engine,
) -> Result<()> {
    let (varde, _, mails) = opened(engine).await?;
    let two = two(&mails)?;
    // Before either has given a view: the time is set aside early.
    assert_eq!(press(&varde, &two.leader, &plan("2027-02-11", "10:00", "Møterom 3, bygg A")).await?, 303);
    assert_eq!(press(&varde, &two.manager, &plan("2027-02-11", "10:00", "Møterom 3, bygg A")).await?, 303);
    varde.run_due().await?;
    let first = invited(&varde);
    assert_eq!(first.len(), 2, "the same once more is no news: {first:?}");
    for (_, method, sequence, mail) in &first {
        assert_eq!((method.as_str(), *sequence), ("REQUEST", 0));
        assert_eq!(calendar(mail, "DTSTART"), "20270211T100000");
        assert_eq!(calendar(mail, "DTEND"), "20270211T113000");
        assert_eq!(calendar(mail, "LOCATION"), "Møterom 3\\, bygg A");
        let entry = mail.calendar.clone().unwrap_or_default().replace("\r\n ", "");
        ensure!(!entry.contains("/check-in/"), "a calendar is shown to others: {entry}");
        ensure!(mail.link_to("/check-in/").is_some(), "the mail leads to the page");
    }
    let uid = |told: &[(String, String, u32, Mail)]| {
        told.iter().map(|one| calendar(&one.3, "UID")).collect::<Vec<_>>()
    };
    let entries = uid(&first);
    ensure!(entries[0] != entries[1]);

    // What cannot be is refused, and nothing that was typed is lost.
    for (on, time) in [("2027-01-10", "10:00"), ("2027-05-01", "10:00"), ("", "10:00")] {
        assert_eq!(press(&varde, &two.leader, &plan(on, time, "Et annet sted")).await?, 409, "{on}");
    }
    let mut wrong = plan("2027-02-11", "10:00", "Et sted");
    wrong[5].1 = "javascript:alert(1)";
    assert_eq!(press(&varde, &two.leader, &wrong).await?, 409);
    let refused = varde.http.submit(&two.leader, &wrong).await?.text().await?;
    ensure!(refused.contains("value=\"Et sted\"") && refused.contains("meeting-error"), "{refused}");

    // Moved twice before anything is sent, it is told once; on the last day of the year it is still taken.
    assert_eq!(press(&varde, &two.manager, &plan("2027-02-12", "12:00", "Kontoret")).await?, 303);
    assert_eq!(press(&varde, &two.manager, &plan("2027-04-30", "09:00", "Kontoret")).await?, 303);
    varde.run_due().await?;
    let moved = invited(&varde);
    assert_eq!(moved.iter().map(|one| (one.1.as_str(), one.2)).collect::<Vec<_>>(), [("REQUEST", 2); 2]);
    assert_eq!(uid(&moved), entries, "the same entries");
    ensure!(page(&varde, &two.leader).await?.contains("Kontoret"));

    assert_eq!(press(&varde, &two.leader, &[("act", "call-off")]).await?, 303);
    assert_eq!(press(&varde, &two.leader, &[("act", "call-off")]).await?, 409, "there is none any more");
    varde.run_due().await?;
    let off = invited(&varde);
    assert_eq!(off.iter().map(|one| (one.1.as_str(), one.2)).collect::<Vec<_>>(), [("CANCEL", 3); 2]);
    assert_eq!(uid(&off), entries);

    // Planned and called off before anybody was told: nobody hears of it.
    assert_eq!(press(&varde, &two.leader, &plan("2027-02-01", "10:00", "")).await?, 303);
    assert_eq!(press(&varde, &two.manager, &[("act", "call-off")]).await?, 303);
    varde.run_due().await?;
    let heard = invited(&varde);
    ensure!(heard.is_empty(), "{heard:?}");

    // Once it is over, its day is proposed as the one on which they met.
    assert_eq!(press(&varde, &two.leader, &plan("2027-02-01", "10:00", "")).await?, 303);
    varde.run_due().await?;
    varde.new_mails();
    both_give(&varde, &two).await?;
    ensure!(field_of_day(&page(&varde, &two.leader).await?).is_empty(), "not before it is over");
    varde.move_to(at("2027-02-02T08:00:00Z")).await?;
    assert_eq!(field_of_day(&page(&varde, &two.leader).await?), "2027-02-01");
    Ok(())
}

/// The day that the form of the meeting held proposes.
fn field_of_day(page: &str) -> &str {
    let rest = page.split("name=\"met_on\"").nth(1).unwrap_or_default();
    let rest = rest.split('>').next().unwrap_or_default();
    rest.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default()
}

/// The employee number and the id of the check-in of a leader.
async fn number(varde: &Harness, hr: &Http, two: &Two) -> Result<(String, Value)> {
    let mut after = Value::Null;
    loop {
        let ask =
            "query ($after: String) { checkInCycle(code: \"2027\") { checkIns(first: 100, after: $after) {
            nodes { id leader { email employeeNumber } } pageInfo { hasNextPage endCursor } } } }";
        let found = varde.ask(hr, ask, json!({ "after": after })).await?["checkInCycle"]["checkIns"].take();
        let nodes = found["nodes"].as_array().context("check-ins")?;
        if let Some(own) = nodes.iter().find(|one| one["leader"]["email"] == two.leader_mail.as_str()) {
            let number = own["leader"]["employeeNumber"].as_str().context("a number")?;
            return Ok((number.to_owned(), own["id"].clone()));
        }
        ensure!(found["pageInfo"]["hasNextPage"] == true, "{} holds none", two.leader_mail);
        after = found["pageInfo"]["endCursor"].clone();
    }
}

/// Names the director as the line manager of a leader, from tomorrow, and lets the morning come.
async fn hand_on(varde: &Harness, hr: &Http, leader: &str) -> Result<()> {
    let name = "mutation ($leader: String!) { setLineManagerOverride(input: { employeeNumber: $leader,
        from: \"2027-01-12\", managerEmployeeNumber: \"10005\" }) { errors { code message path } } }";
    varde.ask(hr, name, json!({ "leader": leader })).await?;
    varde.move_to(at("2027-01-12T08:30:00Z")).await?;
    Ok(())
}

async fn p12_a_new_line_manager_is_invited_and_a_leader_who_leaves_frees_the_calendar(
    engine: Engine,
) -> Result<()> {
    let (varde, hr, mails) = opened(engine).await?;
    let two = two(&mails)?;
    let (leader, _) = number(&varde, &hr, &two).await?;
    assert_eq!(press(&varde, &two.leader, &plan("2027-02-11", "10:00", "Kontoret")).await?, 303);
    varde.run_due().await?;
    let first = invited(&varde);
    let former = first.iter().find(|one| one.0 != two.leader_mail).context("the line manager")?;

    hand_on(&varde, &hr, &leader).await?;
    let told = invited(&varde);
    let of = |address: &str| told.iter().find(|one| one.0 == address).map(|one| (one.1.as_str(), one.2));
    assert_eq!(told.len(), 3, "{told:?}");
    assert_eq!(of(&former.0), Some(("CANCEL", 1)), "the former one's calendar is free");
    assert_eq!(of(&two.leader_mail), Some(("REQUEST", 1)), "the leader's says with whom");
    let new = told.iter().find(|one| one.0 != former.0 && one.0 != two.leader_mail).context("a new one")?;
    assert_eq!((new.1.as_str(), new.2), ("REQUEST", 1));
    let freed = told.iter().find(|one| one.0 == former.0).context("freed")?;
    assert_eq!(calendar(&freed.3, "UID"), calendar(&former.3, "UID"));
    ensure!(freed.3.link_to("/check-in/").is_none(), "and nothing leads to the check-in any more");

    let file = String::from_utf8(NOVEMBER.to_vec())?;
    let leaves = |line: &str| {
        let mut row: Vec<&str> = line.split(';').collect();
        if leader == row[0] {
            row[16] = "12.01.2027";
        }
        row.join(";")
    };
    let file = file.lines().map(leaves).collect::<Vec<_>>().join("\r\n") + "\r\n";
    varde.import("hr.csv", Box::leak(file.into_bytes().into_boxed_slice())).await?;
    varde.move_to(at("2027-01-13T08:30:00Z")).await?;
    let told = invited(&varde);
    let cancelled: Vec<_> = told.iter().map(|one| (one.0.as_str(), one.1.as_str(), one.2)).collect();
    ensure!(cancelled.contains(&(new.0.as_str(), "CANCEL", 2)), "{cancelled:?}");
    ensure!(cancelled.iter().all(|one| one.1 == "CANCEL"), "{cancelled:?}");
    Ok(())
}

async fn p12_the_document_is_for_either_of_the_two_and_nobody_else(engine: Engine) -> Result<()> {
    let (varde, hr, mails) = opened(engine).await?;
    let two = two(&mails)?;
    let (leader, id) = number(&varde, &hr, &two).await?;
    both_give(&varde, &two).await?;
    let agree = [
        ("act", "agree"),
        ("action", "Hospitere på intensiv"),
        ("owner", "leader"),
        ("due_on", "2027-06-01"),
        ("requirement", "develops_people"),
    ];
    assert_eq!(press(&varde, &two.manager, &agree).await?, 303);
    assert_eq!(press(&varde, &two.leader, &[("act", "meet"), ("met_on", "2027-01-11")]).await?, 303);
    for path in [&two.leader, &two.manager] {
        let version = page(&varde, path).await?;
        assert_eq!(
            press(&varde, path, &[("act", "sign"), ("version", field(&version, "version"))]).await?,
            303
        );
    }
    assert_eq!(press(&varde, &two.leader, &[("act", "add"), ("addendum", "Flyttet til mars.")]).await?, 303);

    for path in [&two.leader, &two.manager] {
        let shown = page(&varde, path).await?;
        let link = format!("{path}/document.pdf?lang=nb");
        ensure!(shown.contains(&link), "the page leads to it: {shown}");
        let answer = varde.http.get(&link).await?;
        assert_eq!(answer.status(), 200);
        let header =
            |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        assert_eq!(header("content-type").as_deref(), Some("application/pdf"));
        assert_eq!(header("cache-control").as_deref(), Some("no-store"));
        let pdf = answer.bytes().await?;
        ensure!(pdf.starts_with(b"%PDF-1.7") && pdf.len() > 10_000, "{} bytes", pdf.len());
    }

    let ask = "query ($id: ID!) { myCheckInFile(id: $id, locale: \"nn\") { name mediaType content } }";
    let own = varde.sign_in_person(&leader).await?;
    let own = varde.ask(&own, ask, json!({ "id": id })).await?["myCheckInFile"].take();
    assert_eq!(own["mediaType"], "application/pdf");
    ensure!(
        own["name"].as_str().is_some_and(|name| name.starts_with("Leiarkravsamtale-2027")),
        "{}",
        own["name"]
    );
    for client in
        [hr, varde.sign_in_person("10009").await?, varde.sign_in("administrator@fjordheim.example").await?]
    {
        let said = client.graphql(ask, json!({ "id": id })).await?.body.to_string();
        ensure!(!said.contains("JVBER"), "a PDF for somebody else");
    }
    assert_eq!(varde.http.get("/check-in/forged/document.pdf").await?.status(), 404);
    Ok(())
}

async fn p12_the_profile_lays_the_years_over_one_another_for_those_who_may_see_them(
    engine: Engine,
) -> Result<()> {
    let (varde, hr, mails) = opened(engine).await?;
    let two = two(&mails)?;
    let (leader, id) = number(&varde, &hr, &two).await?;
    let before = page(&varde, &two.leader).await?;
    ensure!(!before.contains("<svg"), "no figure yet");
    both_give(&varde, &two).await?;
    for path in [&two.leader, &two.manager] {
        let shown = page(&varde, path).await?;
        ensure!(
            shown.contains("<svg")
                && shown.contains("2027, lederen")
                && shown.contains("2027, nærmeste leder")
        );
        ensure!(shown.contains(">3,0<") && shown.contains(">2,0<"), "the figures stand in a table");
        let svg = shown.split("<svg").nth(1).and_then(|rest| rest.split("</svg>").next()).unwrap_or_default();
        ensure!(!svg.contains(SECRET));
    }
    let mine = "{ myDomainProfile { years { cycleCode domains { domain own manager } } chart } }";
    let client = varde.sign_in_person(&leader).await?;
    let open = varde.ask(&client, mine, json!({})).await?["myDomainProfile"].take();
    assert_eq!(open["years"], json!([]), "the year is not over");
    let read = "query ($id: ID!) { myCheckIn(id: $id) { profile { years { cycleCode domains { domain title own manager } } } } }";
    let told = varde.ask(&client, read, json!({ "id": id })).await?;
    let first = &told["myCheckIn"]["profile"]["years"][0]["domains"][0];
    assert_eq!((&first["own"], &first["manager"]), (&json!(3.0), &json!(2.0)), "{told}");

    // Closed, the year counts.
    varde.move_to(at("2027-05-01T12:00:00Z")).await?;
    let client = varde.sign_in_person(&leader).await?;
    let over = varde.ask(&client, mine, json!({})).await?["myDomainProfile"].take();
    assert_eq!(over["years"][0]["cycleCode"], "2027");
    assert_eq!(over["years"][0]["domains"].as_array().map(Vec::len), Some(6));
    ensure!(over["chart"].as_str().is_some_and(|chart| chart.starts_with("<svg")), "{over}");
    Ok(())
}
