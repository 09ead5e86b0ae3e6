//! What was decided about a nomination, and why, as codes from which each language makes its sentences.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Nomination, NominationState,
    ranking::{Quota, Standing},
};
use crate::catalogue::EndorsementRule;

/// What a position in the order gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "gives", rename_all = "snake_case")]
pub enum Place {
    /// A place.
    Seat,
    /// A place in reserve.
    Reserve {
        /// 1 moves up first.
        number: u32,
    },
    /// No place.
    Nothing,
}

/// What was decided about a nomination, with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What it gives.
    pub place: Place,
    /// The place in the order; 1 is the first.
    pub position: u32,
    /// How many were ranked.
    pub of: u32,
    /// The mean of the panel's places, in hundredths; None where nobody ranked it.
    pub mean: Option<u32>,
    /// How many members ranked it.
    pub ballots: u32,
    /// How many members were ruled out by a conflict of interest.
    pub ruled_out: u32,
    /// How many others had the same mean.
    pub tied: u32,
    /// Why it came before or behind those, where somebody decided.
    pub settled: Option<String>,
    /// How many places there were.
    pub quota: u32,
    /// How many places in reserve.
    pub reserves: u32,
}

impl Decision {
    /// The decision that follows from where a nomination stands among so many.
    pub fn of(standing: &Standing, of: u32, quota: Quota) -> Self {
        Self {
            place: standing.place,
            position: standing.position,
            of,
            mean: standing.mean,
            ballots: standing.ballots,
            ruled_out: standing.ruled_out,
            tied: standing.tied,
            settled: standing.settled.clone(),
            quota: quota.places,
            reserves: quota.reserves,
        }
    }
}

/// One sentence of the explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is not handed in yet.
    NotHandedInYet,
    /// It was never handed in.
    NeverHandedIn,
    /// It was taken back.
    TakenBack,
    /// The line manager's answer is still wanted.
    AwaitsEndorsement,
    /// The line manager did not answer in time.
    NoEndorsementInTime,
    /// The line manager did not endorse it, which the programme asks for.
    NotEndorsed,
    /// The line manager endorsed it.
    Endorsed {
        /// Taken by a coordinator.
        late: bool,
    },
    /// Whoever endorsed it stands in a conflict of interest, and what she or he said does not count.
    EndorsedInConflict {
        /// Nobody comes before the panel without an endorsement.
        obligatory: bool,
    },
    /// A coordinator set the line manager's answer aside, with a reason.
    SetAside {
        /// What holds instead.
        endorsed: bool,
    },
    /// The programme asks the line manager for a view, and it spoke against.
    ViewAgainst,
    /// The programme asks the line manager for a view, and none came.
    NoView,
    /// The panel ranked it.
    Ranked {
        /// The place in the order.
        position: u32,
        /// Among so many.
        of: u32,
        /// The mean place, in hundredths.
        mean: u32,
        /// By so many members.
        ballots: u32,
    },
    /// Nobody in the panel ranked it.
    NotRanked,
    /// So many members of the panel took no part, by a conflict of interest.
    RuledOut {
        /// How many.
        members: u32,
    },
    /// Others had the same mean, and the order among them was decided on.
    TieSettled {
        /// How many others.
        others: u32,
    },
    /// Others had the same mean, and nothing hung on it.
    Tied {
        /// How many others.
        others: u32,
    },
    /// Within the quota.
    WithinQuota {
        /// How many places there were.
        quota: u32,
    },
    /// Behind the quota, in reserve.
    InReserve {
        /// The number.
        number: u32,
        /// How many places there were.
        quota: u32,
    },
    /// Behind the places and the reserve.
    BehindAll {
        /// How many places there were.
        quota: u32,
        /// How many places in reserve.
        reserves: u32,
    },
    /// A place was given up, and offered to whoever stood first in reserve.
    MovedUp {
        /// On this day.
        on: NaiveDate,
    },
    /// It was too late for places when everybody was told.
    NoPlacesGiven,
    /// A coordinator gave the place directly, outside the round.
    PlacedDirectly,
    /// Not decided yet.
    Undecided,
}

/// Why a nomination stands where it stands, sentence by sentence.
pub fn reasons(nomination: &Nomination, rule: EndorsementRule) -> Vec<Reason> {
    use NominationState as S;
    match nomination.state {
        S::Draft => return vec![Reason::NotHandedInYet],
        S::Withdrawn => return vec![Reason::TakenBack],
        // A draft was never asked about.
        S::Lapsed if nomination.endorse_by.is_none() => return vec![Reason::NeverHandedIn],
        S::Lapsed => return vec![Reason::NoEndorsementInTime],
        S::Placed if nomination.decision.is_none() => return vec![Reason::PlacedDirectly],
        S::NotPlaced if nomination.decision.is_none() && !falls_short(nomination, rule) => {
            return vec![Reason::NoPlacesGiven];
        }
        _ => {}
    }
    let mut reasons = Vec::new();
    match (rule, &nomination.endorsement) {
        (EndorsementRule::None, _) => {}
        (EndorsementRule::Obligatory, Some(given)) if given.in_conflict => {
            return vec![Reason::EndorsedInConflict { obligatory: true }];
        }
        (_, Some(given)) if given.in_conflict => {
            reasons.push(Reason::EndorsedInConflict { obligatory: false });
        }
        (_, Some(given)) if given.set_aside.as_ref().is_some_and(|own| own.endorsed != given.endorsed) => {
            reasons.push(Reason::SetAside { endorsed: given.endorsed });
            if !given.endorsed && rule == EndorsementRule::Obligatory {
                return reasons;
            }
        }
        (_, Some(given)) if given.endorsed => {
            reasons.push(Reason::Endorsed { late: given.override_reason.is_some() });
        }
        (EndorsementRule::Obligatory, Some(_)) => return vec![Reason::NotEndorsed],
        (EndorsementRule::View, Some(_)) => reasons.push(Reason::ViewAgainst),
        (EndorsementRule::View, None) if nomination.decision.is_some() => reasons.push(Reason::NoView),
        (_, None) => reasons.push(Reason::AwaitsEndorsement),
    }
    match &nomination.decision {
        None => reasons.push(Reason::Undecided),
        Some(decision) => decision.told(&mut reasons),
    }
    reasons.extend(nomination.moved_up_on.map(|on| Reason::MovedUp { on }));
    reasons
}

/// True for one that did not come before the panel, by the line manager's answer.
fn falls_short(nomination: &Nomination, rule: EndorsementRule) -> bool {
    let opposed = nomination.endorsement.as_ref().is_some_and(|given| !given.endorsed || given.in_conflict);
    rule == EndorsementRule::Obligatory && opposed
}

impl Decision {
    fn told(&self, reasons: &mut Vec<Reason>) {
        match self.mean {
            Some(mean) => {
                let (position, of, ballots) = (self.position, self.of, self.ballots);
                reasons.push(Reason::Ranked { position, of, mean, ballots });
            }
            // With room for everybody there is nothing to rank.
            None if self.of <= self.quota => {}
            None => reasons.push(Reason::NotRanked),
        }
        if self.ruled_out > 0 {
            reasons.push(Reason::RuledOut { members: self.ruled_out });
        }
        if self.tied > 0 && (self.mean.is_some() || self.of > self.quota) {
            reasons.push(match self.settled {
                Some(_) => Reason::TieSettled { others: self.tied },
                None => Reason::Tied { others: self.tied },
            });
        }
        let (quota, reserves) = (self.quota, self.reserves);
        reasons.push(match self.place {
            Place::Seat => Reason::WithinQuota { quota },
            Place::Reserve { number } => Reason::InReserve { number, quota },
            Place::Nothing => Reason::BehindAll { quota, reserves },
        });
    }
}

impl Reason {
    /// The key of the text that tells it.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NotHandedInYet => "nomination-reason-not-handed-in-yet",
            Self::NeverHandedIn => "nomination-reason-never-handed-in",
            Self::TakenBack => "nomination-reason-taken-back",
            Self::AwaitsEndorsement => "nomination-reason-awaits-endorsement",
            Self::NoEndorsementInTime => "nomination-reason-no-endorsement-in-time",
            Self::NotEndorsed => "nomination-reason-not-endorsed",
            Self::Endorsed { late: false } => "nomination-reason-endorsed",
            Self::Endorsed { late: true } => "nomination-reason-endorsed-late",
            Self::EndorsedInConflict { obligatory: true } => "nomination-reason-endorsed-in-conflict",
            Self::EndorsedInConflict { obligatory: false } => "nomination-reason-view-in-conflict",
            Self::SetAside { endorsed: true } => "nomination-reason-set-aside-yes",
            Self::SetAside { endorsed: false } => "nomination-reason-set-aside-no",
            Self::ViewAgainst => "nomination-reason-view-against",
            Self::NoView => "nomination-reason-no-view",
            Self::Ranked { .. } => "nomination-reason-ranked",
            Self::NotRanked => "nomination-reason-not-ranked",
            Self::RuledOut { .. } => "nomination-reason-ruled-out",
            Self::TieSettled { .. } => "nomination-reason-tie-settled",
            Self::Tied { .. } => "nomination-reason-tied",
            Self::WithinQuota { .. } => "nomination-reason-within-quota",
            Self::InReserve { .. } => "nomination-reason-in-reserve",
            Self::BehindAll { .. } => "nomination-reason-behind-all",
            Self::MovedUp { .. } => "nomination-reason-moved-up",
            Self::NoPlacesGiven => "nomination-reason-no-places-given",
            Self::PlacedDirectly => "nomination-reason-placed-directly",
            Self::Undecided => "nomination-reason-undecided",
        }
    }

    /// The numbers that the text names. The mean is told as it is written, in hundredths here.
    pub fn numbers(&self) -> Vec<(&'static str, u32)> {
        match *self {
            Self::Ranked { position, of, ballots, .. } => {
                vec![("position", position), ("of", of), ("ballots", ballots)]
            }
            Self::RuledOut { members } => vec![("members", members)],
            Self::TieSettled { others } | Self::Tied { others } => vec![("others", others)],
            Self::WithinQuota { quota } => vec![("quota", quota)],
            Self::InReserve { number, quota } => vec![("number", number), ("quota", quota)],
            Self::BehindAll { quota, reserves } => vec![("quota", quota), ("reserves", reserves)],
            _ => Vec::new(),
        }
    }
}
