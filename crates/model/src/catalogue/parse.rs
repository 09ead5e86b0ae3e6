//! From the catalogue's files to the catalogue, or to all of their faults.

use serde::Deserialize;

use super::{
    Catalogue, CatalogueFault, DomainText, Programme, checks,
    source::{Source, WHOLE_FILE},
};
use crate::reminders::ReminderPolicy;

const STRANGER: &str = "not a file of the catalogue: domains.toml, programmes/*.toml or reminders/*.toml";

/// What a path says a file holds.
enum Kind {
    Domains,
    Programme,
    Reminders,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DomainsFile {
    domain: Vec<DomainText>,
}

impl Catalogue {
    /// Reads the files of the catalogue, given as path and text: `domains.toml`, `programmes/*.toml` and
    /// `reminders/*.toml`, in any order and below any folder.
    ///
    /// # Errors
    /// Every fault of every file, ordered by file and line.
    pub fn parse<P, T>(files: impl Iterator<Item = (P, T)>) -> Result<Catalogue, Vec<CatalogueFault>>
    where
        P: AsRef<str>,
        T: AsRef<str>,
    {
        let mut files: Vec<_> = files.collect();
        files.sort_by(|a, b| a.0.as_ref().cmp(b.0.as_ref()));
        let mut reading = Reading::default();
        // Programmes first: reminders name them.
        for wanted in [Kind::Domains, Kind::Programme, Kind::Reminders] {
            for (path, text) in &files {
                match (kind_of(path.as_ref()), &wanted) {
                    (Some(Kind::Domains), Kind::Domains)
                    | (Some(Kind::Programme), Kind::Programme)
                    | (Some(Kind::Reminders), Kind::Reminders) => {
                        reading.file(&wanted, path.as_ref(), text.as_ref());
                    }
                    (None, Kind::Domains) => reading.whole_file(path.as_ref(), STRANGER),
                    _ => {}
                }
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
        (_, "domains") => Some(Kind::Domains),
        _ => None,
    }
}

/// The file's name without its ending.
fn stem(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path).trim_end_matches(".toml")
}

#[derive(Default)]
struct Reading {
    domains: Option<Vec<DomainText>>,
    programmes: Vec<Programme>,
    /// Keys of programmes whose files are there, faulty ones too: their reminders are not at fault for it.
    programme_keys: Vec<String>,
    policies: Vec<ReminderPolicy>,
    faults: Vec<CatalogueFault>,
}

impl Reading {
    fn file(&mut self, kind: &Kind, path: &str, text: &str) {
        // A file that is there and faulty is not reported as missing as well, nor what refers to it.
        let stands_already = match kind {
            Kind::Domains => self.domains.replace(Vec::new()).is_some(),
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
            Kind::Domains => self.domains(&source),
            Kind::Programme => self.programme(&source, path),
            Kind::Reminders => self.reminders(&source),
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

    fn programme(&mut self, source: &Source<'_>, path: &str) {
        match source.read::<Programme>() {
            Ok(programme) => {
                self.faults.extend(checks::programme(source, &programme, stem(path)));
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
        if self.domains.is_none() {
            self.whole_file("domains.toml", "the file is missing");
        }
        if !self.faults.is_empty() {
            self.faults.sort();
            return Err(self.faults);
        }
        let mut domains = self.domains.unwrap_or_default();
        domains.sort_by_key(|domain| domain.key);
        self.programmes.sort_by(|a, b| a.key.cmp(&b.key));
        Ok(Catalogue { domains, programmes: self.programmes, policies: self.policies })
    }
}

#[cfg(test)]
mod tests;
