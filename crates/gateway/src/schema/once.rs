//! Mutations whose repetition would seat somebody or send mail twice: the same key and input runs once, and is
//! answered alike each time.

use async_graphql::{Context, InputType, Value};
use varde_app::{Ctx, Error, idempotency};

pub(crate) use varde_app::idempotency::Kept;

use super::Caller;

/// Runs a call, or answers from what was kept when it was done before. The key stands for the whole input.
pub(crate) async fn once<T, Running, Replaying>(
    context: &Context<'_>,
    operation: &'static str,
    key: Option<&str>,
    input: serde_json::Value,
    run: impl FnOnce(Ctx) -> Running,
    replay: impl FnOnce(Kept) -> Replaying,
) -> Result<T, Error>
where
    Running: Future<Output = Result<T, Error>>,
    Replaying: Future<Output = Result<T, Error>>,
{
    let caller = Caller::of(context);
    let call = idempotency::Call { key, operation, input: &input };
    idempotency::once(&caller.ctx, &caller.signed_in()?, call, run, replay).await
}

/// An input as a key stands for it: every field as the schema reads it, with what was left out filled in, but for the
/// key itself.
pub(crate) fn fingerprint(input: &impl InputType) -> Result<serde_json::Value, Error> {
    let mut value = input.to_value();
    if let Value::Object(fields) = &mut value {
        fields.shift_remove("idempotencyKey");
    }
    value.into_json().map_err(Error::internal)
}
