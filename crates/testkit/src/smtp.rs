//! A real SMTP server that keeps what it receives and misbehaves on request.
//!
//! It runs on a thread and runtime of its own, so it answers while a test blocks, and it outlives a killed product.
//! It never sleeps: a slow answer is a [`Gate`] that the test opens.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> anyhow::Result<()> {
//! use varde_testkit::smtp::{Command, Fault, Smtp};
//!
//! let smtp = Smtp::start()?;
//! smtp.fault(Fault::refuse(Command::Rcpt, 450, "mailbox busy").for_recipient("kari@example.org").times(2));
//! // ... the product sends to smtp.url() ...
//! assert_eq!(smtp.received().len(), 0);
//! # Ok(()) }
//! ```

mod fault;
mod received;
mod session;
mod tls;

use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::sync::watch;

use fault::Faults;
pub use fault::{Command, Fault, Gate};
pub use received::Received;
pub use tls::Security;
use tls::Tls;

/// A running server; dropping it closes its port and every connection.
#[derive(Debug)]
pub struct Smtp {
    address: SocketAddr,
    security: Security,
    shared: Arc<Shared>,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

/// How many connections there were, are, and were at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Connections {
    /// Since the start.
    pub total: usize,
    /// Now.
    pub open: usize,
    /// The most at one time.
    pub peak: usize,
}

/// What the sessions and the test both see.
#[derive(Debug)]
struct Shared {
    mails: Mutex<Vec<Arc<Received>>>,
    count: watch::Sender<usize>,
    faults: Mutex<Faults>,
    connections: Mutex<Connections>,
    tls: Tls,
}

impl Smtp {
    /// A server without TLS on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn start() -> Result<Self> {
        Self::start_with(Security::None, 0)
    }

    /// A server with the given security; `port` 0 takes a free one, another number that one (to come back after a stop).
    ///
    /// # Errors
    /// When the port is taken, or no certificate can be made.
    pub fn start_with(security: Security, port: u16) -> Result<Self> {
        let listener =
            TcpListener::bind(("127.0.0.1", port)).context("binding the SMTP server of the test")?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            mails: Mutex::default(),
            count: watch::channel(0).0,
            faults: Mutex::default(),
            connections: Mutex::default(),
            tls: Tls::new(security)?,
        });
        let (stop, stopped) = watch::channel(false);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let server = session::serve(listener, Arc::clone(&shared), stopped);
        let thread =
            std::thread::Builder::new().name("smtp".into()).spawn(move || runtime.block_on(server))?;
        Ok(Self { address, security, shared, stop, thread: Some(thread) })
    }

    /// What `VARDE_MAIL_URL` is set to: `smtp://127.0.0.1:port`, or `smtps://` for implicit TLS.
    pub fn url(&self) -> String {
        let scheme = if self.security == Security::Implicit { "smtps" } else { "smtp" };
        format!("{scheme}://{}", self.address)
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The self-signed certificate (of `localhost` and 127.0.0.1) as PEM, for a client to trust.
    pub fn certificate_pem(&self) -> &str {
        self.shared.tls.certificate_pem()
    }

    /// Every mail accepted so far, in order. A mail whose answer was withheld ([`Fault::drop_after_data`]) is in it:
    /// the server has it, the client does not know.
    pub fn received(&self) -> Vec<Arc<Received>> {
        lock(&self.shared.mails).clone()
    }

    /// Waits until at least `count` mails are there, and returns them all.
    ///
    /// # Errors
    /// When a minute has passed first; the error lists the subjects that did come.
    pub async fn wait_for(&self, count: usize) -> Result<Vec<Arc<Received>>> {
        let mut counts = self.shared.count.subscribe();
        let enough = counts.wait_for(|seen| *seen >= count);
        if tokio::time::timeout(Duration::from_secs(60), enough).await.is_err() {
            let mails = self.received();
            let subjects: Vec<_> = mails.iter().map(|mail| mail.subject()).collect();
            bail!("waited a minute for {count} mails, got {}: {subjects:?}", mails.len());
        }
        Ok(self.received())
    }

    /// Forgets the mails received so far.
    pub fn clear(&self) {
        let mut mails = lock(&self.shared.mails);
        mails.clear();
        self.shared.count.send_replace(0);
    }

    /// Misbehaves from now on. Of several faults that fit, the one added first holds.
    pub fn fault(&self, fault: Fault) {
        lock(&self.shared.faults).add(fault);
    }

    /// Behaves again.
    pub fn heal(&self) {
        lock(&self.shared.faults).clear();
    }

    /// Holds back every answer to a mail's data until the gate is opened (or dropped). The mail is kept by then.
    pub fn close_gate(&self) -> Gate {
        lock(&self.shared.faults).close_gate()
    }

    /// Closes the port and every connection, and waits until that is done. Mails not taken out are lost.
    pub fn stop(self) {}

    /// Connections since the start, now, and at most at one time.
    pub fn connections(&self) -> Connections {
        *lock(&self.shared.connections)
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn keep(&self, mail: Received) {
        let mut mails = lock(&self.mails);
        mails.push(Arc::new(mail));
        self.count.send_replace(mails.len());
    }
}

/// A test that panicked while it held the lock has not broken the list.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
