//! The benchmark itself works: both databases, every measurement, with answers that are equal to the bare rows.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

#[test]
fn a_trial_run_measures_everything() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("figures.md");
    let mut command = Command::new(env!("CARGO_BIN_EXE_varde-bench"));
    command.arg("--quick").arg("--output").arg(&output);
    // Where the product has been built already, it is not built again.
    let beside = Path::new(env!("CARGO_BIN_EXE_varde-bench")).with_file_name("varde");
    let built =
        std::env::var_os("VARDE_TEST_BINARY").map(PathBuf::from).or(beside.exists().then_some(beside));
    if let Some(varde) = built {
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
