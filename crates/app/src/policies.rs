//! The reminder policies of an organisation: looked up, edited, switched off, added. A change plans everything anew
//! in one transaction and answers with the difference, so that no rule changes what people get unseen.

mod definition;
mod edit;

use chrono::{DateTime, Utc};
use serde_json::json;
use varde_model::{ids::PolicyId, reminders::ReminderPolicy};
use varde_persistence::{
    Tx,
    programmes::{self, StoredPolicy},
};

use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::Coordinator,
    audit::{self, Deed},
    catalogue::document,
    cohorts::settle,
    idempotency::Kept,
    replanning::{self, Plan, ReminderChange, Scope},
};

pub use edit::{PolicyEdit, PolicyFields, offset};

/// A policy as an organisation has it.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnPolicy {
    /// Permanent id.
    pub id: PolicyId,
    /// The programme's key and the policy's own, joined: `onboarding/welcome`.
    pub key: String,
    /// Counts the changes.
    pub version: u32,
    /// An inactive one plans nothing.
    pub active: bool,
    /// Anchors before it are not reminded of.
    pub effective_from: DateTime<Utc>,
    /// What it says.
    pub policy: ReminderPolicy,
}

/// The organisation's policies, by key.
///
/// # Errors
/// The database refused.
pub async fn list(ctx: &Ctx, right: &Coordinator) -> Result<Vec<OwnPolicy>> {
    let stored = programmes::policies(ctx.store(), right.org()).await?;
    stored.into_iter().map(read).collect()
}

fn read(stored: StoredPolicy) -> Result<OwnPolicy> {
    let policy = serde_json::from_value(stored.definition).map_err(Error::internal)?;
    let StoredPolicy { id, key, version, active, effective_from, .. } = stored;
    Ok(OwnPolicy { id, key, version, active, effective_from, policy })
}

/// A change of one policy, or a new one.
#[derive(Clone, Debug, Default)]
pub struct ChangePolicy {
    /// `onboarding/welcome`. One that is not known is added; then the edit must be a whole definition.
    pub key: String,
    /// What it is to say; None leaves it.
    pub edit: Option<PolicyEdit>,
    /// Whether it plans; None leaves it.
    pub active: Option<bool>,
    /// The version that the caller saw.
    pub version: Option<u32>,
    /// A rule that is new, or active anew, counts from anchors ahead only. To let it count from those behind as
    /// well, the caller states how many reminders that adds, as a dry run tells.
    pub reminders_of_past: Option<u64>,
    /// Keep nothing.
    pub dry_run: bool,
}

/// What a change comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyChanged {
    /// The policy as it is now, or would be.
    pub policy: OwnPolicy,
    /// Every reminder that is added, moved or cancelled.
    pub changes: Vec<ReminderChange>,
    /// Further reminders if the rule counted from past anchors too; asked only of a rule that is new or active anew.
    pub of_past: Option<u64>,
}

/// Changes or adds a policy, and plans every reminder of its programme anew.
///
/// # Errors
/// Refused: unknown, changed meanwhile, a definition that does not hold, or a confirmed number that is not the one.
pub async fn change(ctx: &Ctx, right: &Coordinator, input: &ChangePolicy) -> Result<PolicyChanged> {
    let tx = ctx.store().write().await?;
    let org = right.org();
    let standing = programmes::policies(&tx, org).await?.into_iter().find(|policy| policy.key == input.key);
    let was_active = standing.as_ref().is_some_and(|policy| policy.active);
    let stored = match standing {
        Some(standing) => update(ctx, &tx, right, input, standing).await?,
        None => add(ctx, &tx, right, input).await?,
    };
    let begins = stored.active && !was_active;
    let before = replanning::pending(&tx, org, Some(stored.id)).await?;
    let plain = replanned(ctx, &tx, right, &stored, false).await?;
    let (stored, after, of_past) = if begins && (input.dry_run || input.reminders_of_past.is_some()) {
        let reaching = reach_back(ctx, &tx, right, &stored).await?;
        let all = replanned(ctx, &tx, right, &reaching, true).await?;
        let of_past = all.keys().filter(|key| !plain.contains_key(*key)).count() as u64;
        match input.reminders_of_past {
            Some(confirmed) if confirmed != of_past => {
                return Err(Refusal::new(Code::CountDiffers)
                    .at("remindersOfPast")
                    .with("count", of_past)
                    .into());
            }
            Some(_) => (reaching, all, Some(of_past)),
            None => (stored, plain, Some(of_past)),
        }
    } else {
        (stored, plain, None)
    };
    let changes = replanning::difference(&before, &after);
    let detail = json!({
        "active": stored.active,
        "edited": input.edit.is_some(),
        "reminders": changes.len(),
        "remindersOfPast": input.reminders_of_past,
    });
    audit::record(ctx, &tx, org, right.actor(), Deed::on("reminder_policy.change", stored.id), detail)
        .await?;
    settle(ctx, right.org(), tx, input.dry_run, &Kept::default()).await?;
    Ok(PolicyChanged { policy: read(stored)?, changes, of_past })
}

async fn replanned(
    ctx: &Ctx,
    tx: &Tx,
    right: &Coordinator,
    stored: &StoredPolicy,
    past: bool,
) -> Result<Plan> {
    let scope = Scope { programme: Some(&stored.programme_key), earlier_appointments: past };
    replanning::replan(ctx, tx, right.org(), right.actor(), scope).await?;
    replanning::pending(tx, right.org(), Some(stored.id)).await
}

async fn update(
    ctx: &Ctx,
    tx: &Tx,
    right: &Coordinator,
    input: &ChangePolicy,
    mut stored: StoredPolicy,
) -> Result<StoredPolicy> {
    if input.version.is_some_and(|seen| seen != stored.version) {
        return Err(Refusal::new(Code::Conflict).into());
    }
    if let Some(edit) = &input.edit {
        let old: ReminderPolicy =
            serde_json::from_value(stored.definition.clone()).map_err(Error::internal)?;
        let new = edit.apply(Some(&old), &input.key, ctx.locale)?;
        (stored.definition, stored.digest) = document(&new)?;
    }
    let active = input.active.unwrap_or(stored.active);
    if active && !stored.active {
        // A rule that begins anew is not retroactive.
        stored.effective_from = ctx.now;
    }
    stored.active = active;
    programmes::update_policy(tx, right.org(), &stored, ctx.now).await?;
    stored.version += 1;
    Ok(stored)
}

async fn add(ctx: &Ctx, tx: &Tx, right: &Coordinator, input: &ChangePolicy) -> Result<StoredPolicy> {
    let not_found = || Refusal::new(Code::NotFound).at("key");
    let (programme, _) = input.key.split_once('/').ok_or_else(not_found)?;
    let known = programmes::latest_versions(tx, right.org()).await?;
    if known.iter().all(|version| version.key != programme) {
        return Err(not_found().into());
    }
    let edit = input.edit.as_ref().ok_or_else(not_found)?;
    let (definition, digest) = document(&edit.apply(None, &input.key, ctx.locale)?)?;
    let stored = StoredPolicy {
        id: ctx.new_id(),
        key: input.key.clone(),
        programme_key: programme.to_owned(),
        version: 1,
        active: input.active.unwrap_or(true),
        digest,
        definition,
        effective_from: ctx.now,
    };
    programmes::insert_policy(tx, right.org(), &stored, ctx.now).await?;
    Ok(stored)
}

/// Lets a rule count from anchors that lie behind.
async fn reach_back(ctx: &Ctx, tx: &Tx, right: &Coordinator, stored: &StoredPolicy) -> Result<StoredPolicy> {
    let mut reaching = StoredPolicy { effective_from: DateTime::UNIX_EPOCH, ..stored.clone() };
    programmes::update_policy(tx, right.org(), &reaching, ctx.now).await?;
    reaching.version += 1;
    Ok(reaching)
}
