//! Cleans up after a process that could not: killed, or ended by Ctrl-C.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

/// A shell that waits for the end of this process and then stops the server and deletes its folder, if they are still
/// there. It notices by its standard input: only this process holds the other end.
#[derive(Debug)]
pub(crate) struct Guard(Child);

const SCRIPT: &str = r#"
    cat
    pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null) && kill -QUIT "$pid"
    rm -rf "$1""#;

impl Guard {
    pub(crate) fn over(folder: &Path) -> Result<Self> {
        let mut command = Command::new("sh");
        command.args(["-c", SCRIPT, "varde-postgres-guard"]).arg(folder);
        // A group of its own, so that what ends our group leaves the guard alone.
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        command.spawn().map(Self).context("setting a guard over the server")
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // Closes its standard input and waits until it has looked.
        let _ = self.0.wait();
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt;

    use super::*;

    #[test]
    fn the_end_of_the_process_ends_the_server_and_its_folder() {
        let folder = tempfile::tempdir().unwrap().keep();
        let mut server = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
        std::fs::create_dir(folder.join("data")).unwrap();
        std::fs::write(folder.join("data/postmaster.pid"), format!("{}\n/somewhere\n", server.id())).unwrap();
        let guard = Guard::over(&folder).unwrap();
        // What the kernel does to a killed process: its end of the pipe is closed.
        drop(guard);
        assert!(!folder.exists());
        assert_eq!(server.wait().unwrap().signal(), Some(3));
    }
}
