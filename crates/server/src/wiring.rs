//! From settings to the parts of the house.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::{Context, Result, bail};
use chrono::TimeDelta;
use secrecy::ExposeSecret;
use varde_app::{App, AppConfig, Clock, operations::Imports};
use varde_auth::{ConfidentialKeys, Keys};
use varde_gateway::http::{Config, WebSocketConfig, limits::Limits};
use varde_mail::{Sender, SmtpOptions, Transport};
use varde_model::{Locale, backoff::Backoff};
use varde_persistence::{Engine, Store, StoreOptions};
use varde_scheduler::{Options, Scheduler};
use varde_settings::Settings;

use crate::{clock::SystemClock, entropy::SystemEntropy, secret_file};

/// The settings of this process.
///
/// # Errors
/// The first thing that is wrong with them.
pub(crate) fn settings() -> Result<Settings> {
    let text = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
    let environment = std::env::vars_os().map(|(name, value)| (text(name), text(value)));
    Ok(Settings::load(environment, |path| std::fs::read_to_string(path))?)
}

/// Opens the database and makes the folder for it; the schema is not touched.
///
/// # Errors
/// The folder cannot be made, or the database cannot be reached.
pub(crate) async fn store(settings: &Settings) -> Result<Store> {
    data_dir(&settings.data_dir)?;
    let url = settings.database_url().expose_secret().to_owned();
    let options = StoreOptions { url, max_connections: settings.database.max_connections };
    Store::connect(&options).await.context("the database cannot be reached (varde doctor says more)")
}

/// The folder for what is kept beside the database.
///
/// # Errors
/// It cannot be made.
pub(crate) fn data_dir(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("making the data folder {}", folder.display()))
}

/// Opens a database that is ready for use. A SQLite file belongs to this program alone and is brought up to date;
/// PostgreSQL is shared, so there that is a step of its own.
///
/// # Errors
/// It cannot be reached, or lacks migrations.
pub(crate) async fn ready_store(settings: &Settings, migrate: bool) -> Result<Store> {
    let store = store(settings).await?;
    let pending = store.pending_migrations().await.context("reading the schema's state")?;
    if pending.is_empty() {
        return Ok(store);
    }
    if migrate || store.engine() == Engine::Sqlite {
        store.migrate().await.context("bringing the schema up to date")?;
        tracing::info!(migrations = pending.len(), "the schema was brought up to date");
        return Ok(store);
    }
    bail!(
        "the database lacks {} migration(s) of this version: run `varde migrate`, or start with --migrate",
        pending.len()
    )
}

/// The application on the system's clock.
///
/// # Errors
/// The secret cannot be used.
pub(crate) fn app(settings: &Settings, store: Store) -> Result<App> {
    app_with_clock(settings, store, Arc::new(SystemClock))
}

/// The application on another clock.
///
/// # Errors
/// The secret cannot be used.
pub(crate) fn app_with_clock(settings: &Settings, store: Store, clock: Arc<dyn Clock>) -> Result<App> {
    data_dir(&settings.data_dir)?;
    let secret = secret_file::open(&settings.auth_secret_file(), &SystemEntropy)?;
    let confidential = confidential_keys(settings)?;
    let keys = Keys::from_secret(&secret, &settings.http.public_url, confidential)?;
    let config = AppConfig {
        public_url: settings.http.public_url.clone(),
        sender_address: settings.mail.from_address.clone(),
        bundled_client: settings.http.graphiql,
    };
    let own = &settings.import;
    let imports = Imports::new(own.profiles.clone(), own.default_profile.clone(), own.max_rows);
    Ok(App::new(store, clock, Arc::new(SystemEntropy), keys, config).with_imports(imports))
}

/// The keys that seal confidential text; the file is made where there is none.
///
/// # Errors
/// It can be neither read nor made, or holds something that is no key.
fn confidential_keys(settings: &Settings) -> Result<ConfidentialKeys> {
    let file = settings.confidential_keys_file();
    let text = secret_file::open(&file, &SystemEntropy)?;
    let keys = ConfidentialKeys::parse(&String::from_utf8_lossy(&text));
    keys.with_context(|| format!("the file of confidential keys {} cannot be used", file.display()))
}

/// The way to send mail; None where no address of a server is set.
///
/// # Errors
/// The address is not understood.
pub(crate) fn transport(settings: &Settings) -> Result<Option<Transport>> {
    let mail = &settings.mail;
    let options = SmtpOptions {
        max_connections: mail.max_connections as usize,
        timeout: mail.timeout(),
        ..SmtpOptions::default()
    };
    let transport = mail.url.as_ref().map(|url| Transport::from_url(url, options));
    Ok(transport.transpose()?)
}

/// The scheduler.
pub(crate) fn scheduler(settings: &Settings, app: &App, transport: Transport) -> Scheduler {
    let own = &settings.scheduler;
    let options = Options {
        concurrency: own.concurrency as usize,
        lease: TimeDelta::seconds(own.lease_seconds.into()),
        max_attempts: own.max_attempts,
        backoff: Backoff {
            first: Duration::from_secs(own.backoff_first_seconds.into()),
            longest: Duration::from_secs(own.backoff_max_seconds.into()),
        },
        catch_up: TimeDelta::hours(own.catch_up_hours.into()),
        tick_seconds: u8::try_from(own.tick_seconds).unwrap_or(u8::MAX).min(59),
        ..Options::default()
    };
    let sender = Sender {
        email: settings.mail.from_address.clone(),
        message_id_host: host(&settings.http.public_url).to_owned(),
    };
    Scheduler::new(app.clone(), transport, sender, options)
}

/// How the gateway is to behave.
pub(crate) fn gateway(settings: &Settings) -> Config {
    let own = &settings.graphql;
    let limits = Limits {
        tokens: own.tokens,
        nesting: own.nesting,
        recursion: own.recursion,
        expanded: own.expanded,
        root_fields: own.root_fields,
        aliases: own.aliases,
        directives: own.directives,
        directives_per_field: own.directives_per_field,
        duplicates: own.duplicates,
        depth: own.depth,
        complexity: own.complexity,
        answered_fields: own.answered_fields,
        answer_bytes: own.answer_bytes,
    };
    Config {
        limits,
        body_bytes: settings.http.body_limit_bytes,
        upload_bytes: settings.http.upload_limit_bytes,
        timeout: settings.http.request_timeout(),
        graphiql: settings.http.graphiql,
        https_only: settings.http.public_url.starts_with("https://"),
        websocket: WebSocketConfig {
            connections: settings.http.websocket_connections,
            connections_per_client: settings.http.websocket_connections_per_client,
            ..WebSocketConfig::default()
        },
        ..Config::default()
    }
}

/// The host of an address, without its port.
pub(crate) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or(rest);
    match authority.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        Some((address, _)) => address,
        None => authority.split(':').next().unwrap_or(authority),
    }
}

/// Whether a host is this machine, by every name that says so by itself.
pub(crate) fn is_this_machine(host: &str) -> bool {
    let name = host.to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// An error of a use case, in words for who operates the machine.
pub(crate) fn explain(error: varde_app::Error) -> anyhow::Error {
    let refusals = error.refusals();
    if refusals.is_empty() {
        return error.into();
    }
    let told = refusals.iter().map(|refusal| {
        let path: Vec<String> = refusal
            .path
            .iter()
            .map(|part| match part {
                varde_app::PathPart::Field(field) => field.to_string(),
                varde_app::PathPart::Index(index) => index.to_string(),
            })
            .collect();
        let message = refusal.message(Locale::En);
        if path.is_empty() { message } else { format!("{}: {message}", path.join(".")) }
    });
    anyhow::anyhow!(told.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn the_host_of_an_address_is_without_scheme_port_and_path() {
        assert_eq!(host("https://varde.helse.example"), "varde.helse.example");
        assert_eq!(host("http://127.0.0.1:8080/varde"), "127.0.0.1");
        assert_eq!(host("http://[::1]:8080"), "::1");
    }
}
