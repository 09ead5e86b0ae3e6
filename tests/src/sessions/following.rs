//! Roles that follow from a person's place in the organisation.

use chrono::{NaiveDate, TimeDelta};
use uuid::Uuid;
use varde_app::{
    Code,
    access::Administrator,
    accounts::{self, NewAccount},
};
use varde_model::{
    Locale,
    hr::Writes,
    ids::{AppointmentId, EmploymentId, PersonId, UnitId, UnitPeriodId},
    people::{Appointment, Employment, Level, Period, Person, Unit, UnitKind, UnitPeriod},
    roles::Role,
};
use varde_persistence::people;

use super::house::{House, PASSWORD, code, on_both, without_password};

/// A clinic (1) above a unit (2); person 1 leads the clinic, person 2 the unit until 30 November, person 3 works there.
fn trust() -> Writes {
    let open = |from: &str| Period { from: day(from), to: None };
    let until = |to: &str| Period { from: day("2026-01-01"), to: Some(day(to)) };
    let unit = |number: u128, parent: Option<u128>| UnitPeriod {
        id: UnitPeriodId(Uuid::from_u128(number)),
        unit: UnitId(Uuid::from_u128(number)),
        name: format!("Enhet {number}"),
        kind: UnitKind::Clinic,
        parent: parent.map(|parent| UnitId(Uuid::from_u128(parent))),
        period: open("2020-01-01"),
    };
    let leads = |number: u128, period| Appointment {
        id: AppointmentId(Uuid::from_u128(number)),
        person: person(number),
        unit: UnitId(Uuid::from_u128(number)),
        level: Level::Two,
        acting: false,
        since: day("2026-01-01"),
        period,
    };
    let works = |number: u128, unit: u128| Employment {
        id: EmploymentId(Uuid::from_u128(number)),
        person: person(number),
        unit: UnitId(Uuid::from_u128(unit)),
        job_title: String::new(),
        period: open("2020-01-01"),
    };
    Writes {
        new_units: [1, 2].map(|n| Unit { id: UnitId(Uuid::from_u128(n)), code: n.to_string() }).to_vec(),
        new_unit_periods: vec![unit(1, None), unit(2, Some(1))],
        new_people: [1, 2, 3].map(somebody).to_vec(),
        new_employments: vec![works(1, 1), works(2, 2), works(3, 2)],
        new_appointments: vec![leads(1, open("2026-01-01")), leads(2, until("2026-11-30"))],
        ..Writes::default()
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

fn somebody(number: u128) -> Person {
    Person {
        id: person(number),
        employee_number: number.to_string(),
        given_name: "Kari".to_owned(),
        family_name: format!("Nordmann {number}"),
        email: format!("p{number}@fjordheim.example"),
        locale: Locale::Nb,
        locale_chosen: false,
        profession: None,
        workplace: None,
        employed: Period { from: day("2020-01-01"), to: None },
        missing_since: None,
        muted: false,
    }
}

fn linked(number: u128) -> NewAccount {
    let email = format!("p{number}@fjordheim.example");
    NewAccount {
        person: Some(person(number)),
        password: Some(PASSWORD.into()),
        ..without_password(&email, &[])
    }
}

on_both! {
    async fn leader_and_line_manager_follow_from_appointments_and_end_with_them(house) {
        let tx = house.app.store().write().await.unwrap();
        people::write(&tx, house.org, &trust(), house.now(), &mut |_| ()).await.unwrap();
        tx.commit().await.unwrap();
        for number in 1..=3 {
            accounts::create_account(&house.ctx(), &house.right(), linked(number)).await.unwrap();
        }
        let roles = async |number: u128| {
            let tokens = house.sign_in(&format!("p{number}@fjordheim.example")).await;
            let viewer = house.who(&tokens.access_token).await.unwrap().viewer;
            assert_eq!(viewer.person, Some(person(number)));
            viewer.roles
        };
        assert_eq!(roles(1).await, [Role::LineManager, Role::Leader]);
        assert_eq!(roles(2).await, [Role::LineManager, Role::Leader]);
        assert!(roles(3).await.is_empty());
        // The last day of the appointment counts, by the trust's own calendar: 30 November ends at 23:00 UTC.
        house.wait(day("2026-11-30").and_hms_opt(22, 59, 59).unwrap().and_utc() - house.now());
        assert_eq!(roles(2).await, [Role::LineManager, Role::Leader]);
        house.wait(TimeDelta::seconds(1));
        assert!(roles(2).await.is_empty());
    }

    async fn a_person_has_one_account_and_only_in_the_own_organisation(house) {
        let tx = house.app.store().write().await.unwrap();
        people::write(&tx, house.org, &trust(), house.now(), &mut |_| ()).await.unwrap();
        tx.commit().await.unwrap();
        let foreign = Administrator::system(house.other_org);
        assert_eq!(code(accounts::create_account(&house.ctx(), &foreign, linked(1)).await), Code::NotFound);
        accounts::create_account(&house.ctx(), &house.right(), linked(1)).await.unwrap();
        let again = NewAccount { email: "second@fjordheim.example".to_owned(), ..linked(1) };
        assert_eq!(code(accounts::create_account(&house.ctx(), &house.right(), again).await), Code::NotFound);
    }
}
