//! What a service costs that has nothing to do: its start and its memory.

use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::json;

use crate::{
    child,
    figures::{Standing, median},
    ground::Ground,
    load::{self, Request},
    proc,
    run::Pace,
    sink::Sink,
};

/// Measures start and idle memory of the whole service, gateway and scheduler, on a ground.
pub(crate) async fn measure(ground: &Ground, pace: &Pace) -> Result<Standing> {
    let sink = Sink::start().await?;
    let (mut starts, mut idle) = (Vec::new(), Vec::new());
    for _ in 0..pace.rounds + 2 {
        let address = child::free_address()?;
        let environment = ground.environment(&[
            ("VARDE_HTTP_LISTEN", address.to_string()),
            ("VARDE_MAIL_URL", format!("smtp://{}?tls=none", sink.address)),
        ]);
        let (service, took) =
            child::start(&ground.varde, &["serve"], &environment, (address, "/readyz", &ground.log()))
                .await?;
        starts.push(took.as_secs_f64() * 1000.0);
        // The first look at what is due is over by then.
        let mut pause = tokio::time::interval(pace.round);
        pause.tick().await;
        pause.tick().await;
        idle.push(proc::memory_mb(service.pid).context("the service has ended")?);
        service.stop().await?;
    }
    Ok(Standing { start_ms: median(starts), idle_mb: median(idle), used_mb: used(ground, pace.round).await? })
}

/// Memory of a gateway that was busy and has nothing to do any more.
async fn used(ground: &Ground, round: Duration) -> Result<f64> {
    let (service, token) = ground.gateway().await?;
    let document =
        "query { leaders(first: 50) { totalCount nodes { level person { displayName } unit { name } } } }";
    let request = Request::post("/graphql", &json!({ "query": document }), Some(&token));
    load::run(service.address, &[vec![request]], round).await?;
    let used = proc::memory_mb(service.pid).context("the service has ended")?;
    service.stop().await?;
    Ok(used)
}
