//! Bare mail: connections that send the same message as fast as the server takes it, alone or with the least statement
//! that marks each as sent.

use std::{
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::{Result, ensure};
use chrono::Utc;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{
        TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    task::JoinSet,
};
use uuid::Uuid;

use crate::pool::Pool;

const ANNOUNCED: &[u8] =
    b"MAIL FROM:<varde@stortrust.example>\r\nRCPT TO:<a100000@stortrust.example>\r\nDATA\r\n";

/// Sends `mails` messages over `connections` connections, each announced in one turn, as the server's
/// PIPELINING allows and the product does too. Where a database is named, each is marked in it by a statement.
pub(crate) async fn send(
    to: SocketAddr,
    connections: usize,
    mails: usize,
    message: &Path,
    mark_in: Option<&str>,
) -> Result<()> {
    let marks = match mark_in {
        Some(url) => Some(Arc::new(Marks::of(Pool::open(url).await?, mails).await?)),
        None => None,
    };
    let mut text = std::fs::read(message)?;
    text.extend_from_slice(b"\r\n.\r\n");
    let (text, left) = (Arc::new(text), Arc::new(AtomicUsize::new(mails)));
    let mut tasks = JoinSet::new();
    for _ in 0..connections {
        let (text, left, marks) = (text.clone(), left.clone(), marks.clone());
        tasks.spawn(async move {
            let mut wire = Wire::open(to).await?;
            let next = || left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
            while let Ok(nth) = next() {
                wire.say(ANNOUNCED, b"250").await?;
                wire.answer(b"250").await?;
                wire.answer(b"354").await?;
                wire.say(&text, b"250").await?;
                if let Some(marks) = &marks {
                    marks.mark(nth - 1).await?;
                }
            }
            wire.say(b"QUIT\r\n", b"221").await
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    Ok(())
}

/// The rows that stand for the messages.
struct Marks {
    pool: Pool,
    rows: Vec<Uuid>,
}

impl Marks {
    async fn of(pool: Pool, mails: usize) -> Result<Self> {
        const SOME: &str = "SELECT id FROM outbox ORDER BY id LIMIT $1";
        let most = i64::try_from(mails)?;
        let rows = match &pool {
            Pool::Postgres(pool) => sqlx::query_scalar(SOME).bind(most).fetch_all(pool).await?,
            Pool::Sqlite(pool) => sqlx::query_scalar(SOME).bind(most).fetch_all(pool).await?,
        };
        ensure!(!rows.is_empty(), "no mail was queued");
        Ok(Self { pool, rows })
    }

    /// With fewer rows than messages, rows are marked again.
    async fn mark(&self, nth: usize) -> Result<()> {
        const MARK: &str = "UPDATE outbox SET state = 'sent', sent_at = $1 WHERE id = $2";
        let row = self.rows[nth % self.rows.len()];
        let marked = match &self.pool {
            Pool::Postgres(pool) => {
                sqlx::query(MARK).bind(Utc::now()).bind(row).execute(pool).await?.rows_affected()
            }
            Pool::Sqlite(pool) => {
                sqlx::query(MARK).bind(Utc::now()).bind(row).execute(pool).await?.rows_affected()
            }
        };
        ensure!(marked == 1, "{marked} rows were marked");
        Ok(())
    }
}

struct Wire {
    read: BufReader<OwnedReadHalf>,
    write: OwnedWriteHalf,
    line: Vec<u8>,
}

impl Wire {
    async fn open(to: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(to).await?;
        stream.set_nodelay(true)?;
        let (read, write) = stream.into_split();
        let mut wire = Self { read: BufReader::new(read), write, line: Vec::new() };
        wire.answer(b"220").await?;
        wire.say(b"EHLO bench\r\n", b"250").await?;
        Ok(wire)
    }

    async fn say(&mut self, words: &[u8], expected: &[u8]) -> Result<()> {
        self.write.write_all(words).await?;
        self.answer(expected).await
    }

    /// Reads an answer of one line or several.
    async fn answer(&mut self, expected: &[u8]) -> Result<()> {
        loop {
            self.line.clear();
            self.read.read_until(b'\n', &mut self.line).await?;
            ensure!(self.line.starts_with(expected), "{}", String::from_utf8_lossy(&self.line));
            if self.line.get(3) != Some(&b'-') {
                return Ok(());
            }
        }
    }
}
