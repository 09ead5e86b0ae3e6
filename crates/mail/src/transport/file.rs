//! Mail as files: `<moment>-<outbox id>.eml`, each there whole or not at all, and once for each outbox row.

use std::{
    collections::HashSet,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use lettre::Message;
use tokio::{fs, io::AsyncWriteExt, sync::Mutex};
use varde_model::ids::OutboxId;

use super::{Delivery, TransportError};

/// Writes mail into a folder; clones share it.
#[derive(Clone, Debug)]
pub struct FileTransport {
    folder: PathBuf,
    /// The rows already written, read from the folder at first use: a restart writes no second copy.
    written: Arc<Mutex<Option<HashSet<String>>>>,
}

impl FileTransport {
    /// Into this folder, which is made when it is first needed.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, written: Arc::default() }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) async fn send(&self, outbox_id: OutboxId, at: DateTime<Utc>, message: &Message) -> Delivery {
        match self.write(outbox_id, at, &message.formatted()).await {
            Ok(()) => Delivery::Sent,
            Err(error) => Delivery::later(format!("mail folder: {error}")),
        }
    }

    async fn write(&self, outbox_id: OutboxId, at: DateTime<Utc>, message: &[u8]) -> io::Result<()> {
        let mut written = self.written.lock().await;
        let known = match &mut *written {
            Some(known) => known,
            None => written.insert(read_folder(&self.folder).await?),
        };
        let id = outbox_id.to_string();
        if known.contains(&id) {
            return Ok(());
        }
        let unfinished = self.folder.join(format!(".{id}.unfinished"));
        let mut file = fs::File::create(&unfinished).await?;
        file.write_all(message).await?;
        file.sync_data().await?;
        let name = format!("{}-{id}.eml", at.format("%Y%m%dT%H%M%S%3fZ"));
        fs::rename(&unfinished, self.folder.join(name)).await?;
        known.insert(id);
        Ok(())
    }

    pub(super) async fn check(&self) -> Result<(), TransportError> {
        fs::create_dir_all(&self.folder).await?;
        let probe = self.folder.join(".probe");
        fs::write(&probe, b"").await?;
        fs::remove_file(&probe).await?;
        Ok(())
    }
}

async fn read_folder(folder: &Path) -> io::Result<HashSet<String>> {
    fs::create_dir_all(folder).await?;
    let mut known = HashSet::new();
    let mut files = fs::read_dir(folder).await?;
    while let Some(file) = files.next_entry().await? {
        let name = file.file_name();
        let id = name.to_str().and_then(|name| name.strip_suffix(".eml")?.split_once('-'));
        known.extend(id.map(|(_, id)| id.to_owned()));
    }
    Ok(known)
}
