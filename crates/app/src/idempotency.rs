//! Safe retries: a key that the caller chose is written in the transaction of what it protects, so that the same call
//! sent twice happens once.

use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use varde_model::ids::{AccountId, OrganisationId};
use varde_persistence::{Tx, idempotency};

use crate::{
    Code, Ctx, Refusal, Result,
    access::{Actor, Coordinator},
};

/// A key with what it was sent for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    account: AccountId,
    key: String,
    operation: &'static str,
    digest: String,
}

/// What to do with a call.
#[derive(Debug)]
pub enum Once {
    /// It comes for the first time: run it in this context, which writes the key with it.
    Run(Box<Ctx>),
    /// It was done before: answer with what stands.
    Replay,
}

/// Looks a key up. Without a key the call simply runs.
///
/// # Errors
/// Refused: the key was used with another input, or is longer than 200 characters.
pub async fn once(
    ctx: &Ctx,
    right: &Coordinator,
    key: Option<&str>,
    operation: &'static str,
    input: &Value,
) -> Result<Once> {
    let (Some(key), Actor::Account(account)) = (key, right.actor()) else {
        return Ok(Once::Run(Box::new(ctx.clone())));
    };
    let key = crate::input::text("idempotencyKey", key, 200)?;
    let digest: String =
        Sha256::digest(input.to_string().as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let wanted = Key { account, key, operation, digest };
    match idempotency::find(ctx.store(), right.org(), account, &wanted.key).await? {
        None => {
            let mut ctx = ctx.clone();
            ctx.idempotency = Some(wanted);
            Ok(Once::Run(Box::new(ctx)))
        }
        Some(used) if used.operation == operation && used.digest == wanted.digest => Ok(Once::Replay),
        Some(_) => Err(Refusal::new(Code::IdempotencyKeyReused).at("idempotencyKey").into()),
    }
}

/// Writes the key of the context, if it has one. Two calls with the same key at once: the second finds it taken, and
/// nothing of it is kept.
pub(crate) async fn keep(ctx: &Ctx, tx: &Tx, org: OrganisationId) -> Result<()> {
    if ctx.idempotency.is_none() {
        return Ok(());
    }
    keep_as(ctx, tx, org, ctx.new_id()).await
}

/// The same, under the id of what the call begins, so that a repetition finds it.
pub(crate) async fn keep_as(ctx: &Ctx, tx: &Tx, org: OrganisationId, id: Uuid) -> Result<()> {
    let Some(key) = &ctx.idempotency else { return Ok(()) };
    let row = idempotency::Used { operation: key.operation.to_owned(), digest: key.digest.clone() };
    match idempotency::insert(tx, org, id, key.account, &key.key, &row, ctx.now).await {
        Err(fault) if fault.is_unique_violation() => {
            Err(Refusal::new(Code::Conflict).at("idempotencyKey").into())
        }
        other => Ok(other?),
    }
}
