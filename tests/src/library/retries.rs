//! Safe retries: every mutation with a key is sent twice, acts once, and is answered alike.

mod check_ins;
mod competence_plans;
mod nominations;

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;
use varde_app::{
    access::Coordinator,
    mails,
    queue::{self, Ending, Lease},
    trail,
};
use varde_model::delivery::{MailError, MailState};
use varde_persistence::Engine;
use varde_testkit::{
    harness::{DECEMBER, Harness},
    http::Http,
};

use crate::both::on_both;

use super::{ended, library};

on_both! {
    a_conflict_answers_with_the_gathering_that_stands
    a_day_out_of_time_is_refused_with_its_path
}

const PLANNED: &str = "mails { letter at recipientName enrolmentId gatheringId }";
const PLACE: &str = "id state placeInLine answerBy reason version person { employeeNumber }";
const GATHERING: &str = "id position title date starts ends room place cancelled version";

/// What each mutation is asked for: as much as tells two answers apart.
fn asked(mutation: &str) -> Option<String> {
    let cohort =
        format!("cohort {{ id code title state capacity version gatherings {{ {GATHERING} }} }} {PLANNED}");
    Some(match mutation {
        "createCohort" | "upsertCohort" | "editCohort" | "publishCohort" | "completeCohort"
        | "cancelCohort" => cohort,
        "addGathering" | "editGathering" | "cancelGathering" => {
            format!("gathering {{ {GATHERING} }} {cohort}")
        }
        "enrolLeaders" | "inviteLeaders" => format!("enrolments {{ {PLACE} }} {PLANNED}"),
        "changeEnrolment" => format!("enrolment {{ {PLACE} }} {PLANNED}"),
        "moveEnrolment" => format!("enrolment {{ {PLACE} }} former {{ {PLACE} }} {PLANNED}"),
        "answerInvitation" | "askForPlace" => {
            "place { enrolmentId state placeInLine } mails { letter at }".to_owned()
        }
        "enrolLeaderGroup" | "changeLeaderGroup" | "changeLeaderGroupMembers" | "editLeaderGroup" => {
            format!(
                "leaderGroup {{ id name state version }} members {{ included person {{ id }} }} {PLANNED}"
            )
        }
        "answerGroupInvitation" => "leaderGroup { leaderGroupId state memberNames }".to_owned(),
        "requeueMails" => "mails { id state letter attempts }".to_owned(),
        "setSending" => "organisation { sending } waiting { id state letter }".to_owned(),
        "importPeople" => "operation { id kind }".to_owned(),
        "endEmployment" => format!("person {{ employeeNumber employedTo }} {PLANNED}"),
        "recordGatheringAnswer" => "reply { coming answeredAt }".to_owned(),
        "assignSupporter" => {
            format!("enrolment {{ {PLACE} supporter {{ person {{ employeeNumber }} }} }} {PLANNED}")
        }
        "recordAttendance" => format!("records {{ presence }} {PLANNED}"),
        _ => return check_ins::asked(mutation, PLANNED).or_else(|| nominations::asked(mutation, PLANNED)),
    })
}

struct Retries {
    varde: Harness,
    hr: Http,
    done: BTreeSet<String>,
}

impl Retries {
    async fn send(&self, client: &Http, mutation: &str, input: &Value) -> Result<Value> {
        let selection = asked(mutation).with_context(|| format!("{mutation} has no row"))?;
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!(
            "mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ {selection} errors {{ code message path }} }} }}"
        );
        Ok(client.graphql(&document, json!({ "input": input })).await?.data()?[mutation].clone())
    }

    /// Sends a call twice; then another one with its key. `refused` rows are expected in the answer.
    async fn twice(&mut self, client: &Http, mutation: &str, input: Value, refused: usize) -> Result<Value> {
        let mut input = input;
        input["idempotencyKey"] = json!(format!("key of {mutation} {}", self.done.len()));
        let first = self.send(client, mutation, &input).await?;
        assert_eq!(first["errors"].as_array().map(Vec::len), Some(refused), "{mutation}: {first}");
        let entries = self.entries().await?;
        assert_eq!(self.send(client, mutation, &input).await?, first, "{mutation}");
        assert_eq!(self.entries().await?, entries, "{mutation} acted twice");
        let (field, value) = match mutation {
            "createCohort" | "upsertCohort" => ("title", json!("Et annet")),
            "recordGatheringAnswer" => ("coming", json!(false)),
            _ => ("dryRun", json!(true)),
        };
        input[field] = value;
        let other = self.send(client, mutation, &input).await?;
        assert_eq!(other["errors"][0]["code"], "IDEMPOTENCY_KEY_REUSED", "{mutation}: {other}");
        assert_eq!(other["errors"][0]["path"], json!(["idempotencyKey"]), "{mutation}");
        self.done.insert(mutation.to_owned());
        Ok(first)
    }

    /// What is in the audit trail, and the mail by its state.
    async fn entries(&self) -> Result<(u64, Vec<(MailState, u64)>)> {
        let (ctx, right) = (self.varde.ctx(), Coordinator::system(self.varde.org));
        let total = trail::events(&ctx, &right, &trail::AuditFilter::default(), None, 1).await?.total;
        Ok((total, mails::counts(&ctx, &right).await?))
    }
}

async fn every_call_is_answered_alike(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let mut retries = Retries { varde, hr: hr.clone(), done: BTreeSet::new() };
    let open = library()?["open-a-cohort"].variables["input"].clone();
    let cohort = retries.twice(&hr, "createCohort", open.clone(), 0).await?["cohort"].clone();
    let of = |more: Value| super::over(&json!({ "cohortId": cohort["id"] }), more);
    let added = of(json!({ "gathering": { "date": "2027-03-09" } }));
    let added = retries.twice(&hr, "addGathering", added, 0).await?["gathering"]["id"].clone();
    // Another one stands at the end when the first is asked for again.
    let later = of(json!({ "gathering": { "date": "2027-03-23" } }));
    retries.send(&hr, "addGathering", &later).await?;
    let again =
        of(json!({ "gathering": { "date": "2027-03-09" }, "idempotencyKey": "key of addGathering 1" }));
    assert_eq!(retries.send(&hr, "addGathering", &again).await?["gathering"]["id"], added);

    retries.import(&hr).await?;
    let numbers = json!({ "employeeNumbers": ["13885", "nobody", "14079"], "errorPolicy": "REJECT_FAILED",
        "reason": "Avtalt med klinikken" });
    let enrolled = retries.twice(&hr, "enrolLeaders", of(numbers.clone()), 1).await?;
    assert_eq!(enrolled["errors"][0]["path"], json!(["employeeNumbers", "1"]));
    let other = super::over(
        &of(numbers),
        json!({ "errorPolicy": "REJECT_ALL", "idempotencyKey": "key of enrolLeaders 3" }),
    );
    assert_eq!(
        retries.send(&hr, "enrolLeaders", &other).await?["errors"][0]["code"],
        "IDEMPOTENCY_KEY_REUSED"
    );

    let published = retries.twice(&hr, "publishCohort", of(json!({})), 0).await?;
    assert!(published["mails"].as_array().is_some_and(|mails| mails.len() >= 2), "{published}");
    let places = enrolled["enrolments"].as_array().context("places")?.clone();
    let leader = retries.varde.sign_in_person("13885").await?;
    let yes = json!({ "enrolmentId": places[0]["id"], "answer": "ACCEPT" });
    let seat = retries.twice(&leader, "answerInvitation", yes, 0).await?;
    assert_eq!(seat["place"]["state"], "ENROLLED");
    assert!(seat["mails"].as_array().is_some_and(|mails| !mails.is_empty()), "{seat}");
    retries.twice(&leader, "askForPlace", json!({ "cohortCode": open["code"] }), 0).await?;
    let no = json!({ "enrolmentId": places[1]["id"], "change": "DECLINE_FOR" });
    retries.twice(&hr, "changeEnrolment", no, 0).await?;
    let invite =
        of(json!({ "enrolmentIds": [places[1]["id"], places[0]["id"]], "errorPolicy": "REJECT_FAILED" }));
    retries.twice(&hr, "inviteLeaders", invite, 1).await?;
    let place = of(json!({ "place": "Storsalen" }));
    assert_ne!(retries.twice(&hr, "editCohort", place, 0).await?["mails"], json!([]));
    let room = json!({ "gatheringId": added, "room": "B 114" });
    assert_ne!(retries.twice(&hr, "editGathering", room, 0).await?["mails"], json!([]));
    let off = json!({ "gatheringId": added, "reason": "Få påmeldte" });
    assert_ne!(retries.twice(&hr, "cancelGathering", off, 0).await?["mails"], json!([]));
    retries.move_on(&hr, &open, &places[0]["id"]).await?;
    let held = json!({ "on": false });
    retries.end_employment(&hr).await?;
    let admin = retries.varde.sign_in("administrator@fjordheim.example").await?;
    assert_ne!(retries.twice(&admin, "setSending", held, 0).await?["waiting"], json!([]));
    retries.requeue(&hr).await?;
    let reason = of(json!({ "reason": "Få påmeldte" }));
    assert_ne!(retries.twice(&hr, "cancelCohort", reason, 0).await?["mails"], json!([]));
    let again = super::over(&open, json!({ "capacity": 14 }));
    let again = super::over(&again, json!({ "code": "NYL-2028-V" }));
    assert_eq!(retries.twice(&hr, "upsertCohort", again, 0).await?["cohort"]["state"], "DRAFT");
    retries.groups(&hr).await?;
    retries.complete(open).await?;
    retries.nominations().await?;
    retries.check_ins().await?;
    retries.competence_plans().await?;
    assert_eq!(retries.done, with_a_key(&retries.varde).await?, "every mutation with a key");
    Ok(())
}

impl Retries {
    async fn import(&mut self, hr: &Http) -> Result<()> {
        let file =
            json!({ "content": STANDARD.encode(DECEMBER), "fileName": "hr.csv", "profile": "fjordheim" });
        let mut file = file;
        file["idempotencyKey"] = json!("key of importPeople");
        let begun = self.send(hr, "importPeople", &file).await?;
        assert_eq!(begun["errors"], json!([]), "{begun}");
        ended(&self.varde, hr, &library()?["follow-an-import"].document, &begun["operation"]["id"]).await?;
        assert_eq!(self.send(hr, "importPeople", &file).await?, begun);
        file["dryRun"] = json!(true);
        let other = self.send(hr, "importPeople", &file).await?;
        assert_eq!(other["errors"][0]["code"], "IDEMPOTENCY_KEY_REUSED");
        self.done.insert("importPeople".to_owned());
        Ok(())
    }

    /// Of somebody whom the file of December does not have.
    async fn end_employment(&mut self, hr: &Http) -> Result<()> {
        let left = json!({ "employeeNumber": "11558", "lastDay": "2026-11-20" });
        let ended = self.twice(hr, "endEmployment", left, 0).await?;
        assert_eq!(ended["person"]["employedTo"], "2026-11-20");
        Ok(())
    }

    async fn requeue(&mut self, hr: &Http) -> Result<()> {
        let admin = self.varde.sign_in("administrator@fjordheim.example").await?;
        self.send(&admin, "setSending", &json!({ "on": true })).await?;
        let ctx = self.varde.ctx();
        let lease = Lease { worker: Uuid::from_u128(1), until: ctx.now + TimeDelta::minutes(5) };
        let ids: Vec<_> = queue::claim_mail(&ctx, 2, lease).await?.iter().map(|row| row.id).collect();
        let refused = MailError { code: "smtp_550".to_owned(), text: "no such mailbox".to_owned() };
        queue::end(&ctx, &ids, lease.worker, &Ending::Failed(refused), true).await?;
        let failed = self.varde.ask(hr, "{ mails(states: [FAILED]) { nodes { id } } }", json!({})).await?;
        let ids: Vec<_> =
            failed["mails"]["nodes"].as_array().context("nodes")?.iter().map(|m| m["id"].clone()).collect();
        assert_eq!(ids.len(), 2);
        let dry = self.send(hr, "requeueMails", &json!({ "mailIds": ids, "dryRun": true })).await?;
        assert_eq!(dry["mails"][0]["state"], "QUEUED", "as it would be");
        let rows = json!({ "mailIds": [ids[0], ids[1], ids[0]], "errorPolicy": "REJECT_FAILED" });
        self.twice(hr, "requeueMails", rows, 1).await?;
        Ok(())
    }

    /// A leader group is put in, changed, and answers.
    async fn groups(&mut self, hr: &Http) -> Result<()> {
        let open = json!({ "programme": "practical_change_management", "code": "END-1", "title": "Omstilling",
            "gatherings": [{ "date": "2027-02-17" }, { "date": "2027-02-18" }] });
        self.send(hr, "createCohort", &open).await?;
        let group = json!({ "cohortCode": "END-1", "unitCode": "10100" });
        let group = self.twice(hr, "enrolLeaderGroup", group, 0).await?["leaderGroup"]["id"].clone();
        let case =
            json!({ "leaderGroupId": group, "whatChanges": "Postene slås sammen", "whoIsTouched": "Alle" });
        self.twice(hr, "editLeaderGroup", case, 0).await?;
        let out = json!({ "leaderGroupId": group, "leaveOut": ["10455"], "reason": "Berøres ikke" });
        self.twice(hr, "changeLeaderGroupMembers", out, 0).await?;
        self.send(hr, "publishCohort", &json!({ "cohortCode": "END-1" })).await?;
        let leader = self.varde.sign_in_person("10015").await?;
        let yes = json!({ "leaderGroupId": group, "accept": true });
        let yes = self.twice(&leader, "answerGroupInvitation", yes, 0).await?;
        assert_eq!(yes["leaderGroup"]["state"], "ENROLLED");
        let off = json!({ "leaderGroupId": group, "change": "WITHDRAW", "reason": "Omstillingen er utsatt" });
        let off = self.twice(hr, "changeLeaderGroup", off, 0).await?;
        assert!(off["mails"].as_array().is_some_and(|mails| mails.len() >= 4), "{off}");
        Ok(())
    }

    /// Into another cohort.
    async fn move_on(&mut self, hr: &Http, open: &Value, place: &Value) -> Result<()> {
        let other = super::over(open, json!({ "code": "NYL-2027-Y", "idempotencyKey": "yet another" }));
        let other = self.send(hr, "createCohort", &other).await?["cohort"]["id"].clone();
        self.send(hr, "publishCohort", &json!({ "cohortId": other })).await?;
        let moved = json!({ "enrolmentId": place, "cohortId": other, "reason": "Ferie" });
        let moved = self.twice(hr, "moveEnrolment", moved, 0).await?;
        assert_eq!(
            (&moved["enrolment"]["state"], &moved["former"]["state"]),
            (&json!("ENROLLED"), &json!("WITHDRAWN"))
        );
        assert_ne!(moved["mails"], json!([]));
        Ok(())
    }

    async fn complete(&mut self, open: Value) -> Result<()> {
        let open = super::over(&open, json!({ "code": "NYL-2027-X", "idempotencyKey": "another cohort" }));
        let cohort = self.send(&self.hr, "createCohort", &open).await?["cohort"].clone();
        let (cohort, gathering) = (cohort["id"].clone(), cohort["gatherings"][0]["id"].clone());
        let reason = "Avtalt med klinikken";
        let in_it = json!({ "cohortId": cohort, "employeeNumbers": ["14079"], "reason": reason });
        let place = self.send(&self.hr, "enrolLeaders", &in_it).await?["enrolments"][0]["id"].clone();
        self.send(&self.hr, "publishCohort", &json!({ "cohortId": cohort })).await?;
        let seat = json!({ "enrolmentId": place, "change": "ACCEPT_FOR" });
        self.send(&self.hr, "changeEnrolment", &seat).await?;
        let comes = json!({ "enrolmentId": place, "gatheringId": gathering, "coming": true });
        let hr = self.hr.clone();
        let supported = json!({ "enrolmentId": place, "supporterEmployeeNumber": "11080" });
        let supported = self.twice(&hr, "assignSupporter", supported, 0).await?;
        assert_eq!(supported["mails"].as_array().map(Vec::len), Some(2));
        assert_eq!(self.twice(&hr, "recordGatheringAnswer", comes, 0).await?["reply"]["coming"], true);
        self.varde.move_to("2027-06-01T08:00:00Z".parse()?).await?;
        let hr = self.varde.coordinator().await?;
        let attended = json!({ "gatheringId": gathering, "everyoneElse": "PRESENT" });
        let recorded = self.twice(&hr, "recordAttendance", attended, 0).await?;
        assert_eq!(recorded["records"], json!([{ "presence": "PRESENT" }]));
        let done = json!({ "cohortId": cohort, "missingAsAbsent": true });
        let done = self.twice(&hr, "completeCohort", done, 0).await?;
        assert_eq!(done["mails"].as_array().map(Vec::len), Some(2), "the result, and the evaluation");
        Ok(())
    }
}

/// The mutations whose input has a key, as the schema says.
async fn with_a_key(varde: &Harness) -> Result<BTreeSet<String>> {
    let walk =
        "{ __schema { mutationType { fields { name args { type { ofType { inputFields { name } } } } } } } }";
    let schema = varde.ask(&varde.http, walk, json!({})).await?;
    let fields = schema["__schema"]["mutationType"]["fields"].as_array().context("fields")?.clone();
    let keyed = |field: &&Value| {
        let inputs = field["args"][0]["type"]["ofType"]["inputFields"].as_array();
        inputs.is_some_and(|inputs| inputs.iter().any(|input| input["name"] == "idempotencyKey"))
    };
    Ok(fields.iter().filter(keyed).filter_map(|field| field["name"].as_str()).map(str::to_owned).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_sent_twice_is_answered_alike_on_sqlite() -> Result<()> {
    Box::pin(every_call_is_answered_alike(Engine::Sqlite)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_sent_twice_is_answered_alike_on_postgresql() -> Result<()> {
    Box::pin(every_call_is_answered_alike(Engine::Postgres)).await
}

async fn at_once(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let retries = Retries { varde, hr: hr.clone(), done: BTreeSet::new() };
    let open = library()?["open-a-cohort"].variables["input"].clone();
    let (first, second) =
        tokio::join!(retries.send(&hr, "createCohort", &open), retries.send(&hr, "createCohort", &open));
    let cohort = first?;
    assert_eq!(cohort, second?, "one was made, and both tell of it");
    assert_eq!(cohort["errors"], json!([]));
    let id = &cohort["cohort"]["id"];
    let numbers = json!({ "cohortId": id, "employeeNumbers": ["13885", "14079", "x"], "errorPolicy": "REJECT_FAILED",
        "reason": "Avtalt med klinikken", "idempotencyKey": "a" });
    let (first, second) = tokio::join!(
        retries.send(&hr, "enrolLeaders", &numbers),
        retries.send(&hr, "enrolLeaders", &numbers)
    );
    assert_eq!(first?, second?);
    let publish = json!({ "cohortId": id, "idempotencyKey": "b" });
    let (first, second) = tokio::join!(
        retries.send(&hr, "publishCohort", &publish),
        retries.send(&hr, "publishCohort", &publish)
    );
    let first = first?;
    assert_eq!(first["cohort"]["state"], "PUBLISHED", "{first}");
    assert_ne!(first["mails"], json!([]));
    assert_eq!(first, second?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_calls_with_one_key_at_once_one_acts_on_sqlite() -> Result<()> {
    Box::pin(at_once(Engine::Sqlite)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_calls_with_one_key_at_once_one_acts_on_postgresql() -> Result<()> {
    Box::pin(at_once(Engine::Postgres)).await
}

/// A conflict shows what stands, so that the caller can go on from it.
async fn a_conflict_answers_with_the_gathering_that_stands(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let retries = Retries { varde, hr: hr.clone(), done: BTreeSet::new() };
    let open = library()?["open-a-cohort"].variables["input"].clone();
    let cohort = retries.send(&hr, "createCohort", &open).await?["cohort"].clone();
    let id = &cohort["gatherings"][0]["id"];
    for (mutation, change) in [("editGathering", json!({ "room": "C 2" })), ("cancelGathering", json!({}))] {
        let late = super::over(&json!({ "gatheringId": id, "version": 7 }), change);
        let refused = retries.send(&hr, mutation, &late).await?;
        assert_eq!(refused["errors"][0]["code"], "CONFLICT", "{refused}");
        assert_eq!(refused["gathering"], cohort["gatherings"][0], "{mutation}");
    }
    Ok(())
}

/// A day that no calendar can reckon with is refused where it stands, not a fault.
async fn a_day_out_of_time_is_refused_with_its_path(engine: Engine) -> Result<()> {
    let varde = Harness::start(engine).await?;
    let hr = varde.coordinator().await?;
    let retries = Retries { varde, hr: hr.clone(), done: BTreeSet::new() };
    let open = library()?["open-a-cohort"].variables["input"].clone();
    let cohort = retries.send(&hr, "createCohort", &open).await?["cohort"].clone();
    for day in ["9999-12-31", "0000-06-01", "1899-12-31", "2200-01-01"] {
        let added = json!({ "cohortId": cohort["id"], "gathering": { "date": day, "title": "Ekstra" } });
        let moved = json!({ "gatheringId": cohort["gatherings"][0]["id"], "date": day });
        for (mutation, input) in [("addGathering", added), ("editGathering", moved)] {
            let error = retries.send(&hr, mutation, &input).await?["errors"][0].clone();
            assert_eq!(error["code"], "OUT_OF_RANGE", "{mutation} {day}: {error}");
            assert!(error["path"].as_array().is_some_and(|path| path.contains(&json!("date"))), "{error}");
        }
    }
    Ok(())
}
