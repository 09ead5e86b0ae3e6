//! What one of the two thinks of each requirement.

use std::collections::BTreeMap;

use crate::delivery::names;

names! {
    /// How far a leader has come with a requirement.
    Rating {
        /// Ikke ennå.
        NotYet = "not_yet",
        /// Et stykke på vei.
        OnTheWay = "on_the_way",
        /// På plass.
        InPlace = "in_place",
        /// Forbilde for andre.
        RoleModel = "role_model",
        /// It does not apply to this leader, for a stated reason; it counts in no figure.
        NotApplicable = "not_applicable",
    }
}

impl Rating {
    /// The figure, 1 to 4; None where the requirement does not apply.
    pub const fn figure(self) -> Option<u8> {
        match self {
            Self::NotYet => Some(1),
            Self::OnTheWay => Some(2),
            Self::InPlace => Some(3),
            Self::RoleModel => Some(4),
            Self::NotApplicable => None,
        }
    }
}

/// The longest example, reason, action or addendum, in characters.
pub const LONGEST_TEXT: usize = 4_000;

/// A requirement as one of the two sees it. The text is confidential: its debug output shows nothing of it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Rated {
    /// How far; None while it is not said.
    pub rating: Option<Rating>,
    /// The example, or why it does not apply; empty where nothing is written.
    pub text: String,
}

impl std::fmt::Debug for Rated {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rated").field("rating", &self.rating).finish_non_exhaustive()
    }
}

/// The requirements by key, as one of the two sees them.
pub type View = BTreeMap<String, Rated>;

/// What a view lacks before it can be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A requirement without a rating.
    NotRated(String),
    /// A rating without an example, or a requirement that does not apply and no word why.
    NoText(String),
}

/// What a view lacks, in the order of the requirements. The leader gives an example with each rating; the line manager
/// need not. Whoever says that a requirement does not apply says why.
pub fn flaws(view: &View, requirements: &[String], asks_for_examples: bool) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    for key in requirements {
        let rated = view.get(key);
        match rated.and_then(|rated| rated.rating) {
            None => flaws.push(Flaw::NotRated(key.clone())),
            Some(rating) => {
                let wanted = asks_for_examples || rating == Rating::NotApplicable;
                if wanted && rated.is_none_or(|rated| rated.text.trim().is_empty()) {
                    flaws.push(Flaw::NoText(key.clone()));
                }
            }
        }
    }
    flaws
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rated(rating: Rating, text: &str) -> Rated {
        Rated { rating: Some(rating), text: text.to_owned() }
    }

    #[test]
    fn a_leader_gives_an_example_with_each_rating_and_both_a_reason_where_none_applies() {
        let keys: Vec<String> = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
        let view = View::from([
            ("a".to_owned(), rated(Rating::InPlace, "Nytt fraværsmøte hver uke.")),
            ("b".to_owned(), rated(Rating::NotYet, "  ")),
            ("c".to_owned(), rated(Rating::NotApplicable, "")),
        ]);
        let lacks = |key: &str| Flaw::NoText(key.to_owned());
        assert_eq!(flaws(&view, &keys, true), [lacks("b"), lacks("c"), Flaw::NotRated("d".into())]);
        assert_eq!(flaws(&view, &keys, false), [lacks("c"), Flaw::NotRated("d".into())]);
    }

    #[test]
    fn what_was_written_is_in_no_debug_output() {
        let shown = format!("{:?}", rated(Rating::NotYet, "hemmelig"));
        assert!(!shown.contains("hemmelig"), "{shown}");
    }
}
