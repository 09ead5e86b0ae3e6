//! Levels of leading and kinds of units.

use serde::{Deserialize, Serialize};

/// How high a leader stands in the organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Level {
    /// The director.
    One = 1,
    /// Head of a clinic or of a central staff.
    Two = 2,
    /// Head of a department, who leads leaders.
    Three = 3,
    /// Head of a unit or a small department, who leads employees.
    Four = 4,
}

impl Level {
    /// Every level, from the director down.
    pub const ALL: [Level; 4] = [Level::One, Level::Two, Level::Three, Level::Four];

    /// The number from 1 to 4.
    pub const fn number(self) -> u8 {
        self as u8
    }
}

/// A number that is no level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no level: levels go from 1 to 4")]
pub struct NoLevel(u8);

impl TryFrom<u8> for Level {
    type Error = NoLevel;

    fn try_from(number: u8) -> Result<Self, NoLevel> {
        Level::ALL.into_iter().find(|level| level.number() == number).ok_or(NoLevel(number))
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> u8 {
        level.number()
    }
}

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// The trust itself: the root of the tree.
    Trust,
    /// A clinic.
    Clinic,
    /// A department of a clinic.
    Department,
    /// A unit of a department: a ward, an outpatient clinic, a section.
    Unit,
    /// A central staff, such as HR or finance.
    Staff,
}

impl UnitKind {
    /// Every kind, from the trust down.
    pub const ALL: [UnitKind; 5] =
        [UnitKind::Trust, UnitKind::Clinic, UnitKind::Department, UnitKind::Unit, UnitKind::Staff];

    /// The name under which it is stored.
    pub const fn key(self) -> &'static str {
        match self {
            UnitKind::Trust => "trust",
            UnitKind::Clinic => "clinic",
            UnitKind::Department => "department",
            UnitKind::Unit => "unit",
            UnitKind::Staff => "staff",
        }
    }

    /// The kind stored under that name.
    pub fn from_key(key: &str) -> Option<Self> {
        UnitKind::ALL.into_iter().find(|kind| kind.key() == key)
    }
}
