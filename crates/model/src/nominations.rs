//! Nominations (nominasjon): within a round, leaders are nominated for the places of a cohort, endorsed by the line
//! manager, ranked by a panel, and told the outcome together.

mod decision;
mod endorser;
mod ranking;
mod states;

pub use decision::{Decision, Place, Reason, reasons};
pub use endorser::{may_not_endorse, ruled_out, voice_of};
pub use ranking::{Ballot, Quota, Ranked, Settled, Standing, rank};
pub use states::{NominationEvent, NominationState, RoundEvent, RoundState};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, CohortId, NominationId, NominationRoundId, PersonId};

/// A window within which leaders are nominated for the places of a cohort (nominasjonsrunde).
#[derive(Clone, Debug, PartialEq)]
pub struct NominationRound {
    /// Permanent id.
    pub id: NominationRoundId,
    /// The cohort whose places are given.
    pub cohort: CohortId,
    /// The trust's own key, such as `NTP-2027`.
    pub code: String,
    /// Where it is in its life.
    pub state: RoundState,
    /// From then on nominations are taken, once the round is open.
    pub opens_at: DateTime<Utc>,
    /// Nominations are written, changed and taken back before this moment.
    pub closes_at: DateTime<Utc>,
    /// Line managers answer before this moment.
    pub endorse_by: DateTime<Utc>,
    /// How many places the trust has (kvote).
    pub quota: u32,
    /// How many stand in reserve behind them.
    pub reserves: u32,
    /// Who ranks (panel).
    pub panel: Vec<PersonId>,
    /// Ties that were settled by hand, each with its reason.
    pub settled: Vec<Settled>,
    /// Why the outcomes were prepared before every member of the panel had ranked; None where all had.
    pub ballots_override: Option<String>,
    /// Counts the changes; an edit states the one it saw.
    pub version: u32,
}

/// One leader's nomination in a round.
#[derive(Clone, Debug, PartialEq)]
pub struct Nomination {
    /// Permanent id.
    pub id: NominationId,
    /// The round.
    pub round: NominationRoundId,
    /// Whom it is about.
    pub nominee: PersonId,
    /// Who wrote it: the nominee, or the line manager.
    pub nominator: PersonId,
    /// Why this leader, in the nominator's words.
    pub motivation: String,
    /// The nominee's own development project (utviklingsprosjekt).
    pub project: Option<String>,
    /// Where it stands.
    pub state: NominationState,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Who is asked to endorse it; None where nobody independent is to be found.
    pub endorser: Option<PersonId>,
    /// A coordinator named the endorser, who stays asked while she or he is independent.
    pub endorser_named: bool,
    /// Until when she or he may answer.
    pub endorse_by: Option<DateTime<Utc>>,
    /// The answer.
    pub endorsement: Option<Endorsement>,
    /// What was decided, once the outcomes are prepared.
    pub decision: Option<Decision>,
    /// On which day a freed place was offered to her or him, from the reserve.
    pub moved_up_on: Option<NaiveDate>,
    /// Counts the changes; an edit states the one it saw.
    pub version: u32,
}

/// A line manager's answer to a nomination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endorsement {
    /// Endorsed or not.
    pub endorsed: bool,
    /// Why.
    pub reason: String,
    /// Who answered, or for whom a coordinator wrote it down; None where nobody independent is to be found.
    pub by: Option<PersonId>,
    /// When.
    pub at: DateTime<Utc>,
    /// Why a coordinator took it after the time was over, or in the line manager's place; None where the line manager
    /// answered.
    pub override_reason: Option<String>,
    /// Who wrote it down then.
    pub recorded_by: Option<AccountId>,
    /// What the line manager had answered, where a coordinator set that aside.
    pub set_aside: Option<SetAside>,
    /// Whoever gave it stood in a conflict of interest when the outcomes were prepared: it does not count.
    pub in_conflict: bool,
}

/// A line manager's own answer that a coordinator set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// Endorsed or not.
    pub endorsed: bool,
    /// Why.
    pub reason: String,
    /// Who answered.
    pub by: Option<PersonId>,
    /// When.
    pub at: DateTime<Utc>,
}

impl Endorsement {
    /// What stays of this answer when a coordinator writes down another one: always the line manager's own.
    pub fn set_aside(self) -> Option<SetAside> {
        let Self { endorsed, reason, by, at, override_reason, set_aside, .. } = self;
        match override_reason {
            None => Some(SetAside { endorsed, reason, by, at }),
            Some(_) => set_aside,
        }
    }
}

impl Nomination {
    /// True for somebody who nominated herself or himself.
    pub fn is_own(&self) -> bool {
        self.nominee == self.nominator
    }

    /// Who speaks for it from now on. Whom a coordinator named is so no longer, once it is somebody else.
    pub fn hand_to(&mut self, endorser: Option<PersonId>) {
        self.endorser_named &= endorser == self.endorser;
        self.endorser = endorser;
    }

    /// What was said of it does not count while whoever said it stands in a conflict of interest.
    pub fn rules_out(&mut self, in_conflict: bool) {
        if let Some(given) = &mut self.endorsement {
            given.in_conflict = in_conflict;
        }
    }

    /// True when the endorser's answer is still wanted at a moment.
    pub fn awaits_endorsement(&self, now: DateTime<Utc>) -> bool {
        self.state == NominationState::Submitted && self.endorse_by.is_some_and(|until| now < until)
    }
}

impl NominationRound {
    /// True while nominations are written at a moment.
    pub fn takes_nominations(&self, now: DateTime<Utc>) -> bool {
        self.state == RoundState::Open && self.opens_at <= now && now < self.closes_at
    }
}
