//! Makes hostile text harmless: names and titles come from HR systems and coordinators, and end up in
//! headers, calendars and pages.

use serde_json::Value;

/// The longest name that a mail shows, in characters.
pub(crate) const NAME: usize = 100;
/// The longest title, place or subject, in characters.
pub(crate) const TITLE: usize = 200;
const PROSE: usize = 4_000;

/// Marks that are not seen but turn, join or hide what is: bidirectional controls, zero-width and tag characters.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn is_break(c: char) -> bool {
    c.is_control() || c.is_whitespace() || matches!(c, '\u{2028}' | '\u{2029}')
}

fn shortened(text: String, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text,
        Some(_) => {
            let kept: String = text.chars().take(limit.saturating_sub(1)).collect();
            format!("{}…", kept.trim_end())
        }
    }
}

/// One line without control or invisible marks, every run of blanks one blank, at most `limit` characters.
pub(crate) fn line(text: &str, limit: usize) -> String {
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    let words: Vec<&str> = visible.split(is_break).filter(|word| !word.is_empty()).collect();
    shortened(words.join(" "), limit)
}

/// Lines of prose, each cleaned like [`line()`].
pub(crate) fn prose(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|l| line(l, PROSE)).filter(|l| !l.is_empty()).collect();
    shortened(lines.join("\n"), PROSE)
}

/// A name that can stand in a header or a calendar parameter: also without quotes, backslashes and brackets.
pub(crate) fn display_name(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if matches!(c, '"' | '\\' | '<' | '>') { ' ' } else { c }).collect();
    line(&plain, NAME)
}

/// An address, of mail or of the web, without anything that could end it early.
pub(crate) fn address(text: &str) -> String {
    text.chars().filter(|c| !is_break(*c) && !is_invisible(*c) && !matches!(c, '<' | '>' | '"')).collect()
}

/// Cleans every text of a letter's facts by the name of its field.
pub(crate) fn facts(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    Value::String(text) => *text = by_field(name, text),
                    // Whole sentences that explain a decision, not names.
                    Value::Array(sentences) if name == "reasons" => sentences.iter_mut().for_each(sentence),
                    other => facts(other),
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                match item {
                    Value::String(text) => *text = line(text, NAME),
                    other => facts(other),
                }
            }
        }
        _ => {}
    }
}

fn sentence(value: &mut Value) {
    match value {
        Value::String(text) => *text = line(text, PROSE),
        other => facts(other),
    }
}

fn by_field(name: &str, text: &str) -> String {
    match name {
        "reason" => prose(text),
        "link" | "email" => address(text),
        name if name.ends_with("url") => address(text),
        name if name.ends_with("name") => line(text, NAME),
        _ => line(text, TITLE),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_hostile_name_becomes_one_visible_line() {
        assert_eq!(display_name("Kari\r\nBcc: all@x.no"), "Kari Bcc: all@x.no");
        assert_eq!(display_name("\u{202e}iraK \"<b>Nor\u{200b}dmann</b>\""), "iraK b Nordmann /b");
        assert_eq!(display_name(&"å".repeat(300)).chars().count(), NAME);
    }

    #[test]
    fn prose_keeps_its_lines() {
        assert_eq!(
            prose("Foreleseren er syk.\r\n\u{7}\nNy dato kommer."),
            "Foreleseren er syk.\nNy dato kommer."
        );
    }

    #[test]
    fn the_sentences_of_an_explanation_are_whole_and_names_are_not_endless() {
        let long = "ord ".repeat(60);
        let mut told = serde_json::json!({ "reasons": [long], "leaders": [long] });
        facts(&mut told);
        assert_eq!(told["reasons"][0], long.trim());
        assert!(told["leaders"][0].as_str().unwrap().ends_with('…'));
    }

    proptest! {
        #[test]
        fn nothing_that_breaks_a_header_survives(text in any::<String>()) {
            let clean = display_name(&text);
            prop_assert!(clean.chars().count() <= NAME);
            prop_assert!(!clean.chars().any(|c| c.is_control() || is_invisible(c) || "\"\\<>".contains(c)));
        }
    }
}
