//! One connection to an SMTP server, step by step, so that what is known when something breaks is exact.
//!
//! lettre opens its own streams without TCP_NODELAY, which costs some 44 ms a mail and connection: it is handed a
//! stream that has it set. Where the server offers PIPELINING (RFC 2920), a message is announced in one turn
//! instead of three.

use std::{
    fmt, io,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

#[expect(deprecated, reason = "the only stream of lettre that can be encrypted before the greeting")]
use lettre::transport::smtp::client::AsyncNetworkStream;
use lettre::{
    address::{Address, Envelope},
    transport::smtp::{
        Error as SmtpError,
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, AsyncTokioStream, TlsParameters},
        commands::{Data, Ehlo, Mail, Noop, Rcpt, Rset},
        extension::{ClientId, Extension, MailParameter},
    },
};
use secrecy::ExposeSecret;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Instant, timeout, timeout_at},
};

use super::{
    Delivery, TransportError,
    server::{Encryption, Server},
};
use crate::clean;

/// What came of one attempt on one connection.
pub(super) enum Attempt {
    /// The server answered; the connection can be used again if it says so.
    Answered { delivery: Delivery, reusable: bool },
    /// The connection broke before the message was handed over: surely not sent.
    Broken(String),
    /// The connection broke after the message was handed over.
    Unknown(String),
}

pub(super) struct Connection {
    smtp: AsyncSmtpConnection,
    /// The server takes several commands in one go.
    pipelining: bool,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connection")
    }
}

enum Failure {
    Reply { code: u16, text: String },
    Lost(String),
}

impl From<SmtpError> for Failure {
    fn from(error: SmtpError) -> Self {
        let text = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        match error.status() {
            Some(code) => Failure::Reply { code: code.into(), text: without_addresses(&text) },
            None if text.is_empty() => Failure::Lost("the connection broke".into()),
            None => Failure::Lost(without_addresses(&text)),
        }
    }
}

impl Failure {
    fn text(self) -> String {
        match self {
            Failure::Reply { code, text } => format!("{code} {text}"),
            Failure::Lost(text) => text,
        }
    }
}

/// Until when the steps of one mail may take.
#[derive(Clone, Copy)]
pub(super) struct Deadlines {
    /// The first answer.
    pub(super) mail: Instant,
    /// The server's word that it waits for the message: what runs out until then is surely not sent.
    pub(super) go_ahead: Instant,
    /// The answer to the message.
    pub(super) end: Instant,
}

/// Nothing hangs on the answer to RSET but whether the connection is kept.
const RESET_PATIENCE: Duration = Duration::from_secs(5);

async fn by<T>(deadline: Instant, step: impl Future<Output = Result<T, SmtpError>>) -> Result<T, Failure> {
    match timeout_at(deadline, step).await {
        Ok(done) => done.map_err(Failure::from),
        Err(_) => Err(Failure::Lost("the server did not answer in time".into())),
    }
}

impl Connection {
    pub(super) async fn open(server: &Server) -> Result<Self, TransportError> {
        let patience = server.options.connect_timeout;
        match timeout(patience, Self::greet(server)).await {
            Ok(opened) => opened,
            Err(_) => Err(TransportError::Server(format!("no connection within {} s", patience.as_secs()))),
        }
    }

    async fn greet(server: &Server) -> Result<Self, TransportError> {
        let failed = |error: SmtpError| TransportError::Server(Failure::from(error).text());
        let tcp = TcpStream::connect((server.host.as_str(), server.port)).await;
        let tcp = tcp.map_err(|error| TransportError::Server(error.to_string()))?;
        tcp.set_nodelay(true).map_err(|error| TransportError::Server(error.to_string()))?;
        let hello = ClientId::default();
        let mut connection = match &server.encryption {
            Encryption::FromTheStart(tls) => {
                let stream = Encrypted::over(tcp, tls).await.map_err(failed)?;
                AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello).await.map_err(failed)?
            }
            _ => AsyncSmtpConnection::connect_with_transport(Box::new(tcp), &hello).await.map_err(failed)?,
        };
        let encrypted = match &server.encryption {
            Encryption::FromTheStart(_) => true,
            Encryption::StartTls(tls) => {
                connection.starttls(tls.clone(), &hello).await.map_err(failed)?;
                true
            }
            Encryption::WhenOffered(tls) if connection.can_starttls() => {
                connection.starttls(tls.clone(), &hello).await.map_err(failed)?;
                true
            }
            // Asked for by name: the password may go in the clear.
            Encryption::Never => true,
            Encryption::WhenOffered(_) => false,
        };
        // Asked again, because lettre keeps only the offers that it makes use of itself. Before the password, so that
        // no server takes it for a new beginning.
        let offers = connection.command(Ehlo::new(hello)).await.map_err(failed)?;
        let pipelining = offers.message().any(|offer| offer.eq_ignore_ascii_case("PIPELINING"));
        if let Some(login) = &server.login {
            if !encrypted {
                let text = "the server offers no encryption, so the password is not sent (tls=none would)";
                return Err(TransportError::Server(text.into()));
            }
            let credentials = Credentials::new(login.user.clone(), login.password.expose_secret().to_owned());
            connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).await.map_err(failed)?;
        }
        Ok(Self { smtp: connection, pipelining })
    }

    pub(super) async fn send(&mut self, envelope: &Envelope, message: &[u8], until: Deadlines) -> Attempt {
        if let Err(failure) = self.announce(envelope, until).await {
            return self.answered(failure, until.end).await;
        }
        match by(until.end, self.smtp.message(message)).await {
            Ok(_) => Attempt::Answered { delivery: Delivery::Sent, reusable: !self.smtp.has_broken() },
            Err(failure @ Failure::Reply { .. }) => self.answered(failure, until.end).await,
            Err(Failure::Lost(text)) => Attempt::Unknown(text),
        }
    }

    /// Everything up to the moment at which the message itself is handed over.
    async fn announce(&mut self, envelope: &Envelope, until: Deadlines) -> Result<(), Failure> {
        let mut parameters = vec![];
        let addresses = envelope.to().iter().chain(envelope.from());
        if !addresses.map(AsRef::<str>::as_ref).all(|address: &str| address.is_ascii()) {
            if !self.smtp.server_info().supports_feature(Extension::SmtpUtfEight) {
                let text = "the server takes only addresses in ASCII".into();
                return Err(Failure::Reply { code: 553, text });
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        let mail = Mail::new(envelope.from().cloned(), parameters);
        match envelope.to() {
            // With several recipients, one refusal must not send the message to the others.
            [recipient] if self.pipelining => self.announce_at_once(mail, recipient, until).await,
            recipients => {
                by(until.mail, self.smtp.command(mail)).await?;
                for recipient in recipients {
                    by(until.go_ahead, self.smtp.command(Rcpt::new(recipient.clone(), vec![]))).await?;
                }
                by(until.go_ahead, self.smtp.command(Data)).await?;
                Ok(())
            }
        }
    }

    /// The same in one turn: three commands go out together, and each gets its answer.
    async fn announce_at_once(
        &mut self,
        mail: Mail,
        recipient: &Address,
        until: Deadlines,
    ) -> Result<(), Failure> {
        let commands = format!("{mail}{}{Data}", Rcpt::new(recipient.clone(), vec![]));
        let mut refusal = None;
        let mut answer = by(until.mail, self.smtp.command(commands)).await;
        for _ in 0..2 {
            match answer {
                Err(lost @ Failure::Lost(_)) => return Err(lost),
                // What follows a refusal is refused for that reason.
                Err(refused) => refusal = refusal.or(Some(refused)),
                Ok(_) => {}
            }
            answer = by(until.go_ahead, self.smtp.read_response()).await;
        }
        let Some(refused) = refusal else { return answer.map(|_| ()) };
        match answer {
            // It waits for a message nevertheless: an empty one, for nobody. Whatever becomes of that.
            Ok(_) => drop(by(until.go_ahead, self.smtp.message(b"")).await),
            Err(lost @ Failure::Lost(_)) => return Err(lost),
            Err(_) => {}
        }
        Err(refused)
    }

    async fn answered(&mut self, failure: Failure, end: Instant) -> Attempt {
        match failure {
            Failure::Lost(text) => Attempt::Broken(text),
            // The server is going away: nothing was said about this message.
            Failure::Reply { code: 421, text } => Attempt::Broken(format!("421 {text}")),
            Failure::Reply { code, text } => {
                let reset = timeout(RESET_PATIENCE, by(end, self.smtp.command(Rset))).await;
                let reusable = matches!(reset, Ok(Ok(_)));
                let delivery = Delivery::Refused { permanent: code >= 500, code: Some(code), text };
                Attempt::Answered { delivery, reusable }
            }
        }
    }

    pub(super) async fn is_alive(&mut self, patience: Duration) -> bool {
        matches!(timeout(patience, self.smtp.command(Noop)).await, Ok(Ok(_)))
    }

    pub(super) async fn quit(mut self, patience: Duration) {
        // Nobody waits for the answer to a farewell.
        let _ = timeout(patience, self.smtp.quit()).await;
    }
}

/// A server's words, shortened, with every address taken out: they are stored and shown.
fn without_addresses(text: &str) -> String {
    let words: Vec<&str> =
        text.split_whitespace().map(|word| if word.contains('@') { "[address]" } else { word }).collect();
    clean::line(&words.join(" "), clean::TITLE)
}

/// A stream encrypted before the server's greeting.
#[derive(Debug)]
#[expect(deprecated, reason = "see the import")]
struct Encrypted(AsyncNetworkStream);

#[expect(deprecated, reason = "see the import")]
impl Encrypted {
    async fn over(tcp: TcpStream, tls: &TlsParameters) -> Result<Self, SmtpError> {
        let mut stream = AsyncNetworkStream::use_existing_tokio1(Box::new(tcp));
        stream.upgrade_tls(tls.clone()).await?;
        Ok(Self(stream))
    }
}

impl AsyncTokioStream for Encrypted {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.0.peer_addr()
    }
}

impl AsyncRead for Encrypted {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let stream = Pin::new(&mut self.get_mut().0);
        let read = ready!(futures_io::AsyncRead::poll_read(stream, cx, buf.initialize_unfilled()))?;
        buf.advance(read);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Encrypted {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        futures_io::AsyncWrite::poll_write(Pin::new(&mut self.get_mut().0), cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        futures_io::AsyncWrite::poll_flush(Pin::new(&mut self.get_mut().0), cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        futures_io::AsyncWrite::poll_close(Pin::new(&mut self.get_mut().0), cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_s_words_lose_their_addresses() {
        let words = "5.1.1 <kari@fjordheim.example>: Recipient rejected";
        assert_eq!(without_addresses(words), "5.1.1 [address] Recipient rejected");
    }
}
