//! The benchmark itself works: both databases, every measurement, with answers that are equal to the bare rows.

use std::process::Command;

#[test]
fn a_trial_run_measures_everything() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("figures.md");
    let mut command = Command::new(env!("CARGO_BIN_EXE_varde-bench"));
    command.arg("--quick").arg("--output").arg(&output);
    // Where the suite has built the product already, it is not built again.
    if let Some(varde) = std::env::var_os("VARDE_TEST_BINARY") {
        command.arg("--server").arg(varde);
    }
    let run = command.output().unwrap();
    assert!(
        run.status.success(),
        "{}{}",
        String::from_utf8_lossy(&run.stdout),
        String::from_utf8_lossy(&run.stderr)
    );
    let figures = std::fs::read_to_string(&output).unwrap();
    for part in [
        "### SQLite",
        "### PostgreSQL",
        "50 leaders",
        "attendance",
        "mail over 64",
        "idle",
        "start",
        "import",
    ] {
        assert!(figures.contains(part), "{part} is missing:\n{figures}");
    }
}
