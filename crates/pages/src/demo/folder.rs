//! The mailbox over a folder of `.eml` files, as the file transport writes them.

use std::{collections::BTreeMap, io, path::PathBuf, sync::Mutex};

use async_trait::async_trait;

use super::{LetterSummary, Mailbox, ReceivedLetter, Unreadable, read_letter};

/// A folder of mail. What the list shows of a file is kept: files never change once they are there.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    known: Mutex<BTreeMap<String, LetterSummary>>,
}

impl Folder {
    /// The mail in this folder. One that is not there yet is empty.
    pub fn new(path: PathBuf) -> Self {
        Self { path, known: Mutex::default() }
    }

    async fn names(&self) -> io::Result<Vec<String>> {
        let mut entries = match tokio::fs::read_dir(&self.path).await {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut names = Vec::new();
        while let Some(entry) = entries.next_entry().await? {
            let name = entry.file_name();
            let name = name.to_str().and_then(|name| name.strip_suffix(".eml"));
            names.extend(name.filter(|name| is_plain(name)).map(str::to_owned));
        }
        // Names begin with the moment of sending.
        names.sort_unstable_by(|one, other| other.cmp(one));
        Ok(names)
    }

    async fn letter(&self, id: &str) -> io::Result<Option<ReceivedLetter>> {
        Ok(self.bytes(id).await?.and_then(|bytes| read_letter(id, &bytes)))
    }

    async fn bytes(&self, id: &str) -> io::Result<Option<Vec<u8>>> {
        match tokio::fs::read(self.path.join(format!("{id}.eml"))).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn known(&self, id: &str) -> Option<LetterSummary> {
        self.known.lock().ok()?.get(id).cloned()
    }
}

#[async_trait]
impl Mailbox for Folder {
    async fn list(&self) -> Result<Vec<LetterSummary>, Unreadable> {
        let names = self.names().await?;
        let mut letters = Vec::with_capacity(names.len());
        for name in names {
            if let Some(letter) = self.known(&name) {
                letters.push(letter);
            } else if let Some(letter) = self.letter(&name).await? {
                if let Ok(mut known) = self.known.lock() {
                    known.insert(name, letter.summary.clone());
                }
                letters.push(letter.summary);
            }
        }
        Ok(letters)
    }

    async fn read(&self, id: &str) -> Result<Option<ReceivedLetter>, Unreadable> {
        if is_plain(id) { Ok(self.letter(id).await?) } else { Ok(None) }
    }

    async fn source(&self, id: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        if is_plain(id) { Ok(self.bytes(id).await?) } else { Ok(None) }
    }
}

/// A name that leads nowhere else.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 200
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}
