//! The command line.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::commands::{
    demo, doctor, import_people, migrate, organisation, programme, reseal, schema, sending, serve, user,
};

/// Varde runs leadership programmes in hospitals: it reads the HR system's file, finds newly appointed leaders, invites
/// them to a cohort, and sends every reminder at its hour, once.
#[derive(Parser)]
#[command(name = "varde", version, about, after_help = AFTER_HELP, max_term_width = 110)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Try it:      varde demo
Set it up:   varde doctor, then: varde organisation add, varde user add, varde import-people, varde serve

Settings come from a file that VARDE_CONFIG names and from the environment: VARDE_DATABASE_URL,
VARDE_DATA_DIR, VARDE_HTTP_LISTEN, VARDE_HTTP_PUBLIC_URL, VARDE_MAIL_URL, VARDE_AUTH_SECRET_FILE and more.
`varde doctor` checks them.";

#[derive(Subcommand)]
enum Command {
    /// Run the service: the GraphQL gateway, the pages behind mail links, and the scheduler that sends
    Serve(serve::Args),
    /// Run a fictional trust with people, a cohort, a mailbox page and a clock that can be moved
    Demo(demo::Args),
    /// Bring the database up to date with this version of the program
    Migrate,
    /// Read a file from the HR system: people, units and who leads them
    ImportPeople(import_people::Args),
    /// Set up organisations
    #[command(subcommand)]
    Organisation(organisation::Command),
    /// Look at, export and publish an organisation's programmes
    #[command(subcommand)]
    Programme(programme::Command),
    /// Let people sign in
    #[command(subcommand)]
    User(user::Command),
    /// Let an organisation's mail out, or hold it back
    #[command(subcommand)]
    Sending(sending::Command),
    /// Check settings, database, mail and templates, and say how to mend what is wrong
    Doctor,
    /// Seal what leaders and line managers have written to each other under the newest key
    ///
    /// To change the key: put a new one (openssl rand -hex 32) on top of the file of confidential keys, restart every
    /// process, run this, and take the older keys out of the file. People can go on writing all the while.
    Reseal,
    /// Print the GraphQL schema
    Schema,
}

impl Cli {
    /// Does what was asked.
    pub(crate) async fn run(self) -> Result<ExitCode> {
        match self.command {
            Command::Serve(args) => Box::pin(serve::run(args)).await,
            Command::Demo(args) => Box::pin(demo::run(args)).await,
            Command::Migrate => migrate::run().await,
            Command::ImportPeople(args) => Box::pin(import_people::run(args)).await,
            Command::Organisation(command) => organisation::run(command).await,
            Command::Programme(command) => Box::pin(programme::run(command)).await,
            Command::User(command) => Box::pin(user::run(command)).await,
            Command::Sending(command) => sending::run(command).await,
            Command::Doctor => Box::pin(doctor::run()).await,
            Command::Reseal => Box::pin(reseal::run()).await,
            Command::Schema => {
                schema::run();
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_help_of_every_command() {
        let mut help = String::new();
        let mut command = Cli::command().term_width(110);
        command.build();
        tell(&mut command, &mut help);
        insta::assert_snapshot!(help);
    }

    fn tell(command: &mut clap::Command, help: &mut String) {
        let text = command.render_long_help();
        help.push_str(&format!("=== {}\n{text}\n", command.get_bin_name().unwrap_or_default()));
        for inner in command.get_subcommands_mut().filter(|inner| inner.get_name() != "help") {
            tell(inner, help);
        }
    }
}
