//! Bare mail: connections that send the same message as fast as the server takes it.

use std::{
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::{Result, ensure};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{
        TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    task::JoinSet,
};

const ANNOUNCED: &[u8] =
    b"MAIL FROM:<varde@stortrust.example>\r\nRCPT TO:<a100000@stortrust.example>\r\nDATA\r\n";

/// Sends `mails` messages over `connections` connections, each announced in one turn, as the server's
/// PIPELINING allows and the product does too.
pub(crate) async fn send(to: SocketAddr, connections: usize, mails: usize, message: &Path) -> Result<()> {
    let mut text = std::fs::read(message)?;
    text.extend_from_slice(b"\r\n.\r\n");
    let (text, left) = (Arc::new(text), Arc::new(AtomicUsize::new(mails)));
    let mut tasks = JoinSet::new();
    for _ in 0..connections {
        let (text, left) = (text.clone(), left.clone());
        tasks.spawn(async move {
            let mut wire = Wire::open(to).await?;
            while left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
            {
                wire.say(ANNOUNCED, b"250").await?;
                wire.answer(b"250").await?;
                wire.answer(b"354").await?;
                wire.say(&text, b"250").await?;
            }
            wire.say(b"QUIT\r\n", b"221").await
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    Ok(())
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
