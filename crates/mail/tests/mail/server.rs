//! A small SMTP server with faults, on a free port.

use std::sync::{Arc, Mutex};

use rustls::pki_types::PrivateKeyDer;
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::TlsAcceptor;

/// How the server misbehaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// The recipient is refused for ever.
    NoSuchUser,
    /// Come back later.
    Greylisted,
    /// The line breaks after the whole message came in, before an answer.
    SilentAfterMessage,
    /// The line breaks when DATA is asked for.
    SilentAtData,
    /// Every connection is closed after one mail, without a word.
    OneMailEach,
    /// The message itself is refused.
    Spam,
}

#[derive(Clone, Default)]
pub(crate) struct Seen {
    pub(crate) messages: Arc<Mutex<Vec<String>>>,
    pub(crate) connections: Arc<Mutex<usize>>,
    pub(crate) logins: Arc<Mutex<Vec<String>>>,
}

/// A server that takes several commands in one go.
pub(crate) async fn start(fault: Fault) -> (u16, Seen) {
    listen(fault, Turns::Several).await
}

/// How many commands the server takes before it has answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turns {
    /// It offers PIPELINING.
    Several,
    /// It does not, and takes a client that goes ahead for a spammer.
    One,
}

pub(crate) async fn listen(fault: Fault, turns: Turns) -> (u16, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let seen = Seen::default();
    let shared = seen.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            *shared.connections.lock().unwrap() += 1;
            tokio::spawn(serve(stream, fault, turns, shared.clone()));
        }
    });
    (port, seen)
}

/// Where TLS begins on the server of [`start_encrypted`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tls {
    FromTheStart,
    AfterStartTls,
}

/// A server for `localhost` with its own certificate, which is returned as PEM.
pub(crate) async fn start_encrypted(tls: Tls) -> (u16, Seen, String) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let seen = Seen::default();
    let shared = seen.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            *shared.connections.lock().unwrap() += 1;
            tokio::spawn(encrypt(stream, acceptor.clone(), tls, shared.clone()));
        }
    });
    (port, seen, made.cert.pem())
}

async fn encrypt(mut stream: TcpStream, acceptor: TlsAcceptor, tls: Tls, seen: Seen) -> Option<()> {
    if tls == Tls::FromTheStart {
        let mut stream = acceptor.accept(stream).await.ok()?;
        stream.write_all(b"220 test ESMTP\r\n").await.ok()?;
        return talk(stream, Fault::None, Turns::Several, seen).await;
    }
    let mut plain = BufReader::new(&mut stream);
    plain.write_all(b"220 test ESMTP\r\n").await.ok()?;
    let mut line = String::new();
    plain.read_line(&mut line).await.ok()?;
    plain.write_all(b"250-test\r\n250 STARTTLS\r\n").await.ok()?;
    line.clear();
    plain.read_line(&mut line).await.ok()?;
    if !line.starts_with("STARTTLS") {
        return talk(stream, Fault::None, Turns::Several, seen).await;
    }
    plain.write_all(b"220 go on\r\n").await.ok()?;
    talk(acceptor.accept(stream).await.ok()?, Fault::None, Turns::Several, seen).await
}

async fn serve(mut stream: TcpStream, fault: Fault, turns: Turns, seen: Seen) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    stream.write_all(b"220 test ESMTP\r\n").await.ok()?;
    talk(stream, fault, turns, seen).await
}

async fn talk(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    fault: Fault,
    turns: Turns,
    seen: Seen,
) -> Option<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        if turns == Turns::One && !stream.buffer().is_empty() {
            stream.write_all(b"503 5.5.0 Improper use of SMTP command pipelining\r\n").await.ok()?;
            return None;
        }
        let answer = match (verb.as_str(), fault) {
            ("EHLO", _) if turns == Turns::One => "250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n",
            ("EHLO", _) => "250-test\r\n250-PIPELINING\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n",
            ("AUTH", _) => {
                seen.logins.lock().unwrap().push(line.trim_end().to_owned());
                "235 welcome\r\n"
            }
            ("RCPT", Fault::NoSuchUser) => "550 5.1.1 <ase.nordbo@fjordheim.example> unknown\r\n",
            ("RCPT", Fault::Greylisted) => "451 4.7.1 Greylisted, come back later\r\n",
            ("DATA", Fault::SilentAtData) => return None,
            ("DATA", _) => {
                stream.write_all(b"354 go on\r\n").await.ok()?;
                let mut message = String::new();
                while !message.ends_with("\r\n.\r\n") {
                    if stream.read_line(&mut message).await.ok()? == 0 {
                        return None;
                    }
                }
                if fault == Fault::Spam {
                    "554 5.7.1 Message refused\r\n"
                } else {
                    seen.messages.lock().unwrap().push(message);
                    match fault {
                        Fault::SilentAfterMessage => return None,
                        Fault::OneMailEach => {
                            stream.write_all(b"250 taken\r\n").await.ok()?;
                            return None;
                        }
                        _ => "250 taken\r\n",
                    }
                }
            }
            ("QUIT", _) => {
                stream.write_all(b"221 bye\r\n").await.ok()?;
                return None;
            }
            _ => "250 ok\r\n",
        };
        stream.write_all(answer.as_bytes()).await.ok()?;
    }
}
