//! A leader's competence plan (kompetanseplan): she or he rates the items of the framework's plan, agrees on them with the line
//! manager, and follows the path to what is missing.

use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    catalogue::PlanItem,
    check_in::Party,
    delivery::names,
    framework::Framework,
    ids::{AppointmentId, PersonId, PlanId},
    people::{Appointment, Level},
};

names! {
    /// Where a competence plan stands.
    PlanState {
        /// The leader rates the items.
        Draft = "draft",
        /// The leader has rated them all; the line manager has not agreed yet.
        Assessed = "assessed",
        /// Both agree: what is missing is followed.
        Agreed = "agreed",
        /// Nothing is missing any more.
        Completed = "completed",
        /// The leader has left or leads no more.
        Ended = "ended",
    }
}

names! {
    /// What can happen to a competence plan.
    PlanEvent {
        /// The leader has rated every item.
        Assess = "assess",
        /// The line manager agrees.
        Agree = "agree",
        /// The last missing item is done.
        Complete = "complete",
        /// An item that was done is not done after all.
        Resume = "resume",
        /// A new version of the plan asks something anew.
        Renew = "renew",
        /// Somebody else has become the line manager.
        HandOver = "hand_over",
        /// The leader leaves or leads no more.
        End = "end",
    }
}

impl PlanState {
    /// The state after an event, or None where the event may not happen.
    pub const fn after(self, event: PlanEvent) -> Option<Self> {
        use PlanEvent as E;
        match (self, event) {
            (Self::Ended, _) => None,
            (_, E::End) => Some(Self::Ended),
            (_, E::Renew) => Some(Self::Draft),
            (state, E::HandOver) => Some(state),
            (Self::Draft, E::Assess) => Some(Self::Assessed),
            (Self::Assessed, E::Agree) | (Self::Completed, E::Resume) => Some(Self::Agreed),
            (Self::Agreed, E::Complete) => Some(Self::Completed),
            _ => None,
        }
    }
}

names! {
    /// How a leader stands to an item.
    PlanRating {
        /// Training is needed.
        NeedsTraining = "needs_training",
        /// Knows some of it.
        Some = "some",
        /// Masters it.
        Confident = "confident",
    }
}

/// When plans are made by themselves, and when they remind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRules {
    /// Operative leaders appointed on this day or later get a plan by themselves; None where coordinators open each.
    pub appointed_from: Option<NaiveDate>,
    /// Who has something to rate or to agree on is reminded after so many days, and once more after as many again.
    pub remind_after_days: u16,
    /// So many days before its deadline an item that is not done is reminded of, and once more on the day itself.
    pub notice_days: u16,
}

impl Default for PlanRules {
    fn default() -> Self {
        Self { appointed_from: None, remind_after_days: 7, notice_days: 14 }
    }
}

/// How often the same thing is asked for again.
const MOST_REMINDERS: u16 = 2;

impl PlanRules {
    /// Which reminder it is time for, counted from 1, when something has been waited for since a day.
    pub fn reminder(&self, since: NaiveDate, today: NaiveDate) -> Option<u16> {
        let waited = u16::try_from((today - since).num_days()).ok()?;
        let number = waited.checked_div(self.remind_after_days)?.min(MOST_REMINDERS);
        (number > 0).then_some(number)
    }

    /// Whether an appointment gives a plan by itself.
    pub fn opens_for(&self, appointment: &Appointment) -> bool {
        is_operative(appointment.level) && self.appointed_from.is_some_and(|from| appointment.since >= from)
    }

    /// How far a deadline has come: 0 before it is told of, 1 when it draws near, 2 from the day itself on.
    pub fn stage(&self, due_on: NaiveDate, today: NaiveDate) -> u8 {
        if today >= due_on { 2 } else { u8::from(due_on - Days::new(self.notice_days.into()) <= today) }
    }
}

/// Whether the plan is for leaders of a level.
pub const fn is_operative(level: Level) -> bool {
    matches!(level, Level::Three | Level::Four)
}

/// The items that a new version asks anew: those that are new, and those that say something else.
pub fn asked_anew<'f>(old: &Framework, new: &'f Framework) -> Vec<&'f PlanItem> {
    let says = |item: &PlanItem| (item.title.clone(), item.text.clone());
    new.plan.iter().filter(|item| old.item(&item.key).map(says) != Some(says(item))).collect()
}

/// A leader's plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Permanent id.
    pub id: PlanId,
    /// The appointment it is for; deadlines count from it.
    pub appointment: AppointmentId,
    /// The leader.
    pub leader: PersonId,
    /// Since when the leader has led the unit.
    pub appointed_on: NaiveDate,
    /// The line manager; None where nobody within the trust is.
    pub manager: Option<PersonId>,
    /// The version of the framework whose items it holds.
    pub framework: u32,
    /// Where it stands.
    pub state: PlanState,
    /// When the leader was asked to rate, the last time.
    pub asked_at: DateTime<Utc>,
    /// When the leader had rated every item.
    pub assessed_at: Option<DateTime<Utc>>,
    /// When the line manager agreed.
    pub agreed_at: Option<DateTime<Utc>>,
    /// Counts the changes; agreeing states the one it saw.
    pub version: u32,
}

impl Plan {
    /// Which of the two a person is; None for anybody else, a former line manager included.
    pub fn party_of(&self, person: PersonId) -> Option<Party> {
        if person == self.leader {
            Some(Party::Leader)
        } else {
            (self.manager == Some(person)).then_some(Party::Manager)
        }
    }

    /// Lets something happen. False where the table does not have it, and nothing is changed.
    pub fn happens(&mut self, event: PlanEvent, now: DateTime<Utc>) -> bool {
        let Some(state) = self.state.after(event) else { return false };
        self.state = state;
        match event {
            PlanEvent::Assess => self.assessed_at = Some(now),
            PlanEvent::Agree => self.agreed_at = Some(now),
            PlanEvent::Renew => {
                self.asked_at = now;
                self.assessed_at = None;
                self.agreed_at = None;
            }
            PlanEvent::Complete | PlanEvent::Resume | PlanEvent::HandOver | PlanEvent::End => {}
        }
        true
    }
}

/// An item as the two have rated it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanEntry {
    /// The plan.
    pub plan: PlanId,
    /// The item's key.
    pub item: String,
    /// What the leader says.
    pub own: Option<PlanRating>,
    /// What both agreed on.
    pub agreed: Option<PlanRating>,
    /// When the leader did what was missing.
    pub done_on: Option<NaiveDate>,
    /// When a renewed plan asked it anew; its deadline counts from then.
    pub asked_on: Option<NaiveDate>,
    /// How far the deadline has been told of, as [`PlanRules::stage`] counts.
    pub told: u8,
}

impl PlanEntry {
    /// An item of which nothing is known yet.
    pub fn new(plan: PlanId, item: &str) -> Self {
        Self { plan, item: item.to_owned(), own: None, agreed: None, done_on: None, asked_on: None, told: 0 }
    }

    /// The last day of the item's deadline, counted from the appointment; None where it can wait.
    pub fn due_on(&self, item: &PlanItem, plan: &Plan) -> Option<NaiveDate> {
        let from = self.asked_on.unwrap_or(plan.appointed_on);
        from.checked_add_months(Months::new(item.within_months?))
    }

    /// Whether something is missing by what both agreed on.
    pub fn is_needed(&self) -> bool {
        self.agreed.is_some_and(|rating| rating != PlanRating::Confident)
    }
}

#[cfg(test)]
mod tests;
