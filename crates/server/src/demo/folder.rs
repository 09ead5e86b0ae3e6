//! What the demo keeps in its data folder, and how an earlier demo is cleared away: only files of its own.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};

use super::credentials;

/// The database. Not the name that `varde serve` uses: a demo in the folder of a real installation destroys nothing.
const DATABASE: &str = "demo.db";
/// Not the name that a real installation uses for mail that goes into files, either.
const MAIL: &str = "demo-mail";
const CLOCK: &str = "demo-clock";
const LOCK: &str = "demo-lock";

/// The database's file.
pub(crate) fn database(data_dir: &Path) -> PathBuf {
    data_dir.join(DATABASE)
}

/// The mails' folder.
pub(crate) fn mail(data_dir: &Path) -> PathBuf {
    data_dir.join(MAIL)
}

/// True where a demo has told its story.
pub(crate) fn holds_a_demo(data_dir: &Path) -> bool {
    data_dir.join(credentials::FILE).is_file()
}

/// Takes the folder for this demo alone, for as long as the file is kept: a second one would clear the first one's
/// database away under it.
///
/// # Errors
/// [`fs::TryLockError::WouldBlock`] where a demo runs in the folder; another one where the file cannot be made.
pub(crate) fn lock(data_dir: &Path) -> Result<fs::File, fs::TryLockError> {
    let file = fs::File::create(data_dir.join(LOCK)).map_err(fs::TryLockError::Error)?;
    file.try_lock()?;
    Ok(file)
}

/// Removes what an earlier demo left.
///
/// # Errors
/// A file of it cannot be removed.
pub(crate) fn clear(data_dir: &Path) -> io::Result<()> {
    let files =
        [DATABASE, "demo.db-wal", "demo.db-shm", CLOCK, credentials::FILE].map(|name| data_dir.join(name));
    for file in files {
        remove(&file)?;
    }
    let letters = match fs::read_dir(mail(data_dir)) {
        Ok(letters) => letters,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for letter in letters {
        let path = letter?.path();
        if path.extension().is_some_and(|kind| kind == "eml" || kind == "unfinished") {
            remove(&path)?;
        }
    }
    Ok(())
}

fn remove(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Notes what the clock shows, for a demo that is taken up again.
///
/// # Errors
/// The file cannot be written.
pub(crate) fn keep_clock(data_dir: &Path, now: DateTime<Utc>) -> io::Result<()> {
    fs::write(data_dir.join(CLOCK), now.to_rfc3339())
}

/// What the clock of an earlier demo showed.
pub(crate) fn kept_clock(data_dir: &Path) -> Option<DateTime<Utc>> {
    fs::read_to_string(data_dir.join(CLOCK)).ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clearing_removes_the_demos_own_files_and_no_others() {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path();
        fs::create_dir(mail(data_dir)).unwrap();
        fs::create_dir(data_dir.join("mail")).unwrap();
        let own = ["demo.db", "demo.db-wal", "demo-clock", "demo-credentials.json", "demo-mail/1.eml"];
        let others = ["varde.db", "auth-secret", "mail/1.eml", "demo-mail/notes.txt"];
        for name in own.iter().chain(&others) {
            fs::write(data_dir.join(name), "x").unwrap();
        }
        clear(data_dir).unwrap();
        clear(data_dir).unwrap();
        assert!(own.iter().all(|name| !data_dir.join(name).exists()));
        assert!(others.iter().all(|name| data_dir.join(name).exists()));
    }

    #[test]
    fn a_folder_holds_one_demo_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let first = lock(folder.path()).unwrap();
        assert!(matches!(lock(folder.path()), Err(fs::TryLockError::WouldBlock)));
        drop(first);
        lock(folder.path()).unwrap();
    }

    #[test]
    fn the_clock_goes_on_from_where_it_stood() {
        let folder = tempfile::tempdir().unwrap();
        let moment: DateTime<Utc> = "2027-01-06T08:00:00.5Z".parse().unwrap();
        assert_eq!(kept_clock(folder.path()), None);
        keep_clock(folder.path(), moment).unwrap();
        assert_eq!(kept_clock(folder.path()), Some(moment));
    }
}
