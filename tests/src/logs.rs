//! What the product writes into its logs.

mod personal_data;

use std::sync::{Arc, Mutex};

use tracing_subscriber::{EnvFilter, util::SubscriberInitExt as _};

/// What the product logs by default, and all that its own crates would say to somebody who looks for a fault.
const DEFAULT_AND_OURS: &str = "info,varde=debug";

#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The lines that are logged while this goes on, for a test on one thread: its service runs on that thread too. The
/// test's own client writes down what it asks for; its lines are left out.
pub(crate) async fn logged<T>(
    filter: &str,
    work: impl Future<Output = anyhow::Result<T>>,
) -> anyhow::Result<(T, Vec<String>)> {
    let written = Written::default();
    let log = written.clone();
    let lines = tracing_subscriber::fmt().with_env_filter(EnvFilter::try_new(filter)?).with_ansi(false);
    let keep = lines.with_writer(move || log.clone()).finish().set_default();
    let outcome = work.await?;
    drop(keep);
    let written = String::from_utf8_lossy(&written.0.lock().unwrap()).into_owned();
    let ours = |line: &&str| !line.contains("hyper_util::client") && !line.contains("reqwest");
    let lines: Vec<String> = written.lines().filter(ours).map(str::to_owned).collect();
    anyhow::ensure!(!lines.is_empty(), "nothing was logged");
    Ok((outcome, lines))
}
