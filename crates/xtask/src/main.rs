//! The chores of the project: `cargo xtask demo`, `test`, `bench` and `ci`.

#![expect(clippy::print_stdout, reason = "a tool of the command line tells what it does")]

mod ci;
mod machine;
mod step;
mod suite;

use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};
use clap::{Args, Parser, Subcommand};

use step::Cargo;

/// The chores of the project.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Build Varde and run it with a fictional trust, a cohort and a clock that can be moved; `cargo xtask demo -- --help`
    /// lists its options
    Demo(Rest),
    /// Run every test, on SQLite and on a PostgreSQL started for it, with a real SMTP server and a real browser
    Test(Rest),
    /// Measure speed and memory with a release build
    Bench(Rest),
    /// Everything that must hold before a change is merged
    Ci,
}

/// Arguments that are passed on.
#[derive(Args)]
struct Rest {
    /// Passed on: options of `varde demo` or of the benchmark, or a filter of tests
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

fn main() -> ExitCode {
    // Not returned from main: what is wrong is told by the message, and a backtrace would push it out of sight.
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    match Cli::parse().chore {
        Chore::Demo(rest) => run_demo(&rest.args),
        Chore::Test(rest) => suite::run(&rest.args, suite::Profile::Default),
        Chore::Bench(rest) => run_bench(&rest.args),
        Chore::Ci => ci::run(),
    }
}

/// Built together, so that the libraries below both are built once, with the same features.
fn run_bench(args: &[String]) -> Result<()> {
    let both = ["build", "--release", "--package", "varde-bench", "--package", "varde-server", "--bins"];
    step::run("build", Cargo::new(both))?;
    let own = std::env::current_exe()?;
    let release = own.ancestors().nth(2).context("xtask has no folder")?.join("release");
    step::timed("benchmark", || {
        let mut bench = Command::new(release.join("varde-bench"));
        let status = bench.arg("--server").arg(release.join("varde")).args(args).status()?;
        ensure!(status.success(), "the benchmark failed ({status})");
        Ok(())
    })
}

fn run_demo(args: &[String]) -> Result<()> {
    step::run("build", Cargo::new(["build", "--package", "varde-server", "--bin", "varde"]))?;
    let run = Cargo::new(["run", "--quiet", "--package", "varde-server", "--bin", "varde", "--", "demo"]);
    // In place of this process, so that Ctrl-C and a supervisor's signals reach the service itself.
    Err(run.args(args).replace_this_process())
}
