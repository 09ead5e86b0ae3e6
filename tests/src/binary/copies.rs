//! A database that wakes up elsewhere writes to nobody.

use std::path::Path;

use varde_testkit::{
    binary::{Running, command, run},
    http::{Http, free_port},
};

use super::told;

async fn serve_once(folder: &Path, public_url: &str) {
    let port = free_port().unwrap();
    let mut serve = command(folder, ["serve"]).unwrap();
    serve.env("VARDE_HTTP_LISTEN", format!("127.0.0.1:{port}")).env("VARDE_HTTP_PUBLIC_URL", public_url);
    serve.env("VARDE_MAIL_URL", format!("file://{}/mail", folder.display()));
    // Logs go to standard error, which a pipe here would fill.
    serve.stderr(std::process::Stdio::null());
    let running = Running::start_at_once(serve).unwrap();
    let http = Http::new(&format!("http://127.0.0.1:{port}")).unwrap();
    http.until_ready().await.unwrap();
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
