//! Puts `null` where a field failed.
//!
//! The engine leaves a failed field out of `data`. The specification wants `null` there, or, where the field may not
//! be null, in the nearest place above that may be. Runs only for answers with errors.

use async_graphql::parser::types::{
    BaseType, ExecutableDocument, OperationDefinition, Selection, SelectionSet, Type,
};
use async_graphql::{PathSegment, Response, Value};

use super::types::{Types, base_name};

impl Types {
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
        let mut parent = self.root(operation.ty);
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
                        found = found.or(self.of(on, &field.node.name.node));
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
