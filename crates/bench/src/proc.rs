//! What Linux tells of processes: CPU time and memory.

use std::{fs, time::Duration};

use anyhow::{Context, Result};

/// The kernel counts CPU time in hundredths of a second on every machine that Debian runs on.
const TICK: Duration = Duration::from_millis(10);

/// CPU time of a process so far, in user and kernel mode.
pub(crate) fn cpu(pid: u32) -> Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).with_context(|| format!("process {pid}"))?;
    ticks(&stat).map(|(_, ticks)| TICK * ticks).context("the form of /proc/<pid>/stat")
}

/// CPU time so far of all processes below one, such as PostgreSQL's backends below its postmaster.
pub(crate) fn cpu_of_children(parent: u32) -> Result<Duration> {
    let mut sum = Duration::ZERO;
    for entry in fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let is_process = name.to_str().is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_digit()));
        if !is_process {
            continue;
        }
        // One that ends meanwhile is not there any more.
        let Ok(stat) = fs::read_to_string(format!("/proc/{}/stat", name.display())) else { continue };
        if let Some((of, spent)) = ticks(&stat)
            && of == parent
        {
            sum += TICK * spent;
        }
    }
    Ok(sum)
}

/// The parent of a process.
pub(crate) fn parent(pid: u32) -> Result<u32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    ticks(&stat).map(|(parent, _)| parent).context("the form of /proc/<pid>/stat")
}

/// Parent, and user and kernel time in ticks. The program's name stands in parentheses and may hold blanks.
fn ticks(stat: &str) -> Option<(u32, u32)> {
    let (_, rest) = stat.rsplit_once(") ")?;
    let mut fields = rest.split(' ').skip(1);
    let parent = fields.next()?.parse().ok()?;
    let mut times = fields.skip(9);
    let user: u32 = times.next()?.parse().ok()?;
    let kernel: u32 = times.next()?.parse().ok()?;
    Some((parent, user + kernel))
}

/// Memory in MB (10^6 bytes) that a process has now.
pub(crate) fn memory_mb(pid: u32) -> Option<f64> {
    status(pid, "VmRSS:")
}

/// Memory in MB (10^6 bytes) that a process had at its peak.
pub(crate) fn peak_memory_mb(pid: u32) -> Option<f64> {
    status(pid, "VmHWM:")
}

fn status(pid: u32, field: &str) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(field))?;
    let kib: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kib * 1024.0 / 1e6)
}

/// The machine in a line: processor, cores, memory.
pub(crate) fn machine() -> String {
    let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpus
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
        .map(|(_, name)| name.trim());
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib = memory
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    let gib = kib.unwrap_or_default() / 1024.0 / 1024.0;
    format!("{cores} cores of {}, {gib:.0} GiB", model.unwrap_or("an unknown processor"))
}

/// Processes that want a core, on the average of the last minute: what else goes on.
pub(crate) fn load_average() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or("?").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_may_have_blanks_and_parentheses_in_its_name() {
        let stat = "71 (post (gres) x) S 12 71 71 0 -1 4194304 1 2 3 4 250 50 7 8 20 0 1 0 100 5 6";
        assert_eq!(ticks(stat), Some((12, 300)));
    }

    #[test]
    fn this_process_has_memory_and_a_parent() {
        let own = std::process::id();
        assert!(memory_mb(own).unwrap() > 1.0);
        assert!(peak_memory_mb(own).unwrap() >= memory_mb(own).unwrap() * 0.5);
        assert!(parent(own).unwrap() > 0);
        cpu(own).unwrap();
    }
}
