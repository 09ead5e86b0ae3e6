//! Invitations and offers that lapse within days, while nobody has answered. The reminder has gone out by then: a call helps.

use varde_model::{
    enrolment::EnrolmentState,
    inbox::{InboxKind, InboxReason},
};

use super::{Act, ActValue, Floor, Item, Said};

/// So many working days ahead.
const AHEAD: i32 = 3;

pub(super) fn items(floor: &Floor) -> Vec<Item> {
    let until = floor.end_of_working_day(AHEAD);
    let mut items = Vec::new();
    for cohort in floor.live() {
        for place in floor.places(cohort.id).iter().filter(|place| place.state.awaits_an_answer()) {
            let Some(answer_by) = place.answer_by.filter(|by| *by > floor.now && *by < until) else {
                continue;
            };
            let reason = match place.state {
                EnrolmentState::Offered => InboxReason::OfferLapses,
                _ => InboxReason::InvitationLapses,
            };
            let key = format!("{}|{}", place.id, answer_by.timestamp());
            items.push(Item {
                said: vec![
                    ("person", Said::Person(place.person)),
                    ("cohort", Said::Cohort(cohort.id)),
                    ("moment", Said::Moment(answer_by)),
                ],
                person: Some(place.person),
                cohort: Some(cohort.id),
                subject: Some(("Enrolment", place.id.0)),
                since: Some(place.since),
                due: Some(answer_by),
                act: Some(Act::fill_in(
                    "answer-on-the-phone",
                    vec![
                        ("enrolmentId", ActValue::Id("Enrolment", place.id.0)),
                        ("change", ActValue::Text("ACCEPT_FOR".to_owned())),
                    ],
                )),
                ..Item::new(floor.org(), InboxKind::Lapsing, reason, key)
            });
        }
    }
    items
}
