//! A walk through everything that a caller reaches, by every field of the schema as it describes itself: a field that
//! is added is walked as well.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use varde_testkit::http::Http;

use crate::library::schema::{Field, Schema};

/// A way from the top of the schema to an object: what is selected on it, and the fields gone through.
#[derive(Clone)]
struct Way {
    selections: Vec<String>,
    through: BTreeSet<String>,
    gives: String,
}

impl Way {
    fn on(&self, object: &str, selection: String, field: &Field) -> Self {
        let mut way = self.clone();
        if !object.is_empty() {
            way.selections.push(format!("... on {object}"));
        }
        way.selections.push(selection);
        way.through.insert(format!("{object}.{}", field.name));
        way.gives.clone_from(&field.gives);
        way
    }

    fn document(&self, asked: &str) -> String {
        let depth = self.selections.len() + 1;
        format!("{{ {} {{ {asked} {}", self.selections.join(" { "), "} ".repeat(depth))
    }
}

/// What a caller asks with, and what must not come back.
pub(super) struct Walk<'a> {
    pub(super) schema: &'a Schema,
    pub(super) client: &'a Http,
    /// What to ask with, by `field.argument` or by `argument`: GraphQL literals. Each of several is asked.
    pub(super) with: BTreeMap<&'static str, Vec<String>>,
    /// Whether a text may be told to this caller.
    pub(super) may_be_told: &'a dyn Fn(&str) -> bool,
    /// Goes through a field once from wherever it is reached, where going through it from everywhere takes too long.
    pub(super) once: bool,
}

impl Walk<'_> {
    /// Goes everywhere. Gives the fields that answered: `Type.field`.
    pub(super) async fn everywhere(&self) -> Result<BTreeSet<String>> {
        let mut answered = BTreeSet::new();
        let mut gone: BTreeSet<String> = BTreeSet::new();
        let mut next: VecDeque<Way> = VecDeque::new();
        let top = Way { selections: Vec::new(), through: BTreeSet::new(), gives: "Query".to_owned() };
        for field in &self.schema.find("Query")?.fields {
            for selection in self.selections("Query", field)? {
                next.push_back(top.on("", selection, field));
            }
        }
        while let Some(way) = next.pop_front() {
            for object in self.reached(&way).await? {
                answered.extend(self.leaves(&way, &object).await?);
                for field in &self.schema.find(&object)?.fields {
                    let name = format!("{object}.{}", field.name);
                    let known = way.through.contains(&name) || (self.once && gone.contains(&name));
                    if self.schema.is_leaf(&field.gives)? || known {
                        continue;
                    }
                    for selection in self.selections(&object, field)? {
                        let on = way.on(&object, selection, field);
                        if self.ask(&on.document("__typename")).await?.is_some() {
                            answered.insert(name.clone());
                            next.push_back(on);
                        }
                    }
                    gone.insert(name);
                }
            }
        }
        Ok(answered)
    }

    /// The types of the objects that a way leads to.
    async fn reached(&self, way: &Way) -> Result<BTreeSet<String>> {
        let possible = self.schema.objects(&way.gives)?;
        let Some(data) = self.ask(&way.document("__typename")).await? else { return Ok(BTreeSet::new()) };
        let mut told = Vec::new();
        texts(&data, &mut told);
        Ok(told.into_iter().filter(|name| possible.contains(name)).collect())
    }

    /// Asks for all that an object tells of itself; one by one where not everything may be asked for.
    async fn leaves(&self, way: &Way, object: &str) -> Result<Vec<String>> {
        let mut wanted = Vec::new();
        for field in &self.schema.find(object)?.fields {
            if self.schema.is_leaf(&field.gives)? {
                for selection in self.selections(object, field)? {
                    wanted.push((format!("{object}.{}", field.name), selection));
                }
            }
        }
        let on = |asked: &str| way.document(&format!("... on {object} {{ {asked} }}"));
        let all: Vec<String> =
            wanted.iter().enumerate().map(|(index, (_, it))| format!("f{index}: {it}")).collect();
        if all.is_empty() || self.ask(&on(&all.join(" "))).await?.is_some() {
            return Ok(wanted.into_iter().map(|(name, _)| name).collect());
        }
        let mut answered = Vec::new();
        for (name, selection) in wanted {
            if self.ask(&on(&selection)).await?.is_some() {
                answered.push(name);
            }
        }
        Ok(answered)
    }

    /// The field with every choice of what it must be asked with.
    fn selections(&self, object: &str, field: &Field) -> Result<Vec<String>> {
        let mut all = vec![String::new()];
        for argument in &field.asks {
            let own = format!("{}.{argument}", field.name);
            let values = self.with.get(own.as_str()).or_else(|| self.with.get(argument.as_str()));
            let values = values.with_context(|| {
                format!("{object}.{} asks for {argument}: say in the test with what to ask", field.name)
            })?;
            let mut more = Vec::new();
            for given in &all {
                more.extend(values.iter().map(|value| format!("{given} {argument}: {value}")));
            }
            all = more;
        }
        let name = &field.name;
        Ok(all
            .into_iter()
            .map(|given| if given.is_empty() { name.clone() } else { format!("{name}({given})") })
            .collect())
    }

    /// The data; None where the caller has no right to it. Whatever comes back is looked through.
    async fn ask(&self, document: &str) -> Result<Option<Value>> {
        let reply = self.client.graphql(document, json!({})).await?;
        let mut told = Vec::new();
        texts(&reply.body, &mut told);
        for text in told {
            ensure!((self.may_be_told)(&text), "{document}\ntells '{text}':\n{}", reply.body);
        }
        match reply.codes().as_slice() {
            [] => Ok(Some(reply.body["data"].clone())),
            codes if codes.iter().all(|code| *code == "FORBIDDEN") => Ok(None),
            codes => bail!("{document}\n{codes:?}: {}", reply.body),
        }
    }
}

fn texts(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| texts(value, into)),
        Value::Object(fields) => fields.values().for_each(|value| texts(value, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
