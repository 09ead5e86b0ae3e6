//! A database that wakes up elsewhere writes to nobody.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use varde_testkit::{binary::command, postgres::Postgres};

use super::{serving_by, told};

const HOME: &str = "https://varde.fjordheim.example";
const TRIAL: &str = "https://trial.fjordheim.example";

/// A place where the service lives: a folder, and perhaps a database that is not in it.
struct Place {
    folder: PathBuf,
    database: Option<String>,
}

impl Place {
    fn new(folder: &Path, name: &str, database: Option<&str>) -> Self {
        let folder = folder.join(name);
        fs::create_dir_all(&folder).unwrap();
        Self { folder, database: database.map(str::to_owned) }
    }

    /// With a trust in it.
    fn settled(folder: &Path, database: Option<&str>) -> Self {
        let place = Self::new(folder, "original", database);
        place.run(&["migrate"]);
        place.run(&["organisation", "add", "fjordheim", "Fjordheim sykehus HF"]);
        place
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = command(&self.folder, arguments).unwrap();
        command.envs(self.database.iter().map(|url| ("VARDE_DATABASE_URL", url)));
        command
    }

    fn run(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", super::complained(&output));
        told(&output)
    }

    async fn serve_once(&self, public_url: &str) {
        let (running, _) = serving_by(self.command(&["serve"]), &self.folder, public_url).await;
        assert!(running.terminate().unwrap().success());
    }

    fn sends(&self) -> bool {
        !self.run(&["organisation", "list"]).contains("sending is off")
    }
}

#[tokio::test]
async fn a_database_under_another_address_holds_its_mail_back_until_it_is_told_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::settled(folder.path(), None);
    place.serve_once(HOME).await;
    place.serve_once(HOME).await;
    assert!(place.sends());

    place.serve_once(TRIAL).await;
    assert!(!place.sends());
    place.run(&["sending", "on", "--organisation", "fjordheim"]);
    place.serve_once(TRIAL).await;
    assert!(place.sends(), "who switched it on is not overruled");
}

#[tokio::test]
async fn a_copy_of_the_file_under_the_same_address_holds_its_mail_back_and_the_original_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let original = Place::settled(folder.path(), None);
    original.serve_once(HOME).await;
    let copy = Place::new(folder.path(), "copy", None);
    for file in fs::read_dir(&original.folder).unwrap().map(Result::unwrap) {
        if file.file_type().unwrap().is_file() {
            fs::copy(file.path(), copy.folder.join(file.file_name())).unwrap();
        }
    }
    copy.serve_once(HOME).await;
    assert!(!copy.sends());
    original.serve_once(HOME).await;
    assert!(original.sends());
}

#[tokio::test]
async fn a_restored_database_of_postgresql_under_the_same_address_holds_its_mail_back() {
    let folder = tempfile::tempdir().unwrap();
    let database = Postgres::shared().await.unwrap().empty().await.unwrap();
    let original = Place::settled(folder.path(), Some(database.url()));
    original.serve_once(HOME).await;
    let restored = database.copy().await.unwrap();
    let copy = Place::new(folder.path(), "copy", Some(restored.url()));
    copy.serve_once(HOME).await;
    assert!(!copy.sends());
    original.serve_once(HOME).await;
    assert!(original.sends());
}
