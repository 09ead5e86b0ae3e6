//! The program `varde`: the one place where the parts are put together and the system's clock is read.

// The schema's resolvers are futures within futures, deeper than the compiler looks by itself.
#![recursion_limit = "512"]

mod cli;
mod client_address;
mod clock;
mod commands;
mod demo;
mod entropy;
mod house;
mod logs;
mod output;
mod routes;
mod secret_file;
mod sender;
mod wiring;

use std::process::ExitCode;

use clap::Parser as _;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Employees' data lie in what the program writes (the SQLite file and its log, mails, credentials of the demo): new
    // files and folders are for its own user alone.
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
    let cli = cli::Cli::parse();
    // One provider of TLS for the database, mail and whatever comes; a second call only finds the first.
    let _installed = rustls::crypto::ring::default_provider().install_default();
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            output::note(format_args!("varde: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(cli: cli::Cli) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let outcome = runtime.block_on(cli.run());
    // A task that did not end in its time is not waited for.
    runtime.shutdown_background();
    outcome
}
