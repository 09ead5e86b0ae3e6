//! A leader's profile over the years, and who sees which year of it.

use crate::{
    check_in::{CheckIn, CheckInState, Party},
    ids::CheckInId,
};

/// A check-in of which somebody sees figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Which.
    pub check_in: CheckInId,
    /// The means of the leader's ratings.
    pub own: bool,
    /// The means of the line manager's.
    pub manager: bool,
}

impl Seen {
    fn anything(self) -> Option<Self> {
        (self.own || self.manager).then_some(self)
    }
}

/// True for a check-in that is over, signed or not, and for which the leader had given a view.
const fn is_over(one: &CheckIn) -> bool {
    matches!(one.state, CheckInState::Signed | CheckInState::Unfinished) && one.given.leader.is_some()
}

/// What a leader sees of the years: all that are over, both views where both were shown. `all` are the leader's, the latest
/// first.
pub fn own_years(all: &[CheckIn]) -> Vec<Seen> {
    let seen = |one: &CheckIn| Seen { check_in: one.id, own: true, manager: one.shows_both() };
    all.iter().filter(|one| is_over(one)).map(seen).collect()
}

/// What one of the two sees of the years at a check-in. `all` are the leader's, the latest first.
///
/// This year's figures are shown like the views that they are made of. Earlier years of the leader belong to the conversation,
/// as means alone: the two talk about how the leader has developed. A line manager sees them once both views are given, so that
/// the own view is not coloured by them; only at the leader's latest check-in, as an earlier one is no conversation any more;
/// and of an earlier line manager's ratings nothing, which were said to the leader.
pub fn years_at(at: &CheckIn, viewer: Party, all: &[CheckIn]) -> Vec<Seen> {
    let shown = at.shows_both();
    let sees = |whose: Party| at.given.of(whose).is_some() && (viewer == whose || shown);
    let present = Seen { check_in: at.id, own: sees(Party::Leader), manager: sees(Party::Manager) };
    let latest = all.first().is_none_or(|first| first.id == at.id);
    let earlier_too = viewer == Party::Leader || (shown && latest);
    let before = all.iter().skip_while(|one| one.id != at.id).skip(1);
    let earlier = before.filter(|one| earlier_too && is_over(one)).map(|one| Seen {
        check_in: one.id,
        own: true,
        manager: one.shows_both() && (viewer == Party::Leader || one.manager == at.manager),
    });
    present.anything().into_iter().chain(earlier).collect()
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use uuid::Uuid;

    use super::*;
    use crate::{
        check_in::Moments,
        ids::{AppointmentId, ContractId, CycleId, PersonId, UnitId},
        people::{Level, LineManager},
    };

    const LEADER: PersonId = PersonId(Uuid::from_u128(1));
    const FORMER: PersonId = PersonId(Uuid::from_u128(2));
    const NOW: PersonId = PersonId(Uuid::from_u128(3));

    fn check_in(year: u128, manager: PersonId, state: CheckInState, given: (bool, bool)) -> CheckIn {
        let at = |given: bool| given.then_some(DateTime::<Utc>::UNIX_EPOCH);
        CheckIn {
            id: CheckInId(Uuid::from_u128(year)),
            cycle: CycleId(Uuid::from_u128(year)),
            contract: ContractId(Uuid::nil()),
            appointment: AppointmentId(Uuid::nil()),
            leader: LEADER,
            unit: UnitId(Uuid::nil()),
            level: Level::Three,
            manager: Some(LineManager::Person(manager)),
            framework: 1,
            state,
            given: Moments { leader: at(given.0), manager: at(given.1) },
            met_on: None,
            signed: Moments::default(),
            ended_at: None,
            version: 1,
        }
    }

    /// Four years: the latest under way, two before it signed, one closed without the line manager's view.
    fn years(given: (bool, bool)) -> Vec<CheckIn> {
        vec![
            check_in(2030, NOW, CheckInState::Open, given),
            check_in(2029, NOW, CheckInState::Signed, (true, true)),
            check_in(2028, FORMER, CheckInState::Signed, (true, true)),
            check_in(2027, FORMER, CheckInState::Unfinished, (true, false)),
            check_in(2026, FORMER, CheckInState::Ended, (true, true)),
        ]
    }

    fn told(seen: &[Seen]) -> Vec<(u128, bool, bool)> {
        seen.iter().map(|one| (one.check_in.0.as_u128(), one.own, one.manager)).collect()
    }

    #[test]
    fn a_leader_sees_every_year_that_is_over() {
        let all = years((true, true));
        assert_eq!(told(&own_years(&all)), [(2029, true, true), (2028, true, true), (2027, true, false)]);
    }

    #[test]
    fn at_the_check_in_each_sees_the_own_figures_first_and_the_others_once_both_are_given() {
        let seen = |given, viewer| {
            let all = years(given);
            told(&years_at(&all[0], viewer, &all)).first().copied()
        };
        assert_eq!(seen((true, false), Party::Leader), Some((2030, true, false)));
        assert_eq!(seen((true, false), Party::Manager), None, "not before the own view is given");
        assert_eq!(seen((false, true), Party::Manager), Some((2030, false, true)));
        assert_eq!(seen((true, true), Party::Manager), Some((2030, true, true)));
    }

    #[test]
    fn a_line_manager_sees_earlier_years_at_the_leaders_latest_alone_and_no_former_ones_ratings() {
        let all = years((true, true));
        let present = told(&years_at(&all[0], Party::Manager, &all));
        assert_eq!(present[1..], [(2029, true, true), (2028, true, false), (2027, true, false)]);
        let former = told(&years_at(&all[2], Party::Manager, &all));
        assert_eq!(
            former,
            [(2028, true, true)],
            "what came before belongs to no conversation of theirs any more"
        );
        let own = told(&years_at(&all[2], Party::Leader, &all));
        assert_eq!(own, [(2028, true, true), (2027, true, false)], "and nothing of what came after");
    }
}
