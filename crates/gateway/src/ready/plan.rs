//! What was asked of a subtree, compiled once per request.

use std::collections::HashMap;

use async_graphql::parser::types::{Field, FragmentDefinition, Selection, SelectionSet};
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, Name, Positioned, Value};

/// The selected fields of one object, in the order asked; empty for a scalar or an enum.
#[derive(Debug, Default)]
pub struct Plan {
    fields: Vec<Planned>,
}

#[derive(Debug)]
struct Planned {
    key: Name,
    /// `"key":`, ready to be copied.
    lead: Box<[u8]>,
    what: What,
}

#[derive(Debug)]
enum What {
    TypeName,
    Field(u16, Plan),
}

/// What compiling needs to know of the request: its fragments, and which types an interface or union holds.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    registry: &'a Registry,
}

impl<'a> Scope<'a> {
    /// The scope of a running request.
    #[must_use]
    pub fn of(ctx: &ContextSelectionSet<'a>) -> Self {
        Self { fragments: &ctx.query_env.fragments, registry: &ctx.schema_env.registry }
    }

    fn applies(&self, condition: &str, type_name: &str) -> bool {
        condition == type_name
            || self.registry.types.get(condition).is_some_and(|ty| ty.is_possible_type(type_name))
    }
}

/// All selections that share one response key: they are answered by one field with merged sub-selections.
struct Merged<'a> {
    field: &'a Field,
    sets: Vec<&'a SelectionSet>,
}

#[derive(Default)]
struct Collected<'a> {
    order: Vec<Merged<'a>>,
    by_key: HashMap<&'a str, usize>,
}

impl<'a> Collected<'a> {
    /// False when a selection needs a real resolver.
    fn add(&mut self, set: &'a SelectionSet, type_name: &str, scope: &Scope<'a>) -> bool {
        set.items.iter().all(|selection| match &selection.node {
            Selection::Field(field) => self.add_field(&field.node),
            Selection::InlineFragment(fragment) => {
                let fragment = &fragment.node;
                let condition = fragment.type_condition.as_ref().map(|c| c.node.on.node.as_str());
                fragment.directives.is_empty()
                    && (condition.is_some_and(|c| !scope.applies(c, type_name))
                        || self.add(&fragment.selection_set.node, type_name, scope))
            }
            Selection::FragmentSpread(spread) => {
                let Some(fragment) = scope.fragments.get(&spread.node.fragment_name.node) else {
                    return false;
                };
                let fragment = &fragment.node;
                spread.node.directives.is_empty()
                    && (!scope.applies(&fragment.type_condition.node.on.node, type_name)
                        || self.add(&fragment.selection_set.node, type_name, scope))
            }
        })
    }

    fn add_field(&mut self, field: &'a Field) -> bool {
        if !field.arguments.is_empty() || !field.directives.is_empty() {
            return false;
        }
        let index = *self.by_key.entry(field.response_key().node.as_str()).or_insert_with(|| {
            self.order.push(Merged { field, sets: Vec::new() });
            self.order.len() - 1
        });
        self.order[index].sets.push(&field.selection_set.node);
        true
    }
}

impl Plan {
    /// The plan of a scalar or an enum.
    #[must_use]
    pub fn leaf() -> Self {
        Self::default()
    }

    /// Compiles the selections on an object. `field` turns a GraphQL field name into its number and the plan of
    /// its value. None when something needs an ordinary resolver.
    pub fn object<'a>(
        type_name: &str,
        sets: &[&'a SelectionSet],
        scope: &Scope<'a>,
        field: impl Fn(&str, &[&'a SelectionSet], &Scope<'a>) -> Option<(u16, Self)>,
    ) -> Option<Self> {
        let mut collected = Collected::default();
        if !sets.iter().all(|set| collected.add(set, type_name, scope)) {
            return None;
        }
        let fields = collected.order.iter().map(|merged| {
            let key = merged.field.response_key().node.clone();
            let name = merged.field.name.node.as_str();
            let what = if name == "__typename" {
                What::TypeName
            } else {
                let (number, plan) = field(name, &merged.sets, scope)?;
                What::Field(number, plan)
            };
            // A response key is a GraphQL name: nothing in it needs escaping.
            Some(Planned { lead: format!("\"{key}\":").into_bytes().into(), key, what })
        });
        Some(Self { fields: fields.collect::<Option<_>>()? })
    }

    /// Writes an object as JSON text; `field` writes the value of the field with that number.
    pub fn write(&self, type_name: &str, out: &mut Vec<u8>, mut field: impl FnMut(u16, &Self, &mut Vec<u8>)) {
        out.push(b'{');
        for (index, planned) in self.fields.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            out.extend_from_slice(&planned.lead);
            match &planned.what {
                What::TypeName => {
                    out.push(b'"');
                    out.extend_from_slice(type_name.as_bytes());
                    out.push(b'"');
                }
                What::Field(number, plan) => field(*number, plan, out),
            }
        }
        out.push(b'}');
    }

    /// The same object as a value that async-graphql can merge.
    pub fn value(&self, type_name: &str, mut field: impl FnMut(u16, &Self) -> Value) -> Value {
        Value::Object(
            self.fields
                .iter()
                .map(|planned| {
                    let value = match &planned.what {
                        What::TypeName => Value::String(type_name.to_owned()),
                        What::Field(number, plan) => field(*number, plan),
                    };
                    (planned.key.clone(), value)
                })
                .collect(),
        )
    }
}
