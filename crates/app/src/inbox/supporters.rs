//! Experienced leaders who leave before the cohort is over in which they support somebody, or have left: another one is
//! wanted for each whom they support.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use varde_model::{
    enrolment::Enrolment,
    ids::PersonId,
    inbox::{InboxKind, InboxReason},
};
use varde_persistence::{
    Conn, people,
    supporters::{self, Supporter},
};

use super::{Act, ActValue, Floor, Item, Said};
use crate::Result;

pub(super) async fn items(floor: &Floor, conn: &impl Conn) -> Result<Vec<Item>> {
    let standing: Vec<Supporter> =
        supporters::standing(conn, floor.org()).await?.into_iter().map(|(supporter, _)| supporter).collect();
    let who: BTreeSet<PersonId> = standing.iter().map(|supporter| supporter.person).collect();
    let who: Vec<PersonId> = who.into_iter().collect();
    let who = people::find_many(conn, floor.org(), &who).await?;
    let last_days: HashMap<PersonId, NaiveDate> =
        who.into_iter().filter_map(|person| Some((person.id, person.employed.to?))).collect();
    let places = floor.cohorts.iter().flat_map(|cohort| floor.places(cohort.id));
    let places: HashMap<_, &Enrolment> = places.map(|place| (place.id, place)).collect();
    let item = |supporter: &Supporter| {
        let (place, last_day) = (places.get(&supporter.enrolment)?, last_days.get(&supporter.person)?);
        item(floor, place, supporter, *last_day)
    };
    Ok(standing.iter().filter_map(item).collect())
}

fn item(floor: &Floor, place: &Enrolment, supporter: &Supporter, last_day: NaiveDate) -> Option<Item> {
    let ahead = |day: &&varde_model::gathering::Gathering| day.starts_at > floor.now;
    let misses = floor.days(place.cohort).iter().filter(ahead).any(|day| day.date > last_day);
    misses.then(|| Item {
        said: vec![
            ("supporter", Said::Person(supporter.person)),
            ("person", Said::Person(place.person)),
            ("cohort", Said::Cohort(place.cohort)),
            ("day", Said::Day(last_day)),
        ],
        person: Some(place.person),
        cohort: Some(place.cohort),
        subject: Some(("Enrolment", place.id.0)),
        since: Some(supporter.since),
        due: Some(floor.begin_of(last_day)),
        act: Some(another(place.id.0)),
        ..Item::new(
            floor.org(),
            InboxKind::Leaver,
            InboxReason::LeaverSupports,
            format!("{}|{last_day}", supporter.id),
        )
    })
}

/// Names somebody else who supports a place.
pub(super) fn another(enrolment: uuid::Uuid) -> Act {
    Act::fill_in("assign-a-supporter", vec![("enrolmentId", ActValue::Id("Enrolment", enrolment))])
}
