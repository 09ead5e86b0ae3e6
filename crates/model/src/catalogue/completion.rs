//! When a leader has completed a cohort.

use serde::{Deserialize, Serialize};

use crate::gathering::Presence;

/// How much a leader must have been there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompletionRule {
    /// So many gatherings must count, or all of them where the cohort held fewer.
    pub attend_at_least: u32,
    /// What being there for a part counts.
    pub partly_counts: PartlyCounts,
    /// So many excused absences count as attended; further ones count as absences. At least one gathering must have
    /// been attended, whatever the excuses.
    pub excused_at_most: u32,
}

impl CompletionRule {
    /// How many gatherings are asked for in a cohort that held so many: what the rule says, but never more than there
    /// were. A short cohort, or one whose days were called off, can be completed by being there. Never less than one:
    /// where nothing was held, nobody completes.
    pub fn asks_for(&self, held: u32) -> u32 {
        self.attend_at_least.min(held).max(1)
    }
}

/// What being at a part of a gathering counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartlyCounts {
    /// As a whole gathering.
    Whole,
    /// As half a gathering.
    Half,
    /// Not at all.
    Nothing,
}

/// A number of gatherings in halves: 3 is one and a half.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Attended {
    /// How many halves.
    pub halves: u32,
}

impl Attended {
    /// So many whole gatherings.
    pub const fn whole(gatherings: u32) -> Self {
        Self { halves: gatherings.saturating_mul(2) }
    }
}

/// `2`, `½` or `1½`.
impl std::fmt::Display for Attended {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.halves / 2, self.halves % 2) {
            (whole, 0) => write!(f, "{whole}"),
            (0, _) => f.write_str("½"),
            (whole, _) => write!(f, "{whole}½"),
        }
    }
}

/// How a leader's cohort ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completion {
    /// The rule is met.
    Completed,
    /// The rule is not met.
    NotCompleted {
        /// How much is missing.
        missing: Attended,
    },
}

/// How much of what was recorded counts: one presence for each gathering that was held, an absence where there is no
/// record. Cancelled gatherings are left out.
pub fn attended(rule: &CompletionRule, presences: impl IntoIterator<Item = Presence>) -> Attended {
    let presences: Vec<Presence> = presences.into_iter().collect();
    let asked = rule.asks_for(u32::try_from(presences.len()).unwrap_or(u32::MAX));
    let excusable = rule.excused_at_most.min(asked - 1);
    let mut counted = Attended::default();
    let mut excused = 0;
    for presence in presences {
        counted.halves += match presence {
            Presence::Present => 2,
            Presence::Partly => match rule.partly_counts {
                PartlyCounts::Whole => 2,
                PartlyCounts::Half => 1,
                PartlyCounts::Nothing => 0,
            },
            Presence::Absent => 0,
            Presence::Excused => {
                excused += 1;
                if excused <= excusable { 2 } else { 0 }
            }
        };
    }
    counted
}

/// Whether the rule is met by what was recorded, told as for [`attended`].
pub fn completion(rule: &CompletionRule, presences: impl IntoIterator<Item = Presence>) -> Completion {
    let presences: Vec<Presence> = presences.into_iter().collect();
    let required = Attended::whole(rule.asks_for(u32::try_from(presences.len()).unwrap_or(u32::MAX)));
    let counted = attended(rule, presences);
    match required.halves.saturating_sub(counted.halves) {
        0 => Completion::Completed,
        halves => Completion::NotCompleted { missing: Attended { halves } },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RULE: CompletionRule =
        CompletionRule { attend_at_least: 3, partly_counts: PartlyCounts::Half, excused_at_most: 1 };

    /// One letter a gathering: Present, Half there, Absent, Excused.
    fn after(letters: &str) -> String {
        let presences = letters.chars().map(|letter| match letter {
            'P' => Presence::Present,
            'H' => Presence::Partly,
            'E' => Presence::Excused,
            _ => Presence::Absent,
        });
        match completion(&RULE, presences) {
            Completion::Completed => "completed".to_owned(),
            Completion::NotCompleted { missing } => format!("{missing} missing"),
        }
    }

    #[test]
    fn three_of_four_with_halves_and_one_excuse() {
        let table = [
            ("PPPP", "completed"),
            ("PPPA", "completed"),
            ("PPHH", "completed"),
            ("PPHA", "½ missing"),
            ("PPEA", "completed"),
            ("PEEE", "1 missing"),
            ("PPEE", "completed"),
            ("HHHH", "1 missing"),
            ("HAAA", "2½ missing"),
            ("AAAA", "3 missing"),
        ];
        for (letters, outcome) in table {
            assert_eq!(after(letters), outcome, "{letters}");
        }
    }

    /// What is asked for is bounded by what was held.
    #[test]
    fn a_short_cohort_is_completed_by_being_there() {
        let table = [
            ("P", "completed"),
            ("H", "½ missing"),
            ("A", "1 missing"),
            ("E", "1 missing"),
            ("PP", "completed"),
            ("PE", "completed"),
            ("EE", "1 missing"),
            ("PA", "1 missing"),
            ("PPA", "1 missing"),
            ("", "1 missing"),
        ];
        for (letters, outcome) in table {
            assert_eq!(after(letters), outcome, "{letters}");
        }
        assert_eq!([0, 1, 2, 3, 4].map(|held| RULE.asks_for(held)), [1, 1, 2, 3, 3]);
    }

    #[test]
    fn what_a_part_counts_is_the_programmes_choice() {
        let partly = [Presence::Partly; 3];
        let with = |partly_counts| completion(&CompletionRule { partly_counts, ..RULE }, partly);
        assert_eq!(with(PartlyCounts::Whole), Completion::Completed);
        assert_eq!(with(PartlyCounts::Half), Completion::NotCompleted { missing: Attended { halves: 3 } });
        assert_eq!(with(PartlyCounts::Nothing), Completion::NotCompleted { missing: Attended::whole(3) });
    }

    proptest! {
        #[test]
        fn the_order_of_the_gatherings_does_not_matter(
            mut presences in prop::collection::vec(prop::sample::select(Presence::ALL.to_vec()), 0..8),
        ) {
            let before = completion(&RULE, presences.clone());
            presences.reverse();
            prop_assert_eq!(completion(&RULE, presences), before);
        }

        #[test]
        fn one_more_whole_gathering_never_makes_it_worse(
            presences in prop::collection::vec(prop::sample::select(Presence::ALL.to_vec()), 0..8),
        ) {
            if completion(&RULE, presences.clone()) == Completion::Completed {
                let more = presences.into_iter().chain([Presence::Present]);
                prop_assert_eq!(completion(&RULE, more), Completion::Completed);
            }
        }
    }
}
