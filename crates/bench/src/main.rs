//! Measures Varde against the bare driver, the bare mail server and its own promises: `cargo xtask bench`.
//!
//! Everything is measured in one run: the product as the program that is shipped, and beside it, in turns, the least
//! that could give the same answer. Ratios within a run hold; times depend on the machine.

#![expect(clippy::print_stdout, reason = "a tool of the command line tells what it finds")]
#![expect(clippy::disallowed_methods, reason = "what is measured here is time")]

mod bare_mail;
mod check_ins;
mod child;
mod figures;
mod floor;
// Compiled in here instead of used from the test kit, which would bring a browser's driver into a release build.
mod ground;
#[path = "../../testkit/src/hr_file.rs"]
mod hr_file;
mod load;
mod mail;
mod pool;
mod proc;
mod reads;
mod report;
mod run;
mod sink;
mod standing;
mod writes;

use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

use anyhow::Result;
use clap::{Parser, Subcommand};

// The same allocator as the product's, so that it makes no difference between the two.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures Varde.
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    part: Option<Part>,
    #[command(flatten)]
    options: run::Options,
}

/// What the benchmark starts beside itself, as a process whose CPU time can be told apart.
#[derive(Subcommand)]
enum Part {
    /// The bare driver: the same rows as plain JSON
    #[command(hide = true)]
    Floor {
        /// The database
        #[arg(long)]
        database_url: String,
        /// Where to listen
        #[arg(long)]
        listen: SocketAddr,
    },
    /// Bare mail: as many messages as the server takes
    #[command(hide = true)]
    BareMail {
        /// The server
        #[arg(long)]
        to: SocketAddr,
        /// Connections at once
        #[arg(long)]
        connections: usize,
        /// Messages in all
        #[arg(long)]
        mails: usize,
        /// A file with the message
        #[arg(long)]
        message: PathBuf,
        /// A database in which each message is marked as sent
        #[arg(long)]
        mark_in: Option<String>,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Into::into);
    let outcome = outcome.and_then(|runtime| runtime.block_on(start(cli)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn start(cli: Cli) -> Result<()> {
    match cli.part {
        Some(Part::Floor { database_url, listen }) => Box::pin(floor::serve(&database_url, listen)).await,
        Some(Part::BareMail { to, connections, mails, message, mark_in }) => {
            bare_mail::send(to, connections, mails, &message, mark_in.as_deref()).await
        }
        None => Box::pin(run::all(&cli.options)).await,
    }
}
