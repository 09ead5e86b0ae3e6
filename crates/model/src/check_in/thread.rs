//! The thread from a low requirement or domain to what serves it, and back from a programme to the requirements that it
//! serves.

use std::collections::BTreeMap;

use super::{
    Rating,
    profile::{Profile, profile},
};
use crate::{
    catalogue::{BlockTemplate, Domain, PlanItem, Programme, Requirement, ResponsibilityLevel},
    framework::Framework,
};

/// A requirement is low where one of the two rates it at this figure or below: et stykke på vei.
pub const LOW_RATING: u8 = 2;

/// A domain is low where the mean of one of the two lies below this: half-way between on the way and in place.
pub const LOW_MEAN: f64 = 2.5;

/// What something is wanted for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// A low requirement, by its key.
    Requirement(String),
    /// A low domain.
    Domain(Domain),
}

/// What one of the two rates.
pub type Ratings = BTreeMap<String, Rating>;

/// What is low in the view of one of the two at least: requirements in their order, then domains in theirs. A low domain is
/// named by itself only where no low requirement draws on it first, as what serves that one is told there.
pub fn low(framework: &Framework, views: &[Ratings]) -> Vec<Need> {
    let is_low = |key: &str| {
        let figures = views.iter().filter_map(|view| view.get(key).copied()?.figure());
        figures.min().is_some_and(|figure| figure <= LOW_RATING)
    };
    let requirements: Vec<&Requirement> =
        framework.requirements.iter().filter(|one| is_low(&one.key)).collect();
    let profiles: Vec<Profile> =
        views.iter().map(|view| profile(&framework.requirements, |key| view.get(key).copied())).collect();
    let domains = Domain::ALL.into_iter().filter(|domain| {
        let low = profiles.iter().filter_map(|one| one.get(domain)).any(|mean| *mean < LOW_MEAN);
        low && requirements.iter().all(|one| !one.primary.contains(domain))
    });
    let named = requirements.iter().map(|one| Need::Requirement(one.key.clone()));
    named.chain(domains.map(Need::Domain)).collect()
}

/// How directly something serves a requirement or domain, the most directly first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Directness {
    /// It names the requirement.
    Requirement,
    /// It names something that the requirement asks for at the leader's level.
    Responsibility,
    /// It names a domain that the requirement draws on first, or the low domain itself.
    Domain,
}

impl Directness {
    /// Whether having been there counts as evidence of the requirement: a shared domain alone is too wide for that.
    pub const fn is_evidence(self) -> bool {
        matches!(self, Self::Requirement | Self::Responsibility)
    }
}

/// A requirement or domain as blocks and items are held against it: what names it, most directly first.
#[derive(Clone, Debug)]
pub struct Target<'f> {
    requirement: Option<&'f str>,
    responsibilities: Vec<&'f str>,
    domains: Vec<Domain>,
}

impl<'f> Target<'f> {
    /// A requirement, by what it asks of a level; of every level where none is given.
    pub fn requirement(
        framework: &'f Framework,
        requirement: &'f Requirement,
        level: Option<ResponsibilityLevel>,
    ) -> Self {
        let responsibilities = match level {
            Some(level) => framework.asked_of(requirement, level).map(|one| one.key.as_str()).collect(),
            None => requirement.responsibilities.iter().map(String::as_str).collect(),
        };
        Self { requirement: Some(&requirement.key), responsibilities, domains: requirement.primary.clone() }
    }

    /// What a need is about; None for a requirement that the framework does not have.
    pub fn of(framework: &'f Framework, need: &Need, level: ResponsibilityLevel) -> Option<Self> {
        match need {
            Need::Requirement(key) => {
                let (_, requirement) = framework.requirement(key)?;
                Some(Self::requirement(framework, requirement, Some(level)))
            }
            Need::Domain(domain) => {
                Some(Self { requirement: None, responsibilities: Vec::new(), domains: vec![*domain] })
            }
        }
    }

    /// How directly something serves it that names domains alone, as an item of the competence plan does.
    pub fn by_domains(&self, domains: &[Domain]) -> Option<Directness> {
        domains.iter().any(|domain| self.domains.contains(domain)).then_some(Directness::Domain)
    }

    /// The items of the competence plan that serve it, in the plan's order.
    pub fn items(&self, framework: &'f Framework) -> impl Iterator<Item = &'f PlanItem> {
        framework.plan.iter().filter(|item| self.by_domains(&item.domains).is_some())
    }

    /// How directly a block serves it.
    pub fn by_block(&self, block: &BlockTemplate) -> Option<Directness> {
        let names = |keys: &[String], wanted: &str| keys.iter().any(|key| key == wanted);
        if self.requirement.is_some_and(|key| names(&block.requirements, key)) {
            return Some(Directness::Requirement);
        }
        if self.responsibilities.iter().any(|key| names(&block.responsibilities, key)) {
            return Some(Directness::Responsibility);
        }
        self.by_domains(&block.domains)
    }

    /// How directly a gathering serves it: as its most direct block does.
    pub fn by_gathering(&self, programme: &Programme, position: u32) -> Option<Directness> {
        let index = usize::try_from(position).ok()?.checked_sub(1)?;
        programme.gatherings.get(index)?.blocks.iter().filter_map(|block| self.by_block(block)).min()
    }

    /// How directly a programme serves it, and the blocks that do so.
    pub fn by_programme<'p>(&self, programme: &'p Programme) -> Option<Served<'p>> {
        let all = programme.gatherings.iter().enumerate().flat_map(|(index, day)| {
            day.blocks.iter().map(move |block| (index, day.module.as_deref(), block))
        });
        let found: Vec<_> = all
            .filter_map(|(index, module, block)| Some((self.by_block(block)?, index, module, block)))
            .collect();
        let directness = found.iter().map(|(directness, ..)| *directness).min()?;
        let parts = found.into_iter().filter(|(own, ..)| *own == directness);
        let parts = parts.map(|(_, gathering, module, block)| Part {
            gathering,
            module: module
                .and_then(|key| programme.modules.iter().find(|one| one.key == key))
                .map(|one| &one.title),
            block,
        });
        Some(Served { programme, directness, parts: parts.collect() })
    }

    /// The programmes that serve it: the most directly first, then those with the most blocks that do.
    pub fn by_programmes<'p>(&self, programmes: impl IntoIterator<Item = &'p Programme>) -> Vec<Served<'p>> {
        let mut served: Vec<Served<'p>> =
            programmes.into_iter().filter_map(|programme| self.by_programme(programme)).collect();
        served.sort_by_key(|one| {
            (one.directness, std::cmp::Reverse(one.parts.len()), one.programme.key.clone())
        });
        served
    }
}

/// A programme that serves a requirement or domain.
#[derive(Clone, Debug)]
pub struct Served<'p> {
    /// Which.
    pub programme: &'p Programme,
    /// How directly its most direct blocks do.
    pub directness: Directness,
    /// Those blocks.
    pub parts: Vec<Part<'p>>,
}

/// A block that serves.
#[derive(Clone, Debug)]
pub struct Part<'p> {
    /// The place of its gathering, from 0.
    pub gathering: usize,
    /// The name of its module, in a programme of modules.
    pub module: Option<&'p crate::catalogue::Texts>,
    /// The block.
    pub block: &'p BlockTemplate,
}

#[cfg(test)]
mod tests;
