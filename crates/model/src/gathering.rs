//! A gathering: a meeting of a cohort, a whole day in themed blocks.

pub mod blocks;
pub mod concerns;

pub use blocks::Block;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{
    catalogue::Texts,
    cohort::Cohort,
    enrolment::Enrolment,
    ids::{CohortId, EnrolmentId, GatheringId, LeaderGroupId},
};

/// A meeting of a cohort.
#[derive(Clone, Debug, PartialEq)]
pub struct Gathering {
    /// Permanent id; calendars know the gathering by it.
    pub id: GatheringId,
    /// The cohort that meets.
    pub cohort: CohortId,
    /// 1 is the first.
    pub position: u32,
    /// What it is called.
    pub title: Texts,
    /// The local day.
    pub date: NaiveDate,
    /// Local hours from and to.
    pub starts: NaiveTime,
    /// Local end.
    pub ends: NaiveTime,
    /// The zone of date and hours, kept with them: a change of rules moves the instant, not the hour.
    pub zone: Tz,
    /// The instant it begins.
    pub starts_at: DateTime<Utc>,
    /// The instant it ends.
    pub ends_at: DateTime<Utc>,
    /// The address or building.
    pub place: Option<String>,
    /// The room.
    pub room: Option<String>,
    /// The link to join by.
    pub link: Option<String>,
    /// True when it was called off.
    pub cancelled: bool,
    /// How often calendars were told of a change.
    pub sequence: u32,
    /// Counts the changes; an edit states the one it saw.
    pub version: u32,
    /// The day's programme.
    pub blocks: Vec<Block>,
    /// When and where it was before each of its moves, the latest ones in order: with letters held back, people were
    /// told of different ones.
    pub former: Vec<Former>,
    /// Why it was called off.
    pub cancel_reason: Option<String>,
    /// The leader group that meets by itself; None where the whole cohort meets.
    pub group: Option<LeaderGroupId>,
}

/// When and where a gathering was, its cohort's place and link included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Former {
    /// How often calendars had been told of a change then.
    pub sequence: u32,
    /// Begin.
    pub starts_at: DateTime<Utc>,
    /// End.
    pub ends_at: DateTime<Utc>,
    /// The address or building.
    pub place: Option<String>,
    /// The room.
    pub room: Option<String>,
    /// The link to join by.
    pub link: Option<String>,
}

/// More moves than anybody makes before a letter goes out.
const FORMER_KEPT: usize = 30;

impl Gathering {
    /// Whether it is for somebody with a place in the cohort: a group's own gathering is for its members alone.
    pub fn is_for(&self, place: &Enrolment) -> bool {
        self.is_for_group(place.group)
    }

    /// Whether it is for those of a leader group, or for those of none.
    pub fn is_for_group(&self, group: Option<LeaderGroupId>) -> bool {
        self.group.is_none() || self.group == group
    }

    /// True when it took place and is over.
    pub fn was_held(&self, now: DateTime<Utc>) -> bool {
        !self.cancelled && self.ends_at <= now
    }

    /// Whether somebody may be at both: not where two leader groups meet by themselves.
    pub fn meets_with(&self, other: &Gathering) -> bool {
        other.is_for_group(self.group) || self.group.is_none()
    }

    /// When and where it is now. Without a place or a link of its own it meets where the cohort meets.
    pub fn whereabouts(&self, cohort: &Cohort) -> Former {
        Former {
            sequence: self.sequence,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            place: self.place.clone().or_else(|| cohort.place.clone()),
            room: self.room.clone(),
            link: self.link.clone().or_else(|| cohort.link.clone()),
        }
    }

    /// Keeps where it was before a move.
    pub fn remember(&mut self, before: Former) {
        self.former.push(before);
        let surplus = self.former.len().saturating_sub(FORMER_KEPT);
        self.former.drain(..surplus);
    }
}

impl Former {
    /// Whether somebody who knows of the one knows of the other.
    pub fn is_same_place_and_time(&self, other: &Former) -> bool {
        Former { sequence: other.sequence, ..self.clone() } == *other
    }
}

/// Whether an enrolled leader comes to a gathering.
#[derive(Clone, Debug, PartialEq)]
pub struct GatheringAnswer {
    /// The gathering.
    pub gathering: GatheringId,
    /// The leader's place.
    pub enrolment: EnrolmentId,
    /// Yes or no.
    pub coming: bool,
    /// When it was said.
    pub answered_at: DateTime<Utc>,
}

/// How much of a gathering a leader was there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// All of it.
    Present,
    /// A part of it.
    Partly,
    /// Nothing, and no notice was given.
    Absent,
    /// Nothing, for a reason that the coordinator accepted.
    Excused,
}

impl Presence {
    /// Every value.
    pub const ALL: [Self; 4] = [Self::Present, Self::Partly, Self::Absent, Self::Excused];

    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Partly => "partly",
            Self::Absent => "absent",
            Self::Excused => "excused",
        }
    }

    /// The value of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|presence| presence.as_str() == name)
    }

    /// Whether it holds for somebody whom the coordinator did not name, by what she or he had said. Whoever had said no
    /// does not count as present by a slip, nor as absent without notice: that is for the coordinator to say.
    pub const fn covers_unnamed(self, coming: Option<bool>) -> bool {
        !matches!((self, coming), (Self::Present | Self::Partly, Some(false)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_had_said_no_is_not_present_by_a_slip() {
        for presence in Presence::ALL {
            let there = matches!(presence, Presence::Present | Presence::Partly);
            assert!(presence.covers_unnamed(None) && presence.covers_unnamed(Some(true)));
            assert_eq!(presence.covers_unnamed(Some(false)), !there, "{presence:?}");
        }
    }
}

/// A leader's recorded attendance at one gathering.
#[derive(Clone, Debug, PartialEq)]
pub struct Attendance {
    /// The gathering.
    pub gathering: GatheringId,
    /// The leader's place.
    pub enrolment: EnrolmentId,
    /// How much.
    pub presence: Presence,
    /// When it was recorded last.
    pub recorded_at: DateTime<Utc>,
}
