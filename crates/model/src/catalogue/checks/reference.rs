//! What levels, responsibilities and requirements must hold beyond their shape.

use super::Check;
use crate::catalogue::{
    CatalogueFault, Domain, LevelText, Requirement, Responsibility, ResponsibilityLevel,
    reference::Reference, responsibility::domain_key, source::Source,
};

/// Each of the levels once, with its texts.
pub(in crate::catalogue) fn levels(source: &Source<'_>, levels: &[LevelText]) -> Vec<CatalogueFault> {
    let mut check = Check::of(source);
    for (index, text) in levels.iter().enumerate() {
        let at = format!("level[{index}]");
        check.texts(&format!("{at}.title"), &text.title);
        let twice = levels.iter().take(index).any(|earlier| earlier.key == text.key);
        check.that(!twice, &format!("{at}.key"), || format!("'{}' stands twice", text.key.as_str()));
    }
    for level in ResponsibilityLevel::ALL {
        let found = levels.iter().any(|text| text.key == level);
        check.that(found, "level", || format!("'{}' is missing", level.as_str()));
    }
    check.faults
}

/// Keys of the file's domain, each once, and something for every level.
pub(in crate::catalogue) fn responsibilities(
    source: &Source<'_>,
    domain: Domain,
    responsibilities: &[Responsibility],
) -> Vec<CatalogueFault> {
    let mut check = Check::of(source);
    for (index, one) in responsibilities.iter().enumerate() {
        let at = format!("responsibility[{index}]");
        let own = one.key.strip_prefix(domain.as_str()).and_then(|rest| rest.strip_prefix('.'));
        check.that(own.is_some_and(crate::reminders::is_key), &format!("{at}.key"), || {
            format!("write '{}.' and small letters a to z, digits and _", domain.as_str())
        });
        let twice = responsibilities.iter().take(index).any(|earlier| earlier.key == one.key);
        check.that(!twice, &format!("{at}.key"), || format!("'{}' stands twice", one.key));
        check.texts(&format!("{at}.text"), &one.text);
        check.that(!one.levels.is_empty(), &format!("{at}.levels"), || "name at least one level".to_owned());
        for (place, level) in one.levels.iter().enumerate() {
            let twice = one.levels.iter().take(place).any(|earlier| earlier == level);
            check.that(!twice, &format!("{at}.levels[{place}]"), || "stands twice".to_owned());
        }
    }
    for level in ResponsibilityLevel::ALL {
        let found = responsibilities.iter().any(|one| one.levels.contains(&level));
        check.that(found, "responsibility", || format!("none holds for '{}'", level.as_str()));
    }
    check.faults
}

/// Keys of their own, a primary domain, and responsibilities that exist within the linked domains, some for each
/// level that leads: the check-in shows them to every leader.
pub(in crate::catalogue) fn requirements(
    source: &Source<'_>,
    requirements: &[Requirement],
    known: &Reference,
) -> Vec<CatalogueFault> {
    let mut check = Check::of(source);
    check.that(!requirements.is_empty(), "requirement", || "there are none".to_owned());
    for (index, one) in requirements.iter().enumerate() {
        let at = format!("requirement[{index}]");
        check.own_key(&at, index, requirements.iter().map(|one| &one.key));
        check.texts(&format!("{at}.title"), &one.title);
        check.texts(&format!("{at}.text"), &one.text);
        check.links(&at, one);
        check.asked_for(&at, one, known);
    }
    check.faults
}

impl Check<'_> {
    fn links(&mut self, at: &str, requirement: &Requirement) {
        self.that(!requirement.primary.is_empty(), &format!("{at}.primary"), || "name a domain".to_owned());
        let lists = [("primary", &requirement.primary), ("secondary", &requirement.secondary)];
        let mut seen = Vec::new();
        for (name, domains) in lists {
            for (place, domain) in domains.iter().enumerate() {
                let at = format!("{at}.{name}[{place}]");
                self.that(!seen.contains(domain), &at, || format!("'{}' stands twice", domain.as_str()));
                seen.push(*domain);
            }
        }
    }

    fn asked_for(&mut self, at: &str, requirement: &Requirement, known: &Reference) {
        let keys = &requirement.responsibilities;
        for (place, key) in keys.iter().enumerate() {
            let at = format!("{at}.responsibilities[{place}]");
            if known.lacks_responsibility(key) {
                self.that(false, &at, || format!("there is no responsibility '{key}'"));
                continue;
            }
            self.that(!keys.iter().take(place).any(|earlier| earlier == key), &at, || {
                format!("'{key}' stands twice")
            });
            let linked = requirement.links().any(|(domain, _)| domain.as_str() == domain_key(key));
            self.that(linked, &at, || {
                format!("'{}' is among neither primary nor secondary", domain_key(key))
            });
        }
        let found: Option<Vec<_>> = keys.iter().map(|key| known.responsibility(key)).collect();
        // What cannot be found is a fault of its own, here or in the other file.
        let Some(found) = found else { return };
        for level in ResponsibilityLevel::ALL.into_iter().skip(1) {
            let holds = found.iter().any(|one| one.levels.contains(&level));
            self.that(holds, &format!("{at}.responsibilities"), || {
                format!("none of them holds for '{}'", level.as_str())
            });
        }
    }
}
