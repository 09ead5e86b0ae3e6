//! The size of a parsed document with its fragments expanded.
//!
//! Fragments that each spread the next one twice double the validator's work per level: thirty levels are a
//! kilobyte of text and minutes of a core. Each fragment is measured once here and its size reused.

use std::collections::HashMap;

use async_graphql::parser::types::{
    Directive, ExecutableDocument, Field, FragmentDefinition, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Pos, Positioned, Value as ConstValue};
use async_graphql_value::Value;

use super::Limits;

/// Why a document was refused, and where.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) message: String,
    pub(crate) at: Option<Pos>,
}

/// Text that the engine takes for a reference to an uploaded file.
pub(crate) const UPLOAD_MARK: &str = "#__graphql_file__:";

/// Lists of introspection that lead back to themselves, each level many times as long as the one before.
const CIRCULAR: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];

/// How deep these may stand in one another. The usual introspection queries need one, tools now and then two.
const CIRCULAR_DEPTH: usize = 2;

/// Refuses documents that would cost more to validate or answer than [`Limits`] allow.
pub(crate) fn check(document: &ExecutableDocument, limits: &Limits) -> Result<(), Refused> {
    let mut walk = Walk { document, limits, sizes: HashMap::new(), counts: Counts::default() };
    let mut total = 0_usize;
    for (name, fragment) in &document.fragments {
        walk.directives(&fragment.node.directives)?;
        total = total.saturating_add(walk.fragment(name, fragment, 0)?.selections);
    }
    for (_, operation) in document.operations.iter() {
        total = total.saturating_add(walk.operation(operation)?);
    }
    if total > limits.expanded {
        return refuse(
            format!(
                "The document is too large once its fragments are expanded: at most {} selections are allowed.",
                limits.expanded
            ),
            None,
        );
    }
    Ok(())
}

/// The operation that a request means; None when that is not clear (the engine then says why).
pub(crate) fn operation<'a>(
    document: &'a ExecutableDocument,
    operation_name: Option<&str>,
) -> Option<&'a Positioned<OperationDefinition>> {
    let mut all = document.operations.iter();
    match operation_name {
        Some(wanted) => all.find(|(name, _)| name.is_some_and(|name| name == wanted)).map(|(_, op)| op),
        None => all.next().filter(|_| all.next().is_none()).map(|(_, op)| op),
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Size {
    /// Fields, spreads and inline fragments, fragments expanded.
    selections: usize,
    /// Fields at the top, fragments expanded.
    top: usize,
    /// Levels of selection sets, fragments counted.
    height: usize,
    /// Levels of [`CIRCULAR`] fields.
    circular: usize,
}

enum Known {
    /// On the way down: meeting it again is a cycle.
    Open,
    Measured(Size),
}

#[derive(Default)]
struct Counts {
    aliases: usize,
    directives: usize,
    duplicates: usize,
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    limits: &'a Limits,
    sizes: HashMap<&'a str, Known>,
    counts: Counts,
}

fn refuse<T>(message: String, at: Option<Pos>) -> Result<T, Refused> {
    Err(Refused { message, at })
}

impl<'a> Walk<'a> {
    fn operation(&mut self, operation: &'a Positioned<OperationDefinition>) -> Result<usize, Refused> {
        self.directives(&operation.node.directives)?;
        for variable in &operation.node.variable_definitions {
            self.directives(&variable.node.directives)?;
            if variable.node.default_value.as_ref().is_some_and(|value| marks_constant(&value.node)) {
                return no_upload_mark(variable.pos);
            }
        }
        let size = self.set(&operation.node.selection_set.node, 1)?;
        if size.top > self.limits.root_fields {
            return refuse(
                format!(
                    "The operation asks for {} fields at its top; at most {} are allowed.",
                    size.top, self.limits.root_fields
                ),
                Some(operation.pos),
            );
        }
        Ok(size.selections)
    }

    fn fragment(
        &mut self,
        name: &'a Name,
        fragment: &'a Positioned<FragmentDefinition>,
        level: usize,
    ) -> Result<Size, Refused> {
        match self.sizes.get(name.as_str()) {
            Some(Known::Measured(size)) => return Ok(*size),
            Some(Known::Open) => {
                return refuse(format!("Fragment \"{name}\" spreads itself."), Some(fragment.pos));
            }
            None => {}
        }
        self.sizes.insert(name, Known::Open);
        let size = self.set(&fragment.node.selection_set.node, level + 1)?;
        self.sizes.insert(name, Known::Measured(size));
        Ok(size)
    }

    fn set(&mut self, set: &'a SelectionSet, level: usize) -> Result<Size, Refused> {
        // Before going down: a chain of fragments must not use up the stack.
        if level > self.limits.recursion {
            return self.too_deep(set.items.first().map(|selection| selection.pos));
        }
        let mut size = Size { height: 1, ..Size::default() };
        let mut seen: HashMap<&str, ()> = HashMap::with_capacity(set.items.len());
        for selection in &set.items {
            let at = selection.pos;
            let (key, below) = match &selection.node {
                Selection::Field(field) => {
                    let below = self.field(&field.node, level)?;
                    size.top += 1;
                    (Some(field.node.response_key().node.as_str()), Size { top: 0, ..below })
                }
                Selection::InlineFragment(fragment) => {
                    self.directives(&fragment.node.directives)?;
                    (None, self.set(&fragment.node.selection_set.node, level + 1)?)
                }
                Selection::FragmentSpread(spread) => {
                    self.directives(&spread.node.directives)?;
                    let name = &spread.node.fragment_name.node;
                    let below = match self.document.fragments.get_key_value(name) {
                        Some((name, fragment)) => self.fragment(name, fragment, level)?,
                        // An unknown fragment is the validator's to name.
                        None => Size::default(),
                    };
                    (Some(name.as_str()), below)
                }
            };
            if key.is_some_and(|key| seen.insert(key, ()).is_some()) {
                self.counts.duplicates += 1;
            }
            size.selections = size.selections.saturating_add(1).saturating_add(below.selections);
            size.top = size.top.saturating_add(below.top);
            size.height = size.height.max(1 + below.height);
            size.circular = size.circular.max(below.circular);
            if size.height > self.limits.recursion {
                return self.too_deep(Some(at));
            }
            if self.counts.duplicates > self.limits.duplicates {
                return refuse(
                    format!(
                        "The document repeats itself: at most {} repeated fields are allowed.",
                        self.limits.duplicates
                    ),
                    Some(at),
                );
            }
        }
        Ok(size)
    }

    fn too_deep<T>(&self, at: Option<Pos>) -> Result<T, Refused> {
        let most = self.limits.recursion;
        refuse(
            format!("The document is nested too deep: at most {most} levels are allowed, fragments counted."),
            at,
        )
    }

    fn field(&mut self, field: &'a Field, level: usize) -> Result<Size, Refused> {
        self.directives(&field.directives)?;
        self.counts.aliases += usize::from(field.alias.is_some());
        if self.counts.aliases > self.limits.aliases {
            return refuse(
                format!("The document has too many aliases: at most {} are allowed.", self.limits.aliases),
                Some(field.name.pos),
            );
        }
        if let Some((name, _)) = field.arguments.iter().find(|(_, value)| marks(&value.node)) {
            return no_upload_mark(name.pos);
        }
        if field.selection_set.node.items.is_empty() {
            return Ok(Size::default());
        }
        let mut size = self.set(&field.selection_set.node, level + 1)?;
        let name = field.name.node.as_str();
        if matches!(name, "__schema" | "__type") && size.circular > CIRCULAR_DEPTH {
            return refuse(
                format!(
                    "The introspection goes round in circles: {} may stand at most {CIRCULAR_DEPTH} deep in one another.",
                    CIRCULAR.join(", ")
                ),
                Some(field.name.pos),
            );
        }
        size.circular += usize::from(CIRCULAR.contains(&name));
        Ok(size)
    }

    fn directives(&mut self, directives: &'a [Positioned<Directive>]) -> Result<(), Refused> {
        self.counts.directives += directives.len();
        if self.counts.directives > self.limits.directives {
            return refuse(
                format!(
                    "The document has too many directives: at most {} are allowed.",
                    self.limits.directives
                ),
                directives.first().map(|directive| directive.pos),
            );
        }
        Ok(())
    }
}

fn no_upload_mark<T>(at: Pos) -> Result<T, Refused> {
    refuse("A file is sent as a variable of a multipart request, never as a literal.".to_owned(), Some(at))
}

fn marks(value: &Value) -> bool {
    match value {
        Value::String(text) => text.starts_with(UPLOAD_MARK),
        Value::List(items) => items.iter().any(marks),
        Value::Object(fields) => fields.values().any(marks),
        _ => false,
    }
}

/// Whether a constant pretends to be an uploaded file: the engine would look it up among the files and stop.
pub(crate) fn marks_constant(value: &ConstValue) -> bool {
    match value {
        ConstValue::String(text) => text.starts_with(UPLOAD_MARK),
        ConstValue::List(items) => items.iter().any(marks_constant),
        ConstValue::Object(fields) => fields.values().any(marks_constant),
        _ => false,
    }
}
