//! What the tests need of the machine beside Rust.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use varde_throwaway_postgres::Binaries;

/// Looks for PostgreSQL's server, Chromium and its driver; installs them where that is possible.
pub(crate) fn prepare() -> Result<()> {
    let missing = missing_packages();
    if missing.is_empty() {
        return Ok(());
    }
    let by_hand = format!("apt-get install {}", missing.join(" "));
    if !may_install() {
        bail!(
            "the tests need programs that are not on this machine. On Debian, as root: {by_hand}\n\
             Elsewhere: PostgreSQL's server (initdb, postgres, pg_ctl), chromium and chromedriver must be in PATH."
        );
    }
    println!("installing: {}", missing.join(" "));
    apt_get(&["update", "--quiet"])?;
    let mut install = vec!["install", "--yes", "--quiet", "--no-install-recommends"];
    install.extend(&missing);
    apt_get(&install).with_context(|| format!("could not install by: {by_hand}"))?;
    match missing_packages() {
        still if still.is_empty() => Ok(()),
        still => bail!("still missing after the installation: {}", still.join(" ")),
    }
}

fn missing_packages() -> Vec<&'static str> {
    let needs = [
        ("postgresql", Binaries::find().is_ok()),
        ("chromium", in_path(&["chromium", "chromium-browser", "google-chrome"])),
        ("chromium-driver", in_path(&["chromedriver", "chromium.chromedriver"])),
    ];
    needs.into_iter().filter(|(_, found)| !found).map(|(package, _)| package).collect()
}

fn in_path(names: &[&str]) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| names.iter().any(|name| folder.join(name).is_file()))
}

/// Root on Debian.
fn may_install() -> bool {
    let id = Command::new("id").arg("-u").output();
    let is_root = id.is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    is_root && Path::new("/etc/debian_version").exists() && in_path(&["apt-get"])
}

fn apt_get(args: &[&str]) -> Result<()> {
    let status = Command::new("apt-get").args(args).env("DEBIAN_FRONTEND", "noninteractive").status()?;
    if !status.success() {
        bail!("apt-get {} failed ({status})", args.join(" "));
    }
    Ok(())
}
