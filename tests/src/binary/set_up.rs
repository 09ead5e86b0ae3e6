//! From nothing to an organisation with people: the commands of whoever operates the machine.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::Stdio,
};

use serde_json::Value;
use varde_testkit::binary::{command, run};

use super::{complained, told};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../config/demo").join(name)
}

fn organisation() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), ["organisation", "add", "fjordheim", "Fjordheim sykehus HF"]).unwrap();
    assert!(output.status.success(), "{}", complained(&output));
    folder
}

fn import(folder: &Path, name: &str, more: &[&str]) -> (Option<i32>, String) {
    let file = file(name);
    let arguments = ["import-people", file.to_str().unwrap(), "--organisation", "fjordheim"];
    let output = run(folder, arguments.iter().chain(more)).unwrap();
    (output.status.code(), told(&output))
}

#[test]
fn a_dry_run_tells_what_an_import_would_change_and_changes_nothing() {
    let folder = organisation();
    let (code, dry) = import(folder.path(), "hr-export-2026-11.csv", &["--dry-run"]);
    assert_eq!(code, Some(0), "{dry}");
    assert!(
        dry.contains("dry run: nothing was changed") && dry.contains("1097 rows, 0 of them at fault"),
        "{dry}"
    );
    let (_, real) = import(folder.path(), "hr-export-2026-11.csv", &[]);
    assert_eq!(dry.replace("dry run: nothing was changed", "imported"), real);
    let (code, again) = import(folder.path(), "hr-export-2026-11.csv", &[]);
    assert_eq!(code, Some(0));
    assert!(again.contains("      0 changes"), "{again}");
}

#[test]
fn a_faulty_file_is_refused_with_another_exit_code_and_each_fault_says_where_and_what_to_do() {
    let folder = organisation();
    let (code, text) = import(folder.path(), "hr-export-faulty-cp1252.csv", &[]);
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("refused: nothing was changed") && text.contains("\n  line "), "{text}");
    let (code, json) = import(folder.path(), "hr-export-faulty-cp1252.csv", &["--json", "--language", "nb"]);
    assert_eq!(code, Some(2));
    let report: Value = serde_json::from_str(&json).unwrap();
    let faults = report["faults"].as_array().unwrap();
    assert!(!faults.is_empty());
    for fault in faults {
        assert!(fault["problem"].as_str().is_some_and(|text| !text.is_empty()), "{fault}");
        assert!(fault["remedy"].as_str().is_some_and(|text| !text.is_empty()), "{fault}");
    }
    let (code, text) = import(folder.path(), "hr-export-faulty-cp1252.csv", &["--skip-faulty"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains(": imported"), "{text}");
}

#[test]
fn an_unknown_organisation_or_profile_is_answered_with_those_there_are() {
    let folder = organisation();
    let file = file("sorvik.csv");
    let file = file.to_str().unwrap();
    let output = run(folder.path(), ["import-people", file, "--organisation", "fjordhem"]).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(complained(&output).contains("there is: fjordheim"));
    let arguments = ["import-people", file, "--organisation", "fjordheim", "--profile", "sap"];
    let output = run(folder.path(), arguments).unwrap();
    assert!(complained(&output).contains("there is no import profile `sap`; there is: fjordheim"));
}

#[test]
fn a_user_gets_a_link_to_choose_the_password_or_has_one_from_standard_input() {
    let folder = organisation();
    let add =
        ["user", "add", "--organisation", "fjordheim", "--role", "administrator", "--name", "Siri Nygård"];
    let output = run(folder.path(), add.iter().chain(&["--email", "siri@fjordheim.example"])).unwrap();
    assert!(told(&output).contains("http://127.0.0.1:8080/password/"), "{}", complained(&output));

    let with_password = |email: &str, password: &str| {
        let arguments =
            add.iter().chain(&["--password-stdin", "--email", email]).copied().collect::<Vec<_>>();
        let mut command = command(folder.path(), &arguments).unwrap();
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    let output = with_password("tone@fjordheim.example", "en lang og god setning\n");
    assert!(output.status.success() && !told(&output).contains("/password/"), "{}", complained(&output));
    let output = with_password("kari@fjordheim.example", "kort");
    assert_eq!(output.status.code(), Some(1));
    assert!(complained(&output).contains("password: "), "{}", complained(&output));
}

#[test]
fn the_schema_is_printed_without_any_set_up() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), ["schema"]).unwrap();
    assert!(told(&output).contains("type Mutation"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_programme_goes_out_as_a_file_and_comes_back_as_a_new_version() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    run(folder, ["organisation", "add", "fjordheim", "Fjordheim sykehus HF"]).unwrap();
    let of = |arguments: &[&str]| {
        let arguments = [&["programme"], arguments, &["--organisation", "fjordheim"]].concat();
        run(folder, arguments).unwrap()
    };
    let source = told(&of(&["export", "onboarding"]));
    let file = folder.join("onboarding.toml");
    let publish = |source: &str, more: &[&str]| {
        std::fs::write(&file, source).unwrap();
        of(&[&["publish", file.to_str().unwrap()], more].concat())
    };
    assert!(told(&publish(&source, &[])).contains("Nothing differs from version 1 of `onboarding`."));
    let larger = source.replacen("capacity = 25", "capacity = 40", 1);
    let tried = told(&publish(&larger, &["--dry-run"]));
    assert_eq!(
        tried,
        "Plasser og frister, antall plasser: 25 -> 40\nThis would be version 2 of `onboarding`. Nothing was kept.\n"
    );
    assert!(told(&publish(&larger, &[])).contains("Version 2 of `onboarding` is published"));
    assert!(told(&of(&["list"])).contains("version 2"));
    let faulty = publish(&source.replacen("capacity = 25", "capacity = 0", 1), &[]);
    assert!(
        complained(&faulty).contains("seats.capacity: 0 is not between 1 and 1000"),
        "{}",
        complained(&faulty)
    );
    let unknown = of(&["export", "onbording"]);
    assert!(complained(&unknown).contains("there are: experienced_leader_development, "));
}

#[test]
fn whoever_did_not_choose_a_password_in_time_gets_a_new_link() {
    let folder = organisation();
    let add = [
        "user",
        "add",
        "--organisation",
        "fjordheim",
        "--email",
        "Kari@fjordheim.example",
        "--name",
        "Kari",
        "--role",
        "administrator",
    ];
    let first = told(&run(folder.path(), add).unwrap());
    let again = complained(&run(folder.path(), add).unwrap());
    assert!(again.contains("This is in use already."), "{again}");
    let link = |email: &str| {
        run(folder.path(), ["user", "link", "--organisation", "fjordheim", "--email", email]).unwrap()
    };
    let second = told(&link("kari@fjordheim.example"));
    let address =
        |told: &str| told.lines().find(|line| line.contains("/password/")).map(str::to_owned).unwrap();
    assert_ne!(address(&first), address(&second));
    let nobody = complained(&link("ola@fjordheim.example"));
    assert!(nobody.contains("varde user add"), "{nobody}");
}
