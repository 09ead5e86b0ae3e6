//! One server for all test processes of a tree, when nobody has started one for them.
//!
//! Tests run each in a process of its own. The first one starts the server and lets it run on; the others find its
//! URL in a file. A watchman beside it stops and deletes it once no test has asked for ten minutes.

use std::fs::{File, FileTimes};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::{Cluster, Durability};

/// The server that the test processes of one tree share.
#[derive(Debug)]
pub struct SharedCluster;

impl SharedCluster {
    /// The URL of the shared server's database `postgres`; starts the server when it does not run. `state` is the
    /// folder where the processes meet, such as `target/postgres`.
    ///
    /// # Errors
    /// When PostgreSQL is not installed or does not start.
    pub fn url(state: &Path) -> Result<String> {
        std::fs::create_dir_all(state).with_context(|| format!("making {}", state.display()))?;
        let lock = File::create(state.join("lock"))?;
        lock.lock().context("locking the shared server's state")?;
        // Held to the end of this function: the watchman asks for the same lock before it stops the server.
        let used = File::options().create(true).append(true).open(state.join("used"))?;
        used.set_times(FileTimes::new().set_modified(now()))?;
        let url_file = state.join("url");
        if let Some(url) = std::fs::read_to_string(&url_file).ok().filter(|url| answers(url)) {
            return Ok(url);
        }
        let cluster = Cluster::start_unguarded(Durability::Fast)?;
        let url = cluster.url("postgres");
        std::fs::write(&url_file, &url)?;
        watch(state, cluster)?;
        Ok(url)
    }
}

#[expect(clippy::disallowed_methods, reason = "the age of a file is measured by the machine's clock")]
fn now() -> std::time::SystemTime {
    std::time::SystemTime::now()
}

fn answers(url: &str) -> bool {
    let address = url.split('@').nth(1).and_then(|rest| rest.split('/').next());
    let Some(address) = address.and_then(|text| text.parse::<SocketAddr>().ok()) else { return false };
    TcpStream::connect_timeout(&address, Duration::from_secs(2)).is_ok()
}

/// Leaves a shell behind that looks once a minute whether the server is still wanted.
fn watch(state: &Path, cluster: Cluster) -> Result<()> {
    const WATCHMAN: &str = r#"
        state=$1 folder=$2
        wanted() { [ -d "$state" ] && [ -z "$(find "$state/used" -mmin +10)" ]; }
        while sleep 60; do
            wanted && continue
            exec 9>>"$state/lock" && flock -n 9 && ! wanted && break
            exec 9>&-
        done
        rm -f "$state/url"
        kill -QUIT "$(head -n 1 "$folder/data/postmaster.pid")"
        rm -rf "$folder""#;
    let folder = cluster.detach();
    let mut command = Command::new("sh");
    command.args(["-c", WATCHMAN, "varde-postgres-watchman"]).arg(state).arg(folder);
    // A group of its own, so that what ends the test's group leaves the watchman alone.
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    command.spawn().context("leaving the watchman of the shared server behind")?;
    Ok(())
}
