//! `varde user`

use std::{io::Read as _, process::ExitCode};

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand, ValueEnum};
use secrecy::SecretString;
use varde_app::{
    App,
    access::{Administrator, Coordinator},
    accounts::{NewAccount, PasswordLink, create_account, create_password_link, find_by_email},
    links, people,
};
use varde_auth::LinkKind;
use varde_model::{Locale, local_time::Zoned, organisation::Organisation, roles};

use super::{opened, organisation::locale, organisation_of};
use crate::{output, wiring::explain};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Add somebody who signs in; prints a link by which the password is chosen
    Add(Add),
    /// Make a new link for somebody who has chosen no password in time, or has lost it; earlier links end
    Link(Link),
}

#[derive(Args)]
pub(crate) struct Link {
    /// The organisation's short name
    #[arg(long, value_name = "KEY")]
    organisation: String,
    /// The address that she or he signs in with
    #[arg(long, value_name = "ADDRESS")]
    email: String,
}

#[derive(Args)]
pub(crate) struct Add {
    /// The organisation's short name
    #[arg(long, value_name = "KEY")]
    organisation: String,
    /// The address to sign in with
    #[arg(long, value_name = "ADDRESS")]
    email: String,
    /// The name that colleagues see
    #[arg(long)]
    name: String,
    /// What she or he may do; can be given twice. Leaders need none: their role follows from the HR file
    #[arg(long, value_name = "ROLE")]
    role: Vec<Role>,
    /// The employee number, for somebody who stands in the HR file
    #[arg(long, value_name = "NUMBER")]
    employee: Option<String>,
    /// The language of her or his messages; without it, the organisation's
    #[arg(long, value_name = "nb|nn|en", value_parser = locale)]
    language: Option<Locale>,
    /// Read the password from standard input instead of printing a link
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Role {
    /// Accounts, roles and settings, and all that a coordinator may
    Administrator,
    /// Cohorts, imports and the organisation's leaders
    Coordinator,
}

impl From<Role> for roles::Role {
    fn from(role: Role) -> Self {
        match role {
            Role::Administrator => roles::Role::Administrator,
            Role::Coordinator => roles::Role::Coordinator,
        }
    }
}

pub(crate) async fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Add(add) => add_user(add).await,
        Command::Link(of) => new_link(of).await,
    }
}

async fn new_link(of: Link) -> Result<ExitCode> {
    let (_, app) = opened().await?;
    let organisation = organisation_of(&app, &of.organisation).await?;
    let ctx = app.context(Locale::En);
    let right = Administrator::system(organisation.id);
    let account = find_by_email(&ctx, &right, &of.email).await.map_err(explain)?;
    let account = account.with_context(|| {
        format!("nobody signs in at {} with {}: varde user add", organisation.name, of.email)
    })?;
    let link = create_password_link(&ctx, &right, account.id).await.map_err(explain)?;
    tell(&app, &organisation, &link);
    app.store().clone().close().await?;
    Ok(ExitCode::SUCCESS)
}

/// How the password is chosen.
fn tell(app: &App, organisation: &Organisation, link: &PasswordLink) {
    let until = Zoned::at(link.expires_at, organisation.zone);
    output::line(format_args!("The password is chosen at this address, once, until {until}:"));
    output::line(links::url(app.config(), LinkKind::SetPassword, &link.token));
    output::line("Whoever has the address can choose it: hand it to nobody else.");
}

async fn add_user(add: Add) -> Result<ExitCode> {
    if add.role.is_empty() && add.employee.is_none() {
        bail!("give --role, or --employee for a leader, or both: the account could do nothing otherwise");
    }
    let password = if add.password_stdin { Some(password()?) } else { None };
    let (_, app) = opened().await?;
    let organisation = organisation_of(&app, &add.organisation).await?;
    let ctx = app.context(Locale::En);
    let person = match &add.employee {
        None => None,
        Some(number) => {
            let found = people::by_number(&ctx, &Coordinator::system(organisation.id), number).await?;
            Some(found.with_context(|| format!("nobody has the employee number {number}"))?.id)
        }
    };
    let new = NewAccount {
        email: add.email,
        display_name: add.name,
        locale: add.language.unwrap_or(organisation.locale),
        person,
        roles: add.role.into_iter().map(Into::into).collect(),
        password,
    };
    let created =
        create_account(&ctx, &Administrator::system(organisation.id), new).await.map_err(explain)?;
    output::line(format_args!("Added {} in {}.", created.account.email, organisation.name));
    if let Some(link) = created.password_link {
        tell(&app, &organisation, &link);
    }
    app.store().clone().close().await?;
    Ok(ExitCode::SUCCESS)
}

/// The first line of standard input.
fn password() -> Result<SecretString> {
    let mut text = String::new();
    std::io::stdin().take(4096).read_to_string(&mut text).context("reading the password")?;
    let password = text.lines().next().unwrap_or_default();
    Ok(password.to_owned().into())
}
