//! What the files must hold beyond their shape.

mod conflicts;
mod groups;
mod plan;
mod practice;
mod reference;
mod survey;

pub(super) use conflicts::conflicts;
pub(super) use plan::plan;
pub(super) use reference::{levels, requirements, responsibilities};
pub(super) use survey::{evaluation, survey};

use super::{CatalogueFault, Domain, DomainText, GatheringTemplate, Programme, Texts, source::Source};
use crate::reminders::{LocalHour, ReminderPolicy};

/// Each of the six domains once, with its texts.
pub(super) fn domains(source: &Source<'_>, domains: &[DomainText]) -> Vec<CatalogueFault> {
    let mut check = Check::of(source);
    for (index, text) in domains.iter().enumerate() {
        let at = format!("domain[{index}]");
        check.texts(&format!("{at}.title"), &text.title);
        check.texts(&format!("{at}.summary"), &text.summary);
        let twice = domains.iter().take(index).any(|earlier| earlier.key == text.key);
        check.that(!twice, &format!("{at}.key"), || format!("'{}' stands twice", text.key.as_str()));
    }
    for domain in Domain::ALL {
        let found = domains.iter().any(|text| text.key == domain);
        check.that(found, "domain", || format!("'{}' is missing", domain.as_str()));
    }
    check.faults
}

/// A programme whose numbers and hours go together. Its key is the file's name; `others` are the keys of all programmes.
pub(super) fn programme(
    source: &Source<'_>,
    programme: &Programme,
    stem: &str,
    others: &[String],
) -> Vec<CatalogueFault> {
    let mut check = Check::of(source);
    check.that(crate::reminders::is_key(&programme.key), "key", || {
        "use small letters a to z, digits and _".to_owned()
    });
    check.that(programme.key == stem, "key", || format!("the file's name asks for '{stem}'"));
    check.that(programme.version >= 1, "version", || "the first version is 1".to_owned());
    check.texts("title", &programme.title);
    check.texts("summary", &programme.summary);
    if let Some(provider) = &programme.provider {
        check.texts("provider", provider);
    }
    if let Some(ects) = programme.ects {
        check.between("ects", ects, 1, 300);
    }
    check.leads_on(programme, others);

    let levels = &programme.audience.levels;
    if programme.audience.without_appointment {
        check.that(programme.asks_nothing_of_leaders(), "audience.without_appointment", || {
            "is for those who lead nothing: name no levels, no months and no automatic offer".to_owned()
        });
    } else {
        check.that(!levels.is_empty(), "audience.levels", || "name at least one level".to_owned());
    }
    for (index, level) in levels.iter().enumerate() {
        let twice = levels.iter().take(index).any(|earlier| earlier == level);
        check.that(!twice, &format!("audience.levels[{index}]"), || "stands twice".to_owned());
    }
    if let Some(months) = programme.audience.newly_appointed_within_months {
        check.between("audience.newly_appointed_within_months", months, 1, 60);
    }
    if let Some(months) = programme.audience.in_role_at_least_months {
        check.between("audience.in_role_at_least_months", months, 1, 60);
    }

    if let Some(automatic) = programme.automatic {
        check.between("automatic.appointed_within_months", automatic.appointed_within_months, 1, 60);
        let (within, ripe) = (automatic.appointed_within_months, programme.audience.in_role_at_least_months);
        check.that(ripe.is_none_or(|ripe| ripe < within), "automatic.appointed_within_months", || {
            "reaches nobody: the audience asks for more months in the role".to_owned()
        });
    }

    check.groups(programme);
    if let Some(rule) = programme.nomination {
        check.that(rule.oneself || rule.by_line_manager, "nomination.oneself", || {
            "nobody could nominate: set oneself or by_line_manager".to_owned()
        });
        check.that(programme.automatic.is_none(), "automatic", || {
            "places that are given by nomination are not offered automatically".to_owned()
        });
    }

    let seats = programme.seats;
    check.between("seats.capacity", seats.capacity, 1, 1000);
    check.between("seats.answer_days", seats.answer_days, 1, 90);
    check.between("seats.hold_hours", seats.hold_hours, 1, 336);
    check.between("seats.cutoff_hours", seats.cutoff_hours, 0, 336);

    let gatherings = u32::try_from(programme.gatherings.len()).unwrap_or(u32::MAX);
    check.between("gathering", gatherings, 1, 50);
    check.between("completion.attend_at_least", programme.completion.attend_at_least, 1, gatherings.max(1));
    check.between("completion.excused_at_most", programme.completion.excused_at_most, 0, gatherings);
    check.modules(programme);
    check.practice(programme);
    let mut week = 0;
    for (index, gathering) in programme.gatherings.iter().enumerate() {
        let at = format!("gathering[{index}]");
        let in_order = if index == 0 { gathering.week == 0 } else { gathering.week >= week };
        check.that(in_order, &format!("{at}.week"), || {
            "the first gathering is in week 0 and none comes before an earlier one".to_owned()
        });
        week = gathering.week;
        check.gathering(&at, gathering);
    }
    check.faults
}

/// A policy that is sound in itself, belongs to its file's programme and has a key of its own.
pub(super) fn policy(
    source: &Source<'_>,
    index: usize,
    policy: &ReminderPolicy,
    programme: &str,
    has_twin: bool,
) -> Vec<CatalogueFault> {
    let mut check = Check::of(source);
    let at = |key: &str| format!("policy[{index}].{key}");
    for fault in policy.faults() {
        check.that(false, &at(fault.key), || fault.what.to_string());
    }
    let belongs = policy.programme.is_empty() || policy.programme == programme;
    check.that(belongs, &at("programme"), || format!("the file is about '{programme}'"));
    check.that(!has_twin, &at("key"), || format!("'{}' stands twice", policy.key));
    check.faults
}

struct Check<'s> {
    source: &'s Source<'s>,
    faults: Vec<CatalogueFault>,
}

impl<'s> Check<'s> {
    fn of(source: &'s Source<'s>) -> Self {
        Self { source, faults: Vec::new() }
    }

    fn that(&mut self, holds: bool, key: &str, message: impl FnOnce() -> String) {
        if !holds {
            self.faults.push(self.source.fault(key, message()));
        }
    }

    fn between(&mut self, key: &str, value: u32, least: u32, most: u32) {
        let holds = (least..=most).contains(&value);
        self.that(holds, key, || format!("{value} is not between {least} and {most}"));
    }

    /// The key of one entry in a list: sound, and not that of an earlier entry.
    fn own_key<'k>(&mut self, at: &str, index: usize, keys: impl Iterator<Item = &'k String> + Clone) {
        let Some(key) = keys.clone().nth(index) else { return };
        let at = format!("{at}.key");
        self.that(crate::reminders::is_key(key), &at, || "use small letters a to z, digits and _".to_owned());
        self.that(!keys.take(index).any(|earlier| earlier == key), &at, || format!("'{key}' stands twice"));
    }

    fn texts(&mut self, key: &str, texts: &Texts) {
        if let Some(language) = texts.first_blank() {
            self.that(false, &format!("{key}.{language}"), || "the text is blank".to_owned());
        }
    }

    /// What it leads on to are other programmes, each named once.
    fn leads_on(&mut self, programme: &Programme, others: &[String]) {
        for (index, key) in programme.leads_on_to.iter().enumerate() {
            let at = format!("leads_on_to[{index}]");
            self.that(*key != programme.key, &at, || "is the programme itself".to_owned());
            self.that(others.contains(key), &at, || format!("there is no programme '{key}'"));
            let twice = programme.leads_on_to.iter().take(index).any(|earlier| earlier == key);
            self.that(!twice, &at, || format!("'{key}' stands twice"));
        }
    }

    /// Each module has a key of its own and gatherings that follow upon each other; in a programme of modules each gathering
    /// belongs to one.
    fn modules(&mut self, programme: &Programme) {
        let modules = &programme.modules;
        for (index, module) in modules.iter().enumerate() {
            let at = format!("module[{index}]");
            self.own_key(&at, index, modules.iter().map(|module| &module.key));
            self.texts(&format!("{at}.title"), &module.title);
            self.texts(&format!("{at}.summary"), &module.summary);
            let meets = programme.gatherings.iter().any(|g| g.module.as_deref() == Some(&module.key));
            self.that(meets, &format!("{at}.key"), || format!("no gathering is of module '{}'", module.key));
        }
        let mut furthest = 0;
        for (index, gathering) in programme.gatherings.iter().enumerate() {
            let at = format!("gathering[{index}].module");
            let place = |key: &str| modules.iter().position(|module| module.key == key);
            match gathering.module.as_deref().map(|key| (key, place(key))) {
                None => self.that(modules.is_empty(), &at, || "name its module".to_owned()),
                Some((key, None)) => self.that(false, &at, || format!("there is no module '{key}'")),
                Some((key, Some(place))) => {
                    self.that(place >= furthest, &at, || format!("module '{key}' is over by then"));
                    furthest = furthest.max(place);
                }
            }
        }
        self.that(
            !programme.completion.every_module || !modules.is_empty(),
            "completion.every_module",
            || "the programme has no modules".to_owned(),
        );
    }

    fn gathering(&mut self, at: &str, gathering: &GatheringTemplate) {
        self.texts(&format!("{at}.title"), &gathering.title);
        let hours = (gathering.starts, gathering.ends);
        self.that(hours.0 < hours.1, &format!("{at}.ends"), || "ends before it begins".to_owned());
        self.that(!gathering.blocks.is_empty(), &format!("{at}.block"), || "has no parts".to_owned());
        let mut from: LocalHour = gathering.starts;
        for (index, block) in gathering.blocks.iter().enumerate() {
            let at = format!("{at}.block[{index}]");
            self.texts(&format!("{at}.title"), &block.title);
            self.that(block.starts >= from, &format!("{at}.starts"), || format!("begins before {from}"));
            self.that(block.starts < block.ends, &format!("{at}.ends"), || {
                "ends before it begins".to_owned()
            });
            self.that(block.ends <= gathering.ends, &format!("{at}.ends"), || {
                format!("ends after the gathering, at {}", gathering.ends)
            });
            self.that(!block.domains.is_empty(), &format!("{at}.domains"), || "name a domain".to_owned());
            self.that(!block.speakers.is_empty(), &format!("{at}.speakers"), || "name a speaker".to_owned());
            for (index, speaker) in block.speakers.iter().enumerate() {
                self.texts(&format!("{at}.speakers[{index}]"), speaker);
            }
            from = block.ends;
        }
    }
}
