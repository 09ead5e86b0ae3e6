//! The environment as a layer: `VARDE_HTTP_LISTEN` sets `http.listen`.
//!
//! The table of variables is read off the defaults, so a new setting has its variable without anyone adding it. A
//! value is read as the type that the default has: `data_dir` may be `1` without becoming a number.

use figment::value::{Dict, Value};

use crate::SettingsError;
use crate::unknown::nearest;

const PREFIX: &str = "VARDE_";
/// Names the settings file.
pub(crate) const CONFIG: &str = "VARDE_CONFIG";
/// Variables of the test suite, which may be present where the service is started by a test.
const OF_TESTS: &str = "VARDE_TEST_";

/// An environment variable that sets something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name, such as `VARDE_HTTP_LISTEN`.
    pub name: String,
    /// What it sets, such as `http.listen`.
    pub key: String,
}

/// The table of all variables, in the order of their keys. A list of tables has none: it is set by the file alone.
pub(crate) fn variables(defaults: &Dict) -> Vec<Variable> {
    leaves(defaults)
        .into_iter()
        .map(|(key, _)| Variable { name: format!("{PREFIX}{}", key.to_uppercase().replace('.', "_")), key })
        .collect()
}

/// What the environment sets, as (variable, key, value).
pub(crate) fn read(
    environment: impl Iterator<Item = (String, String)>,
    defaults: &Dict,
) -> Result<Vec<(String, String, Value)>, SettingsError> {
    let variables = variables(defaults);
    let mut set = Vec::new();
    for (name, text) in environment {
        if !name.starts_with(PREFIX) || name == CONFIG || name.starts_with(OF_TESTS) {
            continue;
        }
        let Some(variable) = variables.iter().find(|variable| variable.name == name) else {
            let known = variables.iter().map(|variable| variable.name.as_str()).chain([CONFIG]);
            let nearest = nearest(&name, known);
            return Err(SettingsError::UnknownVariable { name, nearest });
        };
        let default = leaves(defaults).into_iter().find(|(key, _)| *key == variable.key);
        let Some((key, default)) = default else { continue };
        let value = parse(&text, default).map_err(|expected| SettingsError::Wrong {
            source_name: source_name(&name),
            key: key.clone(),
            expected: expected.into(),
        })?;
        set.push((name, key, value));
    }
    // The order of a process's environment says nothing; which of two faults is reported should not depend on it.
    set.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(set)
}

pub(crate) fn source_name(variable: &str) -> String {
    format!("environment variable {variable}")
}

fn parse(text: &str, default: &Value) -> Result<Value, &'static str> {
    let text = text.trim();
    match default {
        Value::Num(..) => text.parse::<i64>().map(Value::from).map_err(|_| "a whole number"),
        Value::Bool(..) => match text {
            "true" | "1" => Ok(true.into()),
            "false" | "0" => Ok(false.into()),
            _ => Err("true or false"),
        },
        Value::Array(..) => {
            let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
            Ok(entries.map(Value::from).collect::<Vec<_>>().into())
        }
        _ => Ok(text.into()),
    }
}

fn leaves(dict: &Dict) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    for (name, value) in dict {
        match value {
            Value::Dict(_, inner) => {
                found.extend(leaves(inner).into_iter().map(|(key, leaf)| (format!("{name}.{key}"), leaf)));
            }
            Value::Array(_, entries) if matches!(entries.first(), Some(Value::Dict(..))) => {}
            _ => found.push((name.clone(), value)),
        }
    }
    found
}
