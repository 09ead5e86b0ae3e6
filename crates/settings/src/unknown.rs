//! Finds keys that do not exist, by holding a file against the defaults.

use figment::value::{Dict, Value};

use crate::SettingsError;

/// The known name nearest to a misspelt one; None when nothing comes near.
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    known
        .map(|known| (strsim::damerau_levenshtein(name, known), known))
        .filter(|(distance, known)| *distance * 3 <= known.len().max(name.len()))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known.to_owned())
}

/// Keys that have no default, because leaving them out means something of its own.
const WITHOUT_DEFAULT: [&str; 1] = ["import.profiles.delimiter"];

/// Refuses the first key of `given` that `known` does not have. The entries of a list of tables are held against the
/// first default entry, which therefore has every other key.
pub(crate) fn refuse_unknown(source_name: &str, given: &Dict, known: &Dict) -> Result<(), SettingsError> {
    let mut all = WITHOUT_DEFAULT.map(str::to_owned).to_vec();
    keys(known, "", &mut all);
    walk(source_name, given, known, "", &all)
}

fn walk(
    source_name: &str,
    given: &Dict,
    known: &Dict,
    prefix: &str,
    all: &[String],
) -> Result<(), SettingsError> {
    for (name, value) in given {
        let key = format!("{prefix}{name}");
        let Some(default) = known.get(name) else {
            if WITHOUT_DEFAULT.contains(&key.as_str()) {
                continue;
            }
            let here = all.iter().filter(|other| other.starts_with(prefix)).map(String::as_str);
            // The right name under the wrong section is as likely as a slip of the finger.
            let elsewhere = || all.iter().find(|other| other.rsplit('.').next() == Some(name)).cloned();
            let nearest = nearest(&key, here).or_else(elsewhere);
            return Err(SettingsError::UnknownKey { source_name: source_name.into(), key, nearest });
        };
        match (value, default) {
            (Value::Dict(_, given), Value::Dict(_, known)) => {
                walk(source_name, given, known, &format!("{key}."), all)?;
            }
            (Value::Array(_, given), Value::Array(_, known)) => {
                let Some(Value::Dict(_, shape)) = known.first() else { continue };
                for entry in given {
                    if let Value::Dict(_, entry) = entry {
                        walk(source_name, entry, shape, &format!("{key}."), all)?;
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn keys(dict: &Dict, prefix: &str, all: &mut Vec<String>) {
    for (name, value) in dict {
        let key = format!("{prefix}{name}");
        match value {
            Value::Dict(_, inner) => keys(inner, &format!("{key}."), all),
            Value::Array(_, entries) => {
                if let Some(Value::Dict(_, shape)) = entries.first() {
                    keys(shape, &format!("{key}."), all);
                }
            }
            _ => {}
        }
        all.push(key);
    }
}
