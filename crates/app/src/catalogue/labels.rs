//! The way to a value of a programme, in words.

use varde_model::Locale;

use crate::texts::{text, try_text};

/// `gathering[1].block[0].title.nb` as `Samling 2, del 1, tittel (bokmål)`. A name that the texts do not know stands as
/// the file writes it.
pub fn label(locale: Locale, key: &str) -> String {
    let mut told = String::new();
    for step in key.split('.') {
        let (name, index) = match step.split_once('[') {
            Some((name, rest)) => (name, rest.trim_end_matches(']').parse::<usize>().ok()),
            None => (step, None),
        };
        if let ("nb" | "nn" | "en", false) = (name, told.is_empty()) {
            told.push_str(&format!(" ({})", text(locale, &format!("programme-part-{name}"))));
            continue;
        }
        if !told.is_empty() {
            told.push_str(", ");
        }
        let known = try_text(locale, &format!("programme-part-{}", name.replace('_', "-")));
        told.push_str(known.as_deref().unwrap_or(name));
        if let Some(index) = index {
            told.push_str(&format!(" {}", index + 1));
        }
    }
    let mut letters = told.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_named_as_people_name_it() {
        let told = |key| Locale::ALL.map(|locale| label(locale, key));
        assert_eq!(
            told("gathering[1].block[0].title.nb"),
            [
                "Samling 2, del 1, tittel (bokmål)",
                "Samling 2, del 1, tittel (bokmål)",
                "Gathering 2, part 1, title (Bokmål)"
            ]
        );
        assert_eq!(
            told("seats.capacity"),
            [
                "Plasser og frister, antall plasser",
                "Plassar og fristar, talet på plassar",
                "Seats and deadlines, number of seats"
            ]
        );
    }

    /// Every value that a programme can have has a name in every language.
    #[test]
    fn no_name_is_missing() {
        let catalogue = crate::catalogue::embedded().unwrap_or_else(|faults| panic!("{faults:#?}"));
        for programme in &catalogue.programmes {
            for change in programme.differences(None) {
                for locale in Locale::ALL {
                    let label = label(locale, &change.key);
                    assert!(!label.contains('_'), "{locale}: {} is {label}", change.key);
                }
            }
        }
    }
}
