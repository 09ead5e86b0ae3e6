use std::fmt::Write as _;

use super::*;

#[test]
fn the_life_of_a_check_in() {
    let mut drawn = String::new();
    for state in CheckInState::ALL {
        for event in CheckInEvent::ALL {
            if let Some(after) = state.after(*event) {
                let (from, event, to) = (state.as_str(), event.as_str(), after.as_str());
                writeln!(drawn, "{from:15} {event:19} -> {to}").unwrap();
            }
        }
    }
    insta::assert_snapshot!(drawn);
}

fn check_in() -> CheckIn {
    let id = uuid::Uuid::from_u128;
    CheckIn {
        id: CheckInId(id(1)),
        cycle: CycleId(id(2)),
        contract: ContractId(id(3)),
        appointment: AppointmentId(id(4)),
        leader: PersonId(id(5)),
        unit: UnitId(id(6)),
        level: Level::Four,
        manager: Some(LineManager::Person(PersonId(id(7)))),
        framework: 1,
        state: CheckInState::Open,
        given: Moments::default(),
        met_on: None,
        signed: Moments::default(),
        ended_at: None,
        version: 1,
    }
}

fn noon() -> DateTime<Utc> {
    "2027-01-12T11:00:00Z".parse().unwrap()
}

/// Whatever happens in whatever order, the state says what the facts say.
#[test]
fn the_state_and_the_facts_never_part() {
    use proptest::prelude::*;
    let events = prop::collection::vec(prop::sample::select(CheckInEvent::ALL), 0..25);
    proptest!(|(events in events)| {
        let mut one = check_in();
        for event in events {
            if one.happens(event, noon()) && event == CheckInEvent::Meet {
                one.met_on = Some(noon().date_naive());
            }
            let frozen = matches!(one.state, CheckInState::Ended | CheckInState::Unfinished);
            prop_assert!(frozen || one.standing() == one.state, "{event:?} {one:?}");
            prop_assert_eq!(frozen, one.ended_at.is_some());
        }
    });
}

#[test]
fn a_former_line_manager_is_none_of_the_two() {
    let mut one = check_in();
    let former = PersonId(uuid::Uuid::from_u128(7));
    assert_eq!(one.party_of(former), Some(Party::Manager));
    assert_eq!(one.party_of(one.leader), Some(Party::Leader));
    one.manager = None;
    assert_eq!(one.party_of(former), None);
}

#[test]
fn what_the_former_line_manager_wrote_for_nobody_yet_does_not_count_for_the_new_one() {
    let mut one = check_in();
    assert!(one.happens(CheckInEvent::ManagerGives, noon()));
    assert!(one.happens(CheckInEvent::HandOver, noon()));
    assert_eq!((one.state, one.given), (CheckInState::Open, Moments::default()));
}
