//! A rule's whole definition as a coordinator writes it: read key by key, so that what cannot be read is told in the
//! reader's language, with what to write in its place.

use serde::de::DeserializeOwned;
use toml::{Table, Value};
use varde_model::{
    Locale,
    catalogue::Texts,
    letter::LetterKind,
    reminders::{
        Anchor, Condition, Latest, LocalHour, Offset, Recipients, ReminderPolicy, is_sent_by_policies,
    },
};

use crate::texts::text_with;

/// What cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// It is no TOML, from that line on.
    Line(usize),
    /// A key is missing.
    Missing(&'static str),
    /// No rule has that key.
    Unknown(String),
    /// The value of a key is not of its form.
    Value(&'static str),
    /// It is the definition of another rule: its own key is this.
    OtherRule(String),
}

impl Unreadable {
    /// The text for people.
    pub(super) fn message(&self, locale: Locale) -> String {
        let form =
            |key: &str| KEYS.iter().find(|known| known.name == key).map_or_else(String::new, Key::form);
        let (code, args) = match self {
            Self::Line(line) => ("not-toml", vec![("line", line.to_string())]),
            Self::Missing(key) => ("key-missing", vec![("key", (*key).to_owned()), ("form", form(key))]),
            Self::Unknown(key) => {
                let known: Vec<&str> = KEYS.iter().map(|known| known.name).collect();
                ("key-unknown", vec![("key", key.clone()), ("known", known.join(", "))])
            }
            Self::Value(key) => ("value-unfit", vec![("key", (*key).to_owned()), ("form", form(key))]),
            Self::OtherRule(key) => ("other-rule", vec![("form", format!("key = \"{key}\""))]),
        };
        text_with(locale, &format!("policy-{code}"), &args)
    }
}

/// A key of a definition, and what stands behind it.
struct Key {
    name: &'static str,
    reads: fn(&Value) -> bool,
    values: fn() -> String,
}

impl Key {
    /// How it is written.
    fn form(&self) -> String {
        format!("{} = {}", self.name, (self.values)())
    }
}

/// The keys, as [`ReminderPolicy`] reads them.
const KEYS: [Key; 11] = [
    Key { name: "key", reads: reads::<String>, values: || "\"a_to_z\"".to_owned() },
    Key {
        name: "title",
        reads: reads::<Texts>,
        values: || "{ nb = \"…\", nn = \"…\", en = \"…\" }".to_owned(),
    },
    Key {
        name: "letter",
        reads: reads::<LetterKind>,
        values: || {
            let sent = LetterKind::ALL.iter().filter(|letter| is_sent_by_policies(**letter));
            one_of(sent.map(|letter| letter.as_str()))
        },
    },
    Key {
        name: "anchor",
        reads: reads::<Anchor>,
        values: || one_of(Anchor::ALL.iter().map(|anchor| anchor.as_str())),
    },
    Key { name: "offset", reads: reads::<Offset>, values: || "{ unit = \"working\", days = -3 }".to_owned() },
    Key { name: "at", reads: reads::<LocalHour>, values: || "\"08:00\"".to_owned() },
    Key {
        name: "recipients",
        reads: reads::<Recipients>,
        values: || one_of(Recipients::ALL.iter().map(|who| who.as_str())),
    },
    Key {
        name: "condition",
        reads: reads::<Condition>,
        values: || one_of(Condition::ALL.iter().map(|condition| condition.as_str())),
    },
    Key {
        name: "latest",
        reads: reads::<Latest>,
        values: || "{ hours_after_due = 72, before_anchor = true }".to_owned(),
    },
    Key { name: "mandatory", reads: reads::<bool>, values: || "true | false".to_owned() },
    Key { name: "can_wait", reads: reads::<bool>, values: || "true | false".to_owned() },
];

fn reads<T: DeserializeOwned>(value: &Value) -> bool {
    value.clone().try_into::<T>().is_ok()
}

fn one_of(names: impl Iterator<Item = &'static str>) -> String {
    names.map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(" | ")
}

/// The rule that a text in TOML defines, under its own key: what stands below `[[policy]]` in the catalogue.
pub(super) fn read(text: &str, own_key: &str) -> Result<ReminderPolicy, Vec<Unreadable>> {
    let not_toml = |error: toml::de::Error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or("");
        vec![Unreadable::Line(before.matches('\n').count() + 1)]
    };
    let table: Table = toml::from_str(text).map_err(not_toml)?;
    let mut unreadable: Vec<Unreadable> = Vec::new();
    for key in &KEYS {
        match table.get(key.name) {
            None => unreadable.push(Unreadable::Missing(key.name)),
            Some(value) if !(key.reads)(value) => unreadable.push(Unreadable::Value(key.name)),
            Some(_) => {}
        }
    }
    let known = |name: &str| KEYS.iter().any(|key| key.name == name);
    unreadable.extend(table.keys().filter(|name| !known(name)).cloned().map(Unreadable::Unknown));
    if !unreadable.is_empty() {
        return Err(unreadable);
    }
    let policy: ReminderPolicy = toml::from_str(text).map_err(not_toml)?;
    if policy.key == own_key { Ok(policy) } else { Err(vec![Unreadable::OtherRule(own_key.to_owned())]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"
key = "half_a_year"
title = { nb = "Et halvt år", nn = "Eit halvt år", en = "Half a year" }
letter = "welcome_new_leader"
anchor = "appointment"
offset = { unit = "calendar", days = 180, on_closed_day = "after" }
at = "08:00"
recipients = "leader"
condition = "always"
latest = { hours_after_due = 240, before_anchor = false }
mandatory = false
can_wait = false
"#;

    fn unreadable(text: &str) -> Vec<Unreadable> {
        read(text, "half_a_year").unwrap_err()
    }

    #[test]
    fn a_whole_definition_is_read() {
        assert_eq!(read(WHOLE, "half_a_year").unwrap().at, "08:00".parse().unwrap());
    }

    #[test]
    fn what_cannot_be_read_is_named_by_its_key() {
        assert_eq!(unreadable("key = half"), [Unreadable::Line(1)]);
        assert_eq!(unreadable(&WHOLE.replace("\"leader\"", "leader")), [Unreadable::Line(8)]);
        assert_eq!(unreadable(&WHOLE.replace("at = \"08:00\"\n", "")), [Unreadable::Missing("at")]);
        assert_eq!(unreadable(&WHOLE.replace("08:00", "8")), [Unreadable::Value("at")]);
        assert_eq!(unreadable(&WHOLE.replace("\"calendar\"", "\"weeks\"")), [Unreadable::Value("offset")]);
        let more = format!("{WHOLE}hour = 8\n");
        assert_eq!(unreadable(&more), [Unreadable::Unknown("hour".to_owned())]);
        assert_eq!(read(WHOLE, "year"), Err(vec![Unreadable::OtherRule("year".to_owned())]));
        assert_eq!(unreadable("").len(), KEYS.len());
    }

    #[test]
    fn it_is_told_in_every_language_with_what_to_write() {
        let every = [
            (Unreadable::Line(3), "3"),
            (Unreadable::Missing("at"), "at = \"08:00\""),
            (Unreadable::Unknown("hour".to_owned()), "can_wait"),
            (
                Unreadable::Value("recipients"),
                "recipients = \"leader\" | \"line_manager\" | \"coordinators\"",
            ),
            (Unreadable::OtherRule("year".to_owned()), "key = \"year\""),
        ];
        for (what, told) in every {
            let texts = Locale::ALL.map(|locale| what.message(locale));
            for text in &texts {
                assert!(text.contains(told) && !text.contains("policy-") && !text.contains("{$"), "{text}");
            }
            assert_ne!(texts[0], texts[2]);
        }
    }
}
