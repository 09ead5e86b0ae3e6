//! What a programme, or a module of it, holds: read off its gatherings, so that nothing is written twice.

use std::collections::BTreeSet;

use super::{Domain, GatheringTemplate, Module, Programme, Theme};

/// Length and contents of some gatherings together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// How many days; each gathering is one.
    pub days: u32,
    /// From beginning to end of each day, breaks included.
    pub minutes: u32,
    /// The themes of the competence plan, in the order in which they come.
    pub themes: Vec<Theme>,
    /// The domains in which it makes a leader grow, in the order in which they come.
    pub domains: Vec<Domain>,
    /// Keys of the responsibilities that it prepares for, sorted.
    pub responsibilities: BTreeSet<String>,
    /// Keys of the requirements that it prepares for, sorted.
    pub requirements: BTreeSet<String>,
}

impl Content {
    fn of<'a>(gatherings: impl IntoIterator<Item = &'a GatheringTemplate>) -> Self {
        let mut content = Self::default();
        for gathering in gatherings {
            content.days += 1;
            content.minutes += gathering.length_minutes();
            for block in &gathering.blocks {
                if !content.themes.contains(&block.theme) {
                    content.themes.push(block.theme);
                }
                for domain in &block.domains {
                    if !content.domains.contains(domain) {
                        content.domains.push(*domain);
                    }
                }
                content.responsibilities.extend(block.responsibilities.iter().cloned());
                content.requirements.extend(block.requirements.iter().cloned());
            }
        }
        content
    }
}

impl Programme {
    /// What the whole programme holds.
    pub fn content(&self) -> Content {
        Content::of(&self.gatherings)
    }

    /// What one of its modules holds.
    pub fn content_of(&self, module: &Module) -> Content {
        let is_of_it =
            |gathering: &&GatheringTemplate| gathering.module.as_deref() == Some(module.key.as_str());
        Content::of(self.gatherings.iter().filter(is_of_it))
    }
}

#[cfg(test)]
mod tests {
    use crate::catalogue::{Content, Domain, Programme, Theme, shipped};

    fn programme(key: &str) -> Programme {
        let found = shipped::catalogue().programmes.into_iter().find(|programme| programme.key == key);
        found.unwrap()
    }

    #[test]
    fn the_modules_of_a_programme_make_it_up() {
        let experienced = programme("experienced_leader_development");
        let modules: Vec<Content> =
            experienced.modules.iter().map(|module| experienced.content_of(module)).collect();
        assert_eq!(modules.iter().map(|module| module.days).collect::<Vec<_>>(), [2, 2, 2, 2, 1]);
        let whole = experienced.content();
        assert_eq!((whole.days, whole.minutes), (9, 9 * 390));
        assert_eq!(modules.iter().map(|module| module.minutes).sum::<u32>(), whole.minutes);
        for module in &modules {
            assert!(module.responsibilities.is_subset(&whole.responsibilities), "{module:?}");
            assert!(module.requirements.is_subset(&whole.requirements), "{module:?}");
        }
        assert_eq!(whole.domains.len(), 6, "all six domains: {:?}", whole.domains);
    }

    /// Else the page of responsibilities would lead to no programme, and the programme's page to no responsibility.
    #[test]
    fn every_gathering_prepares_for_a_responsibility() {
        for programme in shipped::catalogue().programmes {
            for gathering in &programme.gatherings {
                let named = gathering.blocks.iter().any(|block| !block.responsibilities.is_empty());
                assert!(named, "{}: {:?}", programme.key, gathering.title);
            }
        }
    }

    #[test]
    fn each_theme_and_domain_is_told_once_and_in_its_order() {
        let new = programme("new_leader_development");
        let leadership = new.content_of(&new.modules[0]);
        assert_eq!(leadership.days, 2);
        assert_eq!(leadership.themes[..2], [Theme::ValuesAndPrinciples, Theme::Communication]);
        assert_eq!(leadership.domains[..2], [Domain::Values, Domain::SelfDevelopment]);
        let once: std::collections::BTreeSet<_> = leadership.themes.iter().collect();
        assert_eq!(once.len(), leadership.themes.len());
    }
}
