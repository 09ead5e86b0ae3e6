//! Parsed documents, kept by their text: parsing is most of what a small query costs.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::Name;
use async_graphql::parser::types::ExecutableDocument;
use lru::LruCache;

use super::order::Order;
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
    /// By the name of the operation.
    orders: HashMap<Option<Name>, Order>,
}

impl Document {
    pub(crate) fn new(parsed: ExecutableDocument) -> Self {
        let operations = parsed.operations.iter();
        let orders = operations.map(|(name, it)| (name.cloned(), Order::of(&parsed, &it.node))).collect();
        Self { split: Arc::new(SplitKeys::of(&parsed)), orders, parsed }
    }

    /// The order in which an operation asks for its fields.
    pub(crate) fn order(&self, operation_name: Option<&str>) -> &Order {
        let found = match operation_name {
            Some(name) => self.orders.get(&Some(Name::new(name))),
            None => self.orders.values().next().filter(|_| self.orders.len() == 1),
        };
        found.unwrap_or_default()
    }
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
        Arc::new(Document::new(parse_query(text).unwrap()))
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
