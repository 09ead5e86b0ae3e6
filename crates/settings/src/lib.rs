//! What can be set about an installation: typed, from three layers.
//!
//! The lowest layer is `config/default.toml`, which is part of the binary and the reference of every setting. Over it
//! lies the file that `VARDE_CONFIG` names, over that the environment: `http.listen` is `VARDE_HTTP_LISTEN`. An unknown
//! name is refused, in the file and in the environment alike, with the nearest known one.

mod environment;
mod error;
mod layers;
mod network;
mod sections;
mod unknown;

use std::path::PathBuf;

use secrecy::SecretString;
use serde::Deserialize;

pub use environment::Variable;
pub use error::SettingsError;
pub use network::Network;
pub use sections::{Auth, Database, GraphQl, Http, Import, Log, LogFormat, Mail, Organisation, Scheduler};

/// The reference of all settings: every key, its default and what it means.
pub const DEFAULTS: &str = include_str!("../../../config/default.toml");

/// All settings of one installation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The folder for what the service keeps beside the database.
    pub data_dir: PathBuf,
    /// The database.
    pub database: Database,
    /// The HTTP server.
    pub http: Http,
    /// How mail leaves.
    pub mail: Mail,
    /// Sign-in.
    pub auth: Auth,
    /// Work over time.
    pub scheduler: Scheduler,
    /// Files from HR systems.
    pub import: Import,
    /// Logs.
    pub log: Log,
    /// Limits of GraphQL documents.
    pub graphql: GraphQl,
    /// What a new organisation starts with.
    pub organisation: Organisation,
}

impl Settings {
    /// Reads the three layers. `environment` gives every variable of the process; those that do not begin with
    /// `VARDE_` are passed over. `read_file` reads the file that `VARDE_CONFIG` names.
    ///
    /// # Errors
    /// The first thing that is wrong: an unknown name, a value of the wrong type or out of range, an unreadable file.
    /// No value is ever part of the message, as it may be a secret.
    pub fn load(
        environment: impl Iterator<Item = (String, String)>,
        read_file: impl Fn(&str) -> std::io::Result<String>,
    ) -> Result<Self, SettingsError> {
        layers::load(environment, read_file)
    }

    /// Every environment variable that sets something, with the key that it sets.
    pub fn variables() -> Vec<Variable> {
        environment::variables(&layers::defaults())
    }

    /// The database's URL; where none is set, a SQLite file in [`Settings::data_dir`].
    pub fn database_url(&self) -> SecretString {
        let file = || format!("sqlite://{}", self.data_dir.join("varde.db").display()).into();
        self.database.url.clone().unwrap_or_else(file)
    }

    /// The file with the secret that signs tokens and links; where none is set, one in [`Settings::data_dir`].
    pub fn auth_secret_file(&self) -> PathBuf {
        self.auth.secret_file.clone().unwrap_or_else(|| self.data_dir.join("auth-secret"))
    }

    /// The file with the keys that seal confidential text; where none is set, one in [`Settings::data_dir`].
    pub fn confidential_keys_file(&self) -> PathBuf {
        let own = self.auth.confidential_keys_file.clone();
        own.unwrap_or_else(|| self.data_dir.join("confidential-keys"))
    }
}

#[cfg(test)]
mod tests;
