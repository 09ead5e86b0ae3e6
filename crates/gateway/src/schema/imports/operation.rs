//! A piece of longer work.

use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use varde_app::{hr_import, operations};

use super::report::ImportReport;
use crate::{
    relay,
    schema::{Caller, errors::whole, paging::page},
};

/// How longer work stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "operations::OperationState", name = "OperationState")]
pub enum OperationStateLabel {
    /// At work (pågår).
    Running,
    /// Done; its report says what came of it (ferdig).
    Succeeded,
    /// Broken off; nothing was kept (avbrutt).
    Failed,
}

/// Why longer work was broken off.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "operations::OperationFailure", name = "OperationFailure")]
pub enum OperationFailureLabel {
    /// The service stopped while it was at work (stanset).
    Interrupted,
    /// Something broke in the service (feil).
    Fault,
}

/// A piece of longer work that goes on after the call that began it. Poll it by its id, or subscribe to it.
#[derive(Debug, Clone)]
pub struct Operation(pub(super) operations::Operation);

impl From<operations::Operation> for Operation {
    fn from(operation: operations::Operation) -> Self {
        Self(operation)
    }
}

/// A piece of longer work that goes on after the call that began it. Poll it by its id, or subscribe to it.
#[Object]
impl Operation {
    /// Opaque permanent id.
    pub(crate) async fn id(&self) -> ID {
        relay::encode("Operation", self.0.id.0)
    }

    /// What it does, such as `people.import`.
    async fn kind(&self) -> &str {
        &self.0.kind
    }

    /// How it stands.
    async fn state(&self) -> OperationStateLabel {
        self.0.state.into()
    }

    /// Steps done.
    async fn done(&self) -> u64 {
        self.0.done
    }

    /// Steps in all, once that is known.
    async fn total(&self) -> Option<u64> {
        self.0.total
    }

    /// When it began.
    async fn started_at(&self) -> DateTime<Utc> {
        self.0.started_at
    }

    /// When it ended.
    async fn ended_at(&self) -> Option<DateTime<Utc>> {
        self.0.ended_at
    }

    /// Why it was broken off, for programs.
    async fn failure(&self) -> Option<OperationFailureLabel> {
        self.0.failure.map(Into::into)
    }

    /// Why it was broken off and what to do about it, in the caller's language.
    async fn failure_message(&self, context: &Context<'_>) -> Option<String> {
        let locale = Caller::of(context).locale();
        self.0.failure.map(|failure| operations::failure_text(locale, failure))
    }

    /// What came of an import of people; null before its end, and for other work.
    async fn import_report(&self, context: &Context<'_>) -> async_graphql::Result<Option<ImportReport>> {
        let caller = Caller::of(context);
        whole(context, caller.coordinator())?;
        let found = whole(context, hr_import::report_of(&self.0))?;
        Ok(found.map(|report| ImportReport::new(self.0.id, report)))
    }
}

page!(
    /// Longer work, newest first.
    OperationConnection, OperationEdge, Operation
);
