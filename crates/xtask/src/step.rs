//! One step: a title, a command, its duration.

use std::ffi::OsStr;
use std::os::fd::AsFd;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// A call of cargo in the workspace's root.
pub(crate) struct Cargo(Command);

impl Cargo {
    pub(crate) fn new<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Self {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.current_dir(root()).args(args);
        Self(command)
    }

    pub(crate) fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.0.args(args);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.0.env(name, value);
        self
    }

    /// What it writes to standard output; its standard error is ours.
    pub(crate) fn output(mut self) -> Result<String> {
        let output = self.0.stderr(Stdio::inherit()).output().context("running cargo")?;
        if !output.status.success() {
            bail!("cargo failed ({})", output.status);
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    /// True when it runs and ends well; nothing of it is shown.
    pub(crate) fn works(mut self) -> bool {
        let quiet = self.0.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        quiet.status().is_ok_and(|status| status.success())
    }

    /// Returns only when that fails.
    pub(crate) fn replace_this_process(mut self) -> anyhow::Error {
        anyhow::Error::new(self.0.exec()).context("running cargo")
    }
}

/// The workspace's root.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// Runs a call of cargo as a step. Its standard error goes to our standard output, so that the closing line of the
/// tests stands there too.
pub(crate) fn run(title: &str, mut cargo: Cargo) -> Result<()> {
    timed(title, || {
        let output = std::io::stdout().as_fd().try_clone_to_owned()?;
        let status = cargo.0.stderr(output).status().context("running cargo")?;
        if !status.success() {
            bail!("{title} failed ({status})");
        }
        Ok(())
    })
}

/// Announces a step, does it, and tells how long it took.
pub(crate) fn timed<T>(title: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("==> {title}");
    #[expect(clippy::disallowed_methods, reason = "how long a step took is measured, not decided upon")]
    let start = Instant::now();
    let result = work();
    let outcome = if result.is_ok() { "ok" } else { "FAILED" };
    println!("<== {title}: {outcome}, {:.1} s", start.elapsed().as_secs_f64());
    result
}
