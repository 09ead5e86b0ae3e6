//! The schema as it describes itself: what walks through it, walks through a field that is added as well.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_testkit::http::Http;

const ITSELF: &str =
    "{ __schema { types { kind name possibleTypes { name } fields(includeDeprecated: true) { name
    args { name defaultValue type { kind } } type { ...of } } } } }
    fragment of on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

/// What the schema says of its types.
pub(crate) struct Schema(BTreeMap<String, Type>);

pub(crate) struct Type {
    kind: String,
    /// The types behind an interface or a union.
    possible: Vec<String>,
    pub(crate) fields: Vec<Field>,
}

pub(crate) struct Field {
    pub(crate) name: String,
    /// Arguments that must be given.
    pub(crate) asks: Vec<String>,
    /// It gives so many of a list, by `first`.
    pub(crate) paged: bool,
    pub(crate) gives: String,
}

impl Schema {
    pub(crate) async fn of(client: &Http) -> Result<Self> {
        let data = client.graphql(ITSELF, json!({})).await?.data()?;
        let mut types = BTreeMap::new();
        for found in list(&data["__schema"]["types"]) {
            let fields = list(&found["fields"]).iter().map(field).collect();
            let possible = list(&found["possibleTypes"]).iter().map(|it| text(&it["name"])).collect();
            types.insert(text(&found["name"]), Type { kind: text(&found["kind"]), possible, fields });
        }
        Ok(Self(types))
    }

    pub(crate) fn find(&self, name: &str) -> Result<&Type> {
        self.0.get(name).with_context(|| format!("no type {name}"))
    }

    /// The object types that a field of this type may give.
    pub(crate) fn objects(&self, name: &str) -> Result<Vec<String>> {
        let found = self.find(name)?;
        Ok(match found.kind.as_str() {
            "OBJECT" => vec![name.to_owned()],
            "INTERFACE" | "UNION" => found.possible.clone(),
            _ => Vec::new(),
        })
    }

    /// Every object type that the payload of a mutation leads to, up to those that were walked from already.
    pub(crate) fn behind(&self, mutation: &str, walked: &BTreeSet<&str>) -> Result<BTreeSet<String>> {
        let fields = &self.find("Mutation")?.fields;
        let field = fields.iter().find(|field| field.name == mutation).context("no such mutation")?;
        let mut next = self.objects(&field.gives)?;
        let mut found = BTreeSet::new();
        while let Some(object) = next.pop() {
            if walked.contains(object.as_str()) {
                continue;
            }
            for field in &self.find(&object)?.fields {
                next.extend(self.objects(&field.gives)?.into_iter().filter(|it| !found.contains(it)));
            }
            found.insert(object);
        }
        Ok(found)
    }

    pub(crate) fn is_leaf(&self, name: &str) -> Result<bool> {
        Ok(matches!(self.find(name)?.kind.as_str(), "SCALAR" | "ENUM"))
    }
}

fn field(found: &Value) -> Field {
    let asks = list(&found["args"]).iter().filter(|arg| {
        let required = arg["type"]["kind"] == "NON_NULL";
        required && arg["defaultValue"].is_null()
    });
    let asks = asks.map(|arg| text(&arg["name"])).collect();
    let paged = list(&found["args"]).iter().any(|arg| arg["name"] == "first");
    let mut gives = &found["type"];
    while !gives["ofType"].is_null() {
        gives = &gives["ofType"];
    }
    Field { name: text(&found["name"]), asks, paged, gives: text(&gives["name"]) }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
