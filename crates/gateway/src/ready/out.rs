//! What a complete value must be able to do.

use std::sync::Arc;

use async_graphql::Value;
use async_graphql::parser::types::SelectionSet;

use super::{Plan, Scope};

/// A value that writes itself by a [`Plan`]. Derived for objects by [`node!`](crate::node), for enums by
/// [`enum_out!`](crate::enum_out).
pub trait Out: Send + Sync {
    /// Compiles the selections; None when something needs an ordinary resolver.
    fn compile<'a>(sets: &[&'a SelectionSet], scope: &Scope<'a>) -> Option<Plan>;

    /// Appends the JSON text.
    fn write(&self, plan: &Plan, out: &mut Vec<u8>);

    /// The same as a value, for documents whose response keys must be merged from several resolvers.
    fn value(&self, plan: &Plan) -> Value;
}

impl<T: Out> Out for Option<T> {
    fn compile<'a>(sets: &[&'a SelectionSet], scope: &Scope<'a>) -> Option<Plan> {
        T::compile(sets, scope)
    }

    fn write(&self, plan: &Plan, out: &mut Vec<u8>) {
        match self {
            Some(value) => value.write(plan, out),
            None => out.extend_from_slice(b"null"),
        }
    }

    fn value(&self, plan: &Plan) -> Value {
        self.as_ref().map_or(Value::Null, |value| value.value(plan))
    }
}

impl<T: Out> Out for Vec<T> {
    fn compile<'a>(sets: &[&'a SelectionSet], scope: &Scope<'a>) -> Option<Plan> {
        T::compile(sets, scope)
    }

    fn write(&self, plan: &Plan, out: &mut Vec<u8>) {
        out.push(b'[');
        for (index, item) in self.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            item.write(plan, out);
        }
        out.push(b']');
    }

    fn value(&self, plan: &Plan) -> Value {
        Value::List(self.iter().map(|item| item.value(plan)).collect())
    }
}

macro_rules! pointer {
    ($($pointer:ty),+) => { $(
        impl<T: Out + ?Sized> Out for $pointer {
            fn compile<'a>(sets: &[&'a SelectionSet], scope: &Scope<'a>) -> Option<Plan> {
                T::compile(sets, scope)
            }

            fn write(&self, plan: &Plan, out: &mut Vec<u8>) {
                (**self).write(plan, out);
            }

            fn value(&self, plan: &Plan) -> Value {
                (**self).value(plan)
            }
        }
    )+ };
}

pointer!(Arc<T>, Box<T>, &T);
