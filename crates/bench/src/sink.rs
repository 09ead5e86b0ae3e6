//! A mail server that takes everything and keeps nothing but the count.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use anyhow::Result;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::Notify,
};

/// The running server.
pub(crate) struct Sink {
    pub(crate) address: SocketAddr,
    taken: Arc<Taken>,
}

#[derive(Default)]
struct Taken {
    mails: AtomicUsize,
    /// When the first and the last mail came, and the text of the last.
    marks: Mutex<Marks>,
    more: Notify,
}

#[derive(Default)]
struct Marks {
    first: Option<Instant>,
    last: Option<Instant>,
    text: Vec<u8>,
}

impl Sink {
    /// Listens on a port of its own.
    pub(crate) async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let (address, taken) = (listener.local_addr()?, Arc::new(Taken::default()));
        let shared = taken.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let taken = shared.clone();
                // A client that goes away in the middle is its own affair.
                tokio::spawn(async move { converse(stream, &taken).await });
            }
        });
        Ok(Self { address, taken })
    }

    /// Forgets what came so far.
    pub(crate) fn reset(&self) {
        self.taken.mails.store(0, Ordering::Relaxed);
        *self.taken.marks() = Marks::default();
    }

    /// Waits for so many mails; gives the rate between the first and the last, in mails a second.
    pub(crate) async fn rate_of(&self, mails: usize) -> f64 {
        loop {
            let more = self.taken.more.notified();
            if self.taken.mails.load(Ordering::Relaxed) >= mails {
                break;
            }
            more.await;
        }
        let marks = self.taken.marks();
        let took = marks.first.zip(marks.last).map_or(f64::NAN, |(first, last)| (last - first).as_secs_f64());
        #[expect(clippy::cast_precision_loss, reason = "thousands of mails")]
        let between = (mails - 1) as f64;
        between / took
    }

    /// How many came so far.
    pub(crate) fn count(&self) -> usize {
        self.taken.mails.load(Ordering::Relaxed)
    }

    /// The text of the last mail, as it stood on the wire, without the closing dot.
    pub(crate) fn last_text(&self) -> Vec<u8> {
        self.taken.marks().text.clone()
    }
}

impl Taken {
    fn marks(&self) -> std::sync::MutexGuard<'_, Marks> {
        self.marks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, text: &[u8]) {
        let now = Instant::now();
        let mut marks = self.marks();
        marks.first.get_or_insert(now);
        marks.last = Some(now);
        marks.text.clear();
        marks.text.extend_from_slice(text);
        drop(marks);
        self.mails.fetch_add(1, Ordering::Relaxed);
        self.more.notify_waiters();
    }
}

const END: &[u8] = b"\r\n.\r\n";

async fn converse(stream: TcpStream, taken: &Taken) -> Result<()> {
    stream.set_nodelay(true)?;
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::with_capacity(64 * 1024, read);
    write.write_all(b"220 sink ESMTP\r\n").await?;
    let (mut line, mut text) = (Vec::new(), Vec::new());
    loop {
        line.clear();
        if read.read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let answer: &[u8] = match verb.as_slice() {
            b"EHLO" => b"250-sink\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 PIPELINING\r\n",
            b"DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                text.clear();
                while !text.ends_with(END) {
                    if read.read_buf(&mut text).await? == 0 {
                        return Ok(());
                    }
                }
                taken.take(&text[..text.len() - END.len()]);
                b"250 taken\r\n"
            }
            b"QUIT" => b"221 bye\r\n",
            _ => b"250 ok\r\n",
        };
        write.write_all(answer).await?;
        if verb == b"QUIT" {
            return Ok(());
        }
    }
}
