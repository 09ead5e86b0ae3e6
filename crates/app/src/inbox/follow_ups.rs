//! What leader groups agreed on and whose owners are silent: asked, reminded, and told to the coordinators by then.

use std::collections::BTreeSet;

use varde_model::{
    groups::{FollowUp, LeaderGroup},
    ids::LeaderGroupId,
    inbox::{InboxKind, InboxReason},
};
use varde_persistence::{Conn, groups};

use super::{Act, ActValue, Floor, Item, Said};
use crate::Result;

/// The oldest so many: `overdueFollowUps` lists them all.
const MOST: u64 = 500;

pub(super) async fn items(floor: &Floor, conn: &impl Conn) -> Result<Vec<Item>> {
    let overdue = groups::overdue(conn, floor.org(), None, MOST).await?;
    let ids: BTreeSet<LeaderGroupId> = overdue.iter().map(|one| one.group).collect();
    let ids: Vec<LeaderGroupId> = ids.into_iter().collect();
    let known = groups::find_many(conn, floor.org(), &ids).await?;
    let of = |one: &FollowUp| known.iter().find(|group| group.id == one.group);
    Ok(overdue.iter().filter_map(|one| Some(item(floor, of(one)?, one))).collect())
}

fn item(floor: &Floor, group: &LeaderGroup, one: &FollowUp) -> Item {
    let told = vec![
        ("measureId", ActValue::Id("Measure", one.measure.0)),
        ("month", ActValue::Number(u64::from(one.month))),
    ];
    Item {
        said: vec![("group", Said::Text(group.name.clone())), ("count", Said::Number(u64::from(one.month)))],
        person: one.asked,
        cohort: Some(group.cohort),
        subject: Some(("LeaderGroup", group.id.0)),
        since: one.escalated_at,
        act: Some(Act::fill_in("write-down-how-it-stands", told)),
        ..Item::new(
            floor.org(),
            InboxKind::FollowUp,
            InboxReason::FollowUpOverdue,
            format!("{}|{}", one.measure, one.month),
        )
    }
}
