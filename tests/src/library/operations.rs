//! A coordinator's half year, told with nothing but the operations of the library. Every one of them is executed, and
//! every mutation that changes something leaves an entry in the audit trail.

mod administration;
mod check_ins;
mod competence_plans;
mod completion;
mod course;
mod groups;
mod inbox;
mod nominations;
mod surveys;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use uuid::Uuid;
use varde_app::{
    access::Coordinator,
    queue::{self, Ending, Lease},
    trail,
};
use varde_model::delivery::MailError;
use varde_persistence::Engine;
use varde_testkit::{
    harness::{DECEMBER, Harness, PASSWORD},
    http::Http,
};

use super::{Operation, ended, library, over, socket};

/// Begins work that is audited when it ends: the story looks for the entry there.
const AUDITED_LATER: &str = "import-people";

struct Story {
    varde: Harness,
    library: BTreeMap<String, Operation>,
    told: BTreeSet<String>,
    /// Root fields of mutations that were seen to leave an audit entry.
    audited: BTreeSet<String>,
}

impl Story {
    async fn new(engine: Engine) -> Result<Self> {
        let varde = Harness::fjordheim(engine).await?;
        Ok(Self { varde, library: library()?, told: BTreeSet::new(), audited: BTreeSet::new() })
    }

    /// Executes an operation of the library with its example variables and others laid over them.
    async fn tell(&mut self, client: &Http, name: &str, with: Value) -> Result<Value> {
        let operation = self.library.get(name).with_context(|| format!("no operation {name}"))?;
        let variables = over(&operation.variables, with);
        let dry = variables["input"]["dryRun"] == true;
        let changes = operation.is("mutation") && !dry && name != AUDITED_LATER;
        let before = self.entries().await?;
        let data =
            self.varde.ask(client, &operation.document, variables).await.with_context(|| name.to_owned())?;
        let after = self.entries().await?;
        if changes {
            ensure!(after > before, "{name} leaves no entry in the audit trail");
            self.audited.insert(operation.field().to_owned());
        } else if operation.is("query") || dry {
            ensure!(after == before, "{name} changes something");
        }
        self.told.insert(name.to_owned());
        Ok(data[operation.field()].clone())
    }

    async fn entries(&self) -> Result<u64> {
        let right = Coordinator::system(self.varde.org);
        Ok(trail::events(&self.varde.ctx(), &right, &trail::AuditFilter::default(), None, 1).await?.total)
    }

    async fn move_to(&self, moment: &str) -> Result<()> {
        self.varde.move_to(moment.parse::<DateTime<Utc>>()?).await?;
        Ok(())
    }

    /// The people of a cohort as they stand: the id of the place by state, in the order of the roster.
    async fn places(&mut self, hr: &Http, state: &str) -> Result<Vec<Value>> {
        let roster = self.tell(hr, "see-the-roster", json!({})).await?;
        let members = roster["members"].as_array().context("members")?;
        Ok(members.iter().filter(|member| member["state"] == state).cloned().collect())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_of_the_library_does_what_it_says_on_sqlite() -> Result<()> {
    Box::pin(story(Engine::Sqlite)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_of_the_library_does_what_it_says_on_postgresql() -> Result<()> {
    Box::pin(story(Engine::Postgres)).await
}

async fn story(engine: Engine) -> Result<()> {
    let mut story = Story::new(engine).await?;
    signing_in(&mut story).await?;
    people(&mut story).await?;
    let cohort = planning(&mut story).await?;
    importing(&mut story).await?;
    publishing(&mut story).await?;
    mail(&mut story).await?;
    inbox::the_inbox(&mut story).await?;
    reminders_and_calendar(&mut story).await?;
    answers(&mut story).await?;
    course::the_course(&mut story, &cohort).await?;
    completion::what_is_left(&mut story).await?;
    administration::the_work(&mut story).await?;
    nominations::the_round(&mut story).await?;
    groups::the_groups(&mut story).await?;
    completion::trying_the_role_out(&mut story).await?;
    check_ins::the_year(&mut story).await?;
    competence_plans::the_plan(&mut story).await?;

    let known: BTreeSet<String> = story.library.keys().cloned().collect();
    assert_eq!(story.told, known, "an operation of the library is not executed");
    let mutations = "{ __schema { mutationType { fields { name } } } }";
    let fields = story.varde.ask(&story.varde.http.clone(), mutations, json!({})).await?;
    let fields = fields["__schema"]["mutationType"]["fields"].as_array().context("fields")?.clone();
    let all: BTreeSet<&str> = fields.iter().filter_map(|field| field["name"].as_str()).collect();
    let rest: Vec<&str> = all.into_iter().filter(|field| !story.audited.contains(*field)).collect();
    assert!(rest.is_empty(), "mutations that were not seen in the audit trail: {rest:?}");
    Ok(())
}

async fn signing_in(story: &mut Story) -> Result<()> {
    let nobody = story.varde.http.clone();
    let credentials = json!({ "input": { "email": "coordinator@fjordheim.example", "password": PASSWORD } });
    let session = story.tell(&nobody, "sign-in", credentials).await?;
    let input = json!({ "input": { "refreshToken": session["refreshToken"] } });
    let next = story.tell(&nobody, "refresh-the-session", input).await?;
    let hr = nobody.with_token(next["accessToken"].as_str().context("accessToken")?);
    let viewer = story.tell(&hr, "who-am-i", json!({})).await?;
    assert_eq!(viewer["roles"], json!(["COORDINATOR"]));
    assert_eq!(viewer["organisation"]["key"], "fjordheim");
    story.tell(&hr, "sign-out", json!({})).await?;
    let refused = hr.graphql("{ viewer { id } }", json!({})).await?;
    assert_eq!(refused.codes(), ["UNAUTHENTICATED"]);
    Ok(())
}

async fn people(story: &mut Story) -> Result<()> {
    let hr = story.varde.coordinator().await?;
    let found = story.tell(&hr, "find-people", json!({})).await?;
    assert!(found["totalCount"].as_u64() > Some(0), "{found}");
    let person = story.tell(&hr, "see-a-person", json!({})).await?;
    assert_eq!(person["appointments"][0]["unit"]["code"], "10100");
    assert_eq!(person["lineManager"]["name"], "Jenny Holm");
    let leaders = story.tell(&hr, "find-leaders", json!({})).await?;
    assert!(leaders["totalCount"].as_u64() > Some(0), "{leaders}");
    let leader = story.tell(&hr, "see-a-leader", json!({})).await?;
    assert_eq!(leader["unit"]["code"], "10100");
    let led = story.tell(&hr, "who-led-a-unit", json!({})).await?;
    assert_eq!(led[0]["person"]["employeeNumber"], "10015");
    let units = story.tell(&hr, "see-the-units", json!({})).await?;
    let total = units["totalCount"].as_u64().context("totalCount")?;
    assert_eq!(total.min(100), units["nodes"].as_array().context("nodes")?.len() as u64);
    let unit = story.tell(&hr, "see-a-unit", json!({})).await?;
    assert_eq!(unit["parent"]["code"], "100");
    let manager = story.tell(&hr, "find-the-line-manager", json!({})).await?;
    assert_eq!(manager["person"]["employeeNumber"], "10005");

    story.tell(&hr, "name-a-line-manager", json!({})).await?;
    let later = json!({ "employeeNumber": "10005", "on": "2027-01-01" });
    let chair = story.tell(&hr, "find-the-line-manager", later).await?;
    assert_eq!((&chair["isOutside"], &chair["name"]), (&json!(true), &json!("Inger Styreleder")));
    let named = story.tell(&hr, "see-named-line-managers", json!({})).await?;
    let end = json!({ "input": { "overrideId": named[0]["id"] } });
    let ended = story.tell(&hr, "end-a-named-line-manager", end).await?;
    assert_eq!(ended["lineManagerOverride"]["to"], "2027-06-30");
    Ok(())
}

async fn planning(story: &mut Story) -> Result<Value> {
    let hr = story.varde.coordinator().await?;
    let asked = story.tell(&hr, "see-the-responsibilities", json!({})).await?;
    assert_eq!(asked[0]["domains"].as_array().map(Vec::len), Some(6), "{asked}");
    let requirements = story.tell(&hr, "see-the-requirements", json!({})).await?;
    assert_eq!(requirements[8]["domains"][0]["weight"], 2, "{requirements}");
    let programmes = story.tell(&hr, "see-the-programmes", json!({})).await?;
    let keys: Vec<_> = programmes["nodes"].as_array().unwrap().iter().map(|node| &node["key"]).collect();
    assert_eq!(
        keys,
        [
            "experienced_leader_development",
            "leader_group_development",
            "mobilisation",
            "national_top_leader",
            "new_leader_development",
            "onboarding",
            "practical_change_management",
            "top_leader_groups"
        ]
    );
    let words = story.tell(&hr, "words-for-values", json!({})).await?;
    assert_eq!(
        words[2],
        json!({ "enumName": "EnrolmentState", "value": "WAITING", "label": "på venteliste" })
    );
    let unknown = hr.graphql("{ enumLabels(name: \"Enrolmentstate\") { label } }", json!({})).await?;
    assert_eq!(unknown.codes(), ["BAD_USER_INPUT"]);
    let one = story.tell(&hr, "see-a-programme", json!({})).await?;
    assert_eq!(one["nynorsk"], "Introduksjonsprogram for nye leiarar");
    let opened = story.tell(&hr, "open-a-cohort", json!({})).await?;
    let cohort = opened["cohort"]["id"].clone();
    let edited = story.tell(&hr, "edit-a-cohort", json!({ "input": { "dryRun": false } })).await?;
    assert_eq!(edited["cohort"]["version"], 2);
    story.tell(&hr, "add-a-gathering", json!({})).await?;
    let found = story.tell(&hr, "find-a-cohort", json!({})).await?;
    assert_eq!(found["gatherings"].as_array().context("gatherings")?.len(), 4);
    let again = story.tell(&hr, "plan-a-cohort-again", json!({})).await?;
    let changed = json!({ "input": { "capacity": 20, "idempotencyKey": "plan-NYL-2028-V-2" } });
    let changed = story.tell(&hr, "plan-a-cohort-again", changed).await?;
    assert_eq!(changed["cohort"]["id"], again["cohort"]["id"]);
    assert_eq!(changed["cohort"]["capacity"], 20);
    let listed = story.tell(&hr, "list-cohorts", json!({})).await?;
    assert_eq!(listed["totalCount"], 2);
    let able = story.tell(&hr, "who-can-run-a-cohort", json!({})).await?;
    assert_eq!(able.as_array().map(Vec::len), Some(2), "the coordinator and the administrator");
    Ok(cohort)
}

async fn importing(story: &mut Story) -> Result<()> {
    let hr = story.varde.coordinator().await?;
    story.tell(&hr, "new-leaders", json!({})).await?;
    let meant = story.tell(&hr, "see-whom-a-programme-is-for", json!({})).await?;
    assert_eq!((&meant["eligible"], &meant["countedTo"]), (&json!(false), &json!("2027-01-13")), "{meant}");
    let proposed = story.tell(&hr, "propose-new-leaders", json!({})).await?;
    assert!(proposed["proposed"].as_u64() > Some(0), "{proposed}");
    let profiles = story.tell(&hr, "import-profiles", json!({})).await?;
    let usual = profiles.as_array().context("profiles")?.iter().find(|profile| profile["isDefault"] == true);
    let file = json!({ "input": {
        "content": STANDARD.encode(DECEMBER), "fileName": "hr-export-2026-12.csv",
        "profile": usual.context("a usual profile")?["key"],
    } });
    let follow = story.library["follow-an-import"].document.clone();
    let dry = story.tell(&hr, "import-people-dry-run", file.clone()).await?;
    let dry = ended(&story.varde, &hr, &follow, &dry["operation"]["id"]).await?;
    assert_eq!(dry["importReport"]["outcome"], "DRY_RUN");
    assert!(dry["importReport"]["changes"]["totalCount"].as_u64() > Some(0), "{dry}");

    let before = story.entries().await?;
    let begun = story.tell(&hr, "import-people", file.clone()).await?;
    let again = story.tell(&hr, "import-people", file).await?;
    assert_eq!(begun["operation"]["id"], again["operation"]["id"], "the same key begins one import");
    let id = begun["operation"]["id"].clone();
    let done = ended(&story.varde, &hr, &follow, &id).await?;
    assert_eq!(done["importReport"]["outcome"], "IMPORTED");
    assert_eq!(done["importReport"]["counts"], dry["importReport"]["counts"], "as the dry run said");
    ensure!(story.entries().await? > before, "an import leaves no entry in the audit trail");
    story.audited.insert("importPeople".to_owned());
    story.tell(&hr, "follow-an-import", json!({ "id": id })).await?;
    let earlier = story.tell(&hr, "earlier-imports", json!({})).await?;
    assert_eq!(earlier["totalCount"], 3, "with the one of November");

    let credentials = json!({ "input": { "email": "coordinator@fjordheim.example", "password": PASSWORD } });
    let session = story.tell(&story.varde.http.clone(), "sign-in", credentials).await?;
    let watch = story.library["watch-an-import"].document.clone();
    let base = story.varde.app.config().public_url.clone();
    let said = socket::listen(&base, session["accessToken"].as_str(), &watch, json!({ "id": id })).await?;
    assert_eq!(said.last().context("a message")?["data"]["operation"]["state"], "SUCCEEDED");
    story.told.insert("watch-an-import".to_owned());

    let missing = story.tell(&hr, "people-missing-from-hr", json!({})).await?;
    assert_eq!(missing["nodes"][0]["employeeNumber"], "11558");
    let dry = story.tell(&hr, "end-an-employment", json!({})).await?;
    assert_eq!(dry["person"]["employedTo"], "2026-11-20");
    story.tell(&hr, "end-an-employment", json!({ "input": { "dryRun": false } })).await?;
    let settled = story.tell(&hr, "people-missing-from-hr", json!({})).await?;
    assert_eq!(settled["totalCount"], 0, "{settled}");
    Ok(())
}

async fn publishing(story: &mut Story) -> Result<()> {
    let hr = story.varde.coordinator().await?;
    let key = json!({});
    let numbers = json!({ "input": { "employeeNumbers": ["13885", "14079"], "dryRun": false } });
    let enrolled = story.tell(&hr, "enrol-leaders", numbers).await?;
    assert_eq!(enrolled["enrolments"][0]["state"], "PROPOSED");
    let dry = story.tell(&hr, "publish-a-cohort-dry-run", key.clone()).await?;
    let listed = dry["mails"].as_array().context("mails")?.len();
    let published = story.tell(&hr, "publish-a-cohort", key.clone()).await?;
    assert_eq!(published["mails"].as_array().context("mails")?.len(), listed);
    let again = story.library["publish-a-cohort"].document.clone();
    let again =
        story.varde.ask(&hr, &again, over(&story.library["publish-a-cohort"].variables, key.clone())).await?;
    assert_eq!(again["publishCohort"]["cohort"]["state"], "PUBLISHED", "the same key publishes once");

    let found = story.tell(&hr, "find-a-cohort", json!({})).await?;
    let gathering = json!({ "input": { "gatheringId": found["gatherings"][1]["id"], "dryRun": false } });
    story.tell(&hr, "move-a-gathering", gathering).await?;
    let last = json!({ "input": { "gatheringId": found["gatherings"][3]["id"], "dryRun": false } });
    story.tell(&hr, "call-a-gathering-off", last).await?;
    story.tell(&hr, "call-a-cohort-off", key).await?;
    let other = json!({ "input": { "code": "NYL-2027-H", "idempotencyKey": "open-NYL-2027-H" } });
    let other = story.tell(&hr, "open-a-cohort", other).await?;
    let off = json!({ "input": { "cohortCode": other["cohort"]["code"], "dryRun": false } });
    story.tell(&hr, "call-a-cohort-off", off).await?;
    Ok(())
}

async fn mail(story: &mut Story) -> Result<()> {
    let hr = story.varde.coordinator().await?;
    let ctx = story.varde.ctx();
    let lease = Lease { worker: Uuid::from_u128(1), until: ctx.now + TimeDelta::minutes(5) };
    let ids: Vec<_> = queue::claim_mail(&ctx, 1, lease).await?.iter().map(|row| row.id).collect();
    let refused = MailError { code: "smtp_550".to_owned(), text: "no such mailbox".to_owned() };
    queue::end(&ctx, &ids, lease.worker, &Ending::Failed(refused), true).await?;
    let failed = story.tell(&hr, "failed-mails", json!({})).await?;
    assert_eq!(failed["totalCount"], 1);
    let error = &failed["nodes"][0]["lastError"];
    let told = "E-posttjeneren tok ikke imot e-posten. Kontroller adressen, og send den på nytt.";
    assert_eq!((&error["code"], &error["message"]), (&json!("smtp_550"), &json!(told)));
    let again = json!({ "input": { "mailIds": [failed["nodes"][0]["id"]] } });
    let again = story.tell(&hr, "send-mails-again", again).await?;
    assert_eq!(again["mails"][0]["state"], "QUEUED");
    story.varde.run_due().await?;
    let counts = story.tell(&hr, "count-the-mails", json!({})).await?;
    let state =
        |state: &str| counts.as_array()?.iter().find(|count| count["state"] == state)?["count"].as_u64();
    assert!(state("SENT") > Some(0) && state("FAILED").is_none(), "{counts}");
    Ok(())
}

async fn reminders_and_calendar(story: &mut Story) -> Result<()> {
    let hr = story.varde.coordinator().await?;
    let rules = story.tell(&hr, "reminder-rules", json!({})).await?;
    assert!(rules["totalCount"].as_u64() > Some(5), "{rules}");
    story.tell(&hr, "change-a-reminder-rule", json!({})).await?;
    story.tell(&hr, "change-a-reminder-rule", json!({ "input": { "dryRun": false } })).await?;
    let plan = story.tell(&hr, "reminder-plan", json!({})).await?;
    assert!(plan["totalCount"].as_u64() > Some(0), "{plan}");
    story.tell(&hr, "close-a-day", json!({})).await?;
    assert_eq!(story.tell(&hr, "closed-days", json!({})).await?[0]["name"], "Julestengt");
    story.tell(&hr, "open-a-closed-day", json!({})).await?;
    Ok(())
}

async fn answers(story: &mut Story) -> Result<()> {
    let hr = story.varde.coordinator().await?;
    story.tell(&hr, "chase-answers", json!({})).await?;
    let invited = story.places(&hr, "INVITED").await?;
    assert!(invited.len() >= 7, "{}", invited.len());
    let place = |index: usize| json!({ "input": { "enrolmentId": invited[index]["enrolmentId"] } });
    story.tell(&hr, "answer-on-the-phone", place(0)).await?;
    let no = over(&place(1), json!({ "input": { "change": "DECLINE_FOR" } }));
    let no = story.tell(&hr, "answer-on-the-phone", no).await?;
    assert_eq!(no["enrolment"]["state"], "DECLINED");
    story.tell(&hr, "take-a-leader-out", place(2)).await?;
    let again =
        json!({ "input": { "dryRun": false, "employeeNumbers": [invited[2]["person"]["employeeNumber"]] } });
    let again = story.tell(&hr, "invite-again", again).await?;
    assert_eq!(again["enrolments"][0]["state"], "INVITED");
    let past = story.tell(&hr, "place-past-the-line", place(3)).await?;
    assert_eq!(past["enrolment"]["state"], "ENROLLED");

    course::moving(story, &hr, &place(5)).await?;
    course::asking(story, &invited[1]["person"]["employeeNumber"]).await?;

    let number = invited[4]["person"]["employeeNumber"].as_str().context("number")?;
    let leader = story.varde.sign_in_person(number).await?;
    story.tell(&leader, "my-responsibilities", json!({})).await?;
    let meant = story.tell(&leader, "my-eligibility", json!({})).await?;
    assert_eq!(meant["rules"].as_array().map(Vec::len), Some(5), "{meant}");
    story.tell(&leader, "my-line-manager", json!({})).await?;
    story.tell(&leader, "my-leaders", json!({})).await?;
    let chosen = story.tell(&leader, "choose-my-language", json!({})).await?;
    assert_eq!(chosen["person"]["locale"], "nn");
    let told = json!({ "input": { "employeeNumber": number } });
    let told = story.tell(&hr, "write-down-preferences", told).await?;
    assert_eq!((&told["person"]["locale"], &told["person"]["muted"]), (&json!("nn"), &json!(true)));
    let mine = story.tell(&leader, "my-places", json!({})).await?;
    let mine = json!({ "input": { "enrolmentId": mine[0]["enrolmentId"] } });
    let seat = story.tell(&leader, "answer-my-invitation", mine.clone()).await?;
    assert_eq!(seat["place"]["state"], "ENROLLED");
    let gatherings = story.tell(&leader, "my-places", json!({})).await?;
    let coming = json!({ "input": { "gatheringId": gatherings[0]["gatherings"][0]["gatheringId"] } });
    story.tell(&leader, "say-whether-i-come", over(&mine, coming)).await?;
    let who = story.tell(&hr, "who-comes", json!({})).await?;
    assert_eq!(who["gatherings"][0]["replies"][0]["coming"], true);
    let gathering = json!({ "input": { "gatheringId": who["gatherings"][0]["id"] } });
    let said = story.tell(&hr, "write-down-who-comes", over(&place(0), gathering)).await?;
    assert_eq!(said["reply"]["coming"], false);

    story.move_to("2026-12-21T12:00:00Z").await?;
    let hr = story.varde.coordinator().await?;
    let lapsed = story.places(&hr, "LAPSED").await?;
    let reopened = json!({ "input": { "enrolmentId": lapsed[0]["enrolmentId"] } });
    story.tell(&hr, "reopen-a-lapsed-answer", reopened).await?;
    Ok(())
}
