//! The reports of a cycle as tables: how far each unit has come, and who stands where. Nothing of what was written is in them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use varde_model::{
    check_in::{CheckIn, Cycle},
    ids::PersonId,
    local_time::Zoned,
    people::{LineManager, Person},
};
use varde_persistence::{check_ins::counted, organisations, people};

use super::{
    progress::progress_in,
    queries::{CheckInWish, filter, named},
};
use crate::{
    Ctx, Error, Result,
    access::Coordinator,
    files::{Cell, File, Table, TableFormat},
    labels::label,
    line::tree,
    people::today,
    texts::{text, text_with},
};

/// Rows that are read at a time.
const AT_A_TIME: usize = 500;

const UNIT_HEADINGS: [&str; 8] =
    ["unit", "depth", "opened", "leader-done", "manager-done", "met", "signed", "late"];

const HEADINGS: [&str; 11] = [
    "leader",
    "employee-number",
    "unit",
    "level",
    "manager",
    "state",
    "leader-gave",
    "manager-gave",
    "met-on",
    "leader-signed",
    "manager-signed",
];

/// How far each unit has come, from the top downwards, in the language of the call.
///
/// # Errors
/// Refused: no such cycle.
pub async fn progress_file(ctx: &Ctx, right: &Coordinator, code: &str, format: TableFormat) -> Result<File> {
    let cycle = named(ctx, right, code).await?;
    let late = cycle.is_late_on(today(ctx, right.org()).await?);
    let come = progress_in(ctx.store(), right.org(), &cycle, late).await?;
    let mut table = begin(ctx, format, "check-ins-progress-file", &cycle, &UNIT_HEADINGS)?;
    for unit in come.units {
        let told = unit.progress;
        let counts = [told.opened, told.leader_done, told.manager_done, told.met, told.signed, told.late];
        let place = [Cell::Text(unit.name), Cell::Count(unit.depth)];
        table.row(&place.into_iter().chain(counts.map(Cell::Count)).collect::<Vec<_>>())?;
    }
    table.end()
}

/// Who stands where, in the language of the call: a check-in a row.
///
/// # Errors
/// Refused: no such cycle, or no unit of that code.
pub async fn check_ins_file(
    ctx: &Ctx,
    right: &Coordinator,
    code: &str,
    wish: &CheckInWish,
    format: TableFormat,
) -> Result<File> {
    let (store, org) = (ctx.store(), right.org());
    let cycle = named(ctx, right, code).await?;
    let filter = filter(ctx, store, org, &cycle, wish).await?;
    let organisation = organisations::find(store, org).await?;
    let zone = organisation.ok_or_else(|| Error::internal("the organisation of a right is gone"))?.zone;
    let day = |moment: Option<DateTime<Utc>>| moment.map(|moment| Zoned::at(moment, zone).date);
    let chart = tree(store, org).await?;
    let name = |unit| chart.unit_on(unit, cycle.opens_on).map(|period| period.name.clone());
    let mut table = begin(ctx, format, "check-ins-file", &cycle, &HEADINGS)?;
    let mut after = None;
    loop {
        let part = counted::page(store, org, &filter, after, AT_A_TIME as u64).await?;
        let Some(last) = part.last() else { return table.end() };
        after = Some(last.id);
        let known = people_of(ctx, right, &part).await?;
        for one in &part {
            let leader = known.get(&one.leader);
            let cells = [
                leader.map(Person::name).unwrap_or_default().into(),
                leader.map(|leader| leader.employee_number.clone()).unwrap_or_default().into(),
                name(one.unit).unwrap_or_default().into(),
                Cell::Count(one.level.number().into()),
                manager(one, &known).into(),
                label(ctx.locale, "CheckInState", one.state.as_str()).unwrap_or_default().into(),
                Cell::Day(day(one.given.leader)),
                Cell::Day(day(one.given.manager)),
                Cell::Day(one.met_on),
                Cell::Day(day(one.signed.leader)),
                Cell::Day(day(one.signed.manager)),
            ];
            table.row(&cells)?;
        }
    }
}

fn begin(ctx: &Ctx, format: TableFormat, name: &str, cycle: &Cycle, headings: &[&str]) -> Result<Table> {
    let name = text_with(ctx.locale, name, &[("cycle", cycle.code.clone())]);
    let headings = headings.iter().map(|key| text(ctx.locale, &format!("check-ins-{key}"))).collect();
    Table::begin(format, &name, headings, ctx.now)
}

async fn people_of(ctx: &Ctx, right: &Coordinator, part: &[CheckIn]) -> Result<HashMap<PersonId, Person>> {
    let managers = part.iter().filter_map(|one| match one.manager {
        Some(LineManager::Person(person)) => Some(person),
        _ => None,
    });
    let mut ids: Vec<PersonId> = part.iter().map(|one| one.leader).chain(managers).collect();
    ids.sort();
    ids.dedup();
    let found = people::find_many(ctx.store(), right.org(), &ids).await?;
    Ok(found.into_iter().map(|person| (person.id, person)).collect())
}

fn manager(of: &CheckIn, known: &HashMap<PersonId, Person>) -> String {
    match &of.manager {
        Some(LineManager::Person(person)) => known.get(person).map(Person::name).unwrap_or_default(),
        Some(LineManager::Outside(outsider)) => outsider.name.clone(),
        None => String::new(),
    }
}
