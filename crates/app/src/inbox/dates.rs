//! Days and seats of a cohort that cannot be as they stand. What a coordinator means all the same is done with once she says
//! so: a gathering on a holiday is an item only until then.

use chrono::TimeDelta;
use varde_model::{
    cohort::{Cohort, CohortState},
    gathering::Gathering,
    holidays::holiday_on,
    inbox::{InboxKind, InboxReason},
};

use super::{Act, ActValue, Floor, Item, Said};

/// A draft is told of so many working days before it has to be published.
const AHEAD: i32 = 3;

pub(super) fn items(floor: &Floor) -> Vec<Item> {
    let mut items = Vec::new();
    for cohort in &floor.cohorts {
        let ahead = || floor.days(cohort.id).iter().filter(|day| day.starts_at > floor.now);
        for day in ahead() {
            items.extend(closed(floor, cohort, day));
            let others = ahead().filter(|other| (other.starts_at, other.id) > (day.starts_at, day.id));
            items.extend(others.filter_map(|other| overlap(floor, cohort, day, other)));
        }
        if cohort.state == CohortState::Draft {
            items.extend(draft(floor, cohort));
        }
        items.extend(over_capacity(floor, cohort));
    }
    items
}

/// A gathering on a day on which nobody is at work. Weekends are left to the warning at planning.
fn closed(floor: &Floor, cohort: &Cohort, day: &Gathering) -> Option<Item> {
    let closed = floor.closed.iter().find(|closed| closed.day == day.date);
    let (reason, name) = match (closed, holiday_on(day.date)) {
        (Some(closed), _) => (InboxReason::ClosedDay, Said::Text(closed.name.clone())),
        (None, Some(_)) => (InboxReason::PublicHoliday, Said::Holiday(day.date)),
        (None, None) => return None,
    };
    let mut item = of_gathering(floor, cohort, day, reason, format!("{}|{}", day.id, day.date));
    item.said.push(("name", name));
    Some(item)
}

fn overlap(floor: &Floor, cohort: &Cohort, day: &Gathering, other: &Gathering) -> Option<Item> {
    if other.starts_at >= day.ends_at || !day.meets_with(other) {
        return None;
    }
    let key =
        format!("{}|{}|{}|{}", day.id, other.id, day.starts_at.timestamp(), other.starts_at.timestamp());
    let mut item = of_gathering(floor, cohort, other, InboxReason::Overlap, key);
    item.said.push(("other", Said::Texts(day.title.clone())));
    Some(item)
}

fn of_gathering(floor: &Floor, cohort: &Cohort, day: &Gathering, reason: InboxReason, key: String) -> Item {
    Item {
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
        ..Item::new(floor.org(), InboxKind::ImpossibleDate, reason, key)
    }
}

/// A draft whose first gathering is over, or that leaves those invited less than their time to answer if it is not
/// published soon.
fn draft(floor: &Floor, cohort: &Cohort) -> Option<Item> {
    let (begins, cutoff) = (floor.begins_at(cohort.id)?, floor.cutoff(cohort)?);
    let publish_by = cutoff - TimeDelta::days(i64::from(cohort.answer_days));
    let code = || ("cohortCode", ActValue::Text(cohort.code.clone()));
    let (reason, due, act) = if begins <= floor.now {
        (InboxReason::DraftInThePast, None, Act::fill_in("call-a-cohort-off", vec![code()]))
    } else if publish_by < floor.end_of_working_day(AHEAD) {
        (InboxReason::PublishNow, Some(publish_by), Act::run("publish-a-cohort", vec![code()]))
    } else {
        return None;
    };
    Some(Item {
        said: vec![("cohort", Said::Cohort(cohort.id)), ("moment", Said::Moment(due.unwrap_or(begins)))],
        cohort: Some(cohort.id),
        subject: Some(("Cohort", cohort.id.0)),
        due,
        act: Some(act),
        ..Item::new(
            floor.org(),
            InboxKind::ImpossibleDate,
            reason,
            format!("{}|{}", cohort.id, begins.timestamp()),
        )
    })
}

/// Seats past the line are given with a reason; that the room holds them is for somebody to see to.
fn over_capacity(floor: &Floor, cohort: &Cohort) -> Option<Item> {
    let taken = floor.places(cohort.id).iter().filter(|place| place.state.takes_a_seat()).count() as u64;
    let capacity = u64::from(cohort.capacity);
    let act =
        vec![("cohortCode", ActValue::Text(cohort.code.clone())), ("capacity", ActValue::Number(taken))];
    (taken > capacity).then(|| Item {
        said: vec![
            ("cohort", Said::Cohort(cohort.id)),
            ("taken", Said::Number(taken)),
            ("capacity", Said::Number(capacity)),
        ],
        cohort: Some(cohort.id),
        subject: Some(("Cohort", cohort.id.0)),
        due: floor.begins_at(cohort.id).filter(|begins| *begins > floor.now),
        act: Some(Act::run("edit-a-cohort", act)),
        ..Item::new(
            floor.org(),
            InboxKind::ImpossibleDate,
            InboxReason::OverCapacity,
            format!("{}|{taken}|{capacity}", cohort.id),
        )
    })
}
