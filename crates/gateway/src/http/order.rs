//! The order in which fields were asked for.
//!
//! The engine puts fields down as their resolvers end; the specification wants them as the document names them.

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, Selection, SelectionSet};
use async_graphql::{Name, Value};

/// The response keys of a selection, each with what is asked below it. Type conditions are not looked at: a key that
/// several fragments ask for stands where the first of them names it.
#[derive(Debug, Default)]
pub(crate) struct Order(IndexMap<Name, Order>);

/// What stands below values in which nothing can be asked for.
static NONE: std::sync::LazyLock<Order> = std::sync::LazyLock::new(Order::default);

impl Order {
    /// The order of an operation whose document [`super::limits`] have accepted.
    pub(crate) fn of(document: &ExecutableDocument, operation: &OperationDefinition) -> Self {
        let mut order = Self::default();
        order.add(document, &operation.selection_set.node);
        order
    }

    fn add(&mut self, document: &ExecutableDocument, set: &SelectionSet) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    let key = field.node.response_key().node.clone();
                    self.0.entry(key).or_default().add(document, &field.node.selection_set.node);
                }
                Selection::InlineFragment(fragment) => self.add(document, &fragment.node.selection_set.node),
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                        self.add(document, &fragment.node.selection_set.node);
                    }
                }
            }
        }
    }

    /// The fields of an object in the order asked, each with the order of what is below it.
    pub(crate) fn sorted<'a>(
        &'a self,
        fields: &'a IndexMap<Name, Value>,
    ) -> Vec<(&'a Name, &'a Value, &'a Order)> {
        let mut expected = 0;
        let mut is_sorted = true;
        let mut placed = Vec::with_capacity(fields.len());
        for (key, value) in fields {
            let next = self
                .0
                .get_index(expected)
                .filter(|(name, _)| *name == key)
                .map(|(_, below)| (expected, below));
            let known = next.or_else(|| self.0.get_full(key).map(|(at, _, below)| (at, below)));
            let (at, below) = known.unwrap_or((usize::MAX, &NONE));
            is_sorted &= at >= expected;
            expected = at.saturating_add(1);
            placed.push((at, key, value, below));
        }
        if !is_sorted {
            placed.sort_by_key(|(at, ..)| *at);
        }
        placed.into_iter().map(|(_, key, value, below)| (key, value, below)).collect()
    }
}

impl Default for &Order {
    fn default() -> Self {
        &NONE
    }
}
