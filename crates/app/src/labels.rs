//! What the values of the API's enums are called by people, in the three languages.

use varde_model::{Locale, letter::LetterKind};

use crate::texts::{text, text_with, try_text};

/// Enums whose values have their texts elsewhere, as what is said when one of them stands in the way or happens. What
/// such a text would name is shown as `…`.
const SAID_ELSEWHERE: [(&str, &str); 9] = [
    ("UserErrorCode", "refusal-"),
    ("WarningCode", "warning-"),
    ("NotProposedReason", "unproposed-"),
    ("StateReasonCode", "state-reason-"),
    ("CompetenceTheme", "theme-"),
    ("InboxReason", "inbox-reason-"),
    ("ImportFaultCode", "hr-fault-"),
    ("ImportNoticeCode", "hr-notice-"),
    ("ImportChangeKind", "hr-change-"),
];

/// Every name that one of those texts fills in.
const FILLED_IN: [&str; 37] = [
    "cycle",
    "field",
    "hint",
    "max",
    "min",
    "state",
    "minutes",
    "count",
    "least",
    "most",
    "column",
    "value",
    "line",
    "subject",
    "starts",
    "ends",
    "day",
    "ahead",
    "wanted",
    "weekday",
    "holiday",
    "position",
    "person",
    "cohort",
    "moment",
    "programme",
    "gathering",
    "name",
    "other",
    "taken",
    "capacity",
    "letter",
    "conflict",
    "group",
    "endorser",
    "round",
    "supporter",
];

/// The label of an enum's value, both named as the API names them; None where nobody has written one.
pub fn label(locale: Locale, of: &str, value: &str) -> Option<String> {
    let value = value.to_lowercase().replace('_', "-");
    match SAID_ELSEWHERE.iter().find(|(name, _)| *name == of) {
        Some((_, prefix)) => {
            let args = FILLED_IN.map(|name| (name, "…".to_owned()));
            Some(text_with(locale, &format!("{prefix}{value}"), &args)).filter(|text| !text.contains(prefix))
        }
        None => try_text(locale, &format!("enum-{}-{value}", kebab(of))),
    }
}

/// What a letter is called.
pub fn letter(locale: Locale, letter: LetterKind) -> String {
    text(locale, &format!("letter-{}", letter.as_str().replace('_', "-")))
}

fn kebab(name: &str) -> String {
    let mut kebab = String::with_capacity(name.len() + 4);
    for (place, letter) in name.char_indices() {
        if letter.is_uppercase() && place > 0 {
            kebab.push('-');
        }
        kebab.extend(letter.to_lowercase());
    }
    kebab
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_has_a_name_in_every_language() {
        for kind in LetterKind::ALL {
            for locale in Locale::ALL {
                assert!(!letter(locale, *kind).contains("letter-"), "{kind} in {locale}");
            }
        }
        assert_eq!(letter(Locale::Nn, LetterKind::SeatOffered), "tilbod om ledig plass");
    }

    #[test]
    fn a_value_is_called_what_the_field_calls_it() {
        assert_eq!(label(Locale::Nn, "EnrolmentState", "OFFERED").as_deref(), Some("fått tilbod om plass"));
        assert_eq!(label(Locale::Nb, "Role", "LINE_MANAGER").as_deref(), Some("nærmeste leder"));
        assert_eq!(label(Locale::En, "ImportChangeKind", "JOINED").as_deref(), Some("Joined"));
        let missing = label(Locale::Nb, "ImportFaultCode", "COLUMN_MISSING");
        assert_eq!(missing.as_deref(), Some("Kolonnen … mangler."));
        assert_eq!(label(Locale::Nb, "EnrolmentState", "LOST"), None);
        assert_eq!(label(Locale::Nb, "UserErrorCode", "LOST"), None);
    }
}
