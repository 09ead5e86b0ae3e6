//! What one operation may really take, counted while it runs.
//!
//! [`Cost`](super::Cost) is an estimate: how long a plain list is, only the data knows. So every field and list item
//! that is resolved is counted, with the bytes of its value, and an operation past the budget is stopped with one
//! refusal. The engine alone would also run an operation whose resolvers never wait to its end in one go, with the
//! worker thread to itself and out of the timeout's reach: it is made to give way every [`SLICE`] fields.

use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};

use async_graphql::extensions::{
    Extension, ExtensionContext, ExtensionFactory, NextExecute, NextResolve, ResolveInfo,
};
use async_graphql::{ErrorExtensionValues, QueryPathSegment, Response, ServerError, ServerResult, Value};

/// Fields that are answered before others get a turn: well below a millisecond or two of work.
const SLICE: usize = 1_000;

/// The budget of each operation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    /// Fields and list items.
    pub(super) fields: usize,
    /// Bytes of their names and values.
    pub(super) bytes: usize,
}

impl ExtensionFactory for Budget {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Meter {
            most: *self,
            fields: AtomicUsize::new(0),
            bytes: AtomicUsize::new(0),
            in_this_turn: AtomicUsize::new(0),
            waiting: Mutex::new(Vec::new()),
        })
    }
}

/// Counts for one operation.
struct Meter {
    most: Budget,
    fields: AtomicUsize,
    bytes: AtomicUsize,
    /// Fields since the operation was last given a turn.
    in_this_turn: AtomicUsize,
    /// Fields that wait for the next turn.
    waiting: Mutex<Vec<Waker>>,
}

impl Meter {
    /// Why the operation is to be stopped.
    fn refusal(&self) -> Option<Response> {
        let message = if self.fields.load(Relaxed) > self.most.fields {
            format!("The answer would have more than {} fields.", self.most.fields)
        } else if self.bytes.load(Relaxed) > self.most.bytes {
            format!("The answer would have more than {} bytes.", self.most.bytes)
        } else {
            return None;
        };
        let mut error = ServerError::new(
            format!(
                "{message} Ask for smaller pages (`first`) or fewer lists within lists. What a mutation did, stands."
            ),
            None,
        );
        let mut values = ErrorExtensionValues::default();
        values.set("code", "LIMIT_EXCEEDED");
        error.extensions = Some(values);
        Some(Response::from_errors(vec![error]))
    }

    /// Waits until a field may be resolved. For one that is past the budget that is never: the operation ends first.
    async fn admit(&self) {
        std::future::poll_fn(|task| {
            if self.fields.load(Relaxed) > self.most.fields || self.bytes.load(Relaxed) > self.most.bytes {
                return Poll::Pending;
            }
            if self.in_this_turn.load(Relaxed) < SLICE {
                self.in_this_turn.fetch_add(1, Relaxed);
                self.fields.fetch_add(1, Relaxed);
                return Poll::Ready(());
            }
            self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(task.waker().clone());
            Poll::Pending
        })
        .await;
    }

    fn next_turn(&self) {
        let waiting = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        waiting.into_iter().for_each(Waker::wake);
    }
}

#[async_graphql::async_trait::async_trait]
impl Extension for Meter {
    async fn execute(
        &self,
        ctx: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        // A subscription comes here once for each of its events.
        self.fields.store(0, Relaxed);
        self.bytes.store(0, Relaxed);
        let mut running = pin!(next.run(ctx, operation_name));
        std::future::poll_fn(|task| {
            self.in_this_turn.store(0, Relaxed);
            let polled = running.as_mut().poll(task);
            if let Some(refusal) = self.refusal() {
                return Poll::Ready(refusal);
            }
            if polled.is_pending() {
                self.next_turn();
            }
            polled
        })
        .await
    }

    async fn resolve(
        &self,
        ctx: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Value>> {
        self.admit().await;
        let name = match info.path_node.segment {
            QueryPathSegment::Name(key) => key.len(),
            QueryPathSegment::Index(_) => 0,
        };
        let value = next.run(ctx, info).await?;
        let bytes = value.as_ref().map_or(0, own_bytes);
        self.bytes.fetch_add(name + bytes, Relaxed);
        Ok(value)
    }
}

/// The bytes of a value that no field below it has counted.
fn own_bytes(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Binary(text) => text.len(),
        Value::Enum(name) => name.len(),
        _ => 4,
    }
}
