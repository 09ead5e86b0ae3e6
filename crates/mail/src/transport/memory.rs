//! Mail in memory, for tests.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lettre::Message;
use varde_model::ids::OutboxId;

use super::Delivery;

/// A message that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// Its outbox row.
    pub outbox_id: OutboxId,
    /// The addresses of the envelope.
    pub recipients: Vec<String>,
    /// The whole message.
    pub message: Vec<u8>,
}

/// Keeps every message in the order of sending; clones share the list.
#[derive(Clone, Debug, Default)]
pub struct MemoryTransport {
    posted: Arc<Mutex<Vec<Posted>>>,
}

impl MemoryTransport {
    fn list(&self) -> MutexGuard<'_, Vec<Posted>> {
        self.posted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was sent so far.
    pub fn posted(&self) -> Vec<Posted> {
        self.list().clone()
    }

    /// Takes out what was sent so far.
    pub fn drain(&self) -> Vec<Posted> {
        std::mem::take(&mut *self.list())
    }

    pub(super) fn send(&self, outbox_id: OutboxId, message: &Message) -> Delivery {
        let recipients = message.envelope().to().iter().map(ToString::to_string).collect();
        self.list().push(Posted { outbox_id, recipients, message: message.formatted() });
        Delivery::Sent
    }
}
