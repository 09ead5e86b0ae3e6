//! Scalars: the same text as async-graphql's own scalars give.

use async_graphql::parser::types::SelectionSet;
use async_graphql::{ID, Value};
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::{Out, Plan, Scope};

/// Appends a value's JSON text.
fn put(value: &(impl Serialize + ?Sized), out: &mut Vec<u8>) {
    let start = out.len();
    // Writing numbers and text into memory cannot fail; a half-written value must not remain if it ever did.
    if serde_json::to_writer(&mut *out, value).is_err() {
        out.truncate(start);
        out.extend_from_slice(b"null");
    }
}

macro_rules! leaf {
    ($($ty:ty: |$this:ident, $out:ident| $write:expr, $value:expr;)+) => { $(
        impl Out for $ty {
            fn compile<'a>(_sets: &[&'a SelectionSet], _scope: &Scope<'a>) -> Option<Plan> {
                Some(Plan::leaf())
            }

            fn write(&self, _plan: &Plan, $out: &mut Vec<u8>) {
                let $this = self;
                $write;
            }

            fn value(&self, _plan: &Plan) -> Value {
                let $this = self;
                $value
            }
        }
    )+ };
}

leaf! {
    bool: |this, out| out.extend_from_slice(if *this { b"true" } else { b"false" }), Value::Boolean(*this);
    i8: |this, out| put(this, out), Value::from(*this);
    i16: |this, out| put(this, out), Value::from(*this);
    i32: |this, out| put(this, out), Value::from(*this);
    i64: |this, out| put(this, out), Value::from(*this);
    u8: |this, out| put(this, out), Value::from(*this);
    u16: |this, out| put(this, out), Value::from(*this);
    u32: |this, out| put(this, out), Value::from(*this);
    u64: |this, out| put(this, out), Value::from(*this);
    f64: |this, out| put(this, out), Value::from(*this);
    str: |this, out| put(this, out), Value::String(this.to_owned());
    String: |this, out| put(this, out), Value::String(this.clone());
    ID: |this, out| put(this.0.as_str(), out), Value::String(this.0.clone());
    Uuid: |this, out| put(this.hyphenated().encode_lower(&mut Uuid::encode_buffer()), out),
        Value::String(this.to_string());
    DateTime<Utc>: |this, out| put(&this.to_rfc3339(), out), Value::String(this.to_rfc3339());
}

/// Lets GraphQL enums stand inside a [`Ready`](crate::ready::Ready): `enum_out!(Status, Role);`
#[macro_export]
macro_rules! enum_out {
    ($($ty:ty),+ $(,)?) => { $(
        impl $crate::ready::Out for $ty {
            fn compile<'a>(
                _sets: &[&'a ::async_graphql::parser::types::SelectionSet],
                _scope: &$crate::ready::Scope<'a>,
            ) -> ::core::option::Option<$crate::ready::Plan> {
                ::core::option::Option::Some($crate::ready::Plan::leaf())
            }

            fn write(&self, _plan: &$crate::ready::Plan, out: &mut ::std::vec::Vec<u8>) {
                let name = <Self as ::async_graphql::resolver_utils::EnumType>::items()
                    .iter()
                    .find(|item| item.value == *self)
                    .map_or("", |item| item.name);
                out.push(b'"');
                out.extend_from_slice(name.as_bytes());
                out.push(b'"');
            }

            fn value(&self, _plan: &$crate::ready::Plan) -> ::async_graphql::Value {
                ::async_graphql::resolver_utils::enum_value(*self)
            }
        }
    )+ };
}
