//! The inbox as it is asked for.

use varde_model::{
    ids::{AccountId, InboxItemId, OrganisationId},
    inbox::{InboxKind, ItemState},
};
use varde_persistence::{Conn, audit, cohorts, inbox, outbox};

use super::{Handed, found};
use crate::{
    Code, Ctx, Refusal, Result,
    access::{Actor, Coordinator},
};

/// Which items.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only of these kinds; none for all.
    pub kinds: Vec<InboxKind>,
    /// Only the caller's own.
    pub assigned_to_me: bool,
    /// Only about the cohort with this code.
    pub cohort_code: Option<String>,
    /// Those that are put off as well.
    pub snoozed: bool,
    /// Those that are done as well, as long as the fact stands.
    pub done: bool,
}

/// How many items of a kind there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    /// The kind.
    pub kind: InboxKind,
    /// That need a hand.
    pub open: u64,
    /// That are put off.
    pub snoozed: u64,
    /// That somebody was done with.
    pub done: u64,
}

/// Items by when something is to be done, and how many there are of each kind.
#[derive(Clone, Debug)]
pub struct Inbox {
    /// The items that the filter lets through.
    pub items: Vec<Handed>,
    /// Of each kind, whatever the filter says of kinds and of what is put off or done.
    pub totals: Vec<Total>,
}

/// What needs a hand, sorted by when something is to be done and then by key.
///
/// # Errors
/// Refused: no such cohort.
pub async fn list(ctx: &Ctx, right: &Coordinator, filter: &Filter) -> Result<Inbox> {
    let (store, org) = (ctx.store(), right.org());
    let cohort = match &filter.cohort_code {
        None => None,
        Some(code) => {
            let found = cohorts::find_by_code(store, org, code.trim()).await?;
            Some(found.ok_or(Refusal::new(Code::NotFound).at("cohortCode"))?.id)
        }
    };
    let me = match right.actor() {
        Actor::Account(account) => Some(account),
        _ => None,
    };
    let mut items = all(ctx, store, org).await?;
    items.retain(|handed| cohort.is_none_or(|cohort| handed.item.cohort == Some(cohort)));
    items.retain(|handed| !filter.assigned_to_me || (me.is_some() && handed.handling.assigned_to == me));
    let totals = totals(&items);
    items.retain(|handed| {
        (filter.kinds.is_empty() || filter.kinds.contains(&handed.item.kind))
            && match handed.state {
                ItemState::Open => true,
                ItemState::Snoozed => filter.snoozed,
                ItemState::Done => filter.done,
            }
    });
    items.sort_by_cached_key(|handed| handed.item.place());
    Ok(Inbox { items, totals })
}

/// Everything that needs a hand, with what was done about it.
pub(super) async fn all(ctx: &Ctx, conn: &impl Conn, org: OrganisationId) -> Result<Vec<Handed>> {
    let mut handled = inbox::all(conn, org).await?;
    let items = found(ctx, conn, org).await?.into_iter().map(|item| {
        let handling = handled.remove(&item.id).unwrap_or_default();
        let state = handling.state(ctx.now);
        Handed { item, handling, state }
    });
    Ok(items.collect())
}

fn totals(items: &[Handed]) -> Vec<Total> {
    let mut totals = Vec::new();
    for kind in InboxKind::ALL {
        let count = |state| items.iter().filter(|h| h.item.kind == *kind && h.state == state).count() as u64;
        let (open, snoozed, done) =
            (count(ItemState::Open), count(ItemState::Snoozed), count(ItemState::Done));
        if open + snoozed + done > 0 {
            totals.push(Total { kind: *kind, open, snoozed, done });
        }
    }
    totals
}

/// Items by id, in no order; those whose fact is gone are left out.
///
/// # Errors
/// The database refused.
pub async fn find_many(ctx: &Ctx, right: &Coordinator, ids: &[InboxItemId]) -> Result<Vec<Handed>> {
    let mut items = all(ctx, ctx.store(), right.org()).await?;
    items.retain(|handed| ids.contains(&handed.item.id));
    Ok(items)
}

/// What an inbox rests on, told in two statements: while it is the same, and no moment has passed that matters, so is the
/// inbox. Every change leaves an entry in the trail; the scheduler's work on mail does not.
///
/// # Errors
/// The database refused.
pub async fn pulse(ctx: &Ctx, right: &Coordinator) -> Result<String> {
    let (store, org) = (ctx.store(), right.org());
    let latest = audit::latest(store, org, &audit::AuditFilter::default(), None, 1).await?;
    let latest = latest.first().map(|event| event.id);
    let mails = outbox::counts(store, org).await?;
    Ok(format!("{latest:?} {mails:?}"))
}

/// Whether somebody's account may have items assigned: it is open and coordinates.
pub(super) async fn may_have(
    ctx: &Ctx,
    conn: &impl Conn,
    org: OrganisationId,
    account: AccountId,
) -> Result<bool> {
    let may = crate::accounts::who_run_cohorts(ctx, conn, org).await?;
    Ok(may.iter().any(|one| one.id == account))
}
