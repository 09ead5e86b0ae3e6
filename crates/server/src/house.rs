//! The running service: the listener with its routes, the scheduler, and their common end.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::{Context, Result};
use axum::{Router, serve::ListenerExt as _};
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
    task::JoinSet,
};
use varde_app::App;
use varde_mail::Transport;
use varde_scheduler::Scheduler;
use varde_settings::Network;

use crate::client_address::behind_proxies;

/// How long requests and mail in flight may take to end. Supervisors kill after 30 seconds and more.
const PATIENCE: Duration = Duration::from_secs(25);

/// What a mail needs beyond its own time, to be marked.
const MARKING: Duration = Duration::from_secs(5);

/// A mail that is cut off in flight is of unknown fate, so one that may take longer is waited for longer.
fn patience(mail_timeout: Duration) -> Duration {
    PATIENCE.max(mail_timeout.saturating_add(MARKING))
}

/// What is told to stop, and asks whether it was.
pub(crate) type Stopping = watch::Receiver<bool>;

/// Listens on an address.
///
/// # Errors
/// Somebody else does, or the address is not this machine's.
pub(crate) async fn listen(address: SocketAddr) -> Result<TcpListener> {
    let wrong = || format!("cannot listen on {address} (another address: --listen, or VARDE_HTTP_LISTEN)");
    TcpListener::bind(address).await.with_context(wrong)
}

/// The service while it runs.
pub(crate) struct House {
    app: App,
    patience: Duration,
    transport: Option<Transport>,
    parts: JoinSet<Result<()>>,
    signals: (Signal, Signal),
    stop: watch::Sender<bool>,
}

impl House {
    /// A service whose parts are not started yet, and in which a mail may take so long. From now on the signals to end
    /// are heard.
    ///
    /// # Errors
    /// The operating system gives no signals.
    pub(crate) fn new(app: App, mail_timeout: Duration) -> Result<Self> {
        let signals = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let patience = patience(mail_timeout);
        Ok(Self {
            app,
            patience,
            transport: None,
            parts: JoinSet::new(),
            signals,
            stop: watch::Sender::new(false),
        })
    }

    /// Turns true when the service is to end.
    pub(crate) fn stopping(&self) -> Stopping {
        self.stop.subscribe()
    }

    /// Starts to answer requests.
    pub(crate) fn answer(&mut self, listener: TcpListener, routes: Router, trusted_proxies: &[Network]) {
        let trusted: Arc<[Network]> = trusted_proxies.into();
        let routes = routes.layer(axum::middleware::from_fn_with_state(trusted, behind_proxies));
        let routes = routes.into_make_service_with_connect_info::<SocketAddr>();
        // Answers are written whole: to wait for more to send would only hold them back.
        let listener = listener.tap_io(|stream| {
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "TCP_NODELAY");
            }
        });
        let told = told(self.stopping());
        self.parts.spawn(async move {
            let served = axum::serve(listener, routes).with_graceful_shutdown(told).await;
            served.context("the listener broke")
        });
    }

    /// Starts to do what is due.
    pub(crate) fn work(&mut self, scheduler: Scheduler, transport: Transport) {
        let stopping = self.stopping();
        self.transport = Some(transport);
        self.parts.spawn(async move { scheduler.serve(stopping).await.context("the scheduler broke") });
    }

    /// Runs until a signal comes or a part breaks. Then requests end, mail in flight is finished and the rest given
    /// back, and the database is closed.
    ///
    /// # Errors
    /// A part broke.
    pub(crate) async fn run(mut self) -> Result<()> {
        let mut outcome = tokio::select! {
            _ = self.signals.0.recv() => Ok(()),
            _ = self.signals.1.recv() => Ok(()),
            Some(ended) = self.parts.join_next() => flat(ended),
        };
        tracing::info!("stopping: requests and mail in flight may end");
        self.stop.send_replace(true);
        let ending = async {
            while let Some(ended) = self.parts.join_next().await {
                outcome = std::mem::replace(&mut outcome, Ok(())).and(flat(ended));
            }
        };
        tokio::select! {
            ended = tokio::time::timeout(self.patience, ending) => if ended.is_err() {
                tracing::warn!(seconds = self.patience.as_secs(), "not everything ended in time; leases will run out");
            },
            _ = self.signals.0.recv() => tracing::warn!("told to stop twice: not waiting any more"),
            _ = self.signals.1.recv() => tracing::warn!("told to stop twice: not waiting any more"),
        }
        self.parts.abort_all();
        if let Some(transport) = &self.transport {
            transport.close().await;
        }
        self.app.store().clone().close().await.context("closing the database")?;
        tracing::info!("stopped");
        outcome
    }
}

fn flat(ended: Result<Result<()>, tokio::task::JoinError>) -> Result<()> {
    ended.context("a part of the service panicked")?
}

/// Waits for the order to stop; a sender that is gone is one too.
async fn told(mut stopping: Stopping) {
    let _order = stopping.wait_for(|stop| *stop).await.map(|_| ());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_in_flight_has_its_whole_time_when_the_service_ends() {
        let seconds = Duration::from_secs;
        assert_eq!(patience(seconds(1)), seconds(25));
        assert_eq!(patience(seconds(20)), seconds(25));
        assert_eq!(patience(seconds(60)), seconds(65));
    }
}
