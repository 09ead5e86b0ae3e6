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
    /// Each module that met must have been attended, wholly or in part; an excuse does not stand in for a module.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub every_module: bool,
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

/// A gathering that was held, as it was for one leader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held<'a> {
    /// The key of its module, if it has one.
    pub module: Option<&'a str>,
    /// What was recorded; an absence where there is no record.
    pub presence: Presence,
}

/// How a leader's cohort ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Completion<'a> {
    /// The rule is met.
    Completed,
    /// The rule is not met.
    NotCompleted {
        /// How much is missing of the gatherings that are asked for.
        missing: Attended,
        /// The modules that are asked for and were missed altogether, by key and in the order in which they met.
        modules: Vec<&'a str>,
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

/// Whether the rule is met by the gatherings that were held. Cancelled ones are left out.
pub fn completion<'a>(rule: &CompletionRule, held: impl IntoIterator<Item = Held<'a>>) -> Completion<'a> {
    let held: Vec<Held<'a>> = held.into_iter().collect();
    let required = Attended::whole(rule.asks_for(u32::try_from(held.len()).unwrap_or(u32::MAX)));
    let counted = attended(rule, held.iter().map(|gathering| gathering.presence));
    let missing = Attended { halves: required.halves.saturating_sub(counted.halves) };
    let modules = if rule.every_module { missed_modules(&held) } else { Vec::new() };
    if missing == Attended::default() && modules.is_empty() {
        Completion::Completed
    } else {
        Completion::NotCompleted { missing, modules }
    }
}

fn missed_modules<'a>(held: &[Held<'a>]) -> Vec<&'a str> {
    let was_there =
        |gathering: &&Held<'_>| matches!(gathering.presence, Presence::Present | Presence::Partly);
    let attended: Vec<_> = held.iter().filter(was_there).filter_map(|gathering| gathering.module).collect();
    let mut missed = Vec::new();
    for module in held.iter().filter_map(|gathering| gathering.module) {
        if !attended.contains(&module) && !missed.contains(&module) {
            missed.push(module);
        }
    }
    missed
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RULE: CompletionRule = CompletionRule {
        attend_at_least: 3,
        partly_counts: PartlyCounts::Half,
        excused_at_most: 1,
        every_module: false,
    };

    /// Gatherings of no module.
    fn held(presences: impl IntoIterator<Item = Presence>) -> impl Iterator<Item = Held<'static>> {
        presences.into_iter().map(|presence| Held { module: None, presence })
    }

    fn missing(missing: Attended) -> Completion<'static> {
        Completion::NotCompleted { missing, modules: Vec::new() }
    }

    /// P was there, H for half of it, E was excused, A was away.
    fn presence(letter: char) -> Presence {
        match letter {
            'P' => Presence::Present,
            'H' => Presence::Partly,
            'E' => Presence::Excused,
            _ => Presence::Absent,
        }
    }

    /// One letter a gathering.
    fn after(letters: &str) -> String {
        match completion(&RULE, held(letters.chars().map(presence))) {
            Completion::Completed => "completed".to_owned(),
            Completion::NotCompleted { missing, .. } => format!("{missing} missing"),
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
        let with = |partly_counts| completion(&CompletionRule { partly_counts, ..RULE }, held(partly));
        assert_eq!(with(PartlyCounts::Whole), Completion::Completed);
        assert_eq!(with(PartlyCounts::Half), missing(Attended { halves: 3 }));
        assert_eq!(with(PartlyCounts::Nothing), missing(Attended::whole(3)));
    }

    /// Two days a module: leadership, cooperation, conflict.
    #[test]
    fn every_module_is_asked_for_whatever_the_number_of_days() {
        let rule = CompletionRule { attend_at_least: 4, every_module: true, ..RULE };
        let after = |letters: &str| {
            let modules = ["leadership", "leadership", "cooperation", "cooperation", "conflict", "conflict"];
            let held = letters.chars().zip(modules);
            let held = held.map(|(letter, module)| Held { module: Some(module), presence: presence(letter) });
            match completion(&rule, held) {
                Completion::Completed => "completed".to_owned(),
                Completion::NotCompleted { missing, modules } => {
                    format!("{} halves, {}", missing.halves, modules.join(" and "))
                }
            }
        };
        let table = [
            ("PPPPPA", "completed"),
            ("PPPPHA", "completed"),
            ("PPPPAA", "0 halves, conflict"),
            ("PPPPEE", "0 halves, conflict"),
            ("PPAEAA", "2 halves, cooperation and conflict"),
            // The third module was called off.
            ("PPPP", "completed"),
        ];
        for (letters, outcome) in table {
            assert_eq!(after(letters), outcome, "{letters}");
        }
    }

    proptest! {
        #[test]
        fn the_order_of_the_gatherings_does_not_matter(
            mut presences in prop::collection::vec(prop::sample::select(Presence::ALL.to_vec()), 0..8),
        ) {
            let before = completion(&RULE, held(presences.clone()));
            presences.reverse();
            prop_assert_eq!(completion(&RULE, held(presences)), before);
        }

        #[test]
        fn one_more_whole_gathering_never_makes_it_worse(
            presences in prop::collection::vec(prop::sample::select(Presence::ALL.to_vec()), 0..8),
        ) {
            if completion(&RULE, held(presences.clone())) == Completion::Completed {
                let more = presences.into_iter().chain([Presence::Present]);
                prop_assert_eq!(completion(&RULE, held(more)), Completion::Completed);
            }
        }
    }
}
