//! What became of those who completed: who leads now, and since when. Worked out from the data each time.

use chrono::{Months, NaiveDate};
use varde_model::{
    cohort::{Cohort, CohortState},
    enrolment::{Enrolment, EnrolmentState},
    ids::{CohortId, PersonId},
    local_time::Zoned,
    people::Appointment,
};
use varde_persistence::{
    appointments,
    cohorts::{self, CohortFilter},
    enrolments, gatherings, organisations, programmes,
};

use crate::{Code, Ctx, Error, Refusal, Result, access::Coordinator};

/// More runs of a programme than there are.
const MOST_COHORTS: u64 = 500;

/// What became of a cohort.
#[derive(Clone, Debug)]
pub struct CohortOutcome {
    /// The cohort.
    pub cohort: Cohort,
    /// How many completed it.
    pub completed: usize,
    /// Those of them who became leaders afterwards, the first one first.
    pub leaders: Vec<BecameLeader>,
}

/// Somebody who became a leader after completing.
#[derive(Clone, Debug)]
pub struct BecameLeader {
    /// Who.
    pub person: PersonId,
    /// The first appointment after the last day on which she or he took part.
    pub appointment: Appointment,
    /// Whole months between the two.
    pub months_after: u32,
}

/// Of each cohort of a programme that was completed, the latest first: how many became leaders, and when.
///
/// # Errors
/// Refused: no programme of that key.
pub async fn outcome(ctx: &Ctx, right: &Coordinator, programme: &str) -> Result<Vec<CohortOutcome>> {
    let (store, org) = (ctx.store(), right.org());
    let versions = programmes::latest_versions(store, org).await?;
    let known = versions.iter().find(|version| version.key == programme.trim());
    let known = known.ok_or(Refusal::new(Code::NotFound).at("programme"))?;
    let organisation = organisations::find(store, org).await?;
    let zone = organisation.ok_or_else(|| Error::internal("the organisation of a right is gone"))?.zone;
    let filter = CohortFilter { states: vec![CohortState::Completed], programme: Some(known.programme) };
    let mut runs = cohorts::list(store, org, &filter, None, MOST_COHORTS).await?;
    runs.reverse();
    let ids: Vec<CohortId> = runs.iter().map(|cohort| cohort.id).collect();
    let mut places = enrolments::of_cohorts(store, org, &ids).await?;
    places.retain(|place| place.state == EnrolmentState::Completed);
    let people: Vec<PersonId> = places.iter().map(|place| place.person).collect();
    let led = appointments::of_people(store, org, &people).await?;
    let today = Zoned::at(ctx.now, zone).date;
    let days = gatherings::of_cohorts(store, org, &ids).await?;
    let became = |place: &Enrolment| {
        // Not the day on which somebody closed the cohort, or corrected who was there.
        let held =
            days.iter().filter(|day| day.cohort == place.cohort && !day.cancelled && day.is_for(place));
        let took_part_until = held.map(|day| day.date).max()?;
        let own = led.iter().filter(|one| one.person == place.person);
        let after = own.filter(|one| one.since > took_part_until && one.since <= today);
        let first = after.min_by_key(|one| (one.since, one.id))?;
        let months_after = months_between(took_part_until, first.since);
        Some(BecameLeader { person: place.person, appointment: first.clone(), months_after })
    };
    let told = runs.into_iter().map(|cohort| {
        let own: Vec<&Enrolment> = places.iter().filter(|place| place.cohort == cohort.id).collect();
        let mut leaders: Vec<BecameLeader> = own.iter().filter_map(|place| became(place)).collect();
        leaders.sort_by_key(|leader| (leader.appointment.since, leader.person));
        CohortOutcome { completed: own.len(), cohort, leaders }
    });
    Ok(told.collect())
}

/// Whole months from one day to a later one.
fn months_between(from: NaiveDate, to: NaiveDate) -> u32 {
    let reached = |months: &u32| from.checked_add_months(Months::new(*months)).is_some_and(|day| day <= to);
    (1..).take_while(reached).last().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_months_are_counted() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(months_between(day("2027-04-30"), day("2027-10-29")), 5);
        assert_eq!(months_between(day("2027-04-30"), day("2027-10-30")), 6);
        assert_eq!(months_between(day("2027-04-30"), day("2028-04-30")), 12);
        assert_eq!(months_between(day("2027-01-31"), day("2027-02-28")), 1);
    }
}
