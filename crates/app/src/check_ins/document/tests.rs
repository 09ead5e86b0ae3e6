use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;
use varde_model::{
    catalogue::{Domain, ResponsibilityLevel},
    check_in::{
        Action, ActionState, CheckIn, CheckInState, Cycle, CycleState, Moments, Rating, Reminding, View,
    },
    framework::Framework,
    ids::{AppointmentId, CheckInActionId, CheckInId, ContractId, CycleId, OrganisationId, PersonId, UnitId},
    people::{Level, Period, Person},
};

use super::*;
use crate::check_ins::{DomainProfile, ProfileYear, Written};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, month, day).unwrap()
}

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn organisation() -> Organisation {
    Organisation {
        id: OrganisationId(Uuid::nil()),
        key: "fjordheim".to_owned(),
        name: "Fjordheim helseforetak".to_owned(),
        zone: chrono_tz::Europe::Oslo,
        locale: Locale::Nb,
        sender_address: None,
        reply_to: None,
        sending: true,
        version: 1,
    }
}

fn check_in() -> CheckIn {
    CheckIn {
        id: CheckInId(Uuid::from_u128(7)),
        cycle: CycleId(Uuid::nil()),
        contract: ContractId(Uuid::nil()),
        appointment: AppointmentId(Uuid::nil()),
        leader: PersonId(Uuid::nil()),
        unit: UnitId(Uuid::nil()),
        level: Level::Three,
        manager: None,
        framework: 1,
        state: CheckInState::Signed,
        given: Moments::default(),
        met_on: Some(day(3, 3)),
        signed: Moments {
            leader: Some(moment("2027-03-04T08:00:00Z")),
            manager: Some(moment("2027-03-05T09:30:00Z")),
        },
        ended_at: None,
        version: 9,
    }
}

/// A signed check-in of two requirements, as the line manager sees it.
fn held() -> Conversation {
    let mut framework: Framework = crate::catalogue::reference().unwrap().clone().into();
    framework.requirements.truncate(2);
    let keys = framework.keys();
    let rated = |rating, text: &str| Rated { rating: Some(rating), text: text.to_owned() };
    let own = BTreeMap::from([
        (keys[0].clone(), (rated(Rating::OnTheWay, ""), 1)),
        (keys[1].clone(), (rated(Rating::InPlace, "Sett fra min side"), 1)),
    ]);
    let other = View::from([
        (keys[0].clone(), rated(Rating::RoleModel, "Første linje æøå\n\nAndre linje")),
        (keys[1].clone(), rated(Rating::NotApplicable, "Ingen pasienter hos oss")),
    ]);
    let means = |figure: f64| Domain::ALL.map(|domain| (domain, figure)).into();
    let profile = DomainProfile {
        domains: framework.domains.clone(),
        years: vec![ProfileYear {
            check_in: CheckInId(Uuid::from_u128(7)),
            cycle: "2027".to_owned(),
            own: means(3.0),
            manager: means(2.25),
        }],
    };
    Conversation {
        org: OrganisationId(Uuid::nil()),
        check_in: check_in(),
        cycle: Cycle {
            id: CycleId(Uuid::nil()),
            code: "2027".to_owned(),
            state: CycleState::Open,
            opens_on: day(1, 11),
            due_on: day(3, 31),
            closes_on: day(4, 30),
            least_days: 60,
            reminding: Reminding::default(),
            opened_at: None,
            closed_at: None,
            version: 1,
        },
        framework,
        level: ResponsibilityLevel::LeadsLeaders,
        leader: Person {
            id: PersonId(Uuid::nil()),
            employee_number: "1".to_owned(),
            given_name: "Åse".to_owned(),
            family_name: "Sæther".to_owned(),
            email: "ase@fjordheim.example".to_owned(),
            locale: Locale::Nb,
            locale_chosen: false,
            profession: None,
            workplace: None,
            employed: Period { from: day(1, 1), to: None },
            missing_since: None,
            muted: false,
        },
        manager_name: Some("Mina Vik".to_owned()),
        party: Party::Manager,
        own,
        other: Some(other),
        lacks: Vec::new(),
        actions: vec![Agreed {
            action: Action {
                id: CheckInActionId(Uuid::nil()),
                check_in: CheckInId(Uuid::from_u128(7)),
                owner: Party::Leader,
                due_on: day(6, 1),
                requirement: Some(keys[1].clone()),
                programme: None,
                plan_item: None,
                state: ActionState::UnderWay,
            },
            text: "Hospitere på intensiv".to_owned(),
            leads_to: None,
        }],
        addenda: vec![Written {
            party: Party::Manager,
            text: "Flyttet til mars.".to_owned(),
            at: moment("2027-03-10T12:00:00Z"),
        }],
        meeting: None,
        profile,
    }
}

/// What the document says, a line each.
fn said(held: &Conversation, locale: Locale) -> String {
    let told = Told { locale, held, organisation: &organisation() };
    let lines = told.lines(moment("2027-03-11T08:00:00Z"));
    let shown = lines.iter().map(|line| match line {
        Line::Chart(chart) => {
            let names: Vec<&str> = chart.series.iter().map(|series| series.name.as_str()).collect();
            format!("Chart: {}", names.join(" / "))
        }
        line => format!("{line:?}"),
    });
    shown.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_document_tells_both_views_what_was_agreed_and_who_signed_when() {
    insta::assert_snapshot!("document", said(&held(), Locale::Nb));
}

#[test]
fn what_is_not_shown_to_the_reader_is_in_no_document() {
    let hidden = Conversation { other: None, addenda: Vec::new(), actions: Vec::new(), ..held() };
    let text = said(&hidden, Locale::Nn);
    assert!(!text.contains("Første linje") && text.contains("Sett fra min side"), "{text}");
}
