//! `varde demo`, from its start to a clock that was moved.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    os::unix::fs::MetadataExt as _,
    path::Path,
    time::Duration,
};

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
/// Mails that lie in its mailbox when it begins.
const AT_FIRST: usize = 357;

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

/// How many there are of each kind.
fn kinds(mails: &[Value]) -> BTreeMap<&str, usize> {
    mails.iter().fold(BTreeMap::new(), |mut kinds, mail| {
        *kinds.entry(mail["kind"].as_str().unwrap()).or_default() += 1;
        kinds
    })
}

async fn move_clock(http: &Http, to: &str) -> (u16, Value) {
    let answer = http.post("/demo/clock").json(&json!({ "to": to })).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn it_reaches_a_cohort_with_invitations_and_its_clock_moves_forwards_only() {
    let folder = tempfile::tempdir().unwrap();
    let (running, http) = start(folder.path(), &["--now", BEGINNING]);
    let before = mails(&http).await;
    let answered = BTreeMap::from([
        // 25, 18 and 14 in three courses of one trust, 5 in the other's; most have answered.
        ("invitation", 62),
        // Twelve and eleven of them, ten of the second, and nine members of two leader groups.
        ("enrolment_confirmed", 45),
        ("gathering_invitation", 241),
        ("enrolment_withdrawn", 2),
        ("seat_offered", 1),
        ("group_invitation", 3),
        ("endorsement_request", 3),
    ]);
    assert_eq!(kinds(&before), answered);
    let mut invitations = before.iter().filter(|mail| mail["kind"] == "invitation");
    assert!(invitations.all(|mail| mail["links"][0].as_str().unwrap().contains("/answer/")));

    let (status, moved) = move_clock(&http, "2026-12-08T09:00:00+01:00").await;
    assert_eq!(status, 200, "{moved}");
    let now: DateTime<Utc> = moved["now"].as_str().unwrap().parse().unwrap();
    let wanted: DateTime<Utc> = "2026-12-08T08:00:00Z".parse().unwrap();
    assert!(now >= wanted && now - wanted < chrono::TimeDelta::seconds(60), "{now}");
    let after = mails(&http).await;
    assert_eq!(moved["mailsSent"], after.len() - before.len(), "{moved}");
    assert!(after.len() > before.len());
    let (status, refused) = move_clock(&http, BEGINNING).await;
    assert_eq!((status, refused["error"]["code"].as_str()), (422, Some("BACKWARDS")));

    assert!(running.terminate().unwrap().success());
}

#[tokio::test]
async fn the_next_things_that_it_tells_of_are_news_to_the_coordinators_and_a_reminder() {
    let folder = tempfile::tempdir().unwrap();
    let (running, http) = start(folder.path(), &["--now", BEGINNING]);
    let before = mails(&http).await.len();
    let told = running.told.split("\"to\": \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let (status, moved) = move_clock(&http, told).await;
    assert_eq!((status, moved["mailsSent"].as_u64()), (200, Some(3)), "{moved}");
    let sent = &mails(&http).await;
    assert_eq!(sent.len(), before + 3);
    assert_eq!(kinds(sent)["coordinator_news"], 1, "of the one cohort of the small trust");
    assert_eq!(kinds(sent)["daily_digest"], 1, "of all cohorts of the large one");
    assert_eq!(kinds(sent)["seat_offer_reminder"], 1);
}

#[tokio::test]
async fn what_it_sent_before_it_answered_is_in_its_metrics() {
    let folder = tempfile::tempdir().unwrap();
    let (_running, http) = start(folder.path(), &["--now", BEGINNING]);
    let metrics = http.get("/metrics").await.unwrap().text().await.unwrap();
    let sent: f64 = metrics
        .lines()
        .filter(|line| line.starts_with("varde_mails_total") && line.contains("sent"))
        .map(|line| line.rsplit(' ').next().unwrap().parse::<f64>().unwrap())
        .sum();
    assert!((sent - 357.0).abs() < 0.5, "{metrics}");
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
        // The trusts of the demo have no mark.
        let missing = operation.title == "See the trusts logo";
        assert_eq!(found.is_null(), missing, "{}: {data}", operation.title);
    }
}

/// A shell in which a real installation is set up names its database, its mail server and its address.
#[tokio::test]
async fn it_leaves_a_real_installation_alone() {
    let folder = tempfile::tempdir().unwrap();
    let real = folder.path().join("mail/1.eml");
    fs::create_dir(folder.path().join("mail")).unwrap();
    fs::write(&real, "a real mail").unwrap();
    let mut demo = command(folder.path(), ["demo", "--port", "0", "--now", BEGINNING]).unwrap();
    demo.env("VARDE_DATABASE_URL", "postgres://nobody@127.0.0.1:1/varde");
    demo.env("VARDE_MAIL_URL", "smtp://127.0.0.1:1").env("VARDE_HTTP_PUBLIC_URL", "https://varde.example");
    let running = Running::start(demo, LAST_LINE).unwrap();
    assert!(!running.told.contains("varde.example"), "{}", running.told);
    let http = Http::new(&running.url().unwrap()).unwrap();
    assert_eq!(mails(&http).await.len(), AT_FIRST);
    assert!(real.exists());
}

#[tokio::test]
async fn a_second_one_in_the_folder_leaves_the_first_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (_running, http) = start(folder.path(), &["--now", BEGINNING]);
    let second = run(folder.path(), ["demo", "--port", "0"]).unwrap();
    assert!(complained(&second).contains("choose another folder with --data-dir"), "{}", complained(&second));
    assert_eq!(mails(&http).await.len(), AT_FIRST);
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
    assert_eq!(mails(&http).await.len(), AT_FIRST, "without --keep it begins anew");
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
    assert_eq!(mails(&http).await.len(), AT_FIRST);
    move_clock(&http, "2026-12-08T09:00:00+01:00").await;
    let sent = mails(&http).await;
    for (kind, mails) in [
        ("invitation_reminder", 19),
        ("invitation_lapsed", 19),
        ("seat_offer_reminder", 1),
        ("offer_lapsed", 1),
    ] {
        assert_eq!(kinds(&sent).get(kind), Some(&mails), "{kind}");
    }
    assert!(running.terminate().unwrap().success());
    assert!(!folder.path().join("demo.db").exists());

    // What is there is never overwritten.
    let again = run(folder.path(), ["demo", "--port", "0", "--database-url", database.url()]).unwrap();
    assert!(complained(&again).contains("holds an earlier demo"), "{}", complained(&again));
}

/// Public holidays on working days within the demo's cohorts.
const HOLIDAYS: [&str; 7] =
    ["2026-12-25", "2027-01-01", "2027-03-25", "2027-03-26", "2027-03-29", "2027-05-06", "2027-05-17"];

/// What policies send, and the local hour that they name.
const REMINDERS: [(&str, u32); 10] = [
    ("coordinator_attendance_missing", 8),
    ("coordinator_news", 8),
    ("endorsement_reminder", 8),
    ("gathering_practical", 12),
    ("gathering_reminder", 8),
    ("group_invitation_reminder", 8),
    ("invitation_reminder", 8),
    ("line_manager_notice", 8),
    ("nomination_draft_reminder", 8),
    ("seat_offer_reminder", 8),
];

#[tokio::test]
async fn to_the_end_of_its_cohorts_every_mail_comes_once_at_its_hour_on_working_days() {
    let folder = tempfile::tempdir().unwrap();
    let (_running, http) = start(folder.path(), &["--now", BEGINNING]);
    let (status, moved) = move_clock(&http, "2027-08-01T12:00:00+02:00").await;
    assert_eq!(status, 200, "{moved}");

    let all = mails(&http).await;
    // Of the courses with four, six and nine days, and of two leader groups with two and three.
    let days = 15 * 4 + 10 * 6 + 11 * 9 + 5 * 2 + 4 * 3;
    let expected = BTreeMap::from([
        ("coordinator_attendance_missing", 6),
        ("coordinator_follow_up_overdue", 2),
        // One of them since the look of a working day found a leader whose time for a programme had come.
        ("coordinator_news", 5),
        // What can wait and meets other mail of the day, such as a line manager's notices.
        ("daily_digest", 46),
        ("endorsement_reminder", 3),
        ("endorsement_request", 3),
        ("enrolment_confirmed", 45),
        ("enrolment_withdrawn", 2),
        // Two benefits after 3 and 6 months: nobody answers, so each is reminded of.
        ("follow_up_reminder", 4),
        ("follow_up_request", 4),
        ("gathering_invitation", days),
        ("gathering_practical", days),
        // Two weeks ahead, and one; 95 of them came in a mail of the day.
        ("gathering_reminder", 2 * days - 95),
        ("group_invitation", 3),
        ("group_invitation_reminder", 1),
        ("invitation", 62),
        ("invitation_lapsed", 19),
        ("invitation_reminder", 19),
        ("line_manager_notice", 18),
        ("nomination_draft_reminder", 1),
        ("offer_lapsed", 1),
        ("seat_offer_reminder", 1),
        ("seat_offered", 1),
        // Where the leader group stands before and after.
        ("survey_reminder", 8),
        ("survey_request", 8),
    ]);
    assert_eq!(kinds(&all), expected);

    let mut seen: BTreeMap<(&str, &str, &str, String), usize> = BTreeMap::new();
    for mail in &all {
        let [kind, to, subject] = ["kind", "to", "subject"].map(|key| match &mail[key] {
            Value::Array(several) => several[0].as_str().unwrap(),
            one => one.as_str().unwrap(),
        });
        let date: DateTime<Utc> = mail["date"].as_str().unwrap().parse().unwrap();
        let local = date.with_timezone(&chrono_tz::Europe::Oslo);
        let day = local.date_naive().to_string();
        if let Some((_, hour)) = REMINDERS.iter().find(|(reminder, _)| *reminder == kind) {
            assert_eq!((local.hour(), local.minute()), (*hour, 0), "{local}: {mail}");
            assert!(local.weekday().number_from_monday() <= 5, "{local}: {mail}");
            assert!(!HOLIDAYS.contains(&day.as_str()), "{local}: {mail}");
        }
        // The coordinator's notices bear the same subject on each of their days.
        let day = if kind.starts_with("coordinator") { day } else { String::new() };
        *seen.entry((to, kind, subject, day)).or_default() += 1;
    }
    let twice: Vec<_> = seen.iter().filter(|(_, count)| **count > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");

    let got = |who: &str| -> BTreeSet<&str> {
        seen.keys().filter(|(to, ..)| *to == who).map(|(_, kind, ..)| *kind).collect()
    };
    let invited: BTreeSet<&str> =
        seen.keys().filter(|(_, kind, ..)| *kind == "invitation").map(|(to, ..)| *to).collect();
    let declined = invited.iter().filter(|who| got(who).len() == 1).count();
    // Two of the first course and one of the third; who said no to the second takes part in the first.
    assert_eq!(declined, 3, "whoever said no hears no more");
    let left = seen.keys().filter(|(_, kind, ..)| *kind == "enrolment_withdrawn").map(|(to, ..)| *to);
    let invitations =
        |who: &str| seen.keys().filter(|(to, kind, ..)| *to == who && *kind == "invitation").count();
    // Who takes part in another course is reminded of that.
    for who in left.filter(|who| invitations(who) == 1) {
        let reminders = REMINDERS.iter().filter(|(name, _)| *name != "line_manager_notice");
        let reminded = reminders.filter(|(name, _)| got(who).contains(name));
        assert_eq!(reminded.count(), 0, "{who} gave the seat back: {:?}", got(who));
    }
}
