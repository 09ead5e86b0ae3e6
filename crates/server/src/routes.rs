//! Everything that is answered over HTTP, on one listener.

use std::{sync::Arc, time::Duration};

use anyhow::{Context, Result};
use axum::Router;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use varde_app::{App, Entropy};
use varde_gateway::{
    http::{self, Hooks, Readiness},
    schema,
};
use varde_settings::Settings;

use crate::{clock, entropy::SystemEntropy, house::Stopping, wiring};

/// Seconds by which durations are counted: most answers take milliseconds, an import takes half a minute.
const SECONDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// How often histograms are emptied of what was read.
const UPKEEP: Duration = Duration::from_secs(5);

/// Gateway, pages, health and metrics; `more` are the demo's own.
pub(crate) fn all(settings: &Settings, app: &App, hooks: &Hooks, more: Router) -> Router {
    let config = wiring::gateway(settings);
    let schema = schema::build(app, &config.limits);
    let pages = varde_pages::router(app.clone(), varde_pages::Options::default());
    http::finish(http::routes(schema, &config, hooks).merge(pages).merge(more), &config, hooks)
}

/// Health and metrics alone: what a scheduler without a gateway answers.
pub(crate) fn operations(settings: &Settings, hooks: &Hooks) -> Router {
    http::finish(http::operations(hooks), &wiring::gateway(settings), hooks)
}

/// What the gateway is given from outside.
pub(crate) fn hooks(app: &App, metrics: PrometheusHandle, stopping: Stopping) -> Hooks {
    Hooks {
        authenticate: Arc::new(schema::AppAuthenticate::new(app.clone())),
        ready: readiness(app.clone(), stopping.clone()),
        elapsed: clock::stopwatch(),
        new_request_id: Arc::new(|| {
            let mut bytes = [0; 16];
            SystemEntropy.fill(&mut bytes);
            uuid::Builder::from_random_bytes(bytes).into_uuid()
        }),
        metrics: Some(metrics),
        shutdown: Some(stopping),
    }
}

/// Ready is a service whose database answers and has the schema of this program.
fn readiness(app: App, stopping: Stopping) -> Readiness {
    Arc::new(move || {
        let (app, stopping) = (app.clone(), *stopping.borrow());
        Box::pin(async move {
            if stopping {
                return Err("stopping".to_owned());
            }
            if !app.store().reachable().await {
                return Err("the database does not answer".to_owned());
            }
            match app.store().pending_migrations().await {
                Ok(pending) if pending.is_empty() => Ok(()),
                Ok(pending) => Err(format!("the database lacks {} migration(s)", pending.len())),
                Err(error) => {
                    tracing::error!(%error, "the schema's state cannot be read");
                    Err("the schema's state cannot be read".to_owned())
                }
            }
        })
    })
}

/// Starts to count and measure. Called once for each process, within the runtime.
///
/// # Errors
/// Something counts already.
pub(crate) fn measure() -> Result<PrometheusHandle> {
    let builder = PrometheusBuilder::new().set_buckets(&SECONDS).context("buckets of the metrics")?;
    let handle = builder.install_recorder().context("installing the metrics")?;
    http::describe_metrics();
    let upkept = handle.clone();
    tokio::spawn(async move {
        #[expect(
            clippy::disallowed_methods,
            reason = "the metrics' own housekeeping, which no data knows of"
        )]
        let mut ticks = tokio::time::interval(UPKEEP);
        loop {
            ticks.tick().await;
            upkept.run_upkeep();
        }
    });
    Ok(handle)
}
