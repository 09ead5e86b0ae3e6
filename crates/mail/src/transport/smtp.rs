//! The pool: a bounded number of connections, the warmest first, broken and cold ones dropped.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use lettre::Message;
use tokio::{
    sync::Semaphore,
    task::JoinSet,
    time::{Instant, timeout_at},
};

use super::{
    Delivery, TransportError,
    connection::{Attempt, Connection, Deadlines},
    server::Server,
};

const MOST_CONNECTIONS: usize = 64;

/// A service that is told to end has little time, and a farewell is only good manners.
const FAREWELL: Duration = Duration::from_secs(2);

/// Sends to an SMTP server; clones share the pool.
#[derive(Clone, Debug)]
pub struct SmtpTransport {
    pool: Arc<Pool>,
}

#[derive(Debug)]
struct Pool {
    server: Server,
    places: Semaphore,
    idle: Mutex<Vec<Idle>>,
}

#[derive(Debug)]
struct Idle {
    connection: Connection,
    since: Instant,
}

impl Pool {
    #[expect(clippy::disallowed_methods, reason = "the age of a connection is no matter of the rules")]
    fn now() -> Instant {
        Instant::now()
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Idle>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connection that worked last; those that lay too long are dropped.
    fn take(&self) -> Option<Connection> {
        let (now, patience) = (Self::now(), self.server.options.idle_timeout);
        let mut idle = self.idle();
        idle.retain(|idle| now.duration_since(idle.since) < patience);
        idle.pop().map(|idle| idle.connection)
    }

    fn give_back(&self, connection: Connection) {
        self.idle().push(Idle { connection, since: Self::now() });
    }
}

impl SmtpTransport {
    pub(super) fn new(server: Server) -> Self {
        let places = Semaphore::new(server.options.max_connections.clamp(1, MOST_CONNECTIONS));
        Self { pool: Arc::new(Pool { server, places, idle: Mutex::default() }) }
    }

    /// How many messages can be on their way at once.
    pub fn max_connections(&self) -> usize {
        self.pool.server.options.max_connections.clamp(1, MOST_CONNECTIONS)
    }

    pub(super) fn host(&self) -> &str {
        &self.pool.server.host
    }

    /// Hands one message over, waiting for a free connection if all are at work.
    pub(super) async fn send(&self, message: &Message) -> Delivery {
        let (pool, options) = (&self.pool, &self.pool.server.options);
        let begun = Pool::now();
        let (go_ahead, end) = (begun + options.timeout / 2, begun + options.timeout);
        let _place = match timeout_at(go_ahead, pool.places.acquire()).await {
            Ok(Ok(place)) => place,
            Ok(Err(_)) => return Delivery::later("the transport is closed"),
            Err(_) => return Delivery::later("no connection became free in time"),
        };
        let bytes = message.formatted();
        // An idle connection may have been closed by the server meanwhile, or be cut off without a word: then a new
        // one is tried. Nothing was handed over, so nothing can be sent twice.
        let mut idle = pool.take();
        loop {
            let (mut connection, mail, fresh) = match idle.take() {
                Some(connection) => (connection, go_ahead.min(Pool::now() + options.idle_patience), false),
                None => match timeout_at(go_ahead, Connection::open(&pool.server)).await {
                    Ok(Ok(connection)) => (connection, go_ahead, true),
                    Ok(Err(error)) => return Delivery::later(error.to_string()),
                    Err(_) => return Delivery::later("no connection was opened in time"),
                },
            };
            match connection.send(message.envelope(), &bytes, Deadlines { mail, go_ahead, end }).await {
                Attempt::Answered { delivery, reusable } => {
                    if reusable {
                        pool.give_back(connection);
                    }
                    return delivery;
                }
                Attempt::Broken(text) if fresh => return Delivery::later(text),
                Attempt::Broken(_) => {}
                Attempt::Unknown(text) => return Delivery::Unknown { text },
            }
        }
    }

    pub(super) async fn check(&self) -> Result<(), TransportError> {
        let patience = self.pool.server.options.connect_timeout;
        let mut connection = Connection::open(&self.pool.server).await?;
        let alive = connection.is_alive(patience).await;
        connection.quit(FAREWELL).await;
        if alive { Ok(()) } else { Err(TransportError::Server("it greets, but does not answer".into())) }
    }

    pub(super) async fn close(&self) {
        let idle = std::mem::take(&mut *self.pool.idle());
        let farewells = idle.into_iter().map(|Idle { connection, .. }| connection.quit(FAREWELL));
        let mut farewells: JoinSet<()> = farewells.collect();
        while farewells.join_next().await.is_some() {}
    }
}
