//! What an operation may cost, before it runs.

use std::collections::HashMap;

use async_graphql::parser::types::{
    BaseType, ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet, Type,
};
use async_graphql::{Value as ConstValue, Variables};
use async_graphql_value::Value;

use super::Limits;
use crate::http::types::{Types, base_name};

/// The page size of a connection that is asked for without `first` or `last`.
const DEFAULT_PAGE: u64 = crate::relay::DEFAULT_PAGE_SIZE as u64;

/// How many items a list that has no pages is taken to have.
const PLAIN_LIST: u64 = 10;

/// An estimate of the work one operation asks for; stands in `extensions.cost` of the answer.
///
/// Every field costs one. What stands below a field with `first` or `last` counts as many times as rows were asked
/// for; below a connection without either, 25 times; below a field with a list of `ids`, once per id; below any other
/// list, 10 times. The estimate looks at the document and the schema only, so a client can work it out by hand.
/// Introspection counts each field once: its nesting is bounded by the shape of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Fields that may have to be answered.
    pub complexity: u64,
    /// Levels of fields.
    pub depth: u64,
}

impl Cost {
    /// Estimates an operation of a document that [`super::shape`] has accepted.
    pub(crate) fn of(
        document: &ExecutableDocument,
        operation: &OperationDefinition,
        variables: &Variables,
        types: &Types,
    ) -> Self {
        let mut count = Count { document, operation, variables, types, fragments: HashMap::new() };
        count.set(types.root(operation.ty), &operation.selection_set.node)
    }

    /// As it stands in `extensions.cost`.
    pub(crate) fn stated(self, limits: &Limits) -> serde_json::Value {
        serde_json::json!({
            "complexity": self.complexity,
            "complexityLimit": limits.complexity,
            "depth": self.depth,
            "depthLimit": limits.depth,
        })
    }

    /// Refuses what is above the limits, with the figures.
    pub(crate) fn check(self, limits: &Limits) -> Result<(), String> {
        if self.depth > limits.depth as u64 {
            return Err(format!(
                "The query is {} levels deep; at most {} are allowed.",
                self.depth, limits.depth
            ));
        }
        if self.complexity > limits.complexity as u64 {
            return Err(format!(
                "The query costs {}; at most {} is allowed. Ask for smaller pages (`first`) or fewer fields.",
                self.complexity, limits.complexity
            ));
        }
        Ok(())
    }
}

struct Count<'a> {
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    variables: &'a Variables,
    types: &'a Types,
    fragments: HashMap<&'a str, Cost>,
}

impl<'a> Count<'a> {
    fn set(&mut self, on: &'a str, set: &'a SelectionSet) -> Cost {
        let mut sum = Cost { complexity: 0, depth: 0 };
        for selection in &set.items {
            let part = match &selection.node {
                Selection::Field(field) => self.field(on, &field.node),
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref().map(|c| c.node.on.node.as_str());
                    self.set(condition.unwrap_or(on), &fragment.node.selection_set.node)
                }
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node),
            };
            sum.complexity = sum.complexity.saturating_add(part.complexity);
            sum.depth = sum.depth.max(part.depth);
        }
        sum
    }

    fn fragment(&mut self, name: &'a str) -> Cost {
        if let Some(cost) = self.fragments.get(name) {
            return *cost;
        }
        let cost = match self.document.fragments.get(name) {
            Some(fragment) => {
                let condition = fragment.node.type_condition.node.on.node.as_str();
                self.set(condition, &fragment.node.selection_set.node)
            }
            None => Cost { complexity: 0, depth: 0 },
        };
        self.fragments.insert(name, cost);
        cost
    }

    fn field(&mut self, on: &'a str, field: &'a Field) -> Cost {
        let ty = self.types.of(on, &field.name.node);
        let below = self.set(ty.map_or("", |ty| base_name(&ty.base)), &field.selection_set.node);
        Cost {
            complexity: below.complexity.saturating_mul(self.rows(on, field, ty)).saturating_add(1),
            depth: below.depth + 1,
        }
    }

    /// How many times the selections below a field may have to be answered.
    fn rows(&self, on: &str, field: &Field, ty: Option<&Type>) -> u64 {
        let argument = |name: &str| {
            let value = &field.get_argument(name)?.node;
            self.constant(value, |constant| match constant {
                ConstValue::Number(number) => Some(number.as_u64().unwrap_or(0).max(1)),
                ConstValue::List(items) => Some((items.len() as u64).max(1)),
                _ => None,
            })
        };
        let asked = argument("first").or_else(|| argument("last")).or_else(|| argument("ids"));
        asked.unwrap_or_else(|| match ty.map(|ty| &ty.base) {
            Some(BaseType::Named(name)) if self.types.is_connection(name) => DEFAULT_PAGE,
            // The connection has counted its edges and nodes.
            Some(BaseType::List(_)) if !self.types.is_connection(on) => PLAIN_LIST,
            _ => 1,
        })
    }

    /// Looks at an argument's value, be it written out, a variable or a variable's default.
    fn constant<T>(&self, value: &Value, look: impl Fn(&ConstValue) -> Option<T>) -> Option<T> {
        match value {
            Value::Variable(name) => self.variables.get(name).and_then(&look).or_else(|| {
                let definitions = &self.operation.variable_definitions;
                let definition = definitions.iter().find(|definition| definition.node.name.node == *name)?;
                look(definition.node.default_value()?)
            }),
            // A list that mixes variables and literals has as many items either way.
            Value::List(items) => look(&ConstValue::List(vec![ConstValue::Null; items.len()])),
            other => look(&other.clone().into_const()?),
        }
    }
}
