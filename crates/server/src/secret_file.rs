//! The file with the secret that signs access tokens and links in mails.

use std::{
    fmt::Write as _,
    fs,
    io::{self, Write as _},
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use varde_app::Entropy;
use varde_auth::MIN_SECRET_BYTES;

/// Characters of which a random secret of this length has more, even where it is written in hexadecimal.
const FEW_CHARACTERS: usize = 8;

/// What is found where the secret should be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing: it is made at the first start.
    Nothing,
    /// A secret that serves.
    Secret(Vec<u8>),
    /// Something that could be guessed, or that says nothing.
    Weak(&'static str),
}

/// Looks at the file and changes nothing.
///
/// # Errors
/// It cannot be read.
pub(crate) fn look(path: &Path) -> io::Result<Found> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(error),
    };
    // The line's end of a file made by hand is no part of the secret.
    let secret = bytes.trim_ascii_end();
    if secret.len() < MIN_SECRET_BYTES {
        return Ok(Found::Weak("it is shorter than 32 characters"));
    }
    let mut seen = [false; 256];
    for byte in secret {
        seen[usize::from(*byte)] = true;
    }
    if seen.iter().filter(|seen| **seen).count() <= FEW_CHARACTERS {
        return Ok(Found::Weak("it repeats a few characters and is not random"));
    }
    Ok(Found::Secret(secret.to_vec()))
}

/// True when others than its owner may read the file.
pub(crate) fn is_open_to_others(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|file| file.mode() & 0o077 != 0)
}

/// The secret; it is made where there is none.
///
/// # Errors
/// It is weak, or the file can be neither read nor made.
pub(crate) fn open(path: &Path, entropy: &dyn Entropy) -> Result<Vec<u8>> {
    let mut found = look(path).with_context(|| unreadable(path))?;
    if found == Found::Nothing {
        make(path, entropy).with_context(|| format!("making the secret file {}", path.display()))?;
        found = look(path).with_context(|| unreadable(path))?;
    }
    match found {
        Found::Secret(secret) => {
            if is_open_to_others(path) {
                tracing::warn!(file = %path.display(), "the secret file can be read by others: chmod 600");
            }
            Ok(secret)
        }
        Found::Weak(why) => bail!("the secret file {} cannot be used: {why}; {MEND}", path.display()),
        Found::Nothing => bail!("the secret file {} was made and is gone", path.display()),
    }
}

/// What to do about a weak secret.
pub(crate) const MEND: &str =
    "fill it with random text (openssl rand -hex 32), or remove it to have one made";

fn unreadable(path: &Path) -> String {
    format!("the secret file {} cannot be read", path.display())
}

/// Writes a new secret under another name and links it to its place: a process that starts at the same time sees the
/// whole of it, and the first one's stays.
fn make(path: &Path, entropy: &dyn Entropy) -> io::Result<()> {
    let mut bytes = [0; 32];
    entropy.fill(&mut bytes);
    let mut text = String::new();
    for byte in bytes {
        let _never_fails = write!(text, "{byte:02x}");
    }
    text.push('\n');
    let unfinished = PathBuf::from(format!("{}.{}", path.display(), std::process::id()));
    write_private(&unfinished, text.as_bytes())?;
    let linked = fs::hard_link(&unfinished, path);
    fs::remove_file(&unfinished)?;
    match linked {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    }
}

/// Writes a file that its owner alone may read.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SystemEntropy;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    #[test]
    fn a_missing_secret_is_made_once_and_for_its_owner_alone() {
        let folder = folder();
        let path = folder.path().join("auth-secret");
        let first = open(&path, &SystemEntropy).unwrap();
        assert_eq!(first.len(), 64);
        assert_eq!(open(&path, &SystemEntropy).unwrap(), first);
        assert!(!is_open_to_others(&path));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_secret_that_can_be_guessed_is_refused() {
        let folder = folder();
        let path = folder.path().join("auth-secret");
        for weak in ["", "short", "changemechangemechangemechangemechangeme"] {
            fs::write(&path, weak).unwrap();
            let refused = open(&path, &SystemEntropy).unwrap_err().to_string();
            assert!(refused.contains("cannot be used"), "{refused}");
        }
    }

    #[test]
    fn the_end_of_a_line_is_no_part_of_the_secret() {
        let folder = folder();
        let path = folder.path().join("auth-secret");
        fs::write(&path, "0123456789abcdef0123456789abcdef\n").unwrap();
        assert_eq!(look(&path).unwrap(), Found::Secret(b"0123456789abcdef0123456789abcdef".to_vec()));
    }
}
