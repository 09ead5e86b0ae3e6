//! The sections. What each setting means to an operator stands in `config/default.toml`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use chrono_tz::Tz;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer};
use varde_model::Locale;
use varde_model::hr::profile::ImportProfile;

use crate::{Network, Settings};

/// The database.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite://` or `postgres://`, password included; see [`Settings::database_url`].
    #[serde(deserialize_with = "unless_empty")]
    pub url: Option<SecretString>,
    /// Connections that one process opens at most.
    pub max_connections: u32,
}

/// The HTTP server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Http {
    /// Address and port.
    #[serde(deserialize_with = "socket_address")]
    pub listen: SocketAddr,
    /// The address that people and mails use, without a slash at the end.
    #[serde(deserialize_with = "web_address")]
    pub public_url: String,
    /// How long one request may take.
    pub request_timeout_seconds: u64,
    /// The largest body of a request, in bytes.
    pub body_limit_bytes: usize,
    /// The largest body of a request that uploads a file, in bytes.
    pub upload_limit_bytes: usize,
    /// Whether `/graphiql` is served.
    pub graphiql: bool,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// Open WebSocket connections of the whole service.
    pub websocket_connections: usize,
    /// Open WebSocket connections of one client address.
    pub websocket_connections_per_client: usize,
}

/// How mail leaves.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// `smtp://`, `smtps://` or `file://`, password included. None: no mail leaves, which only the demo accepts.
    #[serde(deserialize_with = "unless_empty")]
    pub url: Option<SecretString>,
    /// The sender where an organisation has none of its own.
    pub from_address: String,
    /// Connections to the server at most, and so mails that are sent at the same time.
    pub max_connections: u32,
    /// How long one mail may take, the wait for a free connection included.
    pub timeout_seconds: u64,
}

/// Sign-in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Auth {
    /// The file with the signing secret; see [`Settings::auth_secret_file`].
    #[serde(deserialize_with = "path_unless_empty")]
    pub secret_file: Option<PathBuf>,
    /// The file with the keys that seal confidential text; see [`Settings::confidential_keys_file`].
    #[serde(deserialize_with = "path_unless_empty")]
    pub confidential_keys_file: Option<PathBuf>,
}

/// Work over time.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheduler {
    /// How often it looks for what is due.
    pub tick_seconds: u32,
    /// Pieces of work at the same time.
    pub concurrency: u32,
    /// How long a claim holds before another process may take the row.
    pub lease_seconds: u32,
    /// How late work may still be done after the service was down.
    pub catch_up_hours: u32,
    /// Attempts before a piece of work counts as finally failed.
    pub max_attempts: u32,
    /// The wait after the first failure; it doubles with each further one.
    pub backoff_first_seconds: u32,
    /// The longest wait between two attempts.
    pub backoff_max_seconds: u32,
}

/// Files from HR systems.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// Rows that one file may have.
    pub max_rows: u64,
    /// The key of the profile that is used where none is named.
    pub default_profile: String,
    /// The known file layouts.
    pub profiles: Vec<ImportProfile>,
}

/// Logs.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// Text or JSON.
    pub format: LogFormat,
    /// A level, or a filter such as `info,varde_scheduler=debug`.
    pub level: String,
}

/// The shape of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Limits of GraphQL documents.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GraphQl {
    /// Tokens in the text.
    pub tokens: usize,
    /// Open braces, brackets and parentheses at any point.
    pub nesting: usize,
    /// Levels of selections, through fragments.
    pub recursion: usize,
    /// Selections after expanding every fragment.
    pub expanded: usize,
    /// Fields at the top of one operation.
    pub root_fields: usize,
    /// Aliases.
    pub aliases: usize,
    /// Directives in the document.
    pub directives: usize,
    /// Directives on one field.
    pub directives_per_field: usize,
    /// Repetitions of a key or a fragment within one selection set.
    pub duplicates: usize,
    /// Levels of fields.
    pub depth: usize,
    /// Cost.
    pub complexity: usize,
    /// Fields and list items that are really answered.
    pub answered_fields: usize,
    /// Bytes of their names and values.
    pub answer_bytes: usize,
}

/// What a new organisation starts with.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Where its clocks stand.
    #[serde(deserialize_with = "time_zone")]
    pub time_zone: Tz,
    /// The language of those who chose none.
    #[serde(deserialize_with = "locale")]
    pub locale: Locale,
}

impl Http {
    /// How long one request may take.
    pub fn request_timeout(&self) -> Duration {
        Duration::from_secs(self.request_timeout_seconds)
    }
}

impl Mail {
    /// How long one mail may take, the wait for a free connection included.
    pub fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout_seconds)
    }
}

impl Import {
    /// The profile of that key, or the default one.
    pub fn profile(&self, key: Option<&str>) -> Option<&ImportProfile> {
        let key = key.unwrap_or(&self.default_profile);
        self.profiles.iter().find(|profile| profile.key == key)
    }
}

impl Settings {
    /// What the types alone cannot say: (key, what it must be) of the first fault.
    pub(crate) fn check(&self) -> Result<(), (&'static str, &'static str)> {
        let starts = |url: &Option<SecretString>, schemes: &[&str]| {
            url.as_ref()
                .is_none_or(|url| schemes.iter().any(|scheme| url.expose_secret().starts_with(scheme)))
        };
        let positive = "a whole number, one or more";
        let scheduler = &self.scheduler;
        let checks = [
            (
                starts(&self.database.url, &["sqlite://", "postgres://", "postgresql://"]),
                "database.url",
                "a URL that begins with sqlite:// or postgres://",
            ),
            (
                starts(&self.mail.url, &["smtp://", "smtps://", "file://"]),
                "mail.url",
                "a URL that begins with smtp://, smtps:// or file://",
            ),
            (is_address(&self.mail.from_address), "mail.from_address", "an e-mail address"),
            (self.database.max_connections > 0, "database.max_connections", positive),
            (self.mail.max_connections > 0, "mail.max_connections", positive),
            (self.mail.timeout_seconds > 0, "mail.timeout_seconds", positive),
            (self.http.request_timeout_seconds > 0, "http.request_timeout_seconds", positive),
            (self.http.body_limit_bytes >= 1024, "http.body_limit_bytes", "at least 1024"),
            (self.http.upload_limit_bytes >= 1024, "http.upload_limit_bytes", "at least 1024"),
            ((1..=59).contains(&scheduler.tick_seconds), "scheduler.tick_seconds", "from 1 to 59"),
            (scheduler.concurrency > 0, "scheduler.concurrency", positive),
            (
                u64::from(scheduler.lease_seconds) > self.mail.timeout_seconds,
                "scheduler.lease_seconds",
                "longer than mail.timeout_seconds, or a mail in flight is taken by another process",
            ),
            (scheduler.max_attempts > 0, "scheduler.max_attempts", positive),
            (scheduler.backoff_first_seconds > 0, "scheduler.backoff_first_seconds", positive),
            (
                scheduler.backoff_max_seconds >= scheduler.backoff_first_seconds,
                "scheduler.backoff_max_seconds",
                "no shorter than scheduler.backoff_first_seconds",
            ),
            (
                self.import.profile(None).is_some(),
                "import.default_profile",
                "the key of one of import.profiles",
            ),
        ];
        checks
            .into_iter()
            .find(|(holds, ..)| !holds)
            .map_or(Ok(()), |(_, key, expected)| Err((key, expected)))
    }
}

/// As much as settings need; the mail crate parses it.
fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && !domain.is_empty()
            && !domain.contains('@')
            && !text.contains(char::is_whitespace)
    })
}

fn unless_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SecretString>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok((!text.is_empty()).then(|| text.into()))
}

fn path_unless_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PathBuf>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok((!text.is_empty()).then(|| text.into()))
}

fn socket_address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SocketAddr, D::Error> {
    parsed(deserializer, "an address and port such as 127.0.0.1:8080", |text| text.parse().ok())
}

fn time_zone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Tz, D::Error> {
    parsed(deserializer, "a time zone such as Europe/Oslo", |text| text.parse().ok())
}

fn locale<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Locale, D::Error> {
    parsed(deserializer, "nb, nn or en", Locale::from_tag)
}

fn web_address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    parsed(deserializer, "a URL that begins with http:// or https://, without a query", |text| {
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let fits = !host.is_empty() && !host.contains(['?', '#', ' ']);
        fits.then(|| text.trim_end_matches('/').to_owned())
    })
}

fn parsed<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    expected: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse(&text).ok_or_else(|| serde::de::Error::custom(expected))
}
