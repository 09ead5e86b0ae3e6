//! Leader groups whose leader did not answer in time. A yes by telephone does not count any more: the group is asked again,
//! as long as there is time to answer.

use varde_model::{
    cohort::Cohort,
    groups::{GroupState, LeaderGroup},
    ids::CohortId,
    inbox::{InboxKind, InboxReason},
};
use varde_persistence::{Conn, groups};

use super::{Act, ActValue, Floor, Item, Said};
use crate::Result;

pub(super) async fn items(floor: &Floor, conn: &impl Conn) -> Result<Vec<Item>> {
    let ids: Vec<CohortId> = floor.live().map(|cohort| cohort.id).collect();
    let all = groups::of_cohorts(conn, floor.org(), &ids).await?;
    let lapsed = all.iter().filter(|group| group.state == GroupState::Lapsed);
    let item = |group: &LeaderGroup| {
        let cohort = floor.live().find(|cohort| cohort.id == group.cohort)?;
        item(floor, cohort, group)
    };
    Ok(lapsed.filter_map(item).collect())
}

fn item(floor: &Floor, cohort: &Cohort, group: &LeaderGroup) -> Option<Item> {
    let own = floor.days(cohort.id).iter().filter(|day| day.is_for_group(Some(group.id)));
    let cutoff = Floor::cutoff_before(cohort, own.map(|day| day.starts_at).min()?);
    let again = vec![
        ("leaderGroupId", ActValue::Id("LeaderGroup", group.id.0)),
        ("change", ActValue::Text("INVITE".to_owned())),
    ];
    (cutoff > floor.now).then(|| Item {
        said: vec![("group", Said::Text(group.name.clone())), ("cohort", Said::Cohort(cohort.id))],
        person: Some(group.leader),
        cohort: Some(cohort.id),
        subject: Some(("LeaderGroup", group.id.0)),
        since: Some(group.since),
        due: Some(cutoff),
        act: Some(Act::run("answer-for-a-leader-group", again)),
        ..Item::new(
            floor.org(),
            InboxKind::Lapsing,
            InboxReason::GroupLapsed,
            format!("{}|{}", group.id, group.since.timestamp()),
        )
    })
}
