//! What the service needs to know and does not: somebody's line manager, whether somebody has left, who runs a cohort and
//! where it meets. (An HR file without an e-mail address or a unit for somebody is refused already.)

use std::collections::BTreeSet;

use chrono::Days;
use varde_model::{
    cohort::Cohort,
    gathering::Gathering,
    ids::PersonId,
    inbox::{InboxKind, InboxReason},
    people::{Person, line_manager},
};
use varde_persistence::Conn;

use super::{Act, ActValue, Floor, Item, Said, check_ins::Unheld};
use crate::Result;

/// So many calendar days before a gathering people want to know where it is.
const WHERE_DAYS: u64 = 21;

pub(super) async fn items(floor: &Floor, conn: &impl Conn) -> Result<Vec<Item>> {
    let mut items = Vec::new();
    let unheld = Unheld::read(floor, conn).await?;
    let leading: BTreeSet<PersonId> = floor.leading.iter().map(|led| led.person).collect();
    let mut people: Vec<&Person> =
        floor.people.values().filter(|p| p.employed.holds_on(floor.today)).collect();
    people.sort_by_key(|person| person.id);
    for person in people {
        items.extend(missing_from_file(floor, person));
        if leading.contains(&person.id) {
            items.extend(no_line_manager(floor, person, &unheld));
        }
    }
    let soon = floor.today.checked_add_days(Days::new(WHERE_DAYS)).unwrap_or(floor.today);
    for cohort in floor.live() {
        items.extend(no_coordinator(floor, cohort));
        let near = |day: &&Gathering| day.starts_at > floor.now && day.date <= soon;
        items
            .extend(floor.days(cohort.id).iter().filter(near).filter_map(|day| no_place(floor, cohort, day)));
    }
    Ok(items)
}

fn no_line_manager(floor: &Floor, person: &Person, unheld: &Unheld) -> Option<Item> {
    let none = line_manager(&floor.chart, person.id, floor.today).is_none();
    let item = || Item {
        act: Some(name_a_line_manager(floor, &person.employee_number)),
        ..of_person(floor, person, InboxReason::NoLineManager, person.id.to_string())
    };
    none.then(|| unheld.said_of(floor, person.id, item()))
}

/// To name the line manager of somebody who has none, from today on.
pub(super) fn name_a_line_manager(floor: &Floor, employee_number: &str) -> Act {
    let name = vec![
        ("employeeNumber", ActValue::Text(employee_number.to_owned())),
        ("from", ActValue::Text(floor.today.to_string())),
    ];
    Act::fill_in("name-a-line-manager", name)
}

fn missing_from_file(floor: &Floor, person: &Person) -> Option<Item> {
    let since = person.missing_since.filter(|_| person.employed.to.is_none())?;
    let number = vec![("employeeNumber", ActValue::Text(person.employee_number.clone()))];
    let mut item = of_person(floor, person, InboxReason::MissingFromFile, format!("{}|{since}", person.id));
    item.said.push(("day", Said::Day(since)));
    item.since = Some(floor.begin_of(since));
    item.act = Some(Act::fill_in("end-an-employment", number));
    Some(item)
}

fn of_person(floor: &Floor, person: &Person, reason: InboxReason, key: String) -> Item {
    Item {
        said: vec![("person", Said::Person(person.id))],
        person: Some(person.id),
        subject: Some(("Person", person.id.0)),
        ..Item::new(floor.org(), InboxKind::MissingFact, reason, key)
    }
}

fn no_coordinator(floor: &Floor, cohort: &Cohort) -> Option<Item> {
    let code = vec![("cohortCode", ActValue::Text(cohort.code.clone()))];
    cohort.coordinators.is_empty().then(|| Item {
        said: vec![("cohort", Said::Cohort(cohort.id))],
        cohort: Some(cohort.id),
        subject: Some(("Cohort", cohort.id.0)),
        act: Some(Act::fill_in("edit-a-cohort", code)),
        ..Item::new(floor.org(), InboxKind::MissingFact, InboxReason::NoCoordinator, cohort.id)
    })
}

fn no_place(floor: &Floor, cohort: &Cohort, day: &Gathering) -> Option<Item> {
    let known = day.whereabouts(cohort);
    if known.place.is_some() || known.room.is_some() || known.link.is_some() {
        return None;
    }
    Some(Item {
        said: vec![
            ("cohort", Said::Cohort(cohort.id)),
            ("gathering", Said::Texts(day.title.clone())),
            ("day", Said::Day(day.date)),
        ],
        cohort: Some(cohort.id),
        subject: Some(("Gathering", day.id.0)),
        due: Some(day.starts_at),
        act: Some(Act::fill_in(
            "move-a-gathering",
            vec![("gatheringId", ActValue::Id("Gathering", day.id.0))],
        )),
        ..Item::new(floor.org(), InboxKind::MissingFact, InboxReason::NoPlace, day.id)
    })
}
