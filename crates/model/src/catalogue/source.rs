//! A file's text with the places of its keys: serde gives the values, the parsed tree gives the lines.

use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeTable, DeValue, ValueDeserializer},
};

use super::CatalogueFault;

/// The key of a fault that is the file's as a whole.
pub(super) const WHOLE_FILE: &str = "(file)";

/// A TOML file that has been parsed, not yet read into types.
pub(super) struct Source<'t> {
    path: &'t str,
    text: &'t str,
    tree: Spanned<DeValue<'t>>,
}

impl<'t> Source<'t> {
    /// Parses a text; the fault of a text that is not TOML.
    pub(super) fn parse(path: &'t str, text: &'t str) -> Result<Self, CatalogueFault> {
        match DeTable::parse(text) {
            Ok(table) => {
                let span = table.span();
                Ok(Self { path, text, tree: Spanned::new(span, DeValue::Table(table.into_inner())) })
            }
            Err(error) => Err(CatalogueFault {
                file: path.to_owned(),
                line: line_at(text, error.span().map_or(0, |span| span.start)),
                key: WHOLE_FILE.to_owned(),
                message: error.message().to_owned(),
            }),
        }
    }

    /// The whole file as a type.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, CatalogueFault> {
        self.read_value(&self.tree, WHOLE_FILE)
    }

    /// Each table of an array at the top, such as `policy`: one faulty entry does not hide the next one's faults.
    pub(super) fn read_each<T: DeserializeOwned>(&self, array: &str) -> Vec<Result<T, CatalogueFault>> {
        match self.tree.get_ref().get(array).map(Spanned::get_ref) {
            Some(DeValue::Array(values)) => values
                .iter()
                .enumerate()
                .map(|(index, value)| self.read_value(value, &format!("{array}[{index}]")))
                .collect(),
            Some(_) => vec![Err(self.fault(array, format!("write each entry as [[{array}]]")))],
            None => Vec::new(),
        }
    }

    /// The text at a key at the top.
    pub(super) fn text_at(&self, key: &str) -> Result<&str, CatalogueFault> {
        self.tree
            .get_ref()
            .get(key)
            .and_then(|value| value.get_ref().as_str())
            .ok_or_else(|| self.fault(WHOLE_FILE, format!("the text '{key}' is missing at the top")))
    }

    /// Refuses keys at the top that are not among the known ones.
    pub(super) fn unknown_at_top(&self, known: &[&str]) -> Vec<CatalogueFault> {
        let Some(table) = self.tree.get_ref().as_table() else { return Vec::new() };
        table
            .keys()
            .filter(|key| !known.contains(&key.get_ref().as_ref()))
            .map(|key| {
                let nearest = known
                    .iter()
                    .max_by(|a, b| strsim::jaro(a, key.get_ref()).total_cmp(&strsim::jaro(b, key.get_ref())));
                let hint = nearest.map_or_else(String::new, |name| format!("; did you mean '{name}'?"));
                self.fault(key.get_ref(), format!("unknown key{hint}"))
            })
            .collect()
    }

    /// A fault at a key; the line is that of the nearest key on the way that stands in the file.
    pub(super) fn fault(&self, key: &str, message: impl Into<String>) -> CatalogueFault {
        CatalogueFault {
            file: self.path.to_owned(),
            line: line_at(self.text, self.offset_of(key)),
            key: key.to_owned(),
            message: message.into(),
        }
    }

    fn read_value<T: DeserializeOwned>(
        &self,
        value: &Spanned<DeValue<'t>>,
        at: &str,
    ) -> Result<T, CatalogueFault> {
        T::deserialize(ValueDeserializer::from(value.clone())).map_err(|error| {
            let offset = error.span().map_or(value.span().start, |span| span.start);
            let way = way_down(value, offset).unwrap_or_default();
            let key = match (at, way.strip_prefix('.')) {
                (WHOLE_FILE, Some(way)) => way.to_owned(),
                _ => format!("{at}{way}"),
            };
            CatalogueFault {
                file: self.path.to_owned(),
                line: line_at(self.text, offset),
                key,
                message: error.message().to_owned(),
            }
        })
    }

    /// Where in the text the deepest key of `a.b[2].c` that exists begins.
    fn offset_of(&self, path: &str) -> usize {
        let mut value = &self.tree;
        let mut offset = 0;
        for step in path.split(['.', '[']) {
            let next = match (value.get_ref(), step.strip_suffix(']')) {
                (DeValue::Array(values), Some(index)) => index
                    .parse::<usize>()
                    .ok()
                    .and_then(|index| values.get(index))
                    .map(|v| (v.span().start, v)),
                (DeValue::Table(table), None) => table
                    .iter()
                    .find(|(key, _)| key.get_ref() == step)
                    .map(|(key, value)| (key.span().start, value)),
                _ => None,
            };
            let Some((start, inner)) = next else { break };
            (offset, value) = (start, inner);
        }
        offset
    }
}

/// The keys that lead down to an offset, such as `.offset.days` or `[2].key`; empty when it is the value's own.
/// Tables that are written under a header of their own do not span their contents, so every branch is tried.
fn way_down(value: &Spanned<DeValue<'_>>, offset: usize) -> Option<String> {
    match value.get_ref() {
        DeValue::Table(table) => table.iter().find_map(|(key, inner)| {
            let way = way_down(inner, offset).or_else(|| key.span().contains(&offset).then(String::new))?;
            Some(format!(".{}{way}", key.get_ref()))
        }),
        DeValue::Array(values) => values
            .iter()
            .enumerate()
            .find_map(|(index, inner)| Some(format!("[{index}]{}", way_down(inner, offset)?))),
        _ => None,
    }
    .or_else(|| value.span().contains(&offset).then(String::new))
}

fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}
