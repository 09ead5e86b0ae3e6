//! The lives of a round and of a nomination, as tables.

use crate::delivery::names;

names! {
    /// Where a round of nominations is in its life.
    RoundState {
        /// Being planned; nobody can nominate.
        Draft = "draft",
        /// Nominations are taken within its window.
        Open = "open",
        /// The window is over; endorsements come in and the panel ranks.
        Closed = "closed",
        /// The outcomes are worked out, for review; nobody was told.
        Prepared = "prepared",
        /// Everybody was told.
        Sent = "sent",
    }
}

names! {
    /// What can happen to a round.
    RoundEvent {
        /// The coordinator opens it.
        Open = "open",
        /// Its last moment passes.
        Close = "close",
        /// The outcomes are worked out, also once more.
        Prepare = "prepare",
        /// What was worked out is thrown away: something it rests on has changed.
        Reconsider = "reconsider",
        /// Everybody is told.
        Send = "send",
        /// Everybody is told that no places are given: it is too late for them.
        End = "end",
    }
}

impl RoundState {
    /// The state after an event, or None where the event may not happen.
    pub const fn after(self, event: RoundEvent) -> Option<Self> {
        use RoundEvent as E;
        match (self, event) {
            (Self::Draft, E::Open) => Some(Self::Open),
            (Self::Open, E::Close) => Some(Self::Closed),
            (Self::Closed | Self::Prepared, E::Prepare) => Some(Self::Prepared),
            (Self::Prepared, E::Reconsider) => Some(Self::Closed),
            (Self::Prepared, E::Send) | (Self::Closed | Self::Prepared, E::End) => Some(Self::Sent),
            _ => None,
        }
    }

    /// True until everybody was told.
    pub const fn is_undecided(self) -> bool {
        !matches!(self, Self::Sent)
    }
}

names! {
    /// Where a nomination stands.
    NominationState {
        /// Being written; nobody else knows of it.
        Draft = "draft",
        /// Handed in; the line manager's answer is wanted where the programme asks for one.
        Submitted = "submitted",
        /// The line manager stands behind it.
        Endorsed = "endorsed",
        /// The line manager does not.
        NotEndorsed = "not_endorsed",
        /// Its time ran out: a draft at the close, or an endorsement that never came.
        Lapsed = "lapsed",
        /// Taken back.
        Withdrawn = "withdrawn",
        /// A place is offered.
        Placed = "placed",
        /// In reserve, with a number.
        Reserve = "reserve",
        /// No place.
        NotPlaced = "not_placed",
    }
}

names! {
    /// What can happen to a nomination.
    NominationEvent {
        /// It is handed in.
        Submit = "submit",
        /// It is changed before the close; what was endorsed is asked anew.
        Edit = "edit",
        /// The line manager says yes.
        Endorse = "endorse",
        /// The line manager says no.
        Oppose = "oppose",
        /// Its time runs out.
        Lapse = "lapse",
        /// The line manager is asked once more, by a coordinator.
        AskAnew = "ask_anew",
        /// It is taken back.
        Withdraw = "withdraw",
        /// One that was taken back is begun anew.
        Renew = "renew",
        /// The outcome is a place.
        Place = "place",
        /// The outcome is a place in reserve.
        PutInReserve = "put_in_reserve",
        /// The outcome is no place.
        TurnDown = "turn_down",
    }
}

impl NominationState {
    /// The state after an event, or None where the event may not happen.
    pub const fn after(self, event: NominationEvent) -> Option<Self> {
        use NominationEvent as E;
        match (self, event) {
            (Self::Draft, E::Edit) | (Self::Withdrawn, E::Renew) => Some(Self::Draft),
            (Self::Draft, E::Submit)
            | (Self::Submitted | Self::Endorsed | Self::NotEndorsed, E::Edit)
            | (Self::Submitted | Self::Lapsed | Self::Endorsed | Self::NotEndorsed, E::AskAnew) => {
                Some(Self::Submitted)
            }
            (Self::Submitted | Self::Lapsed | Self::NotEndorsed, E::Endorse) => Some(Self::Endorsed),
            (Self::Submitted | Self::Lapsed | Self::Endorsed, E::Oppose) => Some(Self::NotEndorsed),
            (Self::Draft | Self::Submitted, E::Lapse) => Some(Self::Lapsed),
            (Self::Draft | Self::Submitted | Self::Endorsed | Self::NotEndorsed, E::Withdraw) => {
                Some(Self::Withdrawn)
            }
            (Self::Submitted | Self::Endorsed | Self::NotEndorsed, E::Place) => Some(Self::Placed),
            (Self::Submitted | Self::Endorsed | Self::NotEndorsed, E::PutInReserve) => Some(Self::Reserve),
            (Self::Submitted | Self::Endorsed | Self::NotEndorsed, E::TurnDown) => Some(Self::NotPlaced),
            _ => None,
        }
    }

    /// True for one that the outcomes are about: handed in and not taken back.
    pub const fn stands(self) -> bool {
        matches!(self, Self::Submitted | Self::Endorsed | Self::NotEndorsed)
    }

    /// True until it is taken back or its time runs out: the nominee seeks a place, or was told of one.
    pub const fn competes(self) -> bool {
        !matches!(self, Self::Lapsed | Self::Withdrawn)
    }

    /// True once the nominee was told.
    pub const fn is_outcome(self) -> bool {
        matches!(self, Self::Placed | Self::Reserve | Self::NotPlaced)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_life_of_a_round() {
        let mut table = String::new();
        for state in RoundState::ALL {
            for event in RoundEvent::ALL {
                let after = state.after(*event).map_or("-", RoundState::as_str);
                table.push_str(&format!("{:<9} {:<11} {after}\n", state.as_str(), event.as_str()));
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn the_life_of_a_nomination() {
        let mut table = String::new();
        for state in NominationState::ALL {
            for event in NominationEvent::ALL {
                let after = state.after(*event).map_or("-", NominationState::as_str);
                table.push_str(&format!("{:<13} {:<15} {after}\n", state.as_str(), event.as_str()));
            }
        }
        insta::assert_snapshot!(table);
    }
}
