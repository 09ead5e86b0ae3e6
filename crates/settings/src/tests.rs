use std::collections::BTreeSet;

use figment::providers::{Format, Toml};
use figment::value::Dict;
use secrecy::ExposeSecret;
use varde_model::hr::Field;
use varde_model::hr::profile::meaning;
use varde_model::people::UnitKind;

use super::{DEFAULTS, LogFormat, Settings};

/// Loads with this file (empty: none) and these variables.
fn load(file: &str, environment: &[(&str, &str)]) -> Result<Settings, String> {
    let mut variables: Vec<_> =
        environment.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    if !file.is_empty() {
        variables.push(("VARDE_CONFIG".into(), "/etc/varde.toml".into()));
    }
    let read = |path: &str| {
        assert_eq!(path, "/etc/varde.toml");
        Ok(file.to_owned())
    };
    Settings::load(variables.into_iter(), read).map_err(|error| error.to_string())
}

fn refusal(file: &str, environment: &[(&str, &str)]) -> String {
    load(file, environment).unwrap_err()
}

#[test]
fn the_defaults_alone_are_a_complete_installation() {
    let settings = load("", &[]).unwrap();
    assert_eq!(settings.database_url().expose_secret(), "sqlite://varde-data/varde.db");
    assert_eq!(settings.auth_secret_file().to_str(), Some("varde-data/auth-secret"));
    assert_eq!(settings.http.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(settings.scheduler.concurrency, 16);
    assert_eq!(settings.organisation.time_zone, chrono_tz::Europe::Oslo);
    assert!(settings.mail.url.is_none());
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_the_defaults() {
    let file =
        "[http]\nlisten = \"0.0.0.0:80\"\npublic_url = \"https://varde.example/\"\n[log]\nformat = \"json\"";
    let environment =
        [("VARDE_HTTP_LISTEN", "[::1]:9000"), ("VARDE_DATA_DIR", "/var/lib/varde"), ("HOME", "/root")];
    let settings = load(file, &environment).unwrap();
    assert_eq!(settings.http.listen.to_string(), "[::1]:9000");
    assert_eq!(settings.http.public_url, "https://varde.example");
    assert_eq!(settings.log.format, LogFormat::Json);
    assert_eq!(settings.database_url().expose_secret(), "sqlite:///var/lib/varde/varde.db");
}

#[test]
fn each_value_of_the_environment_is_read_as_the_type_of_its_setting() {
    let environment = [
        ("VARDE_DATA_DIR", "1"),
        ("VARDE_HTTP_GRAPHIQL", "false"),
        ("VARDE_HTTP_BODY_LIMIT_BYTES", "2048"),
        ("VARDE_HTTP_TRUSTED_PROXIES", "127.0.0.1, 10.20.0.0/16"),
    ];
    let settings = load("", &environment).unwrap();
    assert_eq!(settings.data_dir.to_string_lossy(), "1");
    assert!(!settings.http.graphiql);
    assert_eq!(settings.http.body_limit_bytes, 2048);
    assert!(settings.http.trusted_proxies[1].contains("10.20.3.4".parse().unwrap()));
}

#[test]
fn the_variables_fixed_for_users_exist_and_no_two_settings_share_one() {
    let names: Vec<_> = Settings::variables().into_iter().map(|variable| variable.name).collect();
    for fixed in [
        "VARDE_DATABASE_URL",
        "VARDE_DATA_DIR",
        "VARDE_HTTP_LISTEN",
        "VARDE_HTTP_PUBLIC_URL",
        "VARDE_MAIL_URL",
        "VARDE_AUTH_SECRET_FILE",
    ] {
        assert!(names.iter().any(|name| name == fixed), "{fixed}");
    }
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
}

#[test]
fn every_setting_can_be_set_by_its_variable_to_its_default() {
    let text = |key: &str| {
        let dict: Dict = Toml::from_str(DEFAULTS).unwrap();
        let value = figment::value::Value::from(dict).find(key).unwrap();
        match value {
            figment::value::Value::String(_, text) => text,
            figment::value::Value::Bool(_, yes) => yes.to_string(),
            figment::value::Value::Array(..) => String::new(),
            other => other.to_i128().unwrap().to_string(),
        }
    };
    let all: Vec<_> = Settings::variables().into_iter().map(|it| (it.name, text(&it.key))).collect();
    let loaded = Settings::load(all.into_iter(), |_| unreachable!()).unwrap();
    assert_eq!(format!("{loaded:?}"), format!("{:?}", load("", &[]).unwrap()));
}

#[test]
fn every_default_is_explained() {
    let mut explained = false;
    for line in DEFAULTS.lines().take_while(|line| !line.starts_with("[[")) {
        let is_key = line.split_once(" = ").is_some() && !line.starts_with('#');
        assert!(!is_key || explained, "no comment above or in the group of: {line}");
        explained = line.starts_with('#') || (explained && is_key);
    }
}

#[test]
fn an_unknown_key_is_refused_with_the_nearest_known_one() {
    for (file, message) in [
        (
            "[http]\nlissen = \"x\"",
            "/etc/varde.toml: there is no setting `http.lissen`; did you mean `http.listen`?",
        ),
        ("[htp]\n", "/etc/varde.toml: there is no setting `htp`; did you mean `http`?"),
        (
            "public_url = \"x\"",
            "/etc/varde.toml: there is no setting `public_url`; did you mean `http.public_url`?",
        ),
        ("[log]\nzzz = 1", "/etc/varde.toml: there is no setting `log.zzz`"),
        (
            "[[import.profiles]]\nky = \"x\"",
            "/etc/varde.toml: there is no setting `import.profiles.ky`; did you mean `import.profiles.key`?",
        ),
    ] {
        assert_eq!(refusal(file, &[]), message);
    }
}

#[test]
fn an_unknown_variable_is_refused_with_the_nearest_known_one_but_not_those_of_tests() {
    assert_eq!(
        refusal("", &[("VARDE_HTTP_LISTENS", "x")]),
        "environment variable VARDE_HTTP_LISTENS sets nothing; did you mean `VARDE_HTTP_LISTEN`?"
    );
    assert_eq!(refusal("", &[("VARDE_PORT", "tcp://")]), "environment variable VARDE_PORT sets nothing");
    assert!(load("", &[("VARDE_TEST_POSTGRES_URL", "x")]).is_ok());
}

#[test]
fn a_wrong_value_is_told_by_source_key_and_what_it_must_be_and_never_shown() {
    let secret = "hunter2";
    for (file, environment, message) in [
        ("[http]\nlisten = 80", &[][..], "/etc/varde.toml: `http.listen` must be a string"),
        (
            "",
            &[("VARDE_HTTP_LISTEN", secret)],
            "environment variable VARDE_HTTP_LISTEN: `http.listen` must be an address and port such as 127.0.0.1:8080",
        ),
        (
            "",
            &[("VARDE_SCHEDULER_CONCURRENCY", secret)],
            "environment variable VARDE_SCHEDULER_CONCURRENCY: `scheduler.concurrency` must be a whole number",
        ),
        (
            "[scheduler]\nconcurrency = -1",
            &[],
            "/etc/varde.toml: `scheduler.concurrency` must be a whole number, zero or more",
        ),
        (
            "",
            &[("VARDE_HTTP_GRAPHIQL", secret)],
            "environment variable VARDE_HTTP_GRAPHIQL: `http.graphiql` must be true or false",
        ),
        (
            "",
            &[("VARDE_DATABASE_URL", secret)],
            "environment variable VARDE_DATABASE_URL: `database.url` must be a URL that begins with sqlite:// or postgres://",
        ),
        ("[log]\nformat = \"xml\"", &[], "/etc/varde.toml: `log.format` must be one of text, json"),
        (
            "[scheduler]\nlease_seconds = 5",
            &[],
            "/etc/varde.toml: `scheduler.lease_seconds` must be longer than mail.timeout_seconds, \
             or a mail in flight is taken by another process",
        ),
        (
            "[organisation]\ntime_zone = \"Oslo\"",
            &[],
            "/etc/varde.toml: `organisation.time_zone` must be a time zone such as Europe/Oslo",
        ),
        (
            "[http]\ntrusted_proxies = [\"proxy\"]",
            &[],
            "/etc/varde.toml: `http.trusted_proxies.0` must be addresses or networks such as 127.0.0.1 or 10.20.0.0/16",
        ),
    ] {
        assert_eq!(refusal(file, environment), message);
    }
    assert!(!refusal("[mail]\nurl = smtp://u:hunter2@host", &[]).contains(secret));
    assert!(refusal("[mail]\nurl = smtp://u:hunter2@host", &[]).starts_with("/etc/varde.toml, line 2: "));
}

#[test]
fn no_password_is_shown_by_debug() {
    let environment = [
        ("VARDE_DATABASE_URL", "postgres://varde:hunter2@db/varde"),
        ("VARDE_MAIL_URL", "smtp://u:hunter2@m"),
    ];
    let settings = load("", &environment).unwrap();
    assert!(!format!("{settings:?}").contains("hunter2"));
}

#[test]
fn an_unreadable_file_is_told_by_its_path() {
    let environment = [("VARDE_CONFIG".to_owned(), "/nowhere".to_owned())];
    let error =
        Settings::load(environment.into_iter(), |_| Err(std::io::ErrorKind::NotFound.into())).unwrap_err();
    assert_eq!(error.to_string(), "VARDE_CONFIG names /nowhere, which cannot be read: entity not found");
}

#[test]
fn the_default_profile_names_every_field_and_a_file_can_add_another() {
    let settings = load("", &[]).unwrap();
    let profile = settings.import.profile(None).unwrap();
    for field in Field::ALL {
        assert_eq!(profile.field_of(profile.header_of(*field)), Some(*field));
    }
    assert_eq!(meaning(&profile.unit_kinds, "klinikk"), Some(UnitKind::Clinic));

    let other =
        DEFAULTS.split_once("\n[[import.profiles]]").unwrap().1.replace("\"fjordheim\"", "\"northern\"");
    let settings = load(&format!("[[import.profiles]]{other}"), &[]).unwrap();
    assert_eq!(settings.import.profile(Some("northern")).unwrap().key, "northern");
    assert_eq!(settings.import.profile(None).unwrap().key, "fjordheim");
    assert!(settings.import.profile(Some("none")).is_none());
}

#[test]
fn a_profile_of_the_same_key_takes_the_place_of_the_default_one() {
    let other = DEFAULTS
        .split_once("\n[[import.profiles]]")
        .unwrap()
        .1
        .replace("ignored_columns = []", "delimiter = \",\"\nignored_columns = []");
    let settings = load(&format!("[[import.profiles]]{other}"), &[]).unwrap();
    assert_eq!(settings.import.profiles.len(), 1);
    assert_eq!(settings.import.profile(None).unwrap().delimiter, Some(','));
}
