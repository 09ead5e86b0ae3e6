//! From the catalogue's files to the catalogue, or to all of their faults.

use serde::Deserialize;

use super::{
    Catalogue, CatalogueFault, Domain, DomainText, Programme, SurveyForm, checks,
    reference::Reference,
    source::{Source, WHOLE_FILE},
};
use crate::{conflicts::RuleSet, reminders::ReminderPolicy};

const STRANGER: &str = "not a file of the catalogue: conflicts.toml, domains.toml, levels.toml, requirements.toml, \
                        plan.toml, responsibilities/*.toml, surveys/*.toml, programmes/*.toml or reminders/*.toml";

const MISSING: &str = "the file is missing";

/// What a path says a file holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Conflicts,
    Domains,
    Levels,
    Responsibilities,
    Requirements,
    Plan,
    Survey,
    Programme,
    Reminders,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DomainsFile {
    domain: Vec<DomainText>,
}

impl Catalogue {
    /// Reads the files of the catalogue, given as path and text: `conflicts.toml`, `domains.toml`, `levels.toml`,
    /// `requirements.toml`, `plan.toml`, `responsibilities/*.toml`, `surveys/*.toml`, `programmes/*.toml` and
    /// `reminders/*.toml`, in any order and below any folder.
    ///
    /// # Errors
    /// Every fault of every file, ordered by file and line.
    pub fn parse<P, T>(files: impl Iterator<Item = (P, T)>) -> Result<Catalogue, Vec<CatalogueFault>>
    where
        P: AsRef<str>,
        T: AsRef<str>,
    {
        Self::parse_beside(files, &[])
    }

    /// The same for files that stand beside programmes that are not among them: the files may lead on to those, whose
    /// keys are given.
    ///
    /// # Errors
    /// As [`Catalogue::parse`].
    pub fn parse_beside<P, T>(
        files: impl Iterator<Item = (P, T)>,
        known: &[String],
    ) -> Result<Catalogue, Vec<CatalogueFault>>
    where
        P: AsRef<str>,
        T: AsRef<str>,
    {
        let mut files: Vec<_> = files.collect();
        files.sort_by(|a, b| a.0.as_ref().cmp(b.0.as_ref()));
        let own =
            files.iter().map(|(path, _)| path.as_ref()).filter(|path| kind_of(path) == Some(Kind::Programme));
        let may_lead_to = own.map(|path| stem(path).to_owned()).chain(known.iter().cloned()).collect();
        let mut reading = Reading { may_lead_to, ..Reading::default() };
        for (path, _) in files.iter().filter(|(path, _)| kind_of(path.as_ref()).is_none()) {
            reading.whole_file(path.as_ref(), STRANGER);
        }
        // What is named comes before what names it.
        for wanted in [
            Kind::Conflicts,
            Kind::Domains,
            Kind::Levels,
            Kind::Responsibilities,
            Kind::Requirements,
            Kind::Plan,
            Kind::Survey,
            Kind::Programme,
            Kind::Reminders,
        ] {
            for (path, text) in files.iter().filter(|(path, _)| kind_of(path.as_ref()) == Some(wanted)) {
                reading.file(wanted, path.as_ref(), text.as_ref());
            }
        }
        reading.finish()
    }
}

fn kind_of(path: &str) -> Option<Kind> {
    let mut parts = path.rsplit(['/', '\\']);
    let (name, folder) = (parts.next()?, parts.next());
    match (folder, name.strip_suffix(".toml")?) {
        (Some("programmes"), _) => Some(Kind::Programme),
        (Some("reminders"), _) => Some(Kind::Reminders),
        (Some("surveys"), _) => Some(Kind::Survey),
        (Some("responsibilities"), _) => Some(Kind::Responsibilities),
        (_, "conflicts") => Some(Kind::Conflicts),
        (_, "domains") => Some(Kind::Domains),
        (_, "levels") => Some(Kind::Levels),
        (_, "requirements") => Some(Kind::Requirements),
        (_, "plan") => Some(Kind::Plan),
        _ => None,
    }
}

/// The file's name without its ending.
fn stem(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path).trim_end_matches(".toml")
}

#[derive(Default)]
struct Reading {
    /// None inside where the file is there and faulty.
    conflicts: Option<Option<RuleSet>>,
    domains: Option<Vec<DomainText>>,
    reference: Reference,
    programmes: Vec<Programme>,
    /// Keys of programmes whose files are there, faulty ones too: their reminders are not at fault for it.
    programme_keys: Vec<String>,
    policies: Vec<ReminderPolicy>,
    surveys: Vec<SurveyForm>,
    /// Keys of surveys whose files are there, faulty ones too: the programmes that use them are not at fault for it.
    survey_keys: Vec<String>,
    /// Keys of every programme that another may lead on to.
    may_lead_to: Vec<String>,
    faults: Vec<CatalogueFault>,
}

impl Reading {
    fn file(&mut self, kind: Kind, path: &str, text: &str) {
        let domain = Domain::from_key(stem(path));
        // A file that is there and faulty is not reported as missing as well, nor what refers to it.
        let stands_already = match kind {
            Kind::Conflicts => self.conflicts.replace(None).is_some(),
            Kind::Domains => self.domains.replace(Vec::new()).is_some(),
            Kind::Levels => self.reference.levels.replace(Vec::new()).is_some(),
            Kind::Requirements => self.reference.requirements.replace(Vec::new()).is_some(),
            Kind::Plan => self.reference.plan.replace(Vec::new()).is_some(),
            Kind::Responsibilities => domain
                .is_some_and(|domain| self.reference.responsibilities.insert(domain, Vec::new()).is_some()),
            Kind::Survey => {
                let known = self.survey_keys.iter().any(|key| key == stem(path));
                self.survey_keys.push(stem(path).to_owned());
                known
            }
            Kind::Programme => {
                let known = self.programme_keys.iter().any(|key| key == stem(path));
                self.programme_keys.push(stem(path).to_owned());
                known
            }
            Kind::Reminders => false,
        };
        if stands_already {
            self.whole_file(path, "a file of that name has been read already, from another folder");
        }
        let source = match Source::parse(path, text) {
            Ok(source) => source,
            Err(fault) => {
                self.faults.push(fault);
                return;
            }
        };
        match kind {
            Kind::Conflicts => self.conflicts(&source),
            Kind::Domains => self.domains(&source),
            Kind::Levels => self.faults.extend(self.reference.levels(&source)),
            Kind::Requirements => self.faults.extend(self.reference.requirements(&source)),
            Kind::Plan => self.faults.extend(self.reference.plan(&source)),
            Kind::Responsibilities => match domain {
                Some(domain) => self.faults.extend(self.reference.responsibilities(&source, domain)),
                None => self.whole_file(path, &format!("there is no domain '{}'", stem(path))),
            },
            Kind::Survey => self.survey(&source, path),
            Kind::Programme => self.programme(&source, path),
            Kind::Reminders => self.reminders(&source),
        }
    }

    fn conflicts(&mut self, source: &Source<'_>) {
        match source.read::<RuleSet>() {
            Ok(set) => {
                self.faults.extend(checks::conflicts(source, &set));
                self.conflicts = Some(Some(set));
            }
            Err(fault) => self.faults.push(fault),
        }
    }

    fn domains(&mut self, source: &Source<'_>) {
        match source.read::<DomainsFile>() {
            Ok(file) => {
                self.faults.extend(checks::domains(source, &file.domain));
                self.domains = Some(file.domain);
            }
            Err(fault) => self.faults.push(fault),
        }
    }

    fn survey(&mut self, source: &Source<'_>, path: &str) {
        match source.read::<SurveyForm>() {
            Ok(form) => {
                self.faults.extend(checks::survey(source, &form, stem(path)));
                self.surveys.push(form);
            }
            Err(fault) => self.faults.push(fault),
        }
    }

    fn programme(&mut self, source: &Source<'_>, path: &str) {
        match source.read::<Programme>() {
            Ok(programme) => {
                self.faults.extend(checks::programme(source, &programme, stem(path), &self.may_lead_to));
                self.faults.extend(self.reference.unknown_in(source, &programme));
                self.faults.extend(checks::evaluation(source, &programme, &self.survey_keys));
                self.programmes.push(programme);
            }
            Err(fault) => self.faults.push(fault),
        }
    }

    fn reminders(&mut self, source: &Source<'_>) {
        self.faults.extend(source.unknown_at_top(&["programme", "policy"]));
        let programme = match source.text_at("programme") {
            Ok(key) => key.to_owned(),
            Err(fault) => {
                self.faults.push(fault);
                return;
            }
        };
        if !self.programme_keys.contains(&programme) {
            self.faults.push(source.fault("programme", format!("there is no programme '{programme}'")));
        }
        for (index, policy) in source.read_each::<ReminderPolicy>("policy").into_iter().enumerate() {
            match policy {
                Ok(mut policy) => {
                    let twin = self.policies.iter().any(|p| p.programme == programme && p.key == policy.key);
                    self.faults.extend(checks::policy(source, index, &policy, &programme, twin));
                    policy.programme.clone_from(&programme);
                    self.policies.push(policy);
                }
                Err(fault) => self.faults.push(fault),
            }
        }
    }

    fn whole_file(&mut self, path: &str, message: &str) {
        self.faults.push(CatalogueFault {
            file: path.to_owned(),
            line: 1,
            key: WHOLE_FILE.to_owned(),
            message: message.to_owned(),
        });
    }

    fn finish(mut self) -> Result<Catalogue, Vec<CatalogueFault>> {
        if self.conflicts.is_none() {
            self.whole_file("conflicts.toml", MISSING);
        }
        if self.domains.is_none() {
            self.whole_file("domains.toml", MISSING);
        }
        if self.reference.levels.is_none() {
            self.whole_file("levels.toml", MISSING);
        }
        if self.reference.requirements.is_none() {
            self.whole_file("requirements.toml", MISSING);
        }
        if self.reference.plan.is_none() {
            self.whole_file("plan.toml", MISSING);
        }
        for domain in Domain::ALL {
            if !self.reference.responsibilities.contains_key(&domain) {
                self.whole_file(&format!("responsibilities/{}.toml", domain.as_str()), MISSING);
            }
        }
        let Some(Some(conflicts)) = self.conflicts.filter(|_| self.faults.is_empty()) else {
            self.faults.sort();
            return Err(self.faults);
        };
        let mut domains = self.domains.unwrap_or_default();
        domains.sort_by_key(|domain| domain.key);
        self.programmes.sort_by(|a, b| a.key.cmp(&b.key));
        self.surveys.sort_by(|a, b| a.key.cmp(&b.key));
        let mut levels = self.reference.levels.unwrap_or_default();
        levels.sort_by_key(|level| level.key);
        Ok(Catalogue {
            conflicts,
            domains,
            levels,
            responsibilities: self.reference.responsibilities.into_values().flatten().collect(),
            requirements: self.reference.requirements.unwrap_or_default(),
            plan: self.reference.plan.unwrap_or_default(),
            programmes: self.programmes,
            surveys: self.surveys,
            policies: self.policies,
        })
    }
}

#[cfg(test)]
mod tests;
