//! Every test, with what they stand on.

use anyhow::{Context, Result};
use varde_throwaway_postgres::{Cluster, Durability, URL_VARIABLE};

use crate::machine;
use crate::step::{self, Cargo};

/// nextest's profile.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// At the desk.
    Default,
    /// In continuous integration.
    Ci,
}

/// Runs the tests. `args` go to nextest, or to `cargo test` where nextest is not installed; with any, the tests in
/// documentation are left out, as a filter can hardly mean them.
pub(crate) fn run(args: &[String], profile: Profile) -> Result<()> {
    step::timed("machine", machine::prepare)?;
    // Stopped when this function returns, and by its own guard when this process is killed.
    let cluster = step::timed("PostgreSQL", || Cluster::start(Durability::Fast))?;
    step::run("build varde", Cargo::new(["build", "--package", "varde-server", "--bin", "varde"]))?;
    let own = std::env::current_exe()?;
    let varde = own.parent().context("xtask has no folder")?.join("varde");
    let with_means =
        |cargo: Cargo| cargo.env(URL_VARIABLE, cluster.url("postgres")).env("VARDE_TEST_BINARY", &varde);

    let has_nextest = Cargo::new(["nextest", "--version"]).works();
    let documentation = if has_nextest && args.is_empty() {
        let documentation = Cargo::new(["test", "--doc", "--workspace", "--quiet"]);
        step::run("tests in documentation", with_means(documentation))
    } else {
        Ok(())
    };
    let tests = if has_nextest {
        let profile = if profile == Profile::Ci { "ci" } else { "default" };
        Cargo::new(["nextest", "run", "--workspace", "--profile", profile])
    } else {
        println!("cargo-nextest is not installed: using cargo test");
        Cargo::new(["test", "--workspace"])
    };
    // Last, so that its closing line is the one that stays in sight.
    step::run("tests", with_means(tests.args(args))).and(documentation)
}
