//! Ids that are worked out when they are written: most documents ask for few of a page's ids.

use std::borrow::Cow;

use async_graphql::{
    ContextSelectionSet, ID, OutputType, Positioned, ServerResult, Value,
    parser::types::{Field, SelectionSet},
    registry::Registry,
};
use uuid::Uuid;

use crate::{
    ready::{Out, Plan, Scope},
    relay,
};

/// The permanent id of an object of a named type; an `ID` as clients see it.
#[derive(Debug, Clone, Copy)]
pub struct LateId(pub(super) &'static str, pub(super) Uuid);

impl LateId {
    fn text(self) -> String {
        relay::encode(self.0, self.1).0
    }
}

impl OutputType for LateId {
    fn type_name() -> Cow<'static, str> {
        <ID as OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <ID as OutputType>::create_type_info(registry)
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::String(self.text()))
    }
}

impl Out for LateId {
    fn compile<'a>(_: &[&'a SelectionSet], _: &Scope<'a>) -> Option<Plan> {
        Some(Plan::leaf())
    }

    fn write(&self, plan: &Plan, out: &mut Vec<u8>) {
        self.text().write(plan, out);
    }

    fn value(&self, _: &Plan) -> Value {
        Value::String(self.text())
    }
}
