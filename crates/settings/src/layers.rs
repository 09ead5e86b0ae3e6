//! Lays the three layers over one another.

use figment::error::Kind;
use figment::providers::{Format, Toml};
use figment::value::{Dict, Map, Tag, Value};
use figment::{Error, Figment, Metadata, Profile, Provider};

use crate::environment::{self, CONFIG};
use crate::unknown::refuse_unknown;
use crate::{DEFAULTS, Settings, SettingsError};

const DEFAULTS_NAME: &str = "config/default.toml";

/// One layer, named as messages name it.
struct Layer {
    name: String,
    dict: Dict,
}

impl Provider for Layer {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.name.clone())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        Ok(Profile::Default.collect(self.dict.clone()))
    }
}

/// The defaults; that they are TOML and complete is tested.
pub(crate) fn defaults() -> Dict {
    Toml::from_str(DEFAULTS).unwrap_or_default()
}

pub(crate) fn load(
    environment: impl Iterator<Item = (String, String)>,
    read_file: impl Fn(&str) -> std::io::Result<String>,
) -> Result<Settings, SettingsError> {
    let environment: Vec<_> = environment.collect();
    let defaults = defaults();
    let mut figment = Figment::from(Layer { name: DEFAULTS_NAME.into(), dict: defaults.clone() });

    let named = environment.iter().find(|(name, path)| name == CONFIG && !path.is_empty());
    if let Some((_, path)) = named {
        let text = read_file(path)
            .map_err(|error| SettingsError::Unreadable { path: path.clone(), message: error.to_string() })?;
        let mut dict = parse(path, &text)?;
        refuse_unknown(path, &dict, &defaults)?;
        keep_default_profiles(&mut dict, &defaults);
        figment = figment.merge(Layer { name: path.clone(), dict });
    }
    for (variable, key, value) in environment::read(environment.into_iter(), &defaults)? {
        let dict = figment::util::nest(&key, value).into_dict().unwrap_or_default();
        figment = figment.merge(Layer { name: environment::source_name(&variable), dict });
    }

    let settings: Settings = figment.extract().map_err(|error| explain(&error))?;
    settings.check().map_err(|(key, expected)| SettingsError::Wrong {
        source_name: figment.find_metadata(key).map_or(DEFAULTS_NAME.into(), |found| found.name.to_string()),
        key: key.into(),
        expected: expected.into(),
    })?;
    Ok(settings)
}

fn parse(path: &str, text: &str) -> Result<Dict, SettingsError> {
    Toml::from_str(text).map_err(|error| SettingsError::NotToml {
        source_name: path.into(),
        line: error
            .span()
            .and_then(|span| text.get(..span.start))
            .map_or(1, |before| before.matches('\n').count() + 1),
        // Not the whole error: that quotes the line, and the line may hold a password.
        message: error.message().to_owned(),
    })
}

/// A file adds import profiles and replaces those of the same key; it does not take the others away.
fn keep_default_profiles(dict: &mut Dict, defaults: &Dict) {
    let Some(Value::Array(_, profiles)) = profiles_in(dict) else { return };
    let key_of = |profile: &Value| profile.find_ref("key").and_then(|key| key.as_str().map(str::to_owned));
    let replaced: Vec<_> = profiles.iter().map(key_of).collect();
    let mut defaults = defaults.clone();
    let Some(Value::Array(_, kept)) = profiles_in(&mut defaults) else { return };
    profiles
        .extend(kept.iter().filter(|profile| !replaced.contains(&key_of(profile))).cloned().map(untagged));
}

fn profiles_in(dict: &mut Dict) -> Option<&mut Value> {
    match dict.get_mut("import") {
        Some(Value::Dict(_, import)) => import.get_mut("profiles"),
        _ => None,
    }
}

fn untagged(value: Value) -> Value {
    match value {
        Value::Dict(_, dict) => Value::Dict(Tag::Default, dict),
        other => other,
    }
}

/// The type that was expected, and where; what was found stays out of it.
fn explain(error: &Error) -> SettingsError {
    let source_name = error.metadata.as_ref().map_or(DEFAULTS_NAME.into(), |found| found.name.to_string());
    let key = error.path.join(".");
    let expected = match &error.kind {
        Kind::InvalidType(_, expected) | Kind::InvalidValue(_, expected) => plain(expected),
        Kind::UnknownVariant(_, known) => format!("one of {}", known.join(", ")),
        Kind::MissingField(field) => format!("a table with `{field}`"),
        Kind::UnknownField(_, known) => format!("a table of {}", known.join(", ")),
        // Our own types say what they expect, and no more.
        Kind::Message(message) => message.clone(),
        _ => "a value of another type".into(),
    };
    SettingsError::Wrong { source_name, key, expected }
}

/// The deserialiser's words for types, in words for people.
fn plain(expected: &str) -> String {
    match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" | "i64" => "a whole number, zero or more".into(),
        "NonZeroU32" | "nonzero u32" | "a nonzero u32" | "a nonzero u64" | "a nonzero usize" => {
            "a whole number, one or more".into()
        }
        "a boolean" | "bool" => "true or false".into(),
        "path string" => "a path".into(),
        other => other.to_owned(),
    }
}
