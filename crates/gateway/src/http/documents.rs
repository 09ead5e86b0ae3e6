//! Parsed documents, kept by their text: parsing is most of what a small query costs.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::parser::types::ExecutableDocument;
use lru::LruCache;

use crate::ready::SplitKeys;

/// Longer texts are not kept.
const MAX_TEXT: usize = 16 * 1024;

/// Bytes of text kept in all.
const MAX_TOTAL: usize = 4 * 1024 * 1024;

/// A document that has passed the limits, and what was found out about it.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) parsed: ExecutableDocument,
    pub(crate) split: Arc<SplitKeys>,
}

#[derive(Debug)]
pub(crate) struct Documents(Mutex<Kept>);

#[derive(Debug)]
struct Kept {
    by_text: LruCache<Box<str>, Arc<Document>>,
    bytes: usize,
}

impl Documents {
    pub(crate) fn new(capacity: usize) -> Self {
        let capacity = NonZeroUsize::new(capacity).unwrap_or(NonZeroUsize::MIN);
        Self(Mutex::new(Kept { by_text: LruCache::new(capacity), bytes: 0 }))
    }

    pub(crate) fn get(&self, text: &str) -> Option<Arc<Document>> {
        if text.len() > MAX_TEXT {
            return None;
        }
        self.0.lock().unwrap_or_else(PoisonError::into_inner).by_text.get(text).cloned()
    }

    /// Keeps a document. Only those that were found valid belong here, so that noise pushes nothing out.
    pub(crate) fn keep(&self, text: &str, document: &Arc<Document>) {
        if text.len() > MAX_TEXT {
            return;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.by_text.contains(text) {
            return;
        }
        kept.bytes += text.len();
        if let Some((pushed_out, _)) = kept.by_text.push(text.into(), Arc::clone(document)) {
            kept.bytes -= pushed_out.len();
        }
        while kept.bytes > MAX_TOTAL {
            let Some((pushed_out, _)) = kept.by_text.pop_lru() else { break };
            kept.bytes -= pushed_out.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn document(text: &str) -> Arc<Document> {
        let parsed = parse_query(text).unwrap();
        Arc::new(Document { split: Arc::new(SplitKeys::of(&parsed)), parsed })
    }

    #[test]
    fn the_least_recently_asked_goes_first_and_long_texts_are_not_kept() {
        let documents = Documents::new(2);
        for text in ["{a}", "{b}"] {
            documents.keep(text, &document(text));
        }
        assert!(documents.get("{a}").is_some());
        documents.keep("{c}", &document("{c}"));
        assert!(documents.get("{a}").is_some());
        assert!(documents.get("{b}").is_none());
        let long = format!("{{a}}#{}", " ".repeat(MAX_TEXT));
        documents.keep(&long, &document(&long));
        assert!(documents.get(&long).is_none());
    }

    #[test]
    fn the_bytes_kept_are_bounded() {
        let documents = Documents::new(10_000);
        for n in 0..600 {
            let text = format!("{{a}}#{n}{}", " ".repeat(MAX_TEXT - 100));
            documents.keep(&text, &document("{a}"));
        }
        let kept = documents.0.lock().unwrap();
        assert!(kept.bytes <= MAX_TOTAL);
        assert_eq!(kept.bytes, kept.by_text.iter().map(|(text, _)| text.len()).sum::<usize>());
    }
}
