//! The audit trail as coordinators read it.

use varde_model::ids::AuditEventId;
use varde_persistence::audit;

pub use varde_persistence::audit::{AuditEvent, AuditFilter};

use crate::{Ctx, Result, access::Coordinator};

/// Part of the trail.
#[derive(Clone, Debug)]
pub struct TrailPage {
    /// Newest first.
    pub events: Vec<AuditEvent>,
    /// True when older ones follow.
    pub more: bool,
    /// How many there are.
    pub total: u64,
}

/// The entries that the filter lets through: newest first, older than the one named.
///
/// # Errors
/// The database refused.
pub async fn events(
    ctx: &Ctx,
    right: &Coordinator,
    filter: &AuditFilter,
    before: Option<AuditEventId>,
    limit: usize,
) -> Result<TrailPage> {
    let (store, org) = (ctx.store(), right.org());
    let mut events = audit::latest(store, org, filter, before, limit as u64 + 1).await?;
    let more = events.len() > limit;
    events.truncate(limit);
    Ok(TrailPage { events, more, total: audit::count(store, org, filter).await? })
}

/// Several entries by id, in no order.
///
/// # Errors
/// The database refused.
pub async fn find_many(ctx: &Ctx, right: &Coordinator, ids: &[AuditEventId]) -> Result<Vec<AuditEvent>> {
    Ok(audit::find_many(ctx.store(), right.org(), ids).await?)
}
