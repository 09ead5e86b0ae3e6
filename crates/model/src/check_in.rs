//! The yearly check-in (årlig lederkravsamtale): a leader and the line manager go through the requirements of the leader's
//! contract (DOMAIN.md of the field: each gives an own view, both meet, agree on actions and sign).

pub mod cycle;
pub mod profile;
pub mod thread;
pub mod view;

pub use cycle::{Cycle, CycleEvent, CycleFlaw, CycleState, CycleStep, LeftOut, MOST_REMINDERS, Reminding};
pub use view::{Flaw, LONGEST_TEXT, Rated, Rating, View, flaws};

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    delivery::names,
    ids::{AppointmentId, CheckInActionId, CheckInId, ContractId, CycleId, PersonId, UnitId},
    people::{Level, LineManager},
};

names! {
    /// Where a check-in stands. Either of the two may be the first, with the view and with the signature.
    CheckInState {
        /// Neither has given a view.
        Open = "open",
        /// The leader has; the line manager does not see it yet.
        LeaderDone = "leader_done",
        /// The line manager has; the leader does not see it yet.
        ManagerDone = "manager_done",
        /// Both have, and see each other's.
        BothDone = "both_done",
        /// They have met.
        Met = "met",
        /// The leader has signed.
        LeaderSigned = "leader_signed",
        /// The line manager has signed.
        ManagerSigned = "manager_signed",
        /// Both have signed: nothing is changed any more, and an addendum is all that can follow.
        Signed = "signed",
        /// The leader has left or leads no more.
        Ended = "ended",
        /// The cycle was closed before both had signed.
        Unfinished = "unfinished",
    }
}

names! {
    /// What can happen to a check-in.
    CheckInEvent {
        /// The leader gives her or his view.
        LeaderGives = "leader_gives",
        /// The line manager gives hers or his.
        ManagerGives = "manager_gives",
        /// The leader takes the view back to go on with it, while the other has not given one.
        LeaderTakesBack = "leader_takes_back",
        /// The line manager does.
        ManagerTakesBack = "manager_takes_back",
        /// They have met.
        Meet = "meet",
        /// What was agreed is changed: a signature that was given does not hold for it.
        Agree = "agree",
        /// The leader signs.
        LeaderSigns = "leader_signs",
        /// The line manager signs.
        ManagerSigns = "manager_signs",
        /// Somebody else has become the line manager.
        HandOver = "hand_over",
        /// The leader leaves or leads no more.
        End = "end",
        /// The cycle is closed.
        Close = "close",
        /// The cycle is opened once more.
        Reopen = "reopen",
    }
}

impl CheckInState {
    /// The state after an event, or None where the event may not happen. [`CheckInEvent::Reopen`] leads to where the
    /// facts say it stood.
    pub const fn after(self, event: CheckInEvent) -> Option<Self> {
        use CheckInEvent as E;
        match (self, event) {
            (Self::Open, E::LeaderGives) | (Self::LeaderDone, E::HandOver) => Some(Self::LeaderDone),
            (Self::Open, E::ManagerGives) => Some(Self::ManagerDone),
            (Self::LeaderDone, E::ManagerGives)
            | (Self::ManagerDone, E::LeaderGives)
            | (Self::BothDone, E::Agree | E::HandOver) => Some(Self::BothDone),
            (Self::LeaderDone, E::LeaderTakesBack)
            | (Self::ManagerDone, E::ManagerTakesBack)
            // Nobody has seen the former one's view: the new line manager gives an own one.
            | (Self::Open | Self::ManagerDone, E::HandOver) => Some(Self::Open),
            (Self::BothDone | Self::Met, E::Meet)
            | (Self::Met | Self::LeaderSigned | Self::ManagerSigned, E::Agree)
            | (Self::Met | Self::ManagerSigned, E::HandOver) => Some(Self::Met),
            (Self::Met, E::LeaderSigns) | (Self::LeaderSigned, E::HandOver) => Some(Self::LeaderSigned),
            (Self::Met, E::ManagerSigns) => Some(Self::ManagerSigned),
            (Self::LeaderSigned, E::ManagerSigns) | (Self::ManagerSigned, E::LeaderSigns) => {
                Some(Self::Signed)
            }
            (Self::Signed | Self::Ended | Self::Unfinished, _) => None,
            (_, E::End) => Some(Self::Ended),
            (_, E::Close) => Some(Self::Unfinished),
            _ => None,
        }
    }

    /// True while the two still work on it.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Signed | Self::Ended | Self::Unfinished)
    }
}

/// One of the two who hold a check-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// The leader whose requirements they are.
    Leader,
    /// The line manager, or the named reviewer.
    Manager,
}

impl Party {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Leader, Self::Manager];

    /// The name in rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Leader => "leader",
            Self::Manager => "manager",
        }
    }

    /// The one with that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::BOTH.into_iter().find(|party| party.as_str() == name)
    }

    /// The other of the two.
    pub const fn other(self) -> Self {
        match self {
            Self::Leader => Self::Manager,
            Self::Manager => Self::Leader,
        }
    }

    /// Giving the own view.
    pub const fn gives(self) -> CheckInEvent {
        match self {
            Self::Leader => CheckInEvent::LeaderGives,
            Self::Manager => CheckInEvent::ManagerGives,
        }
    }

    /// Taking it back.
    pub const fn takes_back(self) -> CheckInEvent {
        match self {
            Self::Leader => CheckInEvent::LeaderTakesBack,
            Self::Manager => CheckInEvent::ManagerTakesBack,
        }
    }

    /// Signing.
    pub const fn signs(self) -> CheckInEvent {
        match self {
            Self::Leader => CheckInEvent::LeaderSigns,
            Self::Manager => CheckInEvent::ManagerSigns,
        }
    }
}

/// A moment for each of the two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moments {
    /// The leader's.
    pub leader: Option<DateTime<Utc>>,
    /// The line manager's.
    pub manager: Option<DateTime<Utc>>,
}

impl Moments {
    /// The one of a party.
    pub const fn of(&self, party: Party) -> Option<DateTime<Utc>> {
        match party {
            Party::Leader => self.leader,
            Party::Manager => self.manager,
        }
    }

    /// Sets the one of a party.
    pub const fn set(&mut self, party: Party, at: Option<DateTime<Utc>>) {
        match party {
            Party::Leader => self.leader = at,
            Party::Manager => self.manager = at,
        }
    }
}

/// A check-in as coordinators may know it: who, where it stands, and nothing of what was written.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckIn {
    /// Permanent id.
    pub id: CheckInId,
    /// The year's cycle.
    pub cycle: CycleId,
    /// The contract whose requirements are gone through.
    pub contract: ContractId,
    /// The appointment that the contract binds.
    pub appointment: AppointmentId,
    /// The leader.
    pub leader: PersonId,
    /// The unit led, as it was when the check-in was opened: what reports count by.
    pub unit: UnitId,
    /// The level, as it was.
    pub level: Level,
    /// Who holds it with the leader; None where there is nobody.
    pub manager: Option<LineManager>,
    /// The version of the framework that the contract was signed on.
    pub framework: u32,
    /// Where it stands.
    pub state: CheckInState,
    /// When each gave the view.
    pub given: Moments,
    /// The day on which they met.
    pub met_on: Option<NaiveDate>,
    /// When each signed.
    pub signed: Moments,
    /// When it ended or was closed, unfinished.
    pub ended_at: Option<DateTime<Utc>>,
    /// Counts the changes; saving states the one it saw.
    pub version: u32,
}

impl CheckIn {
    /// Which of the two a person is; None for anybody else, a former line manager included.
    pub fn party_of(&self, person: PersonId) -> Option<Party> {
        if self.leader == person {
            Some(Party::Leader)
        } else if self.manager == Some(LineManager::Person(person)) {
            Some(Party::Manager)
        } else {
            None
        }
    }

    /// Lets something happen and writes down when. False where it may not happen.
    #[must_use]
    pub fn happens(&mut self, event: CheckInEvent, now: DateTime<Utc>) -> bool {
        use CheckInEvent as E;
        let after = match event {
            E::Reopen if self.state == CheckInState::Unfinished => Some(self.standing()),
            _ => self.state.after(event),
        };
        let Some(after) = after else { return false };
        match event {
            E::LeaderGives => self.given.leader = Some(now),
            E::ManagerGives => self.given.manager = Some(now),
            E::LeaderTakesBack => self.given.leader = None,
            E::ManagerTakesBack => self.given.manager = None,
            E::LeaderSigns => self.signed.leader = Some(now),
            E::ManagerSigns => self.signed.manager = Some(now),
            E::Meet | E::Agree => self.signed = Moments::default(),
            E::HandOver => {
                self.signed.manager = None;
                if self.given.leader.is_none() {
                    self.given.manager = None;
                }
            }
            E::End | E::Close => self.ended_at = Some(now),
            E::Reopen => self.ended_at = None,
        }
        self.state = after;
        true
    }

    /// Where it stands by what was done, whether or not its cycle is closed.
    fn standing(&self) -> CheckInState {
        match (self.given.leader, self.given.manager) {
            (None, None) => CheckInState::Open,
            (Some(_), None) => CheckInState::LeaderDone,
            (None, Some(_)) => CheckInState::ManagerDone,
            (Some(_), Some(_)) if self.met_on.is_none() => CheckInState::BothDone,
            (Some(_), Some(_)) => match (self.signed.leader, self.signed.manager) {
                (None, None) => CheckInState::Met,
                (Some(_), None) => CheckInState::LeaderSigned,
                (None, Some(_)) => CheckInState::ManagerSigned,
                (Some(_), Some(_)) => CheckInState::Signed,
            },
        }
    }

    /// Whether one of the two may read the other's view: once both have given theirs.
    pub const fn shows_both(&self) -> bool {
        self.given.leader.is_some() && self.given.manager.is_some()
    }
}

names! {
    /// How an agreed action stands.
    ActionState {
        /// Not begun.
        Agreed = "agreed",
        /// Begun.
        UnderWay = "under_way",
        /// Done.
        Done = "done",
        /// Given up.
        Dropped = "dropped",
    }
}

impl ActionState {
    /// True while something is still to be done.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Agreed | Self::UnderWay)
    }
}

/// An agreed action, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Permanent id.
    pub id: CheckInActionId,
    /// The check-in.
    pub check_in: CheckInId,
    /// Whose it is to do.
    pub owner: Party,
    /// By when.
    pub due_on: NaiveDate,
    /// The requirement that it serves.
    pub requirement: Option<String>,
    /// The programme that it leads to.
    pub programme: Option<String>,
    /// The item of the competence plan that it leads to.
    pub plan_item: Option<String>,
    /// How it stands.
    pub state: ActionState,
}

#[cfg(test)]
mod tests;
