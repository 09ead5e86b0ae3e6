//! A database that wakes up elsewhere writes to nobody.

use std::path::Path;

use varde_testkit::binary::run;

use super::{serving, told};

async fn serve_once(folder: &Path, public_url: &str) {
    let (running, _) = serving(folder, public_url).await;
    assert!(running.terminate().unwrap().success());
}

fn state(folder: &Path) -> String {
    told(&run(folder, ["organisation", "list"]).unwrap())
}

#[tokio::test]
async fn a_restored_copy_holds_its_mail_back_until_it_is_told_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    run(folder, ["organisation", "add", "fjordheim", "Fjordheim sykehus HF"]).unwrap();
    serve_once(folder, "https://varde.fjordheim.example").await;
    serve_once(folder, "https://varde.fjordheim.example").await;
    assert!(!state(folder).contains("sending is off"));

    serve_once(folder, "https://trial.fjordheim.example").await;
    assert!(state(folder).contains("sending is off"));
    assert!(run(folder, ["sending", "on", "--organisation", "fjordheim"]).unwrap().status.success());
    serve_once(folder, "https://trial.fjordheim.example").await;
    assert!(!state(folder).contains("sending is off"), "who switched it on is not overruled");
}
