//! Puts `null` where a field failed.
//!
//! The engine leaves a failed field out of `data`. The specification wants `null` there, or, where the field may not
//! be null, in the nearest place above that may be. Runs only for answers with errors.

use std::collections::HashMap;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, ExecutableDocument, FieldDefinition, OperationDefinition, OperationType, Selection,
    SelectionSet, ServiceDocument, Type, TypeKind, TypeSystemDefinition,
};
use async_graphql::{PathSegment, Positioned, Response, Value};

/// The types of the schema's fields.
#[derive(Debug, Default)]
pub(crate) struct Types {
    fields: HashMap<String, HashMap<String, Type>>,
    query: String,
    mutation: String,
    subscription: String,
}

impl Types {
    /// Reads them from the schema's own SDL.
    pub(crate) fn of_sdl(sdl: &str) -> Self {
        let mut types = Self {
            query: "Query".to_owned(),
            mutation: "Mutation".to_owned(),
            subscription: "Subscription".to_owned(),
            ..Self::default()
        };
        match parse_schema(sdl) {
            Ok(document) => types.read(document),
            Err(error) => {
                tracing::warn!(%error, "the schema's own text cannot be read: failed fields stay left out");
            }
        }
        types
    }

    fn read(&mut self, document: ServiceDocument) {
        for definition in document.definitions {
            match definition {
                TypeSystemDefinition::Schema(schema) => {
                    let name = |name: Option<Positioned<async_graphql::Name>>| {
                        name.map(|name| name.node.to_string())
                    };
                    self.query = name(schema.node.query).unwrap_or_default();
                    self.mutation = name(schema.node.mutation).unwrap_or_default();
                    self.subscription = name(schema.node.subscription).unwrap_or_default();
                }
                TypeSystemDefinition::Type(definition) => {
                    let fields = match definition.node.kind {
                        TypeKind::Object(object) => object.fields,
                        TypeKind::Interface(interface) => interface.fields,
                        _ => continue,
                    };
                    let typed = |field: Positioned<FieldDefinition>| {
                        (field.node.name.node.to_string(), field.node.ty.node)
                    };
                    let fields = fields.into_iter().map(typed).collect();
                    self.fields.insert(definition.node.name.node.to_string(), fields);
                }
                TypeSystemDefinition::Directive(_) => {}
            }
        }
    }

    /// Completes the data of an answer with errors.
    pub(crate) fn complete(
        &self,
        response: &mut Response,
        document: &ExecutableDocument,
        operation: &OperationDefinition,
    ) {
        let mut places: Vec<&[PathSegment]> = response
            .errors
            .iter()
            .filter(|error| !error.path.is_empty())
            .map(|error| self.place(&error.path, &response.data, document, operation))
            .collect();
        // What became null above swallows what failed below it.
        places.sort_by_key(|place| place.len());
        let mut done: Vec<&[PathSegment]> = Vec::new();
        for place in places {
            if !done.iter().any(|above| place.starts_with(above)) {
                put_null(&mut response.data, place);
                done.push(place);
            }
        }
    }

    /// The nearest place at or above a failed field that may be null.
    fn place<'p>(
        &self,
        path: &'p [PathSegment],
        data: &Value,
        document: &ExecutableDocument,
        operation: &OperationDefinition,
    ) -> &'p [PathSegment] {
        let mut parent = match operation.ty {
            OperationType::Query => self.query.as_str(),
            OperationType::Mutation => self.mutation.as_str(),
            OperationType::Subscription => self.subscription.as_str(),
        };
        let mut sets = vec![&operation.selection_set.node];
        let mut ty: Option<&Type> = None;
        let mut data = Some(data);
        let mut nullable = 0;
        for (index, segment) in path.iter().enumerate() {
            match segment {
                PathSegment::Field(key) => {
                    let Some((found, below)) = self.field(parent, key, &sets, document) else { break };
                    (ty, sets) = (Some(found), below);
                    data = data.and_then(|data| match data {
                        Value::Object(fields) => fields.get(key.as_str()),
                        _ => None,
                    });
                }
                PathSegment::Index(at) => {
                    ty = match ty.map(|ty| &ty.base) {
                        Some(BaseType::List(item)) => Some(item),
                        _ => break,
                    };
                    // A list that was left out altogether cannot hold a null.
                    let Some(Value::List(items)) = data else { break };
                    data = items.get(*at);
                }
            }
            let Some(ty) = ty else { break };
            if ty.nullable {
                nullable = index + 1;
            }
            parent = base_name(&ty.base);
        }
        &path[..nullable]
    }

    /// The type of the field with a response key, and what is selected below it.
    fn field<'s>(
        &self,
        parent: &str,
        key: &str,
        sets: &[&'s SelectionSet],
        document: &'s ExecutableDocument,
    ) -> Option<(&Type, Vec<&'s SelectionSet>)> {
        let mut found = None;
        let mut below = Vec::new();
        let mut open: Vec<(&str, &'s SelectionSet)> = sets.iter().map(|set| (parent, *set)).collect();
        while let Some((on, set)) = open.pop() {
            for selection in &set.items {
                match &selection.node {
                    Selection::Field(field) if field.node.response_key().node == key => {
                        let ty =
                            self.fields.get(on).and_then(|fields| fields.get(field.node.name.node.as_str()));
                        found = found.or(ty);
                        below.push(&field.node.selection_set.node);
                    }
                    Selection::Field(_) => {}
                    Selection::InlineFragment(fragment) => {
                        let condition =
                            fragment.node.type_condition.as_ref().map(|c| c.node.on.node.as_str());
                        open.push((condition.unwrap_or(on), &fragment.node.selection_set.node));
                    }
                    Selection::FragmentSpread(spread) => {
                        if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                            let condition = fragment.node.type_condition.node.on.node.as_str();
                            open.push((condition, &fragment.node.selection_set.node));
                        }
                    }
                }
            }
        }
        found.map(|ty| (ty, below))
    }
}

fn base_name(base: &BaseType) -> &str {
    match base {
        BaseType::Named(name) => name,
        BaseType::List(item) => base_name(&item.base),
    }
}

/// Sets a place to null. An object whose fields all failed was left out as well: it comes back.
fn put_null(data: &mut Value, place: &[PathSegment]) {
    let Some((segment, rest)) = place.split_first() else {
        *data = Value::Null;
        return;
    };
    match segment {
        PathSegment::Field(key) => {
            if *data == Value::Null {
                *data = Value::Object(Default::default());
            }
            if let Value::Object(fields) = data {
                put_null(fields.entry(async_graphql::Name::new(key)).or_insert(Value::Null), rest);
            }
        }
        PathSegment::Index(index) => {
            if let Value::List(items) = data
                && let Some(item) = items.get_mut(*index)
            {
                put_null(item, rest);
            }
        }
    }
}
