//! P11, mobilisation: for employees who lead nothing, from own interest and the line manager's view of the potential to the
//! completed course.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::harness::{Harness, Mail};

use super::{
    p01_onboarding::{answer, at, mailbox, recipients, sorted, states},
    p09_national_top_leader::{NOMINATE, PREPARE, SEND, endorse, nominate, of, person, round},
};

/// Two who lead nothing, one whom her line manager sees a leader in, and that line manager.
const STAFF: [&str; 2] = ["10009", "10011"];
const SEEN: &str = "13985";
const LEADER: &str = "13984";

const ROSTER: &str = "{ cohort(code: \"MOB-1\") { id state gatherings { id startsAt }
    enrolments(first: 100) { nodes { id state person { employeeNumber } } } } }";

#[tokio::test(flavor = "multi_thread")]
async fn p11_employees_who_lead_nothing_try_the_role_out_on_sqlite() -> Result<()> {
    journey(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn p11_employees_who_lead_nothing_try_the_role_out_on_postgresql() -> Result<()> {
    journey(Engine::Postgres).await
}

async fn eligibility(varde: &Harness, number: &str) -> Result<Value> {
    let ask = "query ($number: String!) { eligibility(employeeNumber: $number, programme: \"mobilisation\", cohortCode: \"MOB-1\") {
        eligible eligibleFrom rules { rule holds text } } }";
    let hr = varde.coordinator().await?;
    Ok(varde.ask(&hr, ask, json!({ "number": number })).await?["eligibility"].take())
}

/// Own interest, and the view of the line manager: a yes, a no that decides nothing, and silence. Gives every mail up to the
/// offers.
async fn interest(varde: &Harness) -> Result<Vec<Mail>> {
    let hr = varde.coordinator().await?;
    let run = "mutation ($round: CreateNominationRoundInput!) {
        publishCohort(input: { cohortCode: \"MOB-1\" }) { errors { code message } }
        createNominationRound(input: $round) { errors { code message path } }
        openNominationRound(input: { roundCode: \"MOB-1\" }) { errors { code message } } }";
    let dates = json!({ "cohortCode": "MOB-1", "opens": "2026-11-23", "closes": "2026-12-04", "endorseBy": "2026-12-11" });
    varde.ask(&hr, run, json!({ "round": dates })).await?;
    for number in STAFF {
        nominate(varde, "MOB-1", number, None, true).await?;
    }
    nominate(varde, "MOB-1", LEADER, Some(SEEN), true).await?;
    let leads = person(varde, LEADER).await?;
    let own = json!({ "input": { "roundCode": "MOB-1", "motivation": "Jeg vil", "submit": true } });
    let refused = leads.graphql(NOMINATE, own).await?.data()?;
    assert_eq!(refused["nominate"]["errors"][0]["code"], "OUTSIDE_AUDIENCE", "{refused}");
    varde.run_due().await?;
    let asked = varde.new_mails();
    assert_eq!(asked.len(), 3, "three views are asked for: {:?}", recipients(&asked));
    let about =
        |name: &str| asked.iter().find(|mail| mail.subject.starts_with(name)).context(name.to_owned());
    assert_eq!(about("Kirsten Vik")?.to, "jenny.holm@fjordheim.example");
    assert_eq!(endorse(varde, about("Kirsten Vik")?, true, "Har lederpotensial.").await?, 303);
    assert_eq!(endorse(varde, about("Kristin Strøm")?, false, "Bør vente et år.").await?, 303);
    // The next one up speaks for whom the line manager nominated, and says nothing.
    assert_eq!(about("Line Nilsen")?.to, "unni.edvardsen@fjordheim.example");
    varde.move_to(at("2026-12-12T09:00:00Z")).await?;
    let mut everything = [asked, varde.new_mails()].concat();

    let hr = varde.coordinator().await?;
    varde.ask(&hr, PREPARE, json!({ "code": "MOB-1" })).await?;
    let sent = varde.ask(&hr, SEND, json!({ "code": "MOB-1", "dry": false })).await?["sendOutcomes"].take();
    assert_eq!((&sent["placed"], &sent["reserves"]), (&json!(3), &json!(0)), "{sent}");
    let now = round(varde, "MOB-1").await?;
    let first = |number: &str| of(&now, number)["explanation"][0].clone();
    assert_eq!(first("10011"), "Nærmeste leder stiller seg bak nominasjonen.");
    assert_eq!(
        first("10009"),
        "Nærmeste leder frarådet. Programmet ber om lederens syn, men krever det ikke."
    );
    assert_eq!(
        first(SEEN),
        "Nærmeste leder svarte ikke. Programmet ber om lederens syn, men krever det ikke."
    );
    varde.run_due().await?;
    everything.extend(varde.new_mails());
    Ok(everything)
}

async fn journey(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let days = ["2027-01-20", "2027-02-17", "2027-03-17", "2027-04-21"].map(|day| json!({ "date": day }));
    let create = "mutation ($input: CreateCohortInput!) { createCohort(input: $input) { cohort { id } errors { code message path } } }";
    let cohort = json!({ "input": { "programme": "mobilisation", "code": "MOB-1", "title": "Våren 2027",
        "place": "Fjordheim sykehus, Åsgata 1", "gatherings": days } });
    let cohort = varde.ask(&hr, create, cohort).await?["createCohort"]["cohort"]["id"].take();

    for number in STAFF {
        let meant = eligibility(&varde, number).await?;
        assert_eq!(meant["eligible"], true, "{meant}");
        assert_eq!(meant["rules"][1]["rule"], "LEADS_NOTHING");
        let ways = [&meant["rules"][3]["text"], &meant["rules"][4]["text"]];
        assert_eq!(
            ways,
            [
                "Plassene gis etter egen interesse og lederens syn. Interessen er ikke meldt ennå.",
                "Nærmeste leder har ikke svart ennå."
            ]
        );
    }
    let leads = eligibility(&varde, LEADER).await?;
    assert_eq!((&leads["eligible"], &leads["eligibleFrom"]), (&json!(false), &Value::Null), "{leads}");
    let why = leads["rules"][1]["text"].as_str().context("text")?;
    assert!(why.contains("for ansatte som ikke er ledere"), "{why}");

    let enrol = "mutation ($cohort: ID!, $numbers: [String!]!, $reason: String) {
        enrolLeaders(input: { cohortId: $cohort, employeeNumbers: $numbers, reason: $reason }) { errors { code path } } }";
    let past = hr.graphql(enrol, json!({ "cohort": cohort, "numbers": [STAFF[0]] })).await?.data()?;
    assert_eq!(
        past["enrolLeaders"]["errors"][0]["code"], "COMES_BY_NOMINATION",
        "the leader would not be asked"
    );
    let refused = hr.graphql(enrol, json!({ "cohort": cohort, "numbers": [LEADER] })).await?;
    let refused = refused.data().map_err(|error| anyhow::anyhow!("{error}"))?;
    assert_eq!(refused["enrolLeaders"]["errors"][0]["code"], "COMES_BY_NOMINATION", "{refused}");
    let mut everything = interest(&varde).await?;
    let told = eligibility(&varde, STAFF[0]).await?;
    assert_eq!(
        [&told["rules"][3]["text"], &told["rules"][4]["text"]],
        [
            "Plassene gis etter egen interesse og lederens syn. Interessen er meldt i runden MOB-1 (tilbudt plass).",
            "Nærmeste leder stiller seg ikke bak."
        ],
        "the view decides nothing"
    );
    let mut places: Vec<Mail> =
        everything.iter().filter(|mail| mail.subject.starts_with("Du er tilb")).cloned().collect();
    // By address: the order of ids drawn at random must not decide who answers what.
    places.sort_by(|one, other| one.to.cmp(&other.to));
    assert_eq!(places.len(), 3, "{:?}", recipients(&everything));
    for (mail, act) in places.iter().zip(["accept", "accept", "decline"]) {
        answer(&varde, mail, act).await?;
    }
    varde.run_due().await?;
    let hr = varde.coordinator().await?;

    let roster = varde.ask(&hr, ROSTER, json!({})).await?;
    everything.extend(varde.new_mails());
    for gathering in roster["cohort"]["gatherings"].as_array().context("gatherings")? {
        varde
            .move_to(at(gathering["startsAt"].as_str().context("startsAt")?) + chrono::Duration::hours(6))
            .await?;
        let hr = varde.coordinator().await?;
        let record = "mutation ($gathering: ID!) {
            recordAttendance(input: { gatheringId: $gathering, everyoneElse: PRESENT }) { errors { code message } } }";
        varde.ask(&hr, record, json!({ "gathering": gathering["id"] })).await?;
        everything.extend(varde.new_mails());
    }
    let hr = varde.coordinator().await?;
    let complete =
        "mutation ($id: ID!) { completeCohort(input: { cohortId: $id }) { errors { code message } } }";
    varde.ask(&hr, complete, json!({ "id": cohort })).await?;
    // Until nothing is asked any more.
    varde.move_to(at("2027-06-01T12:00:00Z")).await?;
    everything.extend(varde.new_mails());
    let end = varde.ask(&varde.coordinator().await?, ROSTER, json!({})).await?;
    assert_eq!(sorted(states(&end["cohort"])), ["COMPLETED", "COMPLETED", "DECLINED"]);
    insta::assert_snapshot!("mailbox_of_the_mobilisation_programme", mailbox(&everything));
    Ok(())
}
