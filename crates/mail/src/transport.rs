//! The ways to send: an SMTP server, a folder, or memory. Each says honestly what became of a message.

mod connection;
mod file;
mod memory;
mod server;
mod smtp;

use chrono::{DateTime, Utc};
use lettre::Message;
use secrecy::{ExposeSecret, SecretString};
use url::Url;
use varde_model::ids::OutboxId;

pub use file::FileTransport;
pub use memory::{MemoryTransport, Posted};
pub use server::SmtpOptions;
pub use smtp::SmtpTransport;

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The receiver took responsibility for it.
    Sent,
    /// It was surely not taken.
    Refused {
        /// Whether trying the same message again is pointless (an SMTP 5xx).
        permanent: bool,
        /// The SMTP reply code, where there was a reply.
        code: Option<u16>,
        /// Why, without addresses. It may name the recipient all the same: for coordinators, not for the log.
        text: String,
    },
    /// It was handed over, and no answer came: it may have been taken. 'Delivery unknown', never 'sent'.
    Unknown {
        /// What was seen, without addresses; as above.
        text: String,
    },
}

impl Delivery {
    pub(crate) fn later(text: impl Into<String>) -> Self {
        Delivery::Refused { permanent: false, code: None, text: text.into() }
    }
}

/// Why there is no way to send. The text holds no password.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// The address of the mail server is not understood.
    #[error("mail url: {0}")]
    Url(String),
    /// The server cannot be reached or does not let us in.
    #[error("mail server: {0}")]
    Server(String),
    /// The folder cannot be used.
    #[error("mail folder: {0}")]
    Folder(#[from] std::io::Error),
}

/// A way to send.
#[derive(Clone, Debug)]
pub enum Transport {
    /// To an SMTP server, over a pool of connections.
    Smtp(SmtpTransport),
    /// Into a folder, one `.eml` file a mail.
    File(FileTransport),
    /// Into a list that tests read.
    Memory(MemoryTransport),
}

impl Transport {
    /// The transport for `smtp://`, `smtps://` or `file://`; user and password stand in the URL, percent-encoded.
    ///
    /// `smtp://` uses STARTTLS when the server offers it; `?tls=required` insists on it, `?tls=none` never asks.
    /// A password is only ever sent over TLS, unless `?tls=none` says otherwise. `smtps://` is TLS from the first
    /// byte. `?ca_file=/path/ca.pem` trusts one more authority beside the system's.
    ///
    /// # Errors
    /// When the URL is not understood, or the certificate file cannot be read.
    pub fn from_url(url: &SecretString, options: SmtpOptions) -> Result<Self, TransportError> {
        let url = Url::parse(url.expose_secret()).map_err(|error| TransportError::Url(error.to_string()))?;
        match url.scheme() {
            "smtp" | "smtps" => {
                Ok(Transport::Smtp(SmtpTransport::new(server::Server::from_url(&url, options)?)))
            }
            "file" => {
                let folder = url.to_file_path();
                let folder = folder.map_err(|()| TransportError::Url("file:///folder is expected".into()))?;
                Ok(Transport::File(FileTransport::new(folder)))
            }
            other => Err(TransportError::Url(format!("'{other}' is not known: use smtp, smtps or file"))),
        }
    }

    /// Sends one message; `at` is the moment of sending.
    pub async fn send(&self, outbox_id: OutboxId, at: DateTime<Utc>, message: &Message) -> Delivery {
        match self {
            Transport::Smtp(smtp) => smtp.send(message).await,
            Transport::File(file) => file.send(outbox_id, at, message).await,
            Transport::Memory(memory) => memory.send(outbox_id, message),
        }
    }

    /// Whether mail can be sent now, without sending any: for `varde doctor`.
    ///
    /// # Errors
    /// What stands in the way.
    pub async fn check(&self) -> Result<(), TransportError> {
        match self {
            Transport::Smtp(smtp) => smtp.check().await,
            Transport::File(file) => file.check().await,
            Transport::Memory(_) => Ok(()),
        }
    }

    /// The host of the server that mail is handed to; None where mail stays here.
    pub fn relay(&self) -> Option<&str> {
        match self {
            Transport::Smtp(smtp) => Some(smtp.host()),
            Transport::File(_) | Transport::Memory(_) => None,
        }
    }

    /// Takes leave of the server: closes the connections that are idle.
    pub async fn close(&self) {
        if let Transport::Smtp(smtp) = self {
            smtp.close().await;
        }
    }
}
