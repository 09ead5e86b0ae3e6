//! Conflicts of interest (inhabilitet), in one home: who may not stand beside whom, in which constellation, from which day.
//!
//! Whoever forms a pair, a team or a group, or asks somebody to endorse, rank or review, asks [`find`] first:
//!
//! ```
//! use varde_model::conflicts::{self, Constellation, Couple};
//! # use varde_model::{conflicts::{ConflictRules, Relation, RuleSet}, ids::PersonId, people::Chart};
//! # use uuid::Uuid;
//! # let (rules, chart) = (ConflictRules::new(vec![RuleSet::strictest()]), Chart::default());
//! # let today = "2026-11-28".parse().unwrap();
//! # let (member, nominee) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(1)));
//! // `chart` holds the tree with appointments, and the employments and overrides of the two and of those above them.
//! let couple = Couple { one: member, other: nominee, nominator: None };
//! let found = conflicts::find(&rules, Constellation::PanelMember, couple, &chart, today);
//! assert_eq!(found.first().map(|conflict| conflict.relation), Some(Relation::Oneself));
//! ```
//!
//! The rules are an organisation's own where it has published some, else those of `config/catalogue/conflicts.toml`; in
//! `app`, `conflicts::rules(conn, org)` gives them. A conflict's text has the key [`Conflict::key`].

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{delivery::names, ids::PersonId, people::Chart};

mod relations;

pub use relations::relations;

names! {
    /// What two people form together, seen by the rules of conflicts of interest. In a couple the first one serves and
    /// the second is served; in a team or a group both are alike.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    Constellation {
        /// A mentor and a mentee.
        MentorPair = "mentor_pair",
        /// Two members of a course team.
        CourseTeam = "course_team",
        /// Two members of a mentor group.
        MentorGroup = "mentor_group",
        /// Who endorses a nomination, and the nominee.
        Endorser = "endorser",
        /// A member of the panel that ranks, and a nominee.
        PanelMember = "panel_member",
        /// Who assesses somebody's work, and whose it is.
        Reviewer = "reviewer",
    }
}

impl Constellation {
    /// True where the two are alike, so that what holds in one direction is looked for in the other as well.
    pub const fn of_equals(self) -> bool {
        matches!(self, Self::CourseTeam | Self::MentorGroup)
    }
}

names! {
    /// What the first of two people is to the second. The line of command is the line managers upwards, named ones
    /// included; the three relations of it exclude one another.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    Relation {
        /// The same person.
        Oneself = "oneself",
        /// Has nominated her or him.
        Nominator = "nominator",
        /// The line manager.
        LineManager = "line_manager",
        /// Stands further up in the line of command.
        Above = "above",
        /// Stands below in the line of command, at any distance.
        Below = "below",
        /// Works in, or leads, a unit that the other works in or leads.
        SameUnit = "same_unit",
    }
}

/// Two people, and what is known of them beyond the organisation's tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Couple {
    /// Who serves: the mentor, the endorser, the member of the panel, the reviewer.
    pub one: PersonId,
    /// Who is served: the mentee, the nominee, whose work it is.
    pub other: PersonId,
    /// Who nominated the second, where it is about a nomination.
    pub nominator: Option<PersonId>,
}

/// Two people who may not stand beside each other so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Conflict {
    /// What they form.
    pub constellation: Constellation,
    /// The first.
    pub one: PersonId,
    /// The second.
    pub other: PersonId,
    /// What the first is to the second, and may not be.
    pub relation: Relation,
}

impl Conflict {
    /// The key of the text that tells it.
    pub fn key(&self) -> String {
        match (self.constellation, self.relation) {
            (Constellation::PanelMember, Relation::Oneself) => "conflict-nominated".to_owned(),
            _ => key(self.relation),
        }
    }
}

/// The key of the text that tells what somebody is to somebody.
pub fn key(relation: Relation) -> String {
    format!("conflict-{}", relation.as_str().replace('_', "-"))
}

/// What is forbidden from a day on, constellation by constellation. A file has to name each of them: none is forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    /// The first day on which it counts.
    pub from: NaiveDate,
    /// What a mentor may not be to the mentee.
    pub mentor_pair: Vec<Relation>,
    /// What two members of a course team may not be to each other.
    pub course_team: Vec<Relation>,
    /// What two members of a mentor group may not be to each other.
    pub mentor_group: Vec<Relation>,
    /// What the endorser may not be to the nominee.
    pub endorser: Vec<Relation>,
    /// What a member of the panel may not be to the nominee.
    pub panel_member: Vec<Relation>,
    /// What a reviewer may not be to whose work it is.
    pub reviewer: Vec<Relation>,
}

impl RuleSet {
    /// What is forbidden in a constellation.
    pub fn forbidden(&self, constellation: Constellation) -> &[Relation] {
        match constellation {
            Constellation::MentorPair => &self.mentor_pair,
            Constellation::CourseTeam => &self.course_team,
            Constellation::MentorGroup => &self.mentor_group,
            Constellation::Endorser => &self.endorser,
            Constellation::PanelMember => &self.panel_member,
            Constellation::Reviewer => &self.reviewer,
        }
    }

    /// The set as a file, in the form in which it is read.
    pub fn to_toml(&self) -> String {
        let names = |constellation: &Constellation| {
            let forbidden = self.forbidden(*constellation).iter();
            let names: Vec<_> = forbidden.map(|relation| format!("\"{}\"", relation.as_str())).collect();
            format!("{} = [{}]\n", constellation.as_str(), names.join(", "))
        };
        format!("from = \"{}\"\n\n{}", self.from, Constellation::ALL.iter().map(names).collect::<String>())
    }

    /// Forbids all that may be forbidden, on every day.
    pub fn strictest() -> Self {
        let all = |constellation| {
            let may = |relation: &Relation| may_be_forbidden(constellation, *relation);
            Relation::ALL.iter().copied().filter(may).collect()
        };
        Self {
            from: NaiveDate::MIN,
            mentor_pair: all(Constellation::MentorPair),
            course_team: all(Constellation::CourseTeam),
            mentor_group: all(Constellation::MentorGroup),
            endorser: all(Constellation::Endorser),
            panel_member: all(Constellation::PanelMember),
            reviewer: all(Constellation::Reviewer),
        }
    }
}

/// Nobody can be made to be what a rule forbids: the endorser is the line manager, and so leads her or his unit.
pub(crate) const fn may_be_forbidden(constellation: Constellation, relation: Relation) -> bool {
    !matches!(
        (constellation, relation),
        (Constellation::Endorser, Relation::LineManager | Relation::Above | Relation::SameUnit)
    )
}

/// What no set of rules may leave open: nobody endorses, ranks or reviews oneself or is one's own mentor, and the
/// nominator is not the independent voice.
pub(crate) const fn must_be_forbidden(constellation: Constellation, relation: Relation) -> bool {
    match relation {
        Relation::Oneself => !constellation.of_equals(),
        Relation::Nominator => matches!(constellation, Constellation::Endorser | Constellation::PanelMember),
        _ => false,
    }
}

/// The sets of rules of an organisation through time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConflictRules {
    sets: Vec<RuleSet>,
}

impl ConflictRules {
    /// Puts sets in the order of their days; of two from one day the later given counts.
    pub fn new(mut sets: Vec<RuleSet>) -> Self {
        sets.sort_by_key(|set| set.from);
        Self { sets }
    }

    /// The set that counts on a day: the last that has begun. Before the first one has, the first counts.
    pub fn on(&self, date: NaiveDate) -> Option<&RuleSet> {
        self.sets.iter().rev().find(|set| set.from <= date).or_else(|| self.sets.first())
    }
}

/// What stands in the way of two people in a constellation on a day; nothing where nothing does. For those who are alike
/// both directions are asked, and the conflict says who is what to whom.
pub fn find(
    rules: &ConflictRules,
    constellation: Constellation,
    couple: Couple,
    chart: &Chart,
    on: NaiveDate,
) -> Vec<Conflict> {
    let forbidden = rules.on(on).map(|set| set.forbidden(constellation)).unwrap_or_default();
    let one_way = |couple: Couple| {
        let found = relations(couple, chart, on).into_iter().filter(|found| forbidden.contains(found));
        found.map(move |relation| Conflict { constellation, one: couple.one, other: couple.other, relation })
    };
    let mut found: Vec<Conflict> = one_way(couple).collect();
    if constellation.of_equals() {
        let turned = Couple { one: couple.other, other: couple.one, ..couple };
        for conflict in one_way(turned) {
            if conflict.relation != Relation::SameUnit
                || !found.iter().any(|known| known.relation == conflict.relation)
            {
                found.push(conflict);
            }
        }
    }
    found
}

/// What keeps a member of a panel who is nominated before it from having a say in any nomination: the others are for the
/// same places. No set of rules may leave it open.
pub const fn of_nominated_member(member: PersonId) -> Conflict {
    let (constellation, relation) = (Constellation::PanelMember, Relation::Oneself);
    Conflict { constellation, one: member, other: member, relation }
}

/// What stands between the members of a team or a group on a day, each two of them once.
pub fn find_among(
    rules: &ConflictRules,
    constellation: Constellation,
    members: &[PersonId],
    chart: &Chart,
    on: NaiveDate,
) -> Vec<Conflict> {
    let members: Vec<PersonId> = members.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let couples = members.iter().enumerate().flat_map(|(place, one)| {
        let later = members.iter().skip(place + 1);
        later.map(|other| Couple { one: *one, other: *other, nominator: None })
    });
    couples.flat_map(|couple| find(rules, constellation, couple, chart, on)).collect()
}

#[cfg(test)]
mod tests;
