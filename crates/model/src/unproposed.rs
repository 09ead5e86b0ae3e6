//! Why new leaders are not proposed for a cohort.

use serde::{Deserialize, Serialize};

/// The reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unproposed {
    /// There is nobody to propose.
    NobodyNew,
    /// No cohort is planned that has not begun.
    NoCohort,
    /// The cohorts that have not begun are full.
    NoRoom,
    /// The time as a leader ends before the next cohort begins.
    LeavesBefore,
}

impl Unproposed {
    /// The key of the text that tells it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NobodyNew => "unproposed-nobody-new",
            Self::NoCohort => "unproposed-no-cohort",
            Self::NoRoom => "unproposed-no-room",
            Self::LeavesBefore => "unproposed-leaves-before",
        }
    }
}

/// Leaders who are not proposed, for one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotProposed {
    /// Why.
    pub why: Unproposed,
    /// How many; none for [`Unproposed::NobodyNew`].
    pub leaders: usize,
}
