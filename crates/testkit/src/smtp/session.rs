//! The protocol (RFC 5321 with PIPELINING, 8BITMIME, SMTPUTF8 and STARTTLS).

use std::ops::ControlFlow;
use std::sync::Arc;

use anyhow::Result;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::fault::Effect;
use super::tls::Security;
use super::{Command, Received, Shared, lock};

/// Whatever a session runs over: TCP or TLS.
trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// Accepts until told to stop; then every connection is cut.
pub(super) async fn serve(
    listener: std::net::TcpListener,
    shared: Arc<Shared>,
    mut stop: watch::Receiver<bool>,
) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    let mut sessions = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else { continue };
                sessions.spawn(connection(stream, Arc::clone(&shared)));
            }
            Some(_) = sessions.join_next() => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

/// Counts the connection in and out, however it ends.
struct Counted(Arc<Shared>);

impl Counted {
    fn new(shared: Arc<Shared>) -> Self {
        let mut connections = lock(&shared.connections);
        connections.total += 1;
        connections.open += 1;
        connections.peak = connections.peak.max(connections.open);
        drop(connections);
        Self(shared)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        lock(&self.0.connections).open -= 1;
    }
}

async fn connection(stream: TcpStream, shared: Arc<Shared>) {
    let counted = Counted::new(shared);
    let _ = stream.set_nodelay(true);
    // A client that goes away in the middle is no fault of the test.
    let _ = converse(stream, &counted.0).await;
}

async fn converse(stream: TcpStream, shared: &Shared) -> Result<()> {
    let tls = &shared.tls;
    let mut session = if tls.security == Security::Implicit {
        Session::new(Box::new(tls.acceptor.accept(stream).await?), shared, true)
    } else {
        Session::new(Box::new(stream), shared, false)
    };
    let effect = lock(&shared.faults).strike(Command::Connect, &[]);
    if let Some(effect) = effect {
        let _ = session.suffer(effect).await?;
        return Ok(session.stream.flush().await?);
    }
    session.write("220 localhost ESMTP\r\n").await?;
    loop {
        match session.command().await? {
            ControlFlow::Continue(()) => {}
            ControlFlow::Break(End::Closed) => return Ok(()),
            ControlFlow::Break(End::StartTls) => {
                let plain = session.stream.into_inner();
                session = Session::new(Box::new(tls.acceptor.accept(plain).await?), shared, true);
            }
        }
    }
}

enum End {
    Closed,
    StartTls,
}

const CLOSED: ControlFlow<End> = ControlFlow::Break(End::Closed);

struct Session<'a> {
    stream: BufReader<Box<dyn Stream>>,
    shared: &'a Shared,
    encrypted: bool,
    from: Option<String>,
    to: Vec<String>,
}

impl<'a> Session<'a> {
    fn new(stream: Box<dyn Stream>, shared: &'a Shared, encrypted: bool) -> Self {
        Self { stream: BufReader::new(stream), shared, encrypted, from: None, to: Vec::new() }
    }

    /// Writes at once, for answers that the client waits for before it goes on.
    async fn write(&mut self, text: &str) -> Result<()> {
        self.stream.write_all(text.as_bytes()).await?;
        Ok(self.stream.flush().await?)
    }

    async fn answer(&mut self, text: &str) -> Result<ControlFlow<End>> {
        self.stream.write_all(text.as_bytes()).await?;
        // With PIPELINING the answers to commands already here go out together.
        if self.stream.buffer().is_empty() {
            self.stream.flush().await?;
        }
        Ok(ControlFlow::Continue(()))
    }

    async fn command(&mut self) -> Result<ControlFlow<End>> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).await? == 0 {
            return Ok(CLOSED);
        }
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        if self.shared.tls.security == Security::StartTls
            && !self.encrypted
            && matches!(&*verb, "MAIL" | "AUTH")
        {
            return self.answer("530 5.7.0 Must issue a STARTTLS command first\r\n").await;
        }
        match &*verb {
            "EHLO" | "HELO" => self.hello().await,
            "STAR" if self.shared.tls.security == Security::StartTls && !self.encrypted => {
                self.write("220 2.0.0 Ready to start TLS\r\n").await?;
                Ok(ControlFlow::Break(End::StartTls))
            }
            "MAIL" => self.mail(&line).await,
            "RCPT" => self.rcpt(&line).await,
            "DATA" => self.data().await,
            "RSET" => {
                self.reset();
                self.answer("250 2.0.0 Ok\r\n").await
            }
            "NOOP" => self.answer("250 2.0.0 Ok\r\n").await,
            "AUTH" => self.answer("235 2.7.0 Authentication successful\r\n").await,
            "QUIT" => {
                let effect = lock(&self.shared.faults).strike(Command::Quit, &[]);
                if let Some(effect) = effect {
                    return self.suffer(effect).await;
                }
                self.write("221 2.0.0 Bye\r\n").await?;
                Ok(CLOSED)
            }
            _ => self.answer("500 5.5.2 Command not recognised\r\n").await,
        }
    }

    async fn hello(&mut self) -> Result<ControlFlow<End>> {
        self.reset();
        let starttls = self.shared.tls.security == Security::StartTls && !self.encrypted;
        let offer = if starttls { "250-STARTTLS\r\n" } else { "250-AUTH PLAIN\r\n" };
        let usual = format!("250-localhost\r\n250-PIPELINING\r\n250-8BITMIME\r\n{offer}250 SMTPUTF8\r\n");
        let effect = lock(&self.shared.faults).strike(Command::Ehlo, &[]);
        match effect {
            Some(effect) => self.suffer(effect).await,
            None => self.answer(&usual).await,
        }
    }

    async fn mail(&mut self, line: &str) -> Result<ControlFlow<End>> {
        self.reset();
        let effect = lock(&self.shared.faults).strike(Command::Mail, &[]);
        if let Some(effect) = effect {
            return self.suffer(effect).await;
        }
        self.from = Some(address_in(line));
        self.answer("250 2.1.0 Ok\r\n").await
    }

    async fn rcpt(&mut self, line: &str) -> Result<ControlFlow<End>> {
        if self.from.is_none() {
            return self.answer("503 5.5.1 MAIL first\r\n").await;
        }
        let recipient = address_in(line);
        let effect = lock(&self.shared.faults).strike(Command::Rcpt, std::slice::from_ref(&recipient));
        if let Some(effect) = effect {
            return self.suffer(effect).await;
        }
        self.to.push(recipient);
        self.answer("250 2.1.5 Ok\r\n").await
    }

    async fn data(&mut self) -> Result<ControlFlow<End>> {
        if self.to.is_empty() {
            return self.answer("554 5.5.1 No valid recipients\r\n").await;
        }
        let effect = lock(&self.shared.faults).strike(Command::Data, &self.to);
        if let Some(effect) = effect {
            return self.suffer(effect).await;
        }
        self.write("354 End data with <CR><LF>.<CR><LF>\r\n").await?;
        let Some(raw) = self.read_data().await? else { return Ok(CLOSED) };
        let effect = lock(&self.shared.faults).strike(Command::EndOfData, &self.to);
        if let Some(Effect::Refuse(_)) = effect {
            self.reset();
        } else {
            let from = self.from.take().unwrap_or_default();
            let to = std::mem::take(&mut self.to);
            self.shared.keep(Received { from, to, raw, encrypted: self.encrypted });
        }
        let gate = lock(&self.shared.faults).gate();
        if let Some(mut gate) = gate {
            // An error means that the gate was dropped, which opens it too.
            let _ = gate.wait_for(|closed| !*closed).await;
        }
        match effect {
            Some(effect) => self.suffer(effect).await,
            None => self.answer("250 2.0.0 Ok: kept\r\n").await,
        }
    }

    /// The mail up to the lone dot; None when the client went away before it.
    async fn read_data(&mut self) -> Result<Option<Vec<u8>>> {
        let mut raw = Vec::new();
        loop {
            let start = raw.len();
            if self.stream.read_until(b'\n', &mut raw).await? == 0 {
                return Ok(None);
            }
            if &raw[start..] == b".\r\n" {
                raw.truncate(start);
                return Ok(Some(raw));
            }
            if raw[start] == b'.' {
                raw.remove(start);
            }
        }
    }

    async fn suffer(&mut self, effect: Effect) -> Result<ControlFlow<End>> {
        match effect {
            Effect::Drop => Ok(CLOSED),
            Effect::Refuse(text) => self.answer(&text).await,
            Effect::Silence => {
                self.stream.flush().await?;
                tokio::io::copy(&mut self.stream, &mut tokio::io::sink()).await?;
                Ok(CLOSED)
            }
        }
    }

    fn reset(&mut self) {
        self.from = None;
        self.to.clear();
    }
}

/// What stands between the angle brackets of `MAIL FROM:<a@b> BODY=8BITMIME`.
fn address_in(line: &str) -> String {
    let inside = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map_or(line.trim(), |(address, _)| address).to_owned()
}
