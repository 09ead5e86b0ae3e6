//! What is to be done after a gathering and after the last one: record who was there, and close the cohort, or call it off
//! where nobody has a place.

use std::collections::HashSet;

use varde_model::{
    cohort::Cohort,
    gathering::Gathering,
    ids::{EnrolmentId, GatheringId},
    inbox::{InboxKind, InboxReason},
};
use varde_persistence::{Conn, gatherings};

use super::{Act, ActValue, Floor, Item, Said};
use crate::Result;

pub(super) async fn items(floor: &Floor, conn: &impl Conn) -> Result<Vec<Item>> {
    let held = floor.live().flat_map(|cohort| floor.days(cohort.id)).filter(|day| day.was_held(floor.now));
    let held: Vec<GatheringId> = held.map(|day| day.id).collect();
    let mut recorded: HashSet<(GatheringId, EnrolmentId)> = HashSet::new();
    for chunk in held.chunks(500) {
        let records = gatherings::attendance(conn, floor.org(), chunk).await?;
        recorded.extend(records.into_iter().map(|record| (record.gathering, record.enrolment)));
    }
    let mut items = Vec::new();
    for cohort in floor.live() {
        let days = floor.days(cohort.id);
        let missing = |day: &Gathering| {
            let present =
                floor.places(cohort.id).iter().filter(|place| place.state.takes_part() && day.is_for(place));
            present.filter(|place| !recorded.contains(&(day.id, place.id))).count() as u64
        };
        let held = days.iter().filter(|day| day.was_held(floor.now));
        let open: Vec<(&Gathering, u64)> =
            held.map(|day| (day, missing(day))).filter(|(_, n)| *n > 0).collect();
        for (day, missing) in &open {
            items.push(not_recorded(floor, cohort, day, *missing));
        }
        let all_over = !days.is_empty() && days.iter().all(|day| day.was_held(floor.now));
        if all_over && open.is_empty() {
            items
                .extend(days.iter().map(|day| day.ends_at).max().map(|over| not_closed(floor, cohort, over)));
        }
    }
    Ok(items)
}

fn not_recorded(floor: &Floor, cohort: &Cohort, day: &Gathering, missing: u64) -> Item {
    let record = vec![
        ("gatheringId", ActValue::Id("Gathering", day.id.0)),
        ("records", ActValue::Texts(Vec::new())),
        ("everyoneElse", ActValue::Text("PRESENT".to_owned())),
    ];
    Item {
        said: vec![
            ("cohort", Said::Cohort(cohort.id)),
            ("gathering", Said::Texts(day.title.clone())),
            ("day", Said::Day(day.date)),
            ("count", Said::Number(missing)),
        ],
        cohort: Some(cohort.id),
        subject: Some(("Gathering", day.id.0)),
        since: Some(day.ends_at),
        act: Some(Act::fill_in("record-attendance-for-all", record)),
        ..Item::new(
            floor.org(),
            InboxKind::AttendanceMissing,
            InboxReason::AttendanceMissing,
            format!("{}|{}", day.id, day.ends_at.timestamp()),
        )
    }
}

fn not_closed(floor: &Floor, cohort: &Cohort, over: chrono::DateTime<chrono::Utc>) -> Item {
    let code = vec![("cohortCode", ActValue::Text(cohort.code.clone()))];
    let taken = floor.places(cohort.id).iter().any(|place| place.state.takes_part());
    let (reason, act) = match taken {
        true => (InboxReason::NotClosed, Act::run("complete-a-cohort", code)),
        false => (InboxReason::NobodyCame, Act::fill_in("call-a-cohort-off", code)),
    };
    Item {
        said: vec![("cohort", Said::Cohort(cohort.id))],
        cohort: Some(cohort.id),
        subject: Some(("Cohort", cohort.id.0)),
        since: Some(over),
        act: Some(act),
        ..Item::new(floor.org(), InboxKind::NotClosed, reason, format!("{}|{}", cohort.id, over.timestamp()))
    }
}
