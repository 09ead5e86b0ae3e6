//! The framework of a trust: the domains, what they ask of each level, the requirements of contracts and the competence
//! plan. It comes with the product as a part of the catalogue; what a trust changes is a version of its own.

use serde::{Deserialize, Serialize};

use crate::catalogue::{
    Catalogue, Difference, Domain, DomainText, LevelText, PlanItem, Requirement, Responsibility,
    ResponsibilityLevel, differences,
};

/// One version of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Framework {
    /// The six domains.
    pub domains: Vec<DomainText>,
    /// The levels that responsibilities are told for.
    pub levels: Vec<LevelText>,
    /// What is expected at the levels.
    pub responsibilities: Vec<Responsibility>,
    /// The requirements in the order of their numbers.
    pub requirements: Vec<Requirement>,
    /// The items of the competence plan, in the order in which they are shown.
    pub plan: Vec<PlanItem>,
}

impl From<Catalogue> for Framework {
    fn from(catalogue: Catalogue) -> Self {
        Self {
            domains: catalogue.domains,
            levels: catalogue.levels,
            responsibilities: catalogue.responsibilities,
            requirements: catalogue.requirements,
            plan: catalogue.plan,
        }
    }
}

impl Framework {
    /// The requirement with a key, and its number, counted from 1.
    pub fn requirement(&self, key: &str) -> Option<(usize, &Requirement)> {
        (1..).zip(&self.requirements).find(|(_, one)| one.key == key)
    }

    /// The item of the competence plan with a key.
    pub fn item(&self, key: &str) -> Option<&PlanItem> {
        self.plan.iter().find(|one| one.key == key)
    }

    /// The keys of all requirements, in their order.
    pub fn keys(&self) -> Vec<String> {
        self.requirements.iter().map(|one| one.key.clone()).collect()
    }

    /// What a requirement asks for, in its own order.
    pub fn asked_for<'a>(&'a self, requirement: &'a Requirement) -> impl Iterator<Item = &'a Responsibility> {
        let keys = requirement.responsibilities.iter();
        keys.filter_map(|key| self.responsibilities.iter().find(|one| one.key == *key))
    }

    /// What it asks of a level.
    pub fn asked_of<'a>(
        &'a self,
        requirement: &'a Requirement,
        level: ResponsibilityLevel,
    ) -> impl Iterator<Item = &'a Responsibility> {
        self.asked_for(requirement).filter(move |one| one.levels.contains(&level))
    }

    /// What a domain asks of a level.
    pub fn responsibilities_at(
        &self,
        level: ResponsibilityLevel,
        domain: Domain,
    ) -> impl Iterator<Item = &Responsibility> {
        let all = self.responsibilities.iter();
        all.filter(move |one| one.domain_key() == domain.as_str() && one.levels.contains(&level))
    }

    /// The texts of a level.
    pub fn level(&self, level: ResponsibilityLevel) -> Option<&LevelText> {
        self.levels.iter().find(|text| text.key == level)
    }

    /// The texts of a domain.
    pub fn domain(&self, domain: Domain) -> Option<&DomainText> {
        self.domains.iter().find(|text| text.key == domain)
    }

    /// Its files: path and text, in the form in which the catalogue is read.
    ///
    /// # Errors
    /// It cannot be written as TOML, which a test rules out for what comes with the product.
    pub fn files(&self) -> Result<Vec<(String, String)>, toml::ser::Error> {
        let mut files = vec![
            ("domains.toml".to_owned(), text("domain", &self.domains)?),
            ("levels.toml".to_owned(), text("level", &self.levels)?),
            ("requirements.toml".to_owned(), text("requirement", &self.requirements)?),
            ("plan.toml".to_owned(), text("item", &self.plan)?),
        ];
        for domain in Domain::ALL {
            let own = |one: &&Responsibility| one.domain_key() == domain.as_str();
            let own: Vec<&Responsibility> = self.responsibilities.iter().filter(own).collect();
            files.push((format!("responsibilities/{}.toml", domain.as_str()), text("responsibility", &own)?));
        }
        Ok(files)
    }

    /// What differs from an earlier version, value by value. What has a key is compared by it, whatever its place.
    pub fn differences(&self, earlier: &Framework) -> Vec<Difference> {
        differences(earlier, self)
    }
}

/// A file that holds nothing but one array.
fn text(array: &str, entries: &impl Serialize) -> Result<String, toml::ser::Error> {
    toml::to_string_pretty(&std::collections::BTreeMap::from([(array, entries)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::shipped::{FILES, catalogue};

    #[test]
    fn it_is_written_as_it_is_read() {
        let framework = Framework::from(catalogue());
        let own = framework.files().unwrap();
        let others = FILES.iter().filter(|(path, _)| own.iter().all(|(written, _)| written != path));
        let others = others.map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        let again = Catalogue::parse(others.chain(own.clone())).unwrap();
        assert_eq!(Framework::from(again), framework);
    }

    #[test]
    fn every_requirement_asks_something_of_every_level_that_leads() {
        let framework = Framework::from(catalogue());
        for requirement in &framework.requirements {
            for level in ResponsibilityLevel::ALL.into_iter().skip(1) {
                assert!(framework.asked_of(requirement, level).next().is_some(), "{}", requirement.key);
            }
        }
    }

    #[test]
    fn what_changes_in_the_competence_plan_is_told() {
        let before = Framework::from(catalogue());
        let mut after = before.clone();
        let gone = after.plan.remove(0).key;
        after.plan[0].within_months = Some(4);
        let told: Vec<String> = after.differences(&before).into_iter().map(|d| d.key).collect();
        assert_eq!(told[0], "plan[0].within_months");
        assert!(
            told[1..].iter().all(|key| key.starts_with(&format!("plan[{}].", after.plan.len()))),
            "{told:#?}"
        );
        assert!(after.item(&gone).is_none() && before.item(&gone).is_some());
    }

    #[test]
    fn what_is_reworded_linked_anew_added_and_retired_is_told() {
        let before = Framework::from(catalogue());
        let mut after = before.clone();
        after.requirements[4].title.nb = "Er et forbilde".to_owned();
        after.requirements[5].secondary.clear();
        let mut own = after.requirements.remove(8);
        own.key = "climate".to_owned();
        after.requirements.push(own);
        let told: Vec<String> = after
            .differences(&before)
            .into_iter()
            .map(|d| {
                format!("{}: {} -> {}", d.key, d.before.unwrap_or_default(), d.after.unwrap_or_default())
            })
            .collect();
        let reworded = |one: &String| {
            one.starts_with("requirements[4].title.nb: ") && one.ends_with("-> Er et forbilde")
        };
        assert!(told.iter().any(reworded), "{told:#?}");
        assert!(told.iter().any(|one| one.starts_with("requirements[5].secondary: values ->")), "{told:#?}");
        assert!(told.iter().any(|one| one.ends_with("-> climate")), "{told:#?}");
        assert!(told.iter().any(|one| one.contains(".key: working_environment ->")), "{told:#?}");
    }
}
