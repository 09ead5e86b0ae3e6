//! P10, top leader groups: two leader groups in one cohort, each with a facilitator and gatherings of its own.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::{
    harness::{Harness, Mail},
    http::Http,
};

use super::{
    p01_onboarding::{answer, at, mailbox, recipients, sorted, states},
    p03_practical_change_management::{done, everybody_was_there, fill, numbers, set_measure},
};

/// The heads of two clinics, and somebody who reports to each.
const SURGERY: (&str, &str) = ("10100", "10390");
const MEDICINE: (&str, &str) = ("10200", "10540");

#[tokio::test(flavor = "multi_thread")]
async fn p10_two_groups_meet_by_themselves_on_sqlite() -> Result<()> {
    journey(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn p10_two_groups_meet_by_themselves_on_postgresql() -> Result<()> {
    journey(Engine::Postgres).await
}

const ADD: &str = "mutation ($input: AddGatheringInput!) { addGathering(input: $input) {
    gathering { id startsAt title position leaderGroup { id } } mails { letter } errors { code message path } } }";

struct Group {
    id: Value,
    members: Vec<String>,
    days: Vec<Value>,
}

async fn group(varde: &Harness, hr: &Http, unit: &str, facilitator: &str, days: [&str; 2]) -> Result<Group> {
    let input = json!({ "cohortCode": "TOPP-1", "unitCode": unit,
        "facilitator": { "name": facilitator, "organisation": "Samspill AS", "email": "post@samspill.example" } });
    let put_in = done(hr, "enrolLeaderGroup", input).await?;
    let id = put_in["leaderGroup"]["id"].clone();
    let mut own = Vec::new();
    for day in days {
        let input = json!({ "cohortCode": "TOPP-1", "leaderGroupId": id, "gathering": { "date": day } });
        let added = varde.ask(hr, ADD, json!({ "input": input })).await?["addGathering"]["gathering"].take();
        assert_eq!(added["leaderGroup"]["id"], id);
        own.push(added);
    }
    assert_eq!(own[0]["title"], "Gruppen og oppdraget", "each begins the programme's plan anew");
    Ok(Group { id, members: numbers(&put_in["members"], true), days: own })
}

fn invited<'m>(mails: &'m [Mail], day: &str) -> Vec<&'m str> {
    let of_the_day = |mail: &&Mail| {
        mail.calendar
            .as_ref()
            .is_some_and(|calendar| calendar.contains(&format!("DTSTART;TZID=Europe/Oslo:{day}")))
    };
    let mut to: Vec<&str> = mails.iter().filter(of_the_day).map(|mail| mail.to.as_str()).collect();
    to.sort_unstable();
    to
}

async fn journey(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let create = "mutation ($input: CreateCohortInput!) { createCohort(input: $input) {
        cohort { id } errors { code message path } } }";
    let cohort = json!({ "input": { "programme": "top_leader_groups", "code": "TOPP-1",
        "title": "Toppledergrupper 2027", "place": "Fjordheim sykehus, Åsgata 1", "gatherings": [] } });
    let cohort = varde.ask(&hr, create, cohort).await?["createCohort"]["cohort"]["id"].take();
    let surgery = group(&varde, &hr, SURGERY.0, "Eva Strand", ["2027-01-13", "2027-03-10"]).await?;
    let medicine = group(&varde, &hr, MEDICINE.0, "Nils Berg", ["2027-02-03", "2027-03-31"]).await?;
    let publish =
        "mutation ($id: ID!) { publishCohort(input: { cohortId: $id }) { errors { code message } } }";
    varde.ask(&hr, publish, json!({ "id": cohort })).await?;
    varde.run_due().await?;
    let mut mails = varde.new_mails();
    mails.sort_by(|one, other| one.to.cmp(&other.to));
    assert_eq!(
        recipients(&mails),
        ["eivind.solberg@fjordheim.example", "kristin.martinsen@fjordheim.example"]
    );
    assert!(mails[0].text.contains("Nils Berg, Samspill AS") && !mails[0].text.contains("Eva Strand"));
    assert!(
        mails[0].text.contains("3. februar") && !mails[0].text.contains("13. januar"),
        "{}",
        mails[0].text
    );
    let questions = mails.clone();
    for question in &questions {
        answer(&varde, question, "accept").await?;
    }
    varde.run_due().await?;
    let told = varde.new_mails();
    assert_eq!(invited(&told, "20270113").len(), surgery.members.len(), "{:?}", recipients(&told));
    assert_eq!(invited(&told, "20270203").len(), medicine.members.len());
    assert!(!invited(&told, "20270113").contains(&"eivind.solberg@fjordheim.example"));
    mails.extend(told);

    // One group's day moves: the other hears nothing of it.
    let hr = varde.coordinator().await?;
    let edit = "mutation ($id: ID!) { editGathering(input: { gatheringId: $id, date: \"2027-02-10\" }) {
        mails { letter } errors { code message } } }";
    let moved = varde.ask(&hr, edit, json!({ "id": medicine.days[0]["id"] })).await?;
    let moved = moved["editGathering"]["mails"].as_array().context("mails")?.len();
    assert_eq!(moved, medicine.members.len());
    varde.run_due().await?;
    mails.extend(varde.new_mails());

    let tiltak = json!({ "leaderGroupId": surgery.id, "kind": "ACTION", "text": "Felles prioriteringsmøte hver måned",
        "ownerEmployeeNumber": SURGERY.1, "due": "2027-05-01" });
    let own = set_measure(&hr, tiltak).await?["measure"]["measureId"].clone();
    let tiltak = json!({ "leaderGroupId": medicine.id, "kind": "ACTION", "text": "Ett pasientforløp på tvers",
        "ownerEmployeeNumber": MEDICINE.1 });
    set_measure(&hr, tiltak).await?;

    everybody_was_there(&varde, &surgery.days[0]).await?;
    attended(&varde, &surgery, &medicine).await?;
    let second = json!({ "id": medicine.days[0]["id"], "startsAt": "2027-02-10T08:00:00Z" });
    for day in [&second, &surgery.days[1], &medicine.days[1]] {
        everybody_was_there(&varde, day).await?;
    }
    let hr = varde.coordinator().await?;
    let complete =
        "mutation ($id: ID!) { completeCohort(input: { cohortId: $id }) { errors { code message } } }";
    varde.ask(&hr, complete, json!({ "id": cohort })).await?;
    varde.run_due().await?;
    mails.extend(varde.new_mails());
    let roster = "{ cohort(code: \"TOPP-1\") { leaderGroups { state facilitator { name organisation } gatherings { date } }
        enrolments(first: 100) { nodes { state } } } }";
    let roster = varde.ask(&hr, roster, json!({})).await?["cohort"].take();
    assert!(
        sorted(states(&roster)).iter().all(|state| state == "COMPLETED"),
        "two days of one's own are enough"
    );
    assert_eq!(
        roster["leaderGroups"],
        json!([
            { "state": "COMPLETED", "facilitator": { "name": "Eva Strand", "organisation": "Samspill AS" },
              "gatherings": [{ "date": "2027-01-13" }, { "date": "2027-03-10" }] },
            { "state": "COMPLETED", "facilitator": { "name": "Nils Berg", "organisation": "Samspill AS" },
              "gatherings": [{ "date": "2027-02-10" }, { "date": "2027-03-31" }] }
        ])
    );
    followed_up(&varde, &own, &mut mails).await?;
    insta::assert_snapshot!("mailbox_of_the_top_leader_groups", mailbox(&mails));
    Ok(())
}

/// Only those whom a day is for stand in its register.
async fn attended(varde: &Harness, surgery: &Group, medicine: &Group) -> Result<()> {
    let hr = varde.coordinator().await?;
    let there = "query ($id: ID!) { node(id: $id) { ... on Gathering { attendance { presence } } } }";
    let there = varde.ask(&hr, there, json!({ "id": surgery.days[0]["id"] })).await?;
    let there = there["node"]["attendance"].as_array().context("attendance")?.len();
    assert_eq!(there, surgery.members.len());
    let record = "mutation ($id: ID!, $number: String!) { recordAttendance(input: { gatheringId: $id,
        records: [{ employeeNumber: $number, presence: PRESENT }] }) { errors { code } } }";
    let stranger = json!({ "id": surgery.days[0]["id"], "number": medicine.members[0] });
    let stranger = hr.graphql(record, stranger).await?.data()?;
    assert_eq!(stranger["recordAttendance"]["errors"][0]["code"], "NOT_FOUND");
    Ok(())
}

/// Each group is asked three months after its own last gathering, and sees its own alone.
async fn followed_up(varde: &Harness, own: &Value, mails: &mut Vec<Mail>) -> Result<()> {
    varde.move_to(at("2027-06-10T12:00:00Z")).await?;
    let asked = varde.new_mails();
    let of_measures: Vec<Mail> =
        asked.iter().filter(|mail| mail.subject.starts_with("Oppfølging")).cloned().collect();
    assert_eq!(recipients(&of_measures), ["silje.berntsen@fjordheim.example"]);
    mails.extend(asked);
    let silje = varde.sign_in_person(SURGERY.1).await?;
    let tell = "mutation ($input: FollowUpInput!) { answerFollowUp(input: $input) {
        leaderGroup { measures { text followUps { month standing comment } } } errors { code } } }";
    let said = json!({ "measureId": own, "month": 3, "standing": "REACHED", "comment": "Første tirsdag" });
    let said = varde.ask(&silje, tell, json!({ "input": said })).await?["answerFollowUp"].take();
    assert_eq!(
        said["leaderGroup"]["measures"],
        json!([{ "text": "Felles prioriteringsmøte hver måned",
            "followUps": [{ "month": 3, "standing": "REACHED", "comment": "Første tirsdag" }] }])
    );
    let kjetil = varde.sign_in_person(MEDICINE.1).await?;
    let foreign = json!({ "input": { "measureId": own, "month": 3, "standing": "GIVEN_UP" } });
    let foreign = kjetil.graphql(tell, foreign).await?.data()?;
    assert_eq!(foreign["answerFollowUp"]["errors"][0]["code"], "NOT_FOUND", "another group's");
    let mine = "{ myLeaderGroups { name measures { text } } myPlaces { gatherings { date } } }";
    let mine = varde.ask(&kjetil, mine, json!({})).await?;
    assert_eq!(
        mine,
        json!({ "myLeaderGroups": [{ "name": "Klinikk for indremedisin",
                "measures": [{ "text": "Ett pasientforløp på tvers" }] }],
            "myPlaces": [{ "gatherings": [{ "date": "2027-02-10" }, { "date": "2027-03-31" }] }] })
    );
    varde.move_to(at("2027-06-30T12:00:00Z")).await?;
    let asked = varde.new_mails();
    assert_eq!(recipients(&asked), ["kjetil.tangen@fjordheim.example"]);
    assert_eq!(fill(varde, &asked[0], &[("standing-1", "under_way")]).await?, 303);
    mails.extend(asked);
    varde.move_to(at("2027-10-31T12:00:00Z")).await?;
    mails.extend(varde.new_mails());
    Ok(())
}
