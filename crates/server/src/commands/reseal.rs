//! `varde reseal`

use std::process::ExitCode;

use anyhow::Result;
use varde_app::{access::Administrator, check_ins};
use varde_persistence::organisations;

use super::opened;
use crate::{output, wiring::explain};

pub(crate) async fn run() -> Result<ExitCode> {
    let (settings, app) = opened().await?;
    for organisation in organisations::all(app.store()).await? {
        let ctx = app.context(organisation.locale);
        let right = Administrator::system(organisation.id);
        let count = check_ins::reseal(&ctx, &right).await.map_err(explain)?;
        output::line(format_args!("{}: {count} texts sealed anew.", organisation.name));
    }
    let file = settings.confidential_keys_file();
    output::line(format_args!("Every key but the first line of {} can go now.", file.display()));
    app.store().clone().close().await?;
    Ok(ExitCode::SUCCESS)
}
