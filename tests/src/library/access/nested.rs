//! From what is one's own, no nested field leads to what is not.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_app::{access::Coordinator, hr_import::import_people};
use varde_persistence::{Engine, people};
use varde_testkit::{
    harness::{Harness, NOVEMBER},
    http::Http,
};

use super::{
    House,
    table::{For, TABLE},
    walk::Walk,
};
use crate::{both::on_both, library::schema::Schema};

on_both! {
    no_field_leads_a_leader_from_own_matters_to_those_of_others
    no_field_leads_from_one_trust_to_another
}

/// What the walk asks with: the keys and ids of this trust.
pub(super) fn with(house: &House, own: &[Value]) -> BTreeMap<&'static str, Vec<String>> {
    let ids: Vec<String> = house.ids.iter().map(|(_, id)| id.to_string()).collect();
    let operation = house.ids.iter().filter(|(says, _)| *says == "the operation's id");
    let own = own.iter().map(Value::to_string);
    let all: Vec<String> = ids.iter().cloned().chain(own).collect();
    BTreeMap::from([
        ("checkInCycle.code", vec!["\"2027\"".to_owned()]),
        ("cohort.code", vec!["\"INTRO-2\"".to_owned()]),
        ("cohortRoster.code", vec!["\"INTRO-2\"".to_owned()]),
        ("nominationRound.code", vec!["\"NTP-2027\"".to_owned()]),
        ("roundCode", vec!["\"NTP-2027\"".to_owned()]),
        ("programme", vec!["\"onboarding\"".to_owned()]),
        ("programme.key", vec!["\"onboarding\"".to_owned()]),
        ("programmeVersions.key", vec!["\"onboarding\"".to_owned()]),
        ("unit.code", vec!["\"10100\"".to_owned()]),
        ("unitCode", vec!["\"10100\"".to_owned()]),
        ("code", vec!["\"7K3M-QX0B-2HTD-9WRN\"".to_owned()]),
        ("constellation", vec!["MENTOR_PAIR".to_owned()]),
        ("otherEmployeeNumber", vec!["\"10005\"".to_owned()]),
        ("employeeNumber", vec!["\"10015\"".to_owned()]),
        ("on", vec!["\"2026-12-01\"".to_owned()]),
        ("operation.id", operation.map(|(_, id)| id.to_string()).collect()),
        ("ids", vec![format!("[{}]", all.join(", "))]),
        ("id", all),
    ])
}

/// The one with the place, and a head of a clinic who leads others: everything that each reaches.
async fn no_field_leads_a_leader_from_own_matters_to_those_of_others(engine: Engine) -> Result<()> {
    let house = House::new(engine).await?;
    let schema = Schema::of(&house.varde.http).await?;
    everyone_answers(&house).await?;
    a_nomination(&house).await?;
    let mut reached = BTreeSet::new();
    for (client, own) in
        [(&house.leader, vec![house.own.clone()]), (&house.varde.sign_in(HEAD).await?, Vec::new())]
    {
        let mine = "{ viewer { person { id email displayName employeeNumber lineManager { name email } } organisation { id } }
            myLeaders { displayName email employeeNumber }
            myLeaderGroups { id measures { measureId } }
            myPlaces { gatherings { id } } }";
        let mine = house.varde.ask(client, mine, json!({})).await?;
        let me = &mine["viewer"]["person"];
        let mut own = own;
        own.extend([me["id"].clone(), mine["viewer"]["organisation"]["id"].clone()]);
        let gatherings = mine["myPlaces"][0]["gatherings"].as_array().cloned().unwrap_or_default();
        own.extend(gatherings.into_iter().map(|gathering| gathering["id"].clone()));

        for group in mine["myLeaderGroups"].as_array().into_iter().flatten() {
            own.push(group["id"].clone());
            own.extend(
                group["measures"].as_array().into_iter().flatten().map(|one| one["measureId"].clone()),
            );
        }

        // Nobody else's name, address or number, and nothing else's id: but for name and address of the own line manager,
        // and the leaders who report to one.
        let line = &mine["myLeaders"];
        let above = &me["lineManager"];
        let reports = |number: &str| {
            line.as_array().is_some_and(|all| all.iter().any(|one| one["employeeNumber"] == number))
        };
        let everyone = people::PersonFilter::default();
        let others = people::page(house.varde.app.store(), house.varde.org, &everyone, None, 2000).await?;
        let mut numbers = Vec::new();
        let mut words: Vec<String> = Vec::new();
        let hidden = others.iter().filter(|other| {
            me["employeeNumber"] != other.employee_number.as_str() && !reports(&other.employee_number)
        });
        for other in hidden {
            numbers.push(other.employee_number.clone());
            if above["email"] == other.email.as_str() {
                continue;
            }
            words.push(other.email.clone());
            words.extend((me["displayName"] != other.name().as_str()).then(|| other.name()));
        }
        // Some share their name with somebody else.
        let shared = |word: &str| {
            above["name"] == word
                || line.as_array().is_some_and(|all| all.iter().any(|one| one["displayName"] == word))
        };
        words.retain(|word| !shared(word));
        anyhow::ensure!(words.len() > 1000, "the trust is there: {}", words.len());
        words.extend(
            house
                .ids
                .iter()
                .filter(|(_, id)| !own.contains(id))
                .filter_map(|(_, id)| id.as_str().map(str::to_owned)),
        );
        let may_be_told =
            |text: &str| !numbers.iter().any(|it| it == text) && !words.iter().any(|it| text.contains(it));
        let walk = Walk {
            schema: &schema,
            client,
            with: with(&house, &own),
            may_be_told: &may_be_told,
            once: false,
        };
        reached.extend(walk.everywhere().await?);
    }
    // What one may do oneself answers with nothing that cannot be asked for.
    let told: BTreeSet<&str> = reached.iter().filter_map(|field| field.split('.').next()).collect();
    let mut beyond = Vec::new();
    for (mutation, _) in TABLE.iter().filter(|(name, whom)| *whom == For::Oneself && !is_query(name)) {
        for object in schema.behind(mutation, &told)? {
            // What is called one's own, a survey's form among it, is asked for by a query of its own, where one has any.
            let own = object.starts_with("My")
                || ["Survey", "SurveyMark", "SurveyQuestion", "UserError"].contains(&&*object);
            if !own && !object.ends_with("Payload") {
                beyond.push(format!("{mutation} answers with {object}"));
            }
        }
    }
    assert!(beyond.is_empty(), "{}", beyond.join("\n"));
    let reached: Vec<String> = reached.into_iter().collect();
    insta::assert_snapshot!("what_a_leader_reaches", reached.join("\n"));
    Ok(())
}

/// The head of a clinic, who nominates herself.
const HEAD: &str = "kristin.martinsen@fjordheim.example";

/// She is nominated, and the director has answered.
async fn a_nomination(house: &House) -> Result<()> {
    let varde = &house.varde;
    let hr = varde.coordinator().await?;
    let set_up = "mutation ($cohort: CreateCohortInput!, $round: CreateNominationRoundInput!) {
        createCohort(input: $cohort) { errors { code message path } }
        createNominationRound(input: $round) { errors { code message path } }
        openNominationRound(input: { roundCode: \"NTP-2027\" }) { errors { code message path } } }";
    let cohort = json!({ "programme": "national_top_leader", "code": "NTP-2027", "gatherings": [{ "date": "2027-09-01" }] });
    let round = json!({ "cohortCode": "NTP-2027", "opens": "2026-11-23", "closes": "2027-01-29", "endorseBy": "2027-02-05" });
    varde.ask(&hr, set_up, json!({ "cohort": cohort, "round": round })).await?;
    let head = varde.sign_in_person("10015").await?;
    let own = "mutation { nominate(input: { roundCode: \"NTP-2027\", motivation: \"Vil mer\", project: \"Samarbeid\", submit: true }) {
        nomination { nominationId } errors { code message path } } }";
    let own = varde.ask(&head, own, json!({})).await?;
    let director = varde.sign_in_person("10005").await?;
    let answer = "mutation ($id: ID!) { answerEndorsement(input: { nominationId: $id, endorsed: true, reason: \"Ja\" }) {
        errors { code message path } } }";
    varde.ask(&director, answer, json!({ "id": own["nominate"]["nomination"]["nominationId"] })).await?;
    Ok(())
}

fn is_query(field: &str) -> bool {
    field.starts_with("my")
}

/// The leader of the walk and others say yes, and whether they come: there is something to find.
async fn everyone_answers(house: &House) -> Result<()> {
    house.varde.run_due().await?;
    for mail in house.varde.mails().iter().filter(|mail| mail.subject.contains("Invitasjon")) {
        let Some(link) = mail.link() else { continue };
        house.varde.http.submit(&link, &[("act", "accept")]).await?;
    }
    house.varde.run_due().await?;
    let mine = house.varde.ask(&house.leader, "{ myPlaces { state } }", json!({})).await?;
    anyhow::ensure!(mine["myPlaces"][0]["state"] == "ENROLLED", "{mine}");
    Ok(())
}

/// What every name, address and title of this trust can be told by; profiles of import belong to the installation.
const OURS: [&str; 2] = ["@fjordheim.example", "Fjordheim sykehus"];

/// Another trust with the same codes and numbers, so that nothing but the trust tells them apart.
async fn no_field_leads_from_one_trust_to_another(engine: Engine) -> Result<()> {
    let house = House::new(engine).await?;
    everyone_answers(&house).await?;
    twin(&house.varde).await?;
    let schema = Schema::of(&house.varde.http).await?;
    for stranger in ["coordinator@sorvik.example", "administrator@sorvik.example"] {
        let client = house.varde.sign_in(stranger).await?;
        let own = own_ids(&house.varde, &client).await?;
        let ours: Vec<&str> = house.ids.iter().filter_map(|(_, id)| id.as_str()).collect();
        let may_be_told = |text: &str| {
            !OURS.iter().any(|own| text.contains(own)) && !ours.iter().any(|id| text.contains(id))
        };
        let with = with(&house, &own);
        let walk = Walk { schema: &schema, client: &client, with, may_be_told: &may_be_told, once: true };
        let reached = walk.everywhere().await?;
        for field in ["Cohort.enrolments", "Enrolment.person", "Person.email", "Mail.id", "AuditEvent.id"] {
            assert!(reached.contains(field), "{stranger} does not reach the own {field}: {reached:?}");
        }
    }
    Ok(())
}

pub(super) async fn twin(varde: &Harness) -> Result<()> {
    let file =
        String::from_utf8(NOVEMBER.to_vec())?.replace("fjordheim", "sorvik").replace("Fjordheim", "Sorvik");
    let file: &'static [u8] = Box::leak(file.into_bytes().into_boxed_slice());
    let input = varde.import_input("hr-export-2026-11.csv", file)?;
    import_people(&varde.ctx(), &Coordinator::system(varde.other), input, &|_, _| {}).await?;
    crate::pages::open(varde, varde.other, "sorvik", 3, &["10015", "10036"]).await?;
    varde.run_due().await?;
    Ok(())
}

async fn own_ids(varde: &Harness, client: &Http) -> Result<Vec<Value>> {
    let own = "{ cohort(code: \"INTRO-2\") { id gatherings { id } enrolments { nodes { id person { id } } } }
        mails { nodes { id } } auditEvents { nodes { id } } plannedReminders { nodes { id } }
        unit(code: \"10100\") { id leaders { id } } viewer { organisation { id } } }";
    let own = varde.ask(client, own, json!({})).await?;
    let place = &own["cohort"]["enrolments"]["nodes"][0];
    let ids = [
        &own["cohort"]["id"],
        &own["cohort"]["gatherings"][0]["id"],
        &place["id"],
        &place["person"]["id"],
        &own["mails"]["nodes"][0]["id"],
        &own["auditEvents"]["nodes"][0]["id"],
        &own["plannedReminders"]["nodes"][0]["id"],
        &own["unit"]["id"],
        &own["unit"]["leaders"][0]["id"],
        &own["viewer"]["organisation"]["id"],
    ];
    ids.into_iter().map(|id| id.as_str().map(|id| json!(id)).context("an id")).collect()
}
