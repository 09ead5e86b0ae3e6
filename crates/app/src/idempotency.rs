//! Safe retries: a key that the caller chose is written in the transaction of what it protects, together with what is
//! needed to answer again. The same call sent twice happens once and is answered alike.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use varde_model::ids::{AccountId, OrganisationId};
use varde_persistence::{Tx, idempotency};

use crate::{
    Code, Ctx, Error, Refusal, Result, Warning,
    access::{Actor, SignedIn},
    post::Planned,
};

/// A key with what it was sent for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    account: AccountId,
    key: String,
    operation: &'static str,
    digest: String,
}

/// What a call came to, kept with its key: ids and codes, from which the answer is put together again. Objects are
/// shown as they stand; names and texts are never kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// What the answer is about, in its order; each use case says what lies where.
    pub ids: Vec<Uuid>,
    /// The mail that went out because of the call.
    pub mails: Vec<Planned>,
    /// The rows that were refused.
    pub refusals: Vec<Refusal>,
    /// What the answer warned of.
    #[serde(default)]
    pub warnings: Vec<Warning>,
    /// Who was passed over.
    #[serde(default)]
    pub left_out: Vec<Uuid>,
}

impl Kept {
    /// The answer is about these, and no mail went out.
    pub fn of(ids: impl IntoIterator<Item = Uuid>) -> Self {
        Self { ids: ids.into_iter().collect(), ..Self::default() }
    }

    /// Rows in the order in which the answer told of them, whatever order they were fetched in.
    pub(crate) fn in_order<T>(&self, mut rows: Vec<T>, id: impl Fn(&T) -> Uuid) -> Vec<T> {
        rows.sort_by_key(|row| self.ids.iter().position(|told| *told == id(row)));
        rows
    }

    /// The same, with the mail that went out.
    #[must_use]
    pub fn with_mails(self, mails: &[Planned]) -> Self {
        Self { mails: mails.to_vec(), ..self }
    }
}

/// A call with its key, if it has one.
#[derive(Debug)]
pub struct Call<'a> {
    /// The caller's key.
    pub key: Option<&'a str>,
    /// The mutation.
    pub operation: &'static str,
    /// The whole input except the key.
    pub input: &'a Value,
}

/// Runs a call, in a context that writes the key; or answers from what was kept when it was done before. Of two such
/// calls at once, one acts: the other fails on the first one's lock, its work or its key, and is then answered from
/// what the first one kept.
///
/// # Errors
/// Refused: the key was used with another input, or is longer than 200 characters; whatever the call is refused for.
pub async fn once<T, Running, Replaying>(
    ctx: &Ctx,
    right: &SignedIn,
    call: Call<'_>,
    run: impl FnOnce(Ctx) -> Running,
    replay: impl FnOnce(Kept) -> Replaying,
) -> Result<T>
where
    Running: Future<Output = Result<T>>,
    Replaying: Future<Output = Result<T>>,
{
    let (Some(key), Actor::Account(account)) = (call.key, right.actor()) else {
        return run(ctx.clone()).await;
    };
    let key = crate::input::text("idempotencyKey", key, 200)?;
    let digest: String =
        Sha256::digest(call.input.to_string().as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let wanted = Key { account, key, operation: call.operation, digest };
    if let Some(kept) = look_up(ctx, right, &wanted).await? {
        return replay(kept).await;
    }
    let mut own = ctx.clone();
    own.idempotency = Some(wanted.clone());
    match run(own).await {
        Err(error @ Error::Refused(_)) => match look_up(ctx, right, &wanted).await? {
            Some(kept) => replay(kept).await,
            None => Err(error),
        },
        other => other,
    }
}

async fn look_up(ctx: &Ctx, right: &SignedIn, wanted: &Key) -> Result<Option<Kept>> {
    match idempotency::find(ctx.store(), right.org(), wanted.account, &wanted.key).await? {
        None => Ok(None),
        Some(used) if used.operation == wanted.operation && used.digest == wanted.digest => {
            Ok(Some(serde_json::from_value(used.outcome).map_err(Error::internal)?))
        }
        Some(_) => Err(Refusal::new(Code::IdempotencyKeyReused).at("idempotencyKey").into()),
    }
}

/// Writes the key of the context, if it has one, with what the call came to. Two calls with the same key at once: the
/// second finds it taken, and nothing of it is kept.
pub(crate) async fn keep(ctx: &Ctx, tx: &Tx, org: OrganisationId, kept: &Kept) -> Result<()> {
    let Some(key) = &ctx.idempotency else { return Ok(()) };
    let outcome = serde_json::to_value(kept).map_err(Error::internal)?;
    let row = idempotency::Used { operation: key.operation.to_owned(), digest: key.digest.clone(), outcome };
    match idempotency::insert(tx, org, ctx.new_id(), key.account, &key.key, &row, ctx.now).await {
        Err(fault) if fault.is_unique_violation() => {
            Err(Refusal::new(Code::Conflict).at("idempotencyKey").into())
        }
        other => Ok(other?),
    }
}
