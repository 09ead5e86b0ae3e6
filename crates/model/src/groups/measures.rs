//! What a leader group has agreed on: benefits of a change and measures, and how they are followed up afterwards.

use chrono::{DateTime, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    delivery::names,
    ids::{LeaderGroupId, MeasureId, PersonId},
};

/// Benefits and measures of a group at the most: few enough that each is followed up.
pub const MOST_MEASURES: usize = 20;

names! {
    /// What kind of agreement it is.
    MeasureKind {
        /// A benefit that is wanted of a change (gevinst): it has an indicator and a target.
        Benefit = "benefit",
        /// Something that the group does (tiltak).
        Action = "action",
    }
}

names! {
    /// Where a benefit or a measure stands.
    Standing {
        /// Nothing has been done yet.
        NotBegun = "not_begun",
        /// It is being worked on.
        UnderWay = "under_way",
        /// It is reached, or done.
        Reached = "reached",
        /// It is not pursued any more.
        GivenUp = "given_up",
    }
}

impl Standing {
    /// Whether it is asked about again later. What was reached can slip; what was given up is over.
    pub const fn is_asked_again(self) -> bool {
        !matches!(self, Self::GivenUp)
    }
}

/// A benefit that is wanted, or a measure that was agreed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Permanent id.
    pub id: MeasureId,
    /// The group.
    pub group: LeaderGroupId,
    /// Which of the two.
    pub kind: MeasureKind,
    /// What it is.
    pub text: String,
    /// What it is measured by.
    pub indicator: Option<String>,
    /// Where the indicator stood before.
    pub baseline: Option<String>,
    /// Where it is to be.
    pub target: Option<String>,
    /// Who answers for it.
    pub owner: PersonId,
    /// By when it is to be done.
    pub due: Option<NaiveDate>,
    /// Counts the changes; an edit states the one it saw.
    pub version: u32,
}

/// How one measure stood at one of the follow-ups. It is written when the owner is asked, or answered unasked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// The measure.
    pub measure: MeasureId,
    /// Its group.
    pub group: LeaderGroupId,
    /// Months after the group's last gathering.
    pub month: u32,
    /// Who was asked: the owner, or the group's leader where the owner has left. None when nobody could be.
    pub asked: Option<PersonId>,
    /// When.
    pub asked_at: Option<DateTime<Utc>>,
    /// When the coordinators were told that no answer had come.
    pub escalated_at: Option<DateTime<Utc>>,
    /// The answer; None as long as there is none.
    pub answer: Option<FollowUpAnswer>,
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUpAnswer {
    /// Where it stands.
    pub standing: Standing,
    /// Where the indicator stands.
    pub figure: Option<String>,
    /// What there is to be said of it.
    pub comment: Option<String>,
    /// When it was answered.
    pub at: DateTime<Utc>,
}

/// The steps of one follow-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowUpStep {
    /// The owners are asked.
    Ask,
    /// Those who have not answered are reminded.
    Remind,
    /// The coordinators hear of those who are still silent.
    Escalate,
}

impl FollowUpStep {
    /// Every step, in order.
    pub const ALL: [Self; 3] = [Self::Ask, Self::Remind, Self::Escalate];

    /// The name in keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Remind => "remind",
            Self::Escalate => "escalate",
        }
    }

    /// Whole weeks after the owners were asked.
    pub const fn weeks(self) -> u64 {
        match self {
            Self::Ask => 0,
            Self::Remind => 1,
            Self::Escalate => 2,
        }
    }
}

/// The day of a follow-up, counted from the group's last gathering. Days that the month lacks become its last.
pub fn follow_up_day(last_gathering: NaiveDate, month: u32) -> NaiveDate {
    last_gathering.checked_add_months(Months::new(month)).unwrap_or(last_gathering)
}

/// Whether a measure is asked about at a month: not what was given up before, nor what was answered for it already.
pub fn is_asked(month: u32, earlier: &[FollowUp]) -> bool {
    earlier.iter().all(|follow_up| match &follow_up.answer {
        Some(answer) if follow_up.month < month => answer.standing.is_asked_again(),
        Some(_) => follow_up.month != month,
        None => true,
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn at(month: u32, standing: Option<Standing>) -> FollowUp {
        FollowUp {
            measure: MeasureId(Uuid::from_u128(1)),
            group: LeaderGroupId(Uuid::from_u128(2)),
            month,
            asked: None,
            asked_at: None,
            escalated_at: None,
            answer: standing.map(|standing| FollowUpAnswer {
                standing,
                figure: None,
                comment: None,
                at: DateTime::UNIX_EPOCH,
            }),
        }
    }

    #[test]
    fn what_was_given_up_is_not_asked_about_again() {
        assert!(is_asked(3, &[]));
        assert!(is_asked(3, &[at(3, None)]), "asked and not answered");
        assert!(!is_asked(3, &[at(3, Some(Standing::UnderWay))]), "answered before it was asked");
        assert!(is_asked(6, &[at(3, Some(Standing::Reached))]));
        assert!(!is_asked(6, &[at(3, Some(Standing::GivenUp))]));
        assert!(is_asked(3, &[at(6, Some(Standing::GivenUp))]), "the earlier question stands");
    }

    #[test]
    fn a_follow_up_comes_on_the_same_day_of_the_month() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(follow_up_day(day("2027-01-20"), 3), day("2027-04-20"));
        assert_eq!(follow_up_day(day("2026-11-30"), 3), day("2027-02-28"));
    }
}
