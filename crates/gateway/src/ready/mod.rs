//! Lists and pages that answer in one synchronous pass.
//!
//! async-graphql resolves each field through a boxed future: about half a microsecond a field, which on a
//! nested page is most of the request. [`Ready`] wraps a result that is already complete: it writes the JSON
//! text of the whole subtree itself. The schema, introspection and validation are those of the wrapped type.
//!
//! What may be asked of the subtree is compiled once per request into a [`Plan`]. When something in it needs a
//! real resolver (an argument, a custom directive, a `ComplexObject` field), `Ready` steps aside and the
//! ordinary resolvers of the type answer: it changes the speed, never the result.
//!
//! Field guards do not run inside the subtree: authorise in the resolver that returns the `Ready`.

mod leaves;
mod node;
mod out;
mod plan;
mod split;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, OutputType, Positioned, ServerResult, Value};

#[doc(hidden)]
pub use node::same_name;
pub use out::Out;
pub use plan::{Plan, Scope};
pub use split::SplitKeys;

/// A complete result, written without a resolver per field.
#[derive(Debug, Clone)]
pub struct Ready<T>(pub T);

impl<T: Out + OutputType> OutputType for Ready<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn qualified_type_name() -> String {
        T::qualified_type_name()
    }

    fn introspection_type_name(&self) -> Cow<'static, str> {
        self.0.introspection_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        let scope = Scope::of(ctx);
        let Some(plan) = T::compile(&[&ctx.item.node], &scope) else {
            return Box::pin(self.0.resolve(ctx, field)).await;
        };
        if !split::may_splice(ctx) {
            return Ok(self.0.value(&plan));
        }
        let mut text = Vec::with_capacity(4 * 1024);
        self.0.write(&plan, &mut text);
        if text == b"null" {
            return Ok(Value::Null);
        }
        // `Binary` cannot come from a client's input, so nobody can forge text that is spliced unread.
        Ok(Value::Binary(text.into()))
    }
}
