//! A programme (lederprogram): the versioned template of cohorts.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{
    CompletionRule, Domain, Evaluation, GroupRule, Held, NominationRule, PracticeTask, Texts, Theme,
};
use crate::{gathering::Presence, people::Level, reminders::LocalHour};

/// A programme as the catalogue describes it. A cohort keeps the version on which it was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// The permanent key, such as `onboarding`.
    pub key: String,
    /// Grows by one with each change that cohorts should know of; 1 is the first.
    pub version: u32,
    /// Which family of programmes it belongs to.
    pub family: Family,
    /// Its name.
    pub title: Texts,
    /// What it is, in two or three sentences.
    pub summary: Texts,
    /// Who runs it, where that is somebody outside the hospital.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<Texts>,
    /// Credits of the European system (studiepoeng) that whoever completes it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ects: Option<u32>,
    /// Keys of the programmes that it leads on to, nearest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leads_on_to: Vec<String>,
    /// True when those who take part work in teams that stay the same from the first gathering to the last.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fixed_teams: bool,
    /// Whom it is for.
    pub audience: Audience,
    /// Leaders whom it is offered to without anybody asking; without it, a coordinator invites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub automatic: Option<AutomaticOffer>,
    /// How leader groups take part, in a programme in which groups enrol as one; without it, leaders enrol one by one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<GroupRule>,
    /// How people are nominated for its places; without it, nobody is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nomination: Option<NominationRule>,
    /// Seats and deadlines that a new cohort starts out with.
    pub seats: Seats,
    /// When it counts as completed.
    pub completion: CompletionRule,
    /// The forms by which those who took part evaluate it; without it, nobody is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evaluation: Option<Evaluation>,
    /// Its modules in order, where it has any; each gathering then belongs to one.
    #[serde(default, rename = "module", skip_serializing_if = "Vec::is_empty")]
    pub modules: Vec<Module>,
    /// What those who take part try out between the gatherings.
    #[serde(default, rename = "practice", skip_serializing_if = "Vec::is_empty")]
    pub practice: Vec<PracticeTask>,
    /// Its gatherings in order.
    #[serde(rename = "gathering")]
    pub gatherings: Vec<GatheringTemplate>,
}

impl Programme {
    /// The programme as a file of the catalogue writes it.
    ///
    /// # Errors
    /// It cannot be written as TOML, which a test rules out for those that come with the product.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string_pretty(self)
    }

    /// True for a programme that says nothing of levels, of months in a role, or of an offer to leaders.
    pub(super) fn asks_nothing_of_leaders(&self) -> bool {
        let only = Audience { without_appointment: self.audience.without_appointment, ..Audience::default() };
        self.audience == only && self.automatic.is_none()
    }

    /// The module that a cohort's gathering at a position belongs to, 1 being the first; None beyond the programme's
    /// plan, and in a programme without modules.
    pub fn module_at(&self, position: u32) -> Option<&Module> {
        let template = self.gatherings.get(usize::try_from(position).ok()?.checked_sub(1)?)?;
        let key = template.module.as_deref()?;
        self.modules.iter().find(|module| module.key == key)
    }

    /// A cohort's gathering at a position, as it was for one leader.
    pub fn held(&self, position: u32, presence: Presence) -> Held<'_> {
        Held { module: self.module_at(position).map(|module| module.key.as_str()), presence }
    }
}

/// A part of a programme (modul) that holds one or more gatherings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Module {
    /// Its key within the programme, such as `conflict`.
    pub key: String,
    /// Its name.
    pub title: Texts,
    /// What it is about, in a sentence or two.
    pub summary: Texts,
}

/// Leaders whom a programme is offered to without anybody asking: after each import, and each working day, they are proposed
/// for the next cohort with room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AutomaticOffer {
    /// Those whose appointment is younger than so many months. Longer-standing leaders of the audience are invited by hand.
    pub appointed_within_months: u32,
}

impl AutomaticOffer {
    /// Whether it reaches a leader appointed from a date, on a date.
    pub fn reaches(self, appointed_from: NaiveDate, on: NaiveDate) -> bool {
        appointed_from
            .checked_add_months(Months::new(self.appointed_within_months))
            .is_none_or(|until| on < until)
    }
}

/// The three families of programmes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Lederopplæring: what a leader must know.
    Training,
    /// Lederutvikling: growing in the role.
    Development,
    /// Ledermobilisering: trying the role out.
    Mobilisation,
}

/// Whom a programme is for: leaders of some levels, or employees who lead nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audience {
    /// For employees without an appointment, who consider to lead (ledermobilisering). Nothing else is asked then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_appointment: bool,
    /// The leader levels (ledernivå), 1 the director to 4 the head of a unit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<Level>,
    /// Only leaders whose appointment is younger than so many months; without it, all of these levels.
    pub newly_appointed_within_months: Option<u32>,
    /// Only leaders who have had their role for so many months; without it, from the first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_role_at_least_months: Option<u32>,
}

impl Audience {
    /// Whether a leader at a level, appointed from a date, is meant on a date. An appointment that has not
    /// begun counts as new: the leader may be invited before the first day.
    pub fn includes(&self, level: Level, appointed_from: NaiveDate, on: NaiveDate) -> bool {
        self.meant_for(level, appointed_from, on) && self.ripe(appointed_from, on)
    }

    /// The same for leaders who have not had their role for long enough yet, and will have it in time.
    pub fn meant_for(&self, level: Level, appointed_from: NaiveDate, on: NaiveDate) -> bool {
        self.levels.contains(&level) && self.new_until(appointed_from).is_none_or(|until| on < until)
    }

    /// Whether a leader appointed from a date has led for long enough on a date.
    pub fn ripe(&self, appointed_from: NaiveDate, on: NaiveDate) -> bool {
        self.ripe_from(appointed_from).is_none_or(|from| from <= on)
    }

    /// The first day on which a leader appointed from a date is not new any more; None where that does not matter.
    pub fn new_until(&self, appointed_from: NaiveDate) -> Option<NaiveDate> {
        appointed_from.checked_add_months(Months::new(self.newly_appointed_within_months?))
    }

    /// The first day on which a leader appointed from a date has led for long enough; None where that does not matter.
    pub fn ripe_from(&self, appointed_from: NaiveDate) -> Option<NaiveDate> {
        appointed_from.checked_add_months(Months::new(self.in_role_at_least_months?))
    }
}

/// Seats and deadlines that a new cohort starts out with; a coordinator can change them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seats {
    /// Seats in a cohort.
    pub capacity: u32,
    /// Calendar days that an invited leader has to answer.
    pub answer_days: u32,
    /// Hours that a freed seat is held for the one it is offered to, at least: a hold ends while people are at work.
    pub hold_hours: u32,
    /// Hours before the first gathering after which no seat is offered any more.
    pub cutoff_hours: u32,
}

/// A gathering (samling) of a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatheringTemplate {
    /// Its name.
    pub title: Texts,
    /// Whole weeks after the first gathering; 0 for the first.
    pub week: u32,
    /// The key of its module, in a programme of modules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<String>,
    /// Local hour at which it begins.
    pub starts: LocalHour,
    /// Local hour at which it ends.
    pub ends: LocalHour,
    /// The day's parts in order of time.
    #[serde(rename = "block")]
    pub blocks: Vec<BlockTemplate>,
}

impl GatheringTemplate {
    /// Minutes from beginning to end.
    pub fn length_minutes(&self) -> u32 {
        self.ends.minutes().saturating_sub(self.starts.minutes())
    }
}

/// A themed part of a gathering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockTemplate {
    /// Local hour at which it begins.
    pub starts: LocalHour,
    /// Local hour at which it ends.
    pub ends: LocalHour,
    /// The theme of the competence plan that it follows.
    pub theme: Theme,
    /// The domains in which it makes a leader grow.
    pub domains: Vec<Domain>,
    /// What it is called.
    pub title: Texts,
    /// The roles of those who speak, such as the finance director; names come with each cohort.
    pub speakers: Vec<Texts>,
    /// Keys of the responsibilities that it prepares for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsibilities: Vec<String>,
    /// Keys of the requirements that it prepares for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leader_is_new_for_so_many_months_and_before_the_first_day() {
        let audience = Audience {
            levels: vec![Level::Three, Level::Four],
            newly_appointed_within_months: Some(6),
            ..Audience::default()
        };
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        let from = date("2026-08-31");
        assert!(audience.includes(Level::Four, from, date("2026-08-01")));
        assert!(audience.includes(Level::Four, from, date("2027-02-27")));
        assert!(!audience.includes(Level::Four, from, date("2027-02-28")));
        assert!(!audience.includes(Level::Two, from, date("2026-09-01")));
        let all = Audience { levels: vec![Level::Four], ..Audience::default() };
        assert!(all.includes(Level::Four, date("1990-01-01"), from));
    }
}
