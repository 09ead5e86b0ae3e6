//! What `varde doctor` finds.

use std::{
    fs,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _},
};

use varde_persistence::{Engine, organisations};
use varde_testkit::{
    binary::{Running, command, run},
    harness::Harness,
    http::{Http, free_port},
};

use super::told;

#[test]
fn where_nothing_is_set_up_it_says_what_is_missing_and_makes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data_dir = folder.path().join("not-there");
    let output = run(&data_dir, ["doctor"]).unwrap();
    let told = told(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("WRONG  mail: no server is set"), "{told}");
    assert!(told.contains("varde.db is made at the first start"), "{told}");
    assert!(told.contains("One thing is wrong."), "{told}");
    assert!(!data_dir.exists());
}

#[test]
fn a_misspelt_setting_is_named_with_the_nearest_known_one() {
    let folder = tempfile::tempdir().unwrap();
    let output = command(folder.path(), ["doctor"]).unwrap().env("VARDE_HTTP_LISTN", "x").output().unwrap();
    let told = told(&output);
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("VARDE_HTTP_LISTN") && told.contains("VARDE_HTTP_LISTEN"), "{told}");
    assert!(told.contains("ok     mail templates"), "what does not hang on settings is looked at: {told}");
}

#[test]
fn each_thing_that_is_wrong_comes_with_how_to_mend_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("auth-secret"), "secret").unwrap();
    let mut doctor = command(folder.path(), ["doctor"]).unwrap();
    // Port 9 answers nowhere.
    doctor
        .env("VARDE_MAIL_URL", "smtp://127.0.0.1:9")
        .env("VARDE_DATABASE_URL", "postgres://u:p4ssw0rd@127.0.0.1:9/x");
    doctor.env("VARDE_HTTP_PUBLIC_URL", "http://varde.helse.example");
    let output = doctor.output().unwrap();
    let told = told(&output);
    for wrong in ["secret", "database", "mail", "public URL"] {
        assert!(told.contains(&format!("WRONG  {wrong}: ")), "{wrong}: {told}");
    }
    assert_eq!(told.matches("       -> ").count(), 4, "{told}");
    assert!(!told.contains("p4ssw0rd"), "{told}");
}

#[test]
fn an_installation_in_order_is_called_so() {
    let folder = tempfile::tempdir().unwrap();
    let mail = format!("file://{}", folder.path().join("mail").display());
    let with_mail = |arguments: &[&str]| {
        command(folder.path(), arguments).unwrap().env("VARDE_MAIL_URL", &mail).output().unwrap()
    };
    assert!(with_mail(&["organisation", "add", "fjordheim", "Fjordheim sykehus HF"]).status.success());
    let output = with_mail(&["doctor"]);
    let told = told(&output);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(
        told.contains("ok     schema: up to date") && told.contains("ok     sending: on for fjordheim"),
        "{told}"
    );
    assert!(told.contains("Everything is in order."), "{told}");
}

#[test]
fn what_is_made_is_for_its_user_alone_and_what_others_may_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let data_dir = folder.path().join("data");
    let output = run(&data_dir, ["organisation", "add", "fjordheim", "Fjordheim sykehus HF"]).unwrap();
    assert!(output.status.success());
    let mut made: Vec<_> = fs::read_dir(&data_dir).unwrap().map(|file| file.unwrap().path()).collect();
    made.push(data_dir.clone());
    for path in made {
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o077, 0, "{}", path.display());
    }
    assert!(!told(&run(&data_dir, ["doctor"]).unwrap()).contains("everybody on this machine"));
    let database = data_dir.join("varde.db");
    fs::set_permissions(&database, fs::Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(&data_dir, fs::Permissions::from_mode(0o755)).unwrap();
    let told = told(&run(&data_dir, ["doctor"]).unwrap());
    for open in ["may read employees' data in it: chmod o= ", "may look into it: chmod o= "] {
        assert!(told.contains(open), "{told}");
    }
}

/// A mail server that is not this machine, to which no connection is even tried.
const ELSEWHERE: &str = "smtp://255.255.255.255:25";

#[test]
fn a_sender_of_this_machine_is_wrong_for_a_mail_server_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let doctor = |sender: Option<&str>| {
        let mut doctor = command(folder.path(), ["doctor"]).unwrap();
        doctor.env("VARDE_MAIL_URL", ELSEWHERE).envs(sender.map(|own| ("VARDE_MAIL_FROM_ADDRESS", own)));
        told(&doctor.output().unwrap())
    };
    for unset in [None, Some("varde@server7")] {
        let told = doctor(unset);
        assert!(told.contains("WRONG  sender: varde@"), "{told}");
        assert!(told.contains("       -> set VARDE_MAIL_FROM_ADDRESS"), "{told}");
    }
    let told = doctor(Some("varde@fjordheim.example"));
    assert!(!told.contains("VARDE_MAIL_FROM_ADDRESS"), "{told}");
}

#[tokio::test]
async fn no_sender_is_missed_where_every_trust_has_its_own() {
    let harness = Harness::start(Engine::Sqlite).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let doctor = || {
        let mut doctor = command(folder.path(), ["doctor"]).unwrap();
        doctor.env("VARDE_MAIL_URL", ELSEWHERE).env("VARDE_DATABASE_URL", &harness.database_url);
        told(&doctor.output().unwrap())
    };
    assert!(doctor().contains("WRONG  sender: varde@localhost"));
    let tx = harness.app.store().write().await.unwrap();
    for id in [harness.org, harness.other] {
        let mut trust = organisations::find(&tx, id).await.unwrap().unwrap();
        trust.sender_address = Some("program@fjordheim.example".to_owned());
        organisations::update(&tx, &trust).await.unwrap();
    }
    tx.commit().await.unwrap();
    let told = doctor();
    assert!(told.contains("schema: up to date") && !told.contains("sender:"), "{told}");
}

#[tokio::test]
async fn the_service_warns_once_of_a_sender_that_nobody_can_answer() {
    for (url, warnings) in [(ELSEWHERE, 1), ("smtp://127.0.0.1:9", 0)] {
        let folder = tempfile::tempdir().unwrap();
        let (log, port) = (folder.path().join("log"), free_port().unwrap());
        let mut serve = command(folder.path(), ["serve"]).unwrap();
        serve.env("VARDE_HTTP_LISTEN", format!("127.0.0.1:{port}")).env("VARDE_MAIL_URL", url);
        serve.stderr(fs::File::create(&log).unwrap());
        let running = Running::start_at_once(serve).unwrap();
        Http::new(&format!("http://127.0.0.1:{port}")).unwrap().until_ready().await.unwrap();
        assert!(running.terminate().unwrap().success());
        let log = fs::read_to_string(&log).unwrap();
        assert_eq!(log.matches("VARDE_MAIL_FROM_ADDRESS").count(), warnings, "{log}");
    }
}
