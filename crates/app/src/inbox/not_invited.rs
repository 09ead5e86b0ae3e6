//! Leaders who were proposed for a cohort that is out: publishing invited those before them, and nobody has invited them.

use varde_model::{
    enrolment::EnrolmentState,
    inbox::{InboxKind, InboxReason},
};

use super::{Act, ActValue, Floor, Item, Said};

pub(super) fn items(floor: &Floor) -> Vec<Item> {
    let mut items = Vec::new();
    for cohort in floor.live() {
        let cutoff = floor.cutoff(cohort);
        let late = cutoff.is_none_or(|cutoff| cutoff <= floor.now);
        let proposed = floor.places(cohort.id).iter().filter(|place| place.state == EnrolmentState::Proposed);
        for place in proposed {
            let id = ActValue::Id("Enrolment", place.id.0);
            let (reason, act) = if late {
                let out = vec![("enrolmentId", id), ("change", ActValue::Text("WITHDRAW".to_owned()))];
                (InboxReason::TooLateToInvite, Act::run("take-a-leader-out", out))
            } else {
                let invite = vec![
                    ("cohortCode", ActValue::Text(cohort.code.clone())),
                    ("enrolmentIds", ActValue::Ids("Enrolment", vec![place.id.0])),
                ];
                (InboxReason::NotInvited, Act::run("invite-again", invite))
            };
            items.push(Item {
                said: vec![("person", Said::Person(place.person)), ("cohort", Said::Cohort(cohort.id))],
                person: Some(place.person),
                cohort: Some(cohort.id),
                subject: Some(("Enrolment", place.id.0)),
                since: Some(place.since),
                due: cutoff.filter(|_| !late),
                act: Some(act),
                ..Item::new(
                    floor.org(),
                    InboxKind::NotInvited,
                    reason,
                    format!("{}|{}", place.id, place.since.timestamp()),
                )
            });
        }
    }
    items
}
