//! Finds PostgreSQL's server programs.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folder that holds `initdb`, `postgres` and `pg_ctl`.
#[derive(Clone, Debug)]
pub struct Binaries {
    folder: PathBuf,
}

impl Binaries {
    /// Looks in `PATH`, then in Debian's versioned folders, the newest version first.
    ///
    /// # Errors
    /// When there are none; the error says which package to install.
    pub fn find() -> Result<Self> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&path)
            .chain(debian_folders())
            .find(|folder| is_complete(folder))
            .map(|folder| Self { folder })
            .context(
                "PostgreSQL's server programs (initdb, postgres, pg_ctl) are not on this machine. \
                 On Debian or Ubuntu: apt-get install postgresql",
            )
    }

    /// The path of one program, such as `pg_ctl`.
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

fn is_complete(folder: &Path) -> bool {
    ["initdb", "postgres", "pg_ctl"].iter().all(|name| folder.join(name).is_file())
}

fn debian_folders() -> Vec<PathBuf> {
    let Ok(versions) = std::fs::read_dir("/usr/lib/postgresql") else { return Vec::new() };
    let mut folders: Vec<(u32, PathBuf)> = versions
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    folders.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    folders.into_iter().map(|(_, folder)| folder).collect()
}
