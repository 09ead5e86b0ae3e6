//! Response keys that several selections share above a [`Ready`](super::Ready).
//!
//! `{ cohort(id: 1) { id } cohort(id: 1) { name } }` is resolved twice and merged by async-graphql, which can merge
//! values but not finished text. Where a key is split, everything below answers with values instead.

use std::collections::{HashMap, HashSet};

use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};
use async_graphql::{ContextSelectionSet, QueryPathSegment};

/// The response paths at which a key with sub-selections stands more than once. Found once per document.
///
/// Put an `Arc` of it into the request's data only when the response is written by this crate's writer: it is
/// what allows [`Ready`](super::Ready) to answer with text. Without it, values are used, which are right anywhere.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct SplitKeys(HashSet<Vec<Box<str>>>);

impl SplitKeys {
    /// Walks all operations. The document must be free of fragment cycles and bounded in expanded size
    /// (see [`crate::http::limits`]). Type conditions, `@skip` and `@include` are ignored: better a value too many.
    #[must_use]
    pub fn of(document: &ExecutableDocument) -> Self {
        let mut found = Self::default();
        for (_, operation) in document.operations.iter() {
            found.walk(document, &operation.node.selection_set.node, &mut Vec::new());
        }
        found
    }

    fn walk<'a>(&mut self, document: &'a ExecutableDocument, set: &'a SelectionSet, path: &mut Vec<&'a str>) {
        let mut fields: HashMap<&str, (usize, &SelectionSet)> = HashMap::new();
        collect(document, set, &mut fields);
        for (key, (count, set)) in fields {
            path.push(key);
            if count > 1 {
                self.0.insert(path.iter().map(|key| Box::from(*key)).collect());
            } else {
                self.walk(document, set, path);
            }
            path.pop();
        }
    }

    fn covers(&self, path: &[Box<str>]) -> bool {
        (1..=path.len()).any(|length| self.0.contains(&path[..length]))
    }
}

/// Counts each response key with sub-selections; a fragment spread twice counts twice, as it is resolved twice.
fn collect<'a>(
    document: &'a ExecutableDocument,
    set: &'a SelectionSet,
    fields: &mut HashMap<&'a str, (usize, &'a SelectionSet)>,
) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) if field.node.selection_set.node.items.is_empty() => {}
            Selection::Field(field) => {
                let key = field.node.response_key().node.as_str();
                fields.entry(key).or_insert((0, &field.node.selection_set.node)).0 += 1;
            }
            Selection::InlineFragment(fragment) => {
                collect(document, &fragment.node.selection_set.node, fields);
            }
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    collect(document, &fragment.node.selection_set.node, fields);
                }
            }
        }
    }
}

/// Whether the field being resolved may answer with text.
pub(super) fn may_splice(ctx: &ContextSelectionSet<'_>) -> bool {
    let Some(split) = ctx.data_opt::<std::sync::Arc<SplitKeys>>() else {
        return false;
    };
    if split.0.is_empty() {
        return true;
    }
    let mut path: Vec<Box<str>> = Vec::new();
    let mut node = ctx.path_node.as_ref();
    while let Some(current) = node {
        if let QueryPathSegment::Name(name) = current.segment {
            path.push(name.into());
        }
        node = current.parent;
    }
    path.reverse();
    !split.covers(&path)
}
