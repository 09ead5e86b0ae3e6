//! The program `varde` as it is shipped, run as a process of its own.

mod copies;
mod demo;
mod doctor;
mod memory;
mod programme_pages;
mod set_up;
mod stopping;

use std::{
    path::Path,
    process::{Command, Output, Stdio},
};

use varde_testkit::{
    binary::{Running, command},
    http::{Http, free_port},
};

/// `varde serve` on a folder's database, and the port that it answers on.
async fn serving(folder: &Path, public_url: &str) -> (Running, u16) {
    serving_by(command(folder, ["serve"]).unwrap(), folder, public_url).await
}

/// The same by a command that says more of it.
async fn serving_by(mut serve: Command, folder: &Path, public_url: &str) -> (Running, u16) {
    let port = free_port().unwrap();
    serve.env("VARDE_HTTP_LISTEN", format!("127.0.0.1:{port}")).env("VARDE_HTTP_PUBLIC_URL", public_url);
    serve.env("VARDE_MAIL_URL", format!("file://{}/mail", folder.display()));
    // Logs go to standard error, which a pipe here would fill.
    serve.stderr(Stdio::null());
    let running = Running::start_at_once(serve).unwrap();
    Http::new(&format!("http://127.0.0.1:{port}")).unwrap().until_ready().await.unwrap();
    (running, port)
}

/// What a process told on standard output.
fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What a process told on standard error.
fn complained(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
