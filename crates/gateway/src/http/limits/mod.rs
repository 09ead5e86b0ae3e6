//! What a document may ask of the server, checked before anything expensive looks at it.
//!
//! 1. `tokens`: length and nesting of the text, before the parser (which recurses) sees it.
//! 2. `shape`: the size of the document with its fragments expanded, before the validator (which expands them).
//! 3. `cost`: an estimate of the work, by page sizes and lists, before anything is executed.
//! 4. `budget`: the work itself, counted while it is done.
//!
//! Each of the first three takes time linear in the text, so that a small hostile document is refused as fast as a good one is read.

mod budget;
pub(crate) mod cost;
pub(crate) mod shape;
pub(crate) mod tokens;

#[cfg(test)]
mod tests;

use async_graphql::SchemaBuilder;

pub use cost::Cost;

/// Bounds of one document. All are inclusive.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Tokens in the text.
    pub tokens: usize,
    /// Open braces, brackets and parentheses at any point of the text.
    pub nesting: usize,
    /// Levels of selections, through fragments; also the recursion of the engine.
    pub recursion: usize,
    /// Selections after expanding every fragment where it is spread.
    pub expanded: usize,
    /// Fields at the top of one operation, through fragments.
    pub root_fields: usize,
    /// Aliases.
    pub aliases: usize,
    /// Directives, wherever they stand.
    pub directives: usize,
    /// Directives on one field.
    pub directives_per_field: usize,
    /// Repetitions of a response key or a fragment spread within one selection set.
    pub duplicates: usize,
    /// Levels of fields. The usual introspection query has 15.
    pub depth: usize,
    /// Cost, in fields that may have to be answered (see [`Cost`]).
    pub complexity: usize,
    /// Fields and list items that are really answered.
    pub answered_fields: usize,
    /// Bytes of their names and values.
    pub answer_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            tokens: 20_000,
            nesting: 64,
            recursion: 48,
            expanded: 5_000,
            root_fields: 100,
            aliases: 400,
            directives: 200,
            directives_per_field: 10,
            duplicates: 100,
            depth: 20,
            complexity: 20_000,
            answered_fields: 100_000,
            answer_bytes: 32 * 1024 * 1024,
        }
    }
}

impl Limits {
    /// Sets the engine's own limits too: they hold also where a document reaches the schema by another way.
    #[must_use]
    pub fn apply<Q, M, S>(&self, builder: SchemaBuilder<Q, M, S>) -> SchemaBuilder<Q, M, S> {
        builder
            .limit_depth(self.depth)
            .limit_complexity(self.complexity)
            .limit_recursive_depth(self.recursion)
            .limit_directives(self.directives_per_field)
            .extension(budget::Budget { fields: self.answered_fields, bytes: self.answer_bytes })
    }
}
