//! `varde demo`, from its start to a clock that was moved.

use std::{collections::BTreeMap, fs, os::unix::fs::MetadataExt as _, path::Path, time::Duration};

use chrono::{DateTime, Datelike as _, Timelike as _, Utc};
use serde_json::{Value, json};
use varde_testkit::{
    binary::{Running, command, run},
    http::Http,
    postgres::Postgres,
};

use super::complained;

const LAST_LINE: &str = "Ctrl-C ends it";
const BEGINNING: &str = "2026-11-23T08:00:00+01:00";

fn start(folder: &Path, more: &[&str]) -> (Running, Http) {
    let arguments = ["demo", "--port", "0"];
    let demo = command(folder, arguments.iter().chain(more)).unwrap();
    let running = Running::start(demo, LAST_LINE).unwrap();
    let http = Http::new(&running.url().unwrap()).unwrap();
    (running, http)
}

async fn mails(http: &Http) -> Vec<Value> {
    let answer = http.get_json("/demo/mail").await.unwrap();
    answer.as_array().unwrap().clone()
}

async fn move_clock(http: &Http, to: &str) -> (u16, Value) {
    let answer = http.post("/demo/clock").json(&json!({ "to": to })).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn it_reaches_a_cohort_with_invitations_and_its_clock_moves_forwards_only() {
    let folder = tempfile::tempdir().unwrap();
    let (running, http) = start(folder.path(), &["--now", BEGINNING]);
    let invitations = mails(&http).await;
    let kinds: BTreeMap<&str, usize> = invitations.iter().fold(BTreeMap::new(), |mut kinds, mail| {
        *kinds.entry(mail["kind"].as_str().unwrap()).or_default() += 1;
        kinds
    });
    assert_eq!(
        kinds,
        BTreeMap::from([("invitation", 30)]),
        "25 seats in one trust, 5 new leaders in the other"
    );
    assert!(invitations.iter().all(|mail| mail["links"][0].as_str().unwrap().contains("/answer/")));

    let (status, moved) = move_clock(&http, "2026-12-08T09:00:00+01:00").await;
    assert_eq!(status, 200, "{moved}");
    let now: DateTime<Utc> = moved["now"].as_str().unwrap().parse().unwrap();
    let wanted: DateTime<Utc> = "2026-12-08T08:00:00Z".parse().unwrap();
    assert!(now >= wanted && now - wanted < chrono::TimeDelta::seconds(60), "{now}");
    let after = mails(&http).await;
    assert_eq!(moved["mailsSent"], after.len() - invitations.len(), "{moved}");
    assert!(after.len() > invitations.len());
    let (status, refused) = move_clock(&http, BEGINNING).await;
    assert_eq!((status, refused["error"]["code"].as_str()), (422, Some("BACKWARDS")));

    assert!(running.terminate().unwrap().success());
}

#[tokio::test]
async fn the_next_thing_that_it_tells_of_is_a_reminder() {
    let folder = tempfile::tempdir().unwrap();
    let (running, http) = start(folder.path(), &["--now", BEGINNING]);
    let told = running.told.split("\"to\": \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let (status, moved) = move_clock(&http, told).await;
    assert_eq!(status, 200, "{moved}");
    assert_eq!(moved["mailsSent"], 30, "everybody who has not answered: {moved}");
}

#[tokio::test]
async fn the_examples_of_the_library_that_only_look_find_something_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let (_running, http) = start(folder.path(), &["--now", BEGINNING]);
    let credentials = fs::read(folder.path().join("demo-credentials.json")).unwrap();
    let credentials: Vec<Value> = serde_json::from_slice(&credentials).unwrap();
    let mut signed_in = BTreeMap::new();
    for role in ["administrator", "coordinator", "leader"] {
        let own = credentials.iter().find(|own| own["organisation"] == "fjordheim" && own["role"] == role);
        let [email, password] = ["email", "password"].map(|key| own.unwrap()[key].as_str().unwrap());
        signed_in.insert(role, http.sign_in(email, password).await.unwrap());
    }
    for operation in varde_gateway::graphiql::operations() {
        // Of one that nobody has yet, the example says in words where its id is found.
        if !operation.query.contains("\nquery ") || operation.variables.contains("\"the ") {
            continue;
        }
        let role = match &operation.description {
            text if text.starts_with("For administrators") => "administrator",
            _ if operation.title.contains(" my ") || operation.title.starts_with("My ") => "leader",
            _ => "coordinator",
        };
        let variables: Value = serde_json::from_str(&operation.variables).unwrap_or_else(|_| json!({}));
        let answer = signed_in[role].graphql(&operation.query, variables).await.unwrap();
        let data = answer.data().unwrap_or_else(|error| panic!("{}: {error}", operation.title));
        let found = data.as_object().unwrap().values().next().unwrap();
        assert!(!found.is_null(), "{}: {data}", operation.title);
    }
}

#[tokio::test]
async fn a_second_one_in_the_folder_leaves_the_first_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (_running, http) = start(folder.path(), &["--now", BEGINNING]);
    let second = run(folder.path(), ["demo", "--port", "0"]).unwrap();
    assert!(complained(&second).contains("choose another folder with --data-dir"), "{}", complained(&second));
    assert_eq!(mails(&http).await.len(), 30);
}

#[tokio::test]
async fn everyone_in_its_file_of_passwords_can_sign_in_and_only_its_owner_reads_it() {
    let folder = tempfile::tempdir().unwrap();
    let (_running, http) = start(folder.path(), &["--now", BEGINNING]);
    let path = folder.path().join("demo-credentials.json");
    assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
    let credentials: Vec<Value> = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let of_trust = |key: &str| {
        let own = credentials.iter().filter(|credential| credential["organisation"] == key);
        own.map(|credential| credential["role"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let roles = ["administrator", "coordinator", "line_manager", "leader"];
    assert_eq!(of_trust("fjordheim"), roles);
    assert_eq!(of_trust("sorvik"), roles);
    for credential in &credentials {
        let [email, password] = ["email", "password"].map(|key| credential[key].as_str().unwrap());
        let own = http.sign_in(email, password).await.unwrap();
        let viewer = own.graphql("{ viewer { email roles } }", json!({})).await.unwrap().data().unwrap();
        assert_eq!(viewer["viewer"]["email"], email);
        let role = credential["role"].as_str().unwrap().to_uppercase();
        let held = viewer["viewer"]["roles"].as_array().unwrap();
        assert!(held.iter().any(|held| *held == role), "{email}: {viewer}");
    }
}

#[tokio::test]
async fn it_can_be_taken_up_again_where_it_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let (running, http) = start(folder.path(), &["--now", BEGINNING]);
    move_clock(&http, "2026-12-08T09:00:00+01:00").await;
    let before = mails(&http).await.len();
    assert!(running.terminate().unwrap().success());

    let (running, http) = start(folder.path(), &["--keep"]);
    assert!(running.told.contains("2026-12-08 09:0"), "{}", running.told);
    assert_eq!(mails(&http).await.len(), before);
    assert!(running.terminate().unwrap().success());

    let (_running, http) = start(folder.path(), &["--now", BEGINNING]);
    assert_eq!(mails(&http).await.len(), 30, "without --keep it begins anew");
}

#[tokio::test]
async fn it_ends_soon_when_it_is_told_to() {
    let folder = tempfile::tempdir().unwrap();
    let (running, http) = start(folder.path(), &["--now", BEGINNING]);
    http.until_ready().await.unwrap();
    let ending = tokio::task::spawn_blocking(|| running.terminate().unwrap());
    let status = tokio::time::timeout(Duration::from_secs(10), ending).await.unwrap().unwrap();
    assert!(status.success());
}

#[tokio::test]
async fn it_tells_the_same_story_on_postgresql() {
    let folder = tempfile::tempdir().unwrap();
    let database = Postgres::shared().await.unwrap().empty().await.unwrap();
    let (running, http) = start(folder.path(), &["--now", BEGINNING, "--database-url", database.url()]);
    assert_eq!(mails(&http).await.len(), 30);
    let (_, moved) = move_clock(&http, "2026-12-08T09:00:00+01:00").await;
    assert_eq!(
        moved["mailsSent"], 62,
        "everybody is reminded, then told that it has lapsed, and each coordinator told of whom: {moved}"
    );
    assert!(running.terminate().unwrap().success());
    assert!(!folder.path().join("demo.db").exists());

    // What is there is never overwritten.
    let again = run(folder.path(), ["demo", "--port", "0", "--database-url", database.url()]).unwrap();
    assert!(complained(&again).contains("holds an earlier demo"), "{}", complained(&again));
}

/// Everything that it has to tell, to the end of its cohorts and past it, when one in each trust has said no.
#[tokio::test]
async fn to_the_end_of_its_cohorts_every_mail_comes_once_and_reminders_come_in_working_hours() {
    let folder = tempfile::tempdir().unwrap();
    let (_running, http) = start(folder.path(), &["--now", BEGINNING]);
    let to = |mail: &Value| mail["to"][0].as_str().unwrap().to_owned();
    let invitations = mails(&http).await;
    let mut declined = Vec::new();
    for trust in ["fjordheim", "sorvik"] {
        let mail = invitations.iter().find(|mail| to(mail).contains(trust)).unwrap();
        let link = mail["links"][0].as_str().unwrap();
        let link = &link[link.find("/answer/").unwrap()..];
        assert_eq!(http.submit(link, &[("act", "decline")]).await.unwrap().status(), 303);
        declined.push(to(mail));
    }
    for mail in invitations.iter().filter(|mail| !declined.contains(&to(mail))).take(20) {
        let link = mail["links"][0].as_str().unwrap();
        let link = &link[link.find("/answer/").unwrap()..];
        assert_eq!(http.submit(link, &[("act", "accept")]).await.unwrap().status(), 303);
    }
    let (status, moved) = move_clock(&http, "2027-08-01T12:00:00+02:00").await;
    assert_eq!(status, 200, "{moved}");

    let all = mails(&http).await;
    let mut seen: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    let mut reminders = 0;
    for mail in &all {
        let kind = mail["kind"].as_str().unwrap_or_default().to_owned();
        let date: DateTime<Utc> = mail["date"].as_str().unwrap().parse().unwrap();
        let local = date.with_timezone(&chrono_tz::Europe::Oslo);
        if kind.contains("reminder") || ["rsvp_request", "gathering_practical"].contains(&kind.as_str()) {
            reminders += 1;
            let weekend = matches!(local.weekday(), chrono::Weekday::Sat | chrono::Weekday::Sun);
            assert!(!weekend && (8..18).contains(&local.hour()), "{local}: {mail}");
            assert!(!declined.contains(&to(mail)), "to one who said no: {mail}");
        }
        // The coordinator's notices bear the same subject on each of their days.
        let day =
            if kind.starts_with("coordinator") { local.date_naive().to_string() } else { String::new() };
        let subject = format!("{} {day}", mail["subject"].as_str().unwrap());
        *seen.entry((to(mail), kind, subject)).or_default() += 1;
    }
    assert!(reminders > 20, "{reminders}");
    let twice: Vec<_> = seen.into_iter().filter(|(_, count)| *count > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
}
