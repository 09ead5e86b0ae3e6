//! The catalogue that comes with the product, for tests.

use super::{Catalogue, CatalogueFault};

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/catalogue/", $path)))),*]
    };
}

pub(crate) const FILES: &[(&str, &str)] = &files![
    "domains.toml",
    "programmes/onboarding.toml",
    "reminders/onboarding.toml",
    "levels.toml",
    "conflicts.toml",
    "requirements.toml",
    "plan.toml",
    "responsibilities/context.toml",
    "responsibilities/execution.toml",
    "responsibilities/relations.toml",
    "responsibilities/self_development.toml",
    "responsibilities/transformation.toml",
    "responsibilities/values.toml",
    "programmes/new_leader_development.toml",
    "reminders/new_leader_development.toml",
    "programmes/mobilisation.toml",
    "reminders/mobilisation.toml",
    "surveys/gathering_evaluation.toml",
    "surveys/cohort_evaluation.toml",
    "surveys/leader_group_standing.toml",
    "programmes/experienced_leader_development.toml",
    "reminders/experienced_leader_development.toml",
    "programmes/practical_change_management.toml",
    "reminders/practical_change_management.toml",
    "programmes/leader_group_development.toml",
    "reminders/leader_group_development.toml",
    "programmes/top_leader_groups.toml",
    "reminders/top_leader_groups.toml",
    "programmes/national_top_leader.toml",
    "reminders/national_top_leader.toml",
];

pub(crate) fn catalogue() -> Catalogue {
    Catalogue::parse(FILES.iter().copied()).unwrap()
}

/// The faults after a text in one of the files has been replaced. The text must be there.
pub(crate) fn faults_after(path: &str, from: &str, to: &str) -> Vec<CatalogueFault> {
    assert!(FILES.iter().any(|(name, text)| *name == path && text.contains(from)), "{path} has no {from}");
    let files = FILES.iter().map(|(name, text)| {
        (*name, if *name == path { text.replacen(from, to, 1) } else { (*text).to_owned() })
    });
    Catalogue::parse(files).err().unwrap_or_default()
}
