//! The chromedriver process of one browser.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

const MISSING: &str = "Chromium and its driver are needed for the tests in a browser. \
                       On Debian: apt-get install chromium chromium-driver. \
                       On Ubuntu, where those are snaps: install Google Chrome and chromedriver";

/// A running chromedriver, and the session it is to end.
#[derive(Debug)]
pub(super) struct Driver {
    process: Child,
    port: u16,
    session: Option<String>,
}

impl Driver {
    /// Starts it on a port that it chooses itself. It ends at once where that port is free in one version of IP and
    /// taken in the other: then it chooses again.
    pub(super) fn start() -> Result<Self> {
        for _ in 0..5 {
            if let Some(driver) = Self::start_once()? {
                return Ok(driver);
            }
        }
        bail!("chromedriver ended before it listened")
    }

    /// Starts it; it tells the port on its standard output. None where it ended first.
    fn start_once() -> Result<Option<Self>> {
        let program = find(&["chromedriver", "chromium.chromedriver"])?;
        let mut process = Command::new(program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("starting chromedriver")?;
        let output = process.stdout.take().context("chromedriver has no output")?;
        let mut driver = Self { process, port: 0, session: None };
        let mut lines = BufReader::new(output).lines();
        for line in lines.by_ref() {
            if let Some((_, port)) = line?.rsplit_once("successfully on port ") {
                driver.port = port.trim_end_matches('.').parse().context("reading chromedriver's port")?;
                // Read on, or the driver ends on its first line that nobody takes.
                std::thread::spawn(move || lines.for_each(drop));
                return Ok(Some(driver));
            }
        }
        Ok(None)
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(super) fn ends_session(&mut self, session: Option<String>) {
        self.session = session;
    }

    /// Asks the driver to end its browser; works without the test's runtime, which may be gone.
    fn end_session(&self, session: &str) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        let host = format!("127.0.0.1:{}", self.port);
        write!(stream, "DELETE /session/{session} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
        // The answer begins when the browser has ended; the driver may keep the connection open after it.
        stream.read(&mut [0; 512]).map(drop)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if let Some(session) = &self.session {
            let _ = self.end_session(session);
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub(super) fn chromium() -> Result<PathBuf> {
    find(&["chromium", "chromium-browser", "google-chrome"])
}

fn find(names: &[&str]) -> Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = std::env::split_paths(&path).collect();
    let mut candidates = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates.find(|candidate| candidate.is_file()).context(MISSING)
}
