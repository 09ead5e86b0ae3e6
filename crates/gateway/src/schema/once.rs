//! Mutations whose repetition would seat somebody or send mail twice: the same key and input runs once.

use async_graphql::Context;
use serde::Serialize;
use varde_app::{Ctx, Error, access::Coordinator, idempotency};

use super::Caller;

pub(crate) use varde_app::idempotency::Once;

/// Looks the caller's key up. The input is what the key stands for.
pub(crate) async fn once(
    context: &Context<'_>,
    right: &Coordinator,
    operation: &'static str,
    key: Option<&str>,
    input: &impl Serialize,
) -> Result<Once, Error> {
    let ctx: &Ctx = &Caller::of(context).ctx;
    let input = serde_json::to_value(input).map_err(Error::internal)?;
    idempotency::once(ctx, right, key, operation, &input).await
}
