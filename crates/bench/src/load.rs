//! Load over HTTP: a number of connections, each sending its next request when its last one is answered.
//!
//! It speaks just enough HTTP/1.1, because it shares the machine with what it measures.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    task::JoinSet,
};

/// Connections at once, of every measurement.
pub(crate) const CONNECTIONS: usize = 8;

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Result<Value> {
        let text = String::from_utf8_lossy(&self.body);
        ensure!(self.status == 200, "{}: {text}", self.status);
        serde_json::from_str(&text).with_context(|| text.into_owned())
    }
}

/// A request, ready to be written.
#[derive(Clone)]
pub(crate) struct Request(Vec<u8>);

impl Request {
    /// A GET request.
    pub(crate) fn get(path: &str) -> Self {
        Self(format!("GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n").into_bytes())
    }

    /// A POST request with a JSON body; with a bearer token, if there is one.
    pub(crate) fn post(path: &str, body: &Value, token: Option<&str>) -> Self {
        let body = body.to_string();
        let authorization =
            token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
        let text = format!(
            "POST {path} HTTP/1.1\r\nHost: bench\r\nAccept: application/json\r\nContent-Type: application/json\r\n\
             {authorization}Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        Self(text.into_bytes())
    }
}

/// One connection.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// Connects.
    pub(crate) async fn open(to: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(to).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 * 1024) })
    }

    /// Sends a request and reads its answer.
    pub(crate) async fn ask(&mut self, request: &Request) -> Result<Answer> {
        self.stream.write_all(&request.0).await?;
        self.buffer.clear();
        let (mut head, mut length) = (0, 0);
        loop {
            if head == 0
                && let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n")
            {
                head = end + 4;
                length = content_length(&self.buffer[..end])?;
            }
            if head > 0 && self.buffer.len() >= head + length {
                break;
            }
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                bail!("the connection was closed");
            }
        }
        let status =
            self.buffer.get(9..12).and_then(|digits| std::str::from_utf8(digits).ok()).unwrap_or_default();
        Ok(Answer { status: status.parse()?, body: self.buffer[head..head + length].to_vec() })
    }
}

fn content_length(head: &[u8]) -> Result<usize> {
    let head = std::str::from_utf8(head)?;
    let line = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim())
    });
    Ok(line.context("an answer without its length")?.parse()?)
}

/// One GET request on a connection of its own.
pub(crate) async fn get(to: SocketAddr, path: &str) -> Result<Answer> {
    Connection::open(to).await?.ask(&Request::get(path)).await
}

/// One request on a connection of its own.
pub(crate) async fn ask(to: SocketAddr, request: &Request) -> Result<Answer> {
    Connection::open(to).await?.ask(request).await
}

/// Answers within the time, over [`CONNECTIONS`] connections; connection `i` sends the requests of `of[i % of.len()]` in
/// turns. Every answer must be 200 and hold no error.
pub(crate) async fn run(to: SocketAddr, of: &[Vec<Request>], time: Duration) -> Result<(u64, Duration)> {
    let mut connections = Vec::with_capacity(CONNECTIONS);
    for _ in 0..CONNECTIONS {
        connections.push(Connection::open(to).await?);
    }
    let begun = Instant::now();
    let mut tasks = JoinSet::new();
    for (index, mut connection) in connections.into_iter().enumerate() {
        let requests = of[index % of.len()].clone();
        tasks.spawn(async move {
            let mut answers = 0;
            for request in requests.iter().cycle() {
                if begun.elapsed() >= time {
                    break;
                }
                let answer = connection.ask(request).await?;
                let is_error = answer.body.windows(11).any(|part| part == br#""errors":[{"#);
                ensure!(
                    answer.status == 200 && !is_error,
                    "{}: {}",
                    answer.status,
                    String::from_utf8_lossy(&answer.body)
                );
                answers += 1;
            }
            anyhow::Ok(answers)
        });
    }
    let mut sum = 0;
    while let Some(answers) = tasks.join_next().await {
        sum += answers??;
    }
    Ok((sum, begun.elapsed()))
}
