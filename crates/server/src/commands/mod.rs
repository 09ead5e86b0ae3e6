//! The commands, one file each.

pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod import_people;
pub(crate) mod migrate;
pub(crate) mod organisation;
pub(crate) mod programme;
pub(crate) mod reseal;
pub(crate) mod schema;
pub(crate) mod sending;
pub(crate) mod serve;
pub(crate) mod user;

use anyhow::{Result, bail};
use varde_app::App;
use varde_model::organisation::Organisation;
use varde_persistence::organisations;
use varde_settings::Settings;

use crate::{logs, wiring};

/// The application for a command that is waited for.
async fn opened() -> Result<(Settings, App)> {
    let settings = wiring::settings()?;
    logs::start_quietly(&settings.log)?;
    let store = wiring::ready_store(&settings, false).await?;
    let app = wiring::app(&settings, store)?;
    Ok((settings, app))
}

/// The organisation that was named.
async fn organisation_of(app: &App, key: &str) -> Result<Organisation> {
    if let Some(found) = organisations::find_by_key(app.store(), key).await? {
        return Ok(found);
    }
    let known: Vec<String> = organisations::all(app.store()).await?.into_iter().map(|org| org.key).collect();
    if known.is_empty() {
        bail!("there is no organisation yet: varde organisation add {key} \"<its full name>\"");
    }
    bail!("there is no organisation `{key}`; there is: {}", known.join(", "))
}
