//! People who leave before a cohort is over in which they have a place, or which they run. A seat goes on by itself only on
//! the day after the last one; who acts before gives it to somebody who can still come.

use std::collections::{BTreeSet, HashMap};

use varde_model::{
    account::Account,
    cohort::Cohort,
    enrolment::Enrolment,
    ids::{AccountId, PersonId},
    inbox::{InboxKind, InboxReason},
    people::Person,
};
use varde_persistence::{Conn, accounts, people};

use super::{Act, ActValue, Floor, Item, Said};
use crate::Result;

/// So many calendar days ahead somebody who runs a cohort is told of.
const NEAR_DAYS: u64 = 30;

pub(super) async fn items(floor: &Floor, conn: &impl Conn) -> Result<Vec<Item>> {
    let mut items = Vec::new();
    for cohort in &floor.cohorts {
        items.extend(floor.places(cohort.id).iter().filter_map(|place| with_place(floor, cohort, place)));
    }
    items.extend(who_run_cohorts(floor, conn).await?);
    Ok(items)
}

fn with_place(floor: &Floor, cohort: &Cohort, place: &Enrolment) -> Option<Item> {
    let last_day = floor.people.get(&place.person)?.employed.to?;
    let misses = floor.days(cohort.id).iter().any(|day| day.date > last_day && day.starts_at > floor.now);
    let out = vec![
        ("enrolmentId", ActValue::Id("Enrolment", place.id.0)),
        ("change", ActValue::Text("WITHDRAW".to_owned())),
    ];
    misses.then(|| Item {
        said: vec![
            ("person", Said::Person(place.person)),
            ("cohort", Said::Cohort(cohort.id)),
            ("day", Said::Day(last_day)),
        ],
        person: Some(place.person),
        cohort: Some(cohort.id),
        subject: Some(("Enrolment", place.id.0)),
        since: Some(place.since),
        due: Some(floor.begin_of(last_day)),
        act: Some(Act::run("take-a-leader-out", out)),
        ..Item::new(
            floor.org(),
            InboxKind::Leaver,
            InboxReason::LeaverWithPlace,
            format!("{}|{last_day}", place.id),
        )
    })
}

async fn who_run_cohorts(floor: &Floor, conn: &impl Conn) -> Result<Vec<Item>> {
    let ids: BTreeSet<AccountId> =
        floor.cohorts.iter().flat_map(|c| c.coordinators.iter().copied()).collect();
    let ids: Vec<AccountId> = ids.into_iter().collect();
    let accounts: HashMap<AccountId, Account> = accounts::find_many(conn, floor.org(), &ids)
        .await?
        .into_iter()
        .map(|account| (account.id, account))
        .collect();
    let behind: Vec<PersonId> = accounts.values().filter_map(|account| account.person).collect();
    let behind = people::find_many(conn, floor.org(), &behind).await?;
    let behind: HashMap<PersonId, Person> = behind.into_iter().map(|person| (person.id, person)).collect();
    let near = floor.today.checked_add_days(chrono::Days::new(NEAR_DAYS)).unwrap_or(floor.today);
    let mut items = Vec::new();
    for cohort in &floor.cohorts {
        for account in cohort.coordinators.iter().filter_map(|id| accounts.get(id)) {
            let person = account.person.and_then(|person| behind.get(&person));
            let last_day = person.and_then(|person| person.employed.to).filter(|day| *day <= near);
            if last_day.is_none() && account.disabled_at.is_none() {
                continue;
            }
            let others = cohort.coordinators.iter().filter(|id| **id != account.id).map(|id| id.0).collect();
            let edit = vec![
                ("cohortCode", ActValue::Text(cohort.code.clone())),
                ("coordinators", ActValue::Ids("Account", others)),
            ];
            let what = last_day.map_or_else(|| "closed".to_owned(), |day| day.to_string());
            items.push(Item {
                said: vec![
                    ("name", Said::Text(account.display_name.clone())),
                    ("cohort", Said::Cohort(cohort.id)),
                ],
                person: account.person,
                cohort: Some(cohort.id),
                subject: Some(("Cohort", cohort.id.0)),
                since: account.disabled_at,
                due: last_day.map(|day| floor.begin_of(day)),
                act: Some(Act::fill_in("edit-a-cohort", edit)),
                ..Item::new(
                    floor.org(),
                    InboxKind::Leaver,
                    InboxReason::LeaverRunsCohort,
                    format!("{}|{}|{what}", cohort.id, account.id),
                )
            });
        }
    }
    Ok(items)
}
