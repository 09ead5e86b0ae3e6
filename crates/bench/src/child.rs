//! Processes that are measured.

use std::{
    fs::File,
    net::{SocketAddr, TcpListener},
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use tokio::{
    io::AsyncWriteExt as _,
    process::{Child, Command},
};

use crate::{load, proc};

/// A service that answers on an address; it is killed with the value.
pub(crate) struct Service {
    child: Child,
    pub(crate) pid: u32,
    pub(crate) address: SocketAddr,
}

/// Settings of a process, as environment variables.
pub(crate) type Environment = Vec<(&'static str, String)>;

/// An address on which nobody listens.
pub(crate) fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

fn command(program: &Path, arguments: &[&str], environment: &Environment) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).envs(environment.iter().map(|(name, value)| (name, value)));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::inherit()).kill_on_drop(true);
    command
}

/// Starts a service and waits until `path` answers 200. Gives how long that took, too. What it logs is written to a
/// file, as it would be in a hospital: it belongs to the service's cost.
pub(crate) async fn start(
    program: &Path,
    arguments: &[&str],
    environment: &Environment,
    (address, path, log): (SocketAddr, &str, &Path),
) -> Result<(Service, Duration)> {
    let begun = Instant::now();
    let mut command = command(program, arguments, environment);
    let log_file = File::options().create(true).append(true).open(log)?;
    let mut child =
        command.stdout(log_file.try_clone()?).stderr(log_file).spawn().context("starting a process")?;
    let pid = child.id().context("the process has ended")?;
    let mut pace = tokio::time::interval(Duration::from_millis(2));
    loop {
        pace.tick().await;
        if load::get(address, path).await.is_ok_and(|answer| answer.status == 200) {
            return Ok((Service { child, pid, address }, begun.elapsed()));
        }
        if let Some(status) = child.try_wait()? {
            let said = std::fs::read_to_string(log).unwrap_or_default();
            bail!("{} {arguments:?} ended at once: {status}\n{said}", program.display());
        }
        if begun.elapsed() > Duration::from_secs(60) {
            bail!("{} {arguments:?} did not answer within a minute", program.display());
        }
    }
}

impl Service {
    /// Ends it.
    pub(crate) async fn stop(mut self) -> Result<()> {
        Ok(self.child.kill().await?)
    }
}

/// What a command took.
pub(crate) struct Took {
    pub(crate) time: Duration,
    pub(crate) peak_mb: f64,
}

/// Runs a command to its end; `input` goes to its standard input.
pub(crate) async fn run(
    program: &Path,
    arguments: &[&str],
    environment: &Environment,
    input: &str,
) -> Result<Took> {
    let begun = Instant::now();
    let mut command = command(program, arguments, environment);
    let mut child = command.stdin(Stdio::piped()).spawn().context("starting a command")?;
    let pid = child.id().context("the command has ended")?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input.as_bytes()).await?;
    }
    let mut peak_mb: f64 = 0.0;
    let mut pace = tokio::time::interval(Duration::from_millis(10));
    loop {
        tokio::select! {
            status = child.wait() => {
                let status = status?;
                if !status.success() {
                    bail!("{} {arguments:?}: {status}", program.display());
                }
                return Ok(Took { time: begun.elapsed(), peak_mb });
            }
            _ = pace.tick() => peak_mb = peak_mb.max(proc::peak_memory_mb(pid).unwrap_or_default()),
        }
    }
}
