//! What a new version of a programme changes, value by value, for whoever is to say yes to it.

use serde::Serialize;
use serde_json::Value;

use super::Programme;

/// One value that differs between two versions of a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The way to the value, such as `gathering[1].block[0].title.nb`; entries of lists are counted from 0.
    pub key: String,
    /// What stood there; None where nothing did.
    pub before: Option<String>,
    /// What stands there now; None where nothing does.
    pub after: Option<String>,
}

/// The parts of a programme in the order of its file.
const PARTS: [&str; 17] = [
    "key",
    "family",
    "title",
    "summary",
    "provider",
    "ects",
    "leads_on_to",
    "fixed_teams",
    "audience",
    "automatic",
    "groups",
    "nomination",
    "seats",
    "completion",
    "evaluation",
    "module",
    "gathering",
];

impl Programme {
    /// What differs from an earlier version, in the order of the file. The version's number itself is no difference.
    /// Modules are compared by their keys, gatherings and their blocks by their order.
    pub fn differences(&self, earlier: Option<&Programme>) -> Vec<Difference> {
        let mut found = differences(&earlier, self);
        found.retain(|difference| difference.key != "version");
        let part = |difference: &Difference| {
            let top = difference.key.split(['.', '[']).next().unwrap_or_default();
            PARTS.iter().position(|part| *part == top).unwrap_or(PARTS.len())
        };
        found.sort_by_key(part);
        found
    }
}

/// What differs between two documents, value by value. What has a key is compared by it, whatever its place.
pub fn differences(before: &impl Serialize, after: &impl Serialize) -> Vec<Difference> {
    let mut found = Vec::new();
    let document = |one: serde_json::Result<Value>| one.unwrap_or_default();
    compare("", &document(serde_json::to_value(before)), &document(serde_json::to_value(after)), &mut found);
    found
}

fn compare(at: &str, before: &Value, after: &Value, found: &mut Vec<Difference>) {
    if before == after {
        return;
    }
    match (before, after) {
        (Value::Object(_) | Value::Null, Value::Object(_)) | (Value::Object(_), Value::Null) => {
            let keys =
                |value: &Value| value.as_object().map(|object| object.keys().cloned().collect::<Vec<_>>());
            let mut all = keys(after).unwrap_or_default();
            all.extend(keys(before).unwrap_or_default().into_iter().filter(|key| after.get(key).is_none()));
            for key in all {
                let (before, after) = (before.get(&key), after.get(&key));
                let at = if at.is_empty() { key } else { format!("{at}.{key}") };
                compare(&at, before.unwrap_or(&Value::Null), after.unwrap_or(&Value::Null), found);
            }
        }
        (Value::Array(_) | Value::Null, Value::Array(_)) | (Value::Array(_), Value::Null)
            if tables(before) || tables(after) =>
        {
            for (index, (before, after)) in pairs(before, after).into_iter().enumerate() {
                compare(&format!("{at}[{index}]"), before, after, found);
            }
        }
        _ => found.push(Difference { key: at.to_owned(), before: said(before), after: said(after) }),
    }
}

/// True for a list whose entries have values of their own.
fn tables(value: &Value) -> bool {
    value.as_array().is_some_and(|entries| entries.iter().any(Value::is_object))
}

/// Entries that belong together: those with the same key, where they have keys; else those at the same place.
fn pairs<'v>(before: &'v Value, after: &'v Value) -> Vec<(&'v Value, &'v Value)> {
    let entries = |value: &'v Value| value.as_array().map(Vec::as_slice).unwrap_or_default();
    let (before, after) = (entries(before), entries(after));
    if before.iter().chain(after).all(|entry| entry.get("key").is_some()) {
        let same = |one: &Value, other: &Value| one.get("key") == other.get("key");
        let earlier = |new: &Value| before.iter().find(|old| same(old, new)).unwrap_or(&Value::Null);
        let gone = before.iter().filter(|old| after.iter().all(|new| !same(old, new)));
        return after
            .iter()
            .map(|new| (earlier(new), new))
            .chain(gone.map(|old| (old, &Value::Null)))
            .collect();
    }
    let at = |entries: &'v [Value], index: usize| entries.get(index).unwrap_or(&Value::Null);
    (0..before.len().max(after.len())).map(|index| (at(before, index), at(after, index))).collect()
}

/// A value as it is shown; lists in one line.
fn said(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(entries) => Some(entries.iter().filter_map(said).collect::<Vec<_>>().join(", ")),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use crate::catalogue::{
        Catalogue, Programme,
        shipped::{FILES, catalogue},
    };

    fn changed(changes: &[(&str, &str)]) -> Programme {
        let files = FILES.iter().map(|(path, text)| {
            let own = *path == "programmes/new_leader_development.toml";
            let text = changes.iter().filter(|_| own).fold((*text).to_owned(), |text, (from, to)| {
                assert!(text.contains(from), "{from}");
                text.replacen(from, to, 1)
            });
            (*path, text)
        });
        Catalogue::parse(files).unwrap().programme("new_leader_development").unwrap().clone()
    }

    fn told(changes: &[(&str, &str)]) -> Vec<String> {
        let (before, after) = (changed(&[]), changed(changes));
        let said = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        let tell = |d: super::Difference| format!("{}: {} -> {}", d.key, said(d.before), said(d.after));
        after.differences(Some(&before)).into_iter().map(tell).collect()
    }

    #[test]
    fn nothing_differs_from_itself_nor_by_its_number() {
        assert_eq!(told(&[]), Vec::<String>::new());
        assert_eq!(told(&[("version = 1", "version = 7")]), Vec::<String>::new());
    }

    #[test]
    fn each_value_is_told_with_what_stood_there() {
        assert_eq!(
            told(&[
                ("capacity = 24", "capacity = 30"),
                ("[seats]", "[seats] # more room"),
                ("levels = [1, 2, 3, 4]", "levels = [3, 4]"),
                ("family =", "ects = 5\nfamily ="),
                ("nb = \"Å lede\"", "nb = \"Å være leder\""),
                ("starts = \"12:30\"", "starts = \"12:45\""),
            ]),
            [
                "ects: - -> 5",
                "audience.levels: 1, 2, 3, 4 -> 3, 4",
                "seats.capacity: 24 -> 30",
                "module[0].title.nb: Å lede -> Å være leder",
                "gathering[0].block[1].starts: 12:30 -> 12:45",
            ]
        );
    }

    #[test]
    fn a_programme_that_is_new_differs_in_everything_it_says() {
        let programme = changed(&[]);
        let all = programme.differences(None);
        assert!(all.iter().all(|difference| difference.before.is_none() && difference.after.is_some()));
        assert!(all.iter().any(|difference| difference.key == "gathering[5].block[1].title.nn"));
    }

    #[test]
    fn every_programme_is_written_as_it_is_read() {
        for programme in catalogue().programmes {
            let text = programme.to_toml().unwrap();
            let own = format!("programmes/{}.toml", programme.key);
            let files = FILES.iter().map(|(path, shipped)| {
                (*path, if *path == own { text.clone() } else { (*shipped).to_owned() })
            });
            let again = Catalogue::parse(files).unwrap_or_else(|faults| panic!("{faults:#?}\n{text}"));
            assert_eq!(again.programme(&programme.key), Some(&programme));
        }
    }
}
