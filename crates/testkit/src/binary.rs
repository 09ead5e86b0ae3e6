//! The product as it is shipped: the program `varde`.

use std::{
    ffi::OsStr,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
};

use anyhow::{Context, Result, bail};

/// Names the program where the test suite was started by `cargo xtask test`.
pub const VARIABLE: &str = "VARDE_TEST_BINARY";

/// The path of the program: the one that [`VARIABLE`] names, or the one built beside the running test.
///
/// # Errors
/// When it has not been built.
pub fn varde() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os(VARIABLE) {
        return Ok(path.into());
    }
    let test = std::env::current_exe()?;
    // target/debug/deps/test-0123 -> target/debug/varde
    let folder = test.ancestors().nth(2).context("the test has no folder")?;
    let path = folder.join("varde");
    if !path.is_file() {
        bail!("{} is not there: cargo build -p varde-server", path.display());
    }
    Ok(path)
}

/// The program with these arguments, a data folder, and none of the settings of whoever runs the tests.
///
/// # Errors
/// It has not been built.
pub fn command<S: AsRef<OsStr>>(data_dir: &Path, args: impl IntoIterator<Item = S>) -> Result<Command> {
    let mut command = Command::new(varde()?);
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("VARDE_")) {
        command.env_remove(name);
    }
    command.env("VARDE_DATA_DIR", data_dir).args(args).stdin(Stdio::null());
    Ok(command)
}

/// Runs the program to its end.
///
/// # Errors
/// It has not been built.
pub fn run<S: AsRef<OsStr>>(data_dir: &Path, args: impl IntoIterator<Item = S>) -> Result<Output> {
    Ok(command(data_dir, args)?.output()?)
}

/// The program while it serves; killed when this is dropped.
#[derive(Debug)]
pub struct Running {
    child: Child,
    /// What it has told on standard output until it was waited for.
    pub told: String,
}

impl Running {
    /// Starts it, and waits until it has told a line that holds this text.
    ///
    /// # Errors
    /// It ended before.
    pub fn start(mut command: Command, until: &str) -> Result<Self> {
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().context("no standard output")?;
        let mut told = String::new();
        let mut lines = BufReader::new(output);
        loop {
            let from = told.len();
            if lines.read_line(&mut told)? == 0 {
                let _ended = child.kill();
                bail!("it ended ({}) after: {told}", child.wait()?);
            }
            if told[from..].contains(until) {
                break;
            }
        }
        // It must not stop at a full pipe.
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        Ok(Self { child, told })
    }

    /// Starts it without waiting for a word.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn start_at_once(mut command: Command) -> Result<Self> {
        Ok(Self { child: command.stdout(Stdio::null()).spawn()?, told: String::new() })
    }

    /// The first address in what it told.
    ///
    /// # Errors
    /// There is none.
    pub fn url(&self) -> Result<String> {
        let begin = self.told.find("http://").context("no address was told")?;
        let rest = self.told.get(begin..).unwrap_or_default();
        let host = rest.get("http://".len()..).unwrap_or_default();
        let end = host.find(|sign: char| sign == '/' || sign.is_whitespace()).unwrap_or(host.len());
        Ok(format!("http://{}", host.get(..end).unwrap_or_default()))
    }

    /// Asks it to end, as a supervisor does, and waits for that.
    ///
    /// # Errors
    /// It cannot be asked.
    pub fn terminate(self) -> Result<ExitStatus> {
        self.ask_to_end()?;
        self.wait()
    }

    /// Asks it to end, as a supervisor does.
    ///
    /// # Errors
    /// It cannot be asked.
    pub fn ask_to_end(&self) -> Result<()> {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status()?;
        Ok(())
    }

    /// Waits until it has ended.
    ///
    /// # Errors
    /// The operating system does not tell.
    pub fn wait(mut self) -> Result<ExitStatus> {
        Ok(self.child.wait()?)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ended_already = self.child.kill();
        let _waited_already = self.child.wait();
    }
}
