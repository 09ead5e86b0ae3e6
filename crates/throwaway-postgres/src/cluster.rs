//! One throw-away cluster: made, started, stopped, deleted.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::Binaries;
use crate::guard::Guard;
use crate::owner::Owner;

/// Whether a commit is on disk before it is acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// `fsync` off: fast, for tests that do not crash the server.
    Fast,
    /// `fsync` on: for tests of faults.
    Durable,
}

/// A running server of its own on 127.0.0.1, with one superuser `varde` that needs no password.
///
/// Dropping it stops the server and deletes its data; so does the end of this process, however it ends.
#[derive(Debug)]
pub struct Cluster {
    folder: Option<TempDir>,
    binaries: Binaries,
    owner: Owner,
    durability: Durability,
    port: u16,
    guard: Option<Guard>,
}

impl Cluster {
    /// Makes and starts a server.
    ///
    /// # Errors
    /// When PostgreSQL is not installed or does not start; the error ends with the server's log.
    pub fn start(durability: Durability) -> Result<Self> {
        let mut cluster = Self::start_unguarded(durability)?;
        cluster.guard = Some(Guard::over(cluster.root())?);
        Ok(cluster)
    }

    pub(crate) fn start_unguarded(durability: Durability) -> Result<Self> {
        let binaries = Binaries::find()?;
        let folder =
            tempfile::Builder::new().prefix("varde-postgres-").tempdir().context("making a folder")?;
        let owner = Owner::for_folder(folder.path())?;
        owner.give(folder.path())?;
        let mut cluster = Self { folder: Some(folder), binaries, owner, durability, port: 0, guard: None };
        cluster.initialise()?;
        cluster.launch_on_a_free_port()?;
        Ok(cluster)
    }

    /// The URL of a database of this server.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://varde@127.0.0.1:{}/{database}", self.port)
    }

    /// Stops the server as a power cut would: no checkpoint, connections cut. [`Cluster::restart`] recovers it.
    ///
    /// # Errors
    /// When it was not running.
    pub fn crash(&self) -> Result<()> {
        self.stop("immediate")
    }

    /// Starts the server again, on the same port, after [`Cluster::crash`].
    ///
    /// # Errors
    /// When it does not start.
    pub fn restart(&self) -> Result<()> {
        self.launch()
    }

    /// Lets the server run on after this process; returns the folder that it lives in.
    pub(crate) fn detach(mut self) -> PathBuf {
        self.folder.take().map(TempDir::keep).unwrap_or_default()
    }

    fn root(&self) -> &Path {
        self.folder.as_ref().map_or(Path::new("/nonexistent"), TempDir::path)
    }

    fn data(&self) -> PathBuf {
        self.root().join("data")
    }

    fn log(&self) -> PathBuf {
        self.root().join("server.log")
    }

    fn initialise(&self) -> Result<()> {
        let mut command = self.command("initdb")?;
        command.arg("-D").arg(self.data());
        command.args([
            "--username=varde",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]);
        self.run(command, "initdb")
    }

    /// Another process may take the port between our looking and the server's binding: then the next one is tried.
    fn launch_on_a_free_port(&mut self) -> Result<()> {
        let mut last = None;
        for _ in 0..5 {
            self.port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
            match self.launch() {
                Ok(()) => return Ok(()),
                Err(error) => last = Some(error),
            }
        }
        Err(last.context("no attempt was made")?)
    }

    fn launch(&self) -> Result<()> {
        let mut options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=300 \
             -c shared_buffers=128MB -c log_min_messages=warning",
            self.port
        );
        if self.durability == Durability::Fast {
            options.push_str(
                " -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off",
            );
        }
        let mut command = self.command("pg_ctl")?;
        command.args(["start", "-w", "-t", "60", "-D"]).arg(self.data());
        // The server must not inherit our standard output, or whoever reads that waits until the server ends.
        command.arg("-l").arg(self.log()).arg("-o").arg(options);
        self.run(command, "pg_ctl start")
    }

    fn stop(&self, mode: &str) -> Result<()> {
        let mut command = self.command("pg_ctl")?;
        command.args(["stop", "-w", "-m", mode, "-D"]).arg(self.data());
        self.run(command, "pg_ctl stop")
    }

    /// A program of PostgreSQL, run by the owner in a folder that the owner may enter, its output into a file.
    fn command(&self, program: &str) -> Result<Command> {
        let output = File::options().create(true).append(true).open(self.root().join("commands.log"))?;
        let mut command = self.owner.command(&self.binaries.program(program));
        command.current_dir(self.root()).stdin(Stdio::null());
        command.stdout(output.try_clone()?).stderr(output).env("LC_ALL", "C").env_remove("PGDATA");
        Ok(command)
    }

    fn run(&self, mut command: Command, name: &str) -> Result<()> {
        let status = command.status().with_context(|| format!("running {name}"))?;
        if status.success() {
            return Ok(());
        }
        let output = std::fs::read_to_string(self.root().join("commands.log")).unwrap_or_default();
        let log = std::fs::read_to_string(self.log()).unwrap_or_default();
        bail!("{name} failed ({status}):\n{output}{log}");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Already stopped, or detached: nothing is left to do.
        if self.folder.is_some() && self.data().join("postmaster.pid").exists() {
            let _ = self.stop("immediate");
        }
    }
}
