//! Reading what programmes and one another's files point to: levels, responsibilities and requirements.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use super::{
    CatalogueFault, Domain, LevelText, PlanItem, Programme, Requirement, Responsibility, checks,
    responsibility::domain_key, source::Source,
};

/// What has been read. A file that is there and faulty stands as an empty list: what points into it is not at fault.
#[derive(Default)]
pub(super) struct Reference {
    pub(super) levels: Option<Vec<LevelText>>,
    pub(super) responsibilities: BTreeMap<Domain, Vec<Responsibility>>,
    pub(super) requirements: Option<Vec<Requirement>>,
    pub(super) plan: Option<Vec<PlanItem>>,
}

impl Reference {
    pub(super) fn levels(&mut self, source: &Source<'_>) -> Vec<CatalogueFault> {
        let (levels, mut faults) = entries(source, "level");
        if faults.is_empty() {
            faults = checks::levels(source, &levels);
            self.levels = Some(levels);
        }
        faults
    }

    pub(super) fn responsibilities(&mut self, source: &Source<'_>, domain: Domain) -> Vec<CatalogueFault> {
        let (responsibilities, mut faults) = entries(source, "responsibility");
        if faults.is_empty() {
            faults = checks::responsibilities(source, domain, &responsibilities);
            self.responsibilities.insert(domain, responsibilities);
        }
        faults
    }

    pub(super) fn requirements(&mut self, source: &Source<'_>) -> Vec<CatalogueFault> {
        let (requirements, mut faults) = entries(source, "requirement");
        if faults.is_empty() {
            faults = checks::requirements(source, &requirements, self);
            self.requirements = Some(requirements);
        }
        faults
    }

    pub(super) fn plan(&mut self, source: &Source<'_>) -> Vec<CatalogueFault> {
        let (items, mut faults) = entries(source, "item");
        if faults.is_empty() {
            faults = checks::plan(source, &items);
            self.plan = Some(items);
        }
        faults
    }

    /// What the parts of a programme point to and does not exist.
    pub(super) fn unknown_in(&self, source: &Source<'_>, programme: &Programme) -> Vec<CatalogueFault> {
        let mut faults = Vec::new();
        for (day, gathering) in programme.gatherings.iter().enumerate() {
            for (part, block) in gathering.blocks.iter().enumerate() {
                let at = format!("gathering[{day}].block[{part}]");
                for (index, key) in block.responsibilities.iter().enumerate() {
                    if self.lacks_responsibility(key) {
                        let at = format!("{at}.responsibilities[{index}]");
                        faults.push(source.fault(&at, format!("there is no responsibility '{key}'")));
                    }
                }
                for (index, key) in block.requirements.iter().enumerate() {
                    if self.lacks_requirement(key) {
                        let at = format!("{at}.requirements[{index}]");
                        faults.push(source.fault(&at, format!("there is no requirement '{key}'")));
                    }
                }
            }
        }
        faults
    }

    /// The responsibility with a key.
    pub(super) fn responsibility(&self, key: &str) -> Option<&Responsibility> {
        self.of_domain(key)?.iter().find(|one| one.key == key)
    }

    pub(super) fn lacks_responsibility(&self, key: &str) -> bool {
        let unread = Domain::from_key(domain_key(key)).is_some()
            && self.of_domain(key).is_none_or(|known| known.is_empty());
        !unread && self.responsibility(key).is_none()
    }

    fn lacks_requirement(&self, key: &str) -> bool {
        let known = self.requirements.as_deref().unwrap_or_default();
        !known.is_empty() && known.iter().all(|one| one.key != key)
    }

    fn of_domain(&self, key: &str) -> Option<&Vec<Responsibility>> {
        self.responsibilities.get(&Domain::from_key(domain_key(key))?)
    }
}

/// The entries of a file that holds nothing but one array, and the faults of those that cannot be read.
fn entries<T: DeserializeOwned>(source: &Source<'_>, array: &str) -> (Vec<T>, Vec<CatalogueFault>) {
    let mut faults = source.unknown_at_top(&[array]);
    let mut entries = Vec::new();
    for entry in source.read_each(array) {
        match entry {
            Ok(entry) => entries.push(entry),
            Err(fault) => faults.push(fault),
        }
    }
    (entries, faults)
}
