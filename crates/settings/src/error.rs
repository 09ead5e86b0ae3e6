//! What can be wrong with settings, said so that it can be mended.

/// One fault. It names where the setting came from and its key, never its value, which may be a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// A key that does not exist.
    #[error("{source_name}: there is no setting `{key}`{}", suggestion(.nearest.as_deref()))]
    UnknownKey {
        /// The file.
        source_name: String,
        /// The key as written.
        key: String,
        /// The known key that comes nearest.
        nearest: Option<String>,
    },
    /// An environment variable that begins with `VARDE_` and sets nothing.
    #[error("environment variable {name} sets nothing{}", suggestion(.nearest.as_deref()))]
    UnknownVariable {
        /// The variable.
        name: String,
        /// The known variable that comes nearest.
        nearest: Option<String>,
    },
    /// A value of the wrong type or out of range.
    #[error("{source_name}: `{key}` must be {expected}")]
    Wrong {
        /// The file or the environment variable.
        source_name: String,
        /// The key.
        key: String,
        /// What it must be.
        expected: String,
    },
    /// Text that is not TOML.
    #[error("{source_name}, line {line}: {message}")]
    NotToml {
        /// The file.
        source_name: String,
        /// Counted from 1.
        line: usize,
        /// What the parser says.
        message: String,
    },
    /// The file that `VARDE_CONFIG` names cannot be read.
    #[error("VARDE_CONFIG names {path}, which cannot be read: {message}")]
    Unreadable {
        /// The path as given.
        path: String,
        /// What the operating system says.
        message: String,
    },
}

fn suggestion(nearest: Option<&str>) -> String {
    nearest.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}
