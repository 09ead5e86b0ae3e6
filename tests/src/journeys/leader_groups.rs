//! Leader groups: seats for all or none, one group for each, and what happens when nobody answers or somebody leaves.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::{
    harness::{Harness, Mail},
    http::Http,
};

use super::{
    inbox::{carry_out, one},
    p01_onboarding::{answer, at, recipients},
    p03_practical_change_management::{done, group, numbers},
};
use crate::both::on_both;

on_both! {
    a_group_gets_seats_for_all_or_none
    nobody_belongs_to_two_groups_of_a_cohort
    a_silent_group_lapses_and_the_coordinators_hear
    whoever_gives_up_the_seat_leaves_the_group_and_comes_back_with_it
    a_new_leader_of_an_invited_group_is_asked_in_place_of_the_former_one
    places_of_a_group_are_not_treated_one_by_one
    a_group_that_is_called_off_with_its_cohort_is_not_followed_up
}

/// A published cohort of leader group development, with the clinic's group invited.
async fn invited(varde: &Harness, hr: &Http, capacity: u32) -> Result<(Value, Vec<Mail>)> {
    let create = "mutation ($input: CreateCohortInput!) { createCohort(input: $input) {
        cohort { id } errors { code message path } } }";
    let cohort = json!({ "input": { "programme": "leader_group_development", "code": "LG-1", "capacity": capacity,
        "gatherings": [{ "date": "2027-01-13" }, { "date": "2027-02-17" }, { "date": "2027-04-07" }] } });
    varde.ask(hr, create, cohort).await?;
    let put_in = done(hr, "enrolLeaderGroup", json!({ "cohortCode": "LG-1", "unitCode": "10100" })).await?;
    varde.ask(hr, PUBLISH, json!({})).await?;
    varde.run_due().await?;
    Ok((put_in["leaderGroup"]["id"].clone(), varde.new_mails()))
}

const PUBLISH: &str =
    "mutation { publishCohort(input: { cohortCode: \"LG-1\" }) { errors { code message } } }";

async fn standing(varde: &Harness, id: &Value) -> Result<Value> {
    let ask = "query ($id: ID!) { leaderGroup(id: $id) { state version reason
        cohort { seatsTaken } members { included reason byHand enrolment { id state } person { employeeNumber } } } }";
    let hr = varde.coordinator().await?;
    Ok(varde.ask(&hr, ask, json!({ "id": id })).await?["leaderGroup"].take())
}

async fn a_group_gets_seats_for_all_or_none(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let create = "mutation ($input: CreateCohortInput!) { createCohort(input: $input) { errors { code } } }";
    let cohort = json!({ "input": { "programme": "leader_group_development", "code": "LG-1", "capacity": 4,
        "gatherings": [{ "date": "2027-01-13" }] } });
    varde.ask(&hr, create, cohort).await?;
    let put_in = done(&hr, "enrolLeaderGroup", json!({ "cohortCode": "LG-1", "unitCode": "10100" })).await?;
    let id = put_in["leaderGroup"]["id"].clone();
    let refused =
        hr.graphql(&PUBLISH.replace("code message", "code message path"), json!({})).await?.data()?;
    let error = &refused["publishCohort"]["errors"][0];
    assert_eq!(error["code"], "GROUP_DOES_NOT_FIT");
    assert!(error["message"].as_str().context("message")?.contains("trenger 5 plasser"), "{error}");
    assert_eq!(standing(&varde, &id).await?["state"], "PROPOSED", "nothing was kept");

    // With five seats it is asked; of two groups that were asked at once, the second finds no room.
    let more = "mutation { editCohort(input: { cohortCode: \"LG-1\", capacity: 7 }) { errors { code } } }";
    varde.ask(&hr, more, json!({})).await?;
    let other = done(&hr, "enrolLeaderGroup", json!({ "cohortCode": "LG-1", "unitCode": "10200" })).await?;
    let other = other["leaderGroup"]["id"].clone();
    varde.ask(&hr, PUBLISH, json!({})).await?;
    varde.run_due().await?;
    let yes = |id: &Value| json!({ "leaderGroupId": id, "change": "ACCEPT_FOR" });
    done(&hr, "changeLeaderGroup", yes(&id)).await?;
    let late = group(&hr, "changeLeaderGroup", yes(&other)).await?;
    assert_eq!(late["errors"][0]["code"], "GROUP_DOES_NOT_FIT", "{late}");
    assert_eq!(standing(&varde, &other).await?["cohort"]["seatsTaken"], 5, "all or none");
    let joins = json!({ "leaderGroupId": id, "add": ["10009", "10011", "10034"], "reason": "Prosjektet" });
    let joins = group(&hr, "changeLeaderGroupMembers", joins).await?;
    assert_eq!(joins["errors"][0]["path"], json!(["add", "2"]), "he leads the other one: {joins}");
    varde.ask(&hr, &more.replace('7', "9"), json!({})).await?;
    done(&hr, "changeLeaderGroup", yes(&other)).await?;
    assert_eq!(standing(&varde, &other).await?["cohort"]["seatsTaken"], 9);
    Ok(())
}

async fn nobody_belongs_to_two_groups_of_a_cohort(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let (clinic, _) = invited(&varde, &hr, 40).await?;
    // The director's group has the heads of clinics in it: but for the one who leads her own here.
    let director = done(&hr, "enrolLeaderGroup", json!({ "cohortCode": "LG-1", "unitCode": "100" })).await?;
    let members = numbers(&director["members"], true);
    assert!(members.contains(&"10005".to_owned()) && members.contains(&"10034".to_owned()), "{members:?}");
    assert!(!members.contains(&"10015".to_owned()), "{members:?}");
    let medicine = json!({ "cohortCode": "LG-1", "unitCode": "10200" });
    let medicine = group(&hr, "enrolLeaderGroup", medicine).await?;
    assert_eq!(medicine["errors"][0]["code"], "ALREADY_IN_COHORT", "its leader is in the director's");
    // The clinic says no, its leader goes along with the director's, and is left out when it is asked again.
    done(&hr, "changeLeaderGroup", json!({ "leaderGroupId": clinic, "change": "DECLINE_FOR" })).await?;
    let join = json!({ "leaderGroupId": director["leaderGroup"]["id"], "add": ["10390"], "reason": "Vara" });
    done(&hr, "changeLeaderGroupMembers", join).await?;
    let again = json!({ "leaderGroupId": clinic, "change": "INVITE" });
    let again = done(&hr, "changeLeaderGroup", again).await?;
    assert_eq!(numbers(&again["members"], false), ["10390"]);
    Ok(())
}

async fn a_silent_group_lapses_and_the_coordinators_hear(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let (id, asked) = invited(&varde, &hr, 40).await?;
    assert_eq!(recipients(&asked), ["kristin.martinsen@fjordheim.example"]);
    varde.move_to(at("2026-12-14T12:00:00Z")).await?;
    let silent = standing(&varde, &id).await?;
    assert_eq!((&silent["state"], &silent["cohort"]["seatsTaken"]), (&json!("LAPSED"), &json!(0)));
    let told = varde.new_mails();
    let news: Vec<&Mail> = told.iter().filter(|mail| mail.to.starts_with("coordinator")).collect();
    assert_eq!(news.len(), 1, "{told:#?}");
    assert!(news[0].text.contains("Klinikk for kirurgi"), "{}", news[0].text);
    let link = asked[0].link().context("link")?;
    let page = varde.http.get(&link).await?;
    assert_eq!(page.status(), 410);
    assert!(page.text().await?.contains("i tide"));
    assert!(varde.http.submit(&link, &[("act", "accept")]).await?.status().is_client_error());
    // A yes by telephone comes too late: what is proposed to the coordinators is to ask again, and then it counts.
    let hr = varde.coordinator().await?;
    let yes = json!({ "leaderGroupId": id, "change": "ACCEPT_FOR" });
    let refused = group(&hr, "changeLeaderGroup", yes.clone()).await?;
    assert_eq!(refused["errors"][0]["code"], "GROUP_LAPSED", "{refused}");
    let lapsed = one(&varde, &hr, "GROUP_LAPSED").await?;
    assert_eq!(
        lapsed["text"],
        "Lederen av «Klinikk for kirurgi» svarte ikke i tide på invitasjonen til LG-1."
    );
    let again = carry_out(&varde, &hr, &lapsed, Value::Null).await?["changeLeaderGroup"].take();
    assert_eq!(again["leaderGroup"]["state"], "INVITED");
    assert_eq!(again["mails"][0]["letter"], "group_invitation");
    done(&hr, "changeLeaderGroup", yes).await?;
    Ok(())
}

async fn whoever_gives_up_the_seat_leaves_the_group_and_comes_back_with_it(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let (id, asked) = invited(&varde, &hr, 40).await?;
    answer(&varde, &asked[0], "accept").await?;
    // A second click does nothing, and another answer is not taken.
    let link = asked[0].link().context("link")?;
    assert_eq!(varde.http.submit(&link, &[("act", "accept")]).await?.status(), 303);
    assert!(varde.http.submit(&link, &[("act", "decline")]).await?.status().is_client_error());
    varde.run_due().await?;
    let told = varde.new_mails();
    let may = told.iter().find(|mail| mail.to.starts_with("may.knudsen") && mail.calendar.is_none());
    answer(&varde, may.context("confirmation")?, "withdraw").await?;
    let group = standing(&varde, &id).await?;
    assert_eq!(
        (numbers(&group["members"], false), &group["cohort"]["seatsTaken"]),
        (vec!["10455".to_owned()], &json!(4))
    );
    // The tree gives her; her own word stands all the same.
    let hr = varde.coordinator().await?;
    let tree = json!({ "leaderGroupId": id, "followTheTree": true });
    let tree = done(&hr, "changeLeaderGroupMembers", tree).await?;
    assert_eq!(numbers(&tree["members"], false), ["10455"]);
    let back = json!({ "leaderGroupId": id, "add": ["10455"], "reason": "Har ombestemt seg" });
    done(&hr, "changeLeaderGroupMembers", back).await?;
    let group = standing(&varde, &id).await?;
    assert_eq!((numbers(&group["members"], true).len(), &group["cohort"]["seatsTaken"]), (5, &json!(5)));
    Ok(())
}

async fn a_new_leader_of_an_invited_group_is_asked_in_place_of_the_former_one(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let (id, asked) = invited(&varde, &hr, 40).await?;
    let stranger = json!({ "leaderGroupId": id, "leaderEmployeeNumber": "10005" });
    assert_eq!(group(&hr, "editLeaderGroup", stranger).await?["errors"][0]["code"], "NOT_IN_GROUP");
    let new = json!({ "leaderGroupId": id, "leaderEmployeeNumber": "10390" });
    done(&hr, "editLeaderGroup", new).await?;
    varde.run_due().await?;
    let mails = varde.new_mails();
    assert_eq!(recipients(&mails), ["silje.berntsen@fjordheim.example"]);
    let former = asked[0].link().context("link")?;
    assert!(varde.http.submit(&former, &[("act", "accept")]).await?.status().is_client_error());
    assert_eq!(standing(&varde, &id).await?["state"], "INVITED");
    answer(&varde, &mails[0], "accept").await?;
    assert_eq!(standing(&varde, &id).await?["state"], "ENROLLED");
    Ok(())
}

async fn places_of_a_group_are_not_treated_one_by_one(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let (id, _) = invited(&varde, &hr, 40).await?;
    done(&hr, "changeLeaderGroup", json!({ "leaderGroupId": id, "change": "ACCEPT_FOR" })).await?;
    let change = "mutation ($change: EnrolmentChange!) { changeEnrolment(input: { cohortCode: \"LG-1\",
        employeeNumber: \"10455\", change: $change, reason: \"Nei\" }) { enrolment { state } errors { code } } }";
    let out = varde.ask(&hr, change, json!({ "change": "WITHDRAW" })).await?;
    assert_eq!(out["changeEnrolment"]["enrolment"]["state"], "WITHDRAWN");
    assert_eq!(numbers(&standing(&varde, &id).await?["members"], false), ["10455"]);
    let past = hr.graphql(change, json!({ "change": "PLACE_PAST_THE_LINE" })).await?.data()?;
    assert_eq!(past["changeEnrolment"]["errors"][0]["code"], "ENROLS_AS_GROUP");
    let again = "mutation { inviteLeaders(input: { cohortCode: \"LG-1\", employeeNumbers: [\"10455\"] }) {
        errors { code } } }";
    let again = hr.graphql(again, json!({})).await?.data()?;
    assert_eq!(again["inviteLeaders"]["errors"][0]["code"], "ENROLS_AS_GROUP");
    let single = "mutation { createCohort(input: { programme: \"onboarding\", code: \"INTRO-9\",
            gatherings: [{ date: \"2027-02-03\" }] }) { errors { code } }
        enrolLeaderGroup(input: { cohortCode: \"INTRO-9\", unitCode: \"10100\" }) { errors { code } } }";
    let single = hr.graphql(single, json!({})).await?.data()?;
    assert_eq!(single["enrolLeaderGroup"]["errors"][0]["code"], "ENROLS_ONE_BY_ONE");
    Ok(())
}

async fn a_group_that_is_called_off_with_its_cohort_is_not_followed_up(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let (id, _) = invited(&varde, &hr, 40).await?;
    done(&hr, "changeLeaderGroup", json!({ "leaderGroupId": id, "change": "ACCEPT_FOR" })).await?;
    let measure =
        "mutation ($id: ID!) { setMeasure(input: { leaderGroupId: $id, kind: ACTION, text: \"Møte\",
        ownerEmployeeNumber: \"10390\" }) { errors { code } } }";
    varde.ask(&hr, measure, json!({ "id": id })).await?;
    let off = "mutation { cancelCohort(input: { cohortCode: \"LG-1\", reason: \"Få påmeldte\" }) {
        errors { code message } } }";
    varde.ask(&hr, off, json!({})).await?;
    assert_eq!(standing(&varde, &id).await?["state"], "WITHDRAWN");
    varde.run_due().await?;
    varde.new_mails();
    varde.move_to(at("2027-12-01T12:00:00Z")).await?;
    let later = varde.new_mails();
    assert!(later.iter().all(|mail| !mail.subject.contains("Oppfølging")), "{later:#?}");
    Ok(())
}
