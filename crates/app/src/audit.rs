//! Every change leaves an entry in the audit trail, written in the transaction of the change.

use serde_json::Value;
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

/// Makes an entry. The detail holds ids, states and counts, never a name or an address.
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
