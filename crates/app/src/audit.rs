//! Every change leaves an entry in the audit trail, written in the transaction of the change.

use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;
use varde_model::ids::OrganisationId;
use varde_persistence::{Tx, audit::AuditEvent};

use crate::{Ctx, Result, access::Actor};

/// What was done and to what: `cohort.publish` on `("cohort", id)`.
#[derive(Clone, Copy, Debug)]
pub struct Deed {
    /// The use case, `subject.verb`.
    pub action: &'static str,
    /// The subject's id.
    pub subject: Option<Uuid>,
}

impl Deed {
    /// A deed on a subject.
    pub fn on(action: &'static str, subject: impl Into<Uuid>) -> Self {
        Self { action, subject: Some(subject.into()) }
    }

    /// A deed on the organisation as a whole.
    pub fn overall(action: &'static str) -> Self {
        Self { action, subject: None }
    }
}

/// What an edit changed, field by field; what stayed is left out.
#[derive(Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub(crate) struct Changes(Map<String, Value>);

impl Changes {
    /// A field with its old and new value.
    #[must_use]
    pub(crate) fn of(mut self, field: &str, from: impl Into<Value>, to: impl Into<Value>) -> Self {
        let (from, to) = (from.into(), to.into());
        if from != to {
            self.0.insert(field.to_owned(), json!({ "from": from, "to": to }));
        }
        self
    }

    /// A field that holds what people wrote: only that it changed.
    #[must_use]
    pub(crate) fn that(mut self, field: &str, changed: bool) -> Self {
        if changed {
            self.0.insert(field.to_owned(), Value::Bool(true));
        }
        self
    }

    /// True when nothing changed.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Makes an entry. The detail holds ids, states, counts, days and rooms: never a person's name or address, nor what a
/// text or a link says.
pub fn event(ctx: &Ctx, actor: Actor, deed: Deed, detail: Value) -> AuditEvent {
    let (actor_kind, actor_id) = match actor {
        Actor::Account(id) => ("account", Some(id.0)),
        Actor::Person(id) => ("person", Some(id.0)),
        Actor::System => ("system", None),
    };
    let subject_kind = deed.action.split('.').next().unwrap_or_default();
    AuditEvent {
        id: ctx.new_id(),
        at: ctx.now,
        actor_kind: actor_kind.to_owned(),
        actor_id,
        action: deed.action.to_owned(),
        subject_kind: subject_kind.to_owned(),
        subject_id: deed.subject,
        detail,
    }
}

/// Writes one entry.
///
/// # Errors
/// The database refused.
pub async fn record(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    actor: Actor,
    deed: Deed,
    detail: Value,
) -> Result<()> {
    varde_persistence::audit::insert(tx, org, vec![event(ctx, actor, deed, detail)]).await?;
    Ok(())
}
