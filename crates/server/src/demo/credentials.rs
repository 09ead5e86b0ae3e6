//! Who can sign in to the demo: random passwords, written where only the owner of the data folder reads them.

use std::{io, path::Path};

use serde::{Deserialize, Serialize};
use varde_app::Ctx;

use crate::secret_file::write_private;

/// The file in the data folder.
pub(crate) const FILE: &str = "demo-credentials.json";

/// Characters that are not mistaken for each other. 32 of them, so that a byte's low five bits choose evenly.
const CHARACTERS: &[u8; 32] = b"abcdefghijkmnopqrstuvwxyz2345678";

/// One who can sign in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Credential {
    /// The role: administrator, coordinator, line_manager, leader.
    pub(crate) role: String,
    /// The trust's short name.
    pub(crate) organisation: String,
    /// The address to sign in with.
    pub(crate) email: String,
    /// The password.
    pub(crate) password: String,
}

/// A new password: four groups of five characters, 100 bits.
pub(crate) fn password(ctx: &Ctx) -> String {
    let bytes = ctx.random_bytes::<20>();
    let mut password = String::new();
    for (index, byte) in bytes.iter().enumerate() {
        if index > 0 && index % 5 == 0 {
            password.push('-');
        }
        password.push(char::from(CHARACTERS[usize::from(byte & 31)]));
    }
    password
}

/// Writes them.
///
/// # Errors
/// The file cannot be written.
pub(crate) fn write(data_dir: &Path, credentials: &[Credential]) -> io::Result<()> {
    let mut text = serde_json::to_string_pretty(credentials)?;
    text.push('\n');
    write_private(&data_dir.join(FILE), text.as_bytes())
}

/// Reads those of an earlier run.
///
/// # Errors
/// There are none.
pub(crate) fn read(data_dir: &Path) -> io::Result<Vec<Credential>> {
    Ok(serde_json::from_slice(&std::fs::read(data_dir.join(FILE))?)?)
}
