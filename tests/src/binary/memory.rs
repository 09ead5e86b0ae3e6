//! The memory that an import takes at its peak.

use std::{path::Path, time::Duration};

use tempfile::TempDir;
use tokio::{process::Command, time::interval};
use varde_testkit::{
    binary::{command, run},
    hr_file::hr_file,
};

/// In kilobytes, for a build without optimisation, which takes some 120 MB; a release build takes 70.
const AT_MOST: u64 = 150_000;
/// In kilobytes: what 12,500 rows more may take. They take some 20 MB.
const MORE_AT_MOST: u64 = 40_000;

/// The most that a process has had in memory, in kilobytes; None once it has ended.
fn peak(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// The peak of an import of so many people into an organisation that has none.
async fn importing(people: usize) -> u64 {
    let folder: TempDir = tempfile::tempdir().unwrap();
    run(folder.path(), ["organisation", "add", "fjordheim", "Fjordheim sykehus HF"]).unwrap();
    let file = folder.path().join("hr.csv");
    std::fs::write(&file, hr_file(people, 1)).unwrap();
    let mut import = import(folder.path(), &file);
    let mut child = import.kill_on_drop(true).spawn().unwrap();
    let process = child.id().unwrap();
    // What it has had at most never shrinks: the last look before its end tells.
    #[expect(clippy::disallowed_methods, reason = "the kernel tells nobody when a peak was reached")]
    let (mut pace, mut most) = (interval(Duration::from_millis(5)), 0);
    let ended = loop {
        tokio::select! {
            ended = child.wait() => break ended.unwrap(),
            _ = pace.tick() => most = peak(process).unwrap_or(most),
        }
    };
    assert!(ended.success());
    most
}

fn import(folder: &Path, file: &Path) -> Command {
    let arguments = ["import-people", file.to_str().unwrap(), "--organisation", "fjordheim"];
    let mut import = command(folder, arguments).unwrap();
    import.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    import.into()
}

#[tokio::test]
async fn an_import_of_25_000_rows_takes_bounded_memory_and_little_more_than_one_of_half_as_many() {
    let (half, whole) = (importing(12_500).await, importing(25_000).await);
    assert!(half > 10_000 && whole < AT_MOST, "{half} kB, then {whole} kB");
    assert!(whole < half + MORE_AT_MOST, "{half} kB for half of the rows, {whole} kB for all");
}
