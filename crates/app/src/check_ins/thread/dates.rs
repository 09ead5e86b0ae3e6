//! The next dates of programmes: cohorts in which one can still get a place.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use varde_model::{
    cohort::{Cohort, CohortState},
    enrolment::EnrolmentState,
    ids::{CohortId, OrganisationId, ProgrammeId},
};
use varde_persistence::{
    cohorts::{self, CohortFilter},
    enrolments, gatherings, programmes,
};

use crate::{Ctx, Result};

/// A cohort that is open for enrolment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextCohort {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// The local days of its gatherings, the first one first.
    pub days: Vec<NaiveDate>,
    /// Seats that are free for whoever asks; none while somebody waits for one.
    pub free: u32,
    /// How many wait in line.
    pub waiting: u32,
}

/// The published cohorts before their cut-off, by the key of their programme, the next one first.
pub(super) async fn open_for_enrolment(
    ctx: &Ctx,
    org: OrganisationId,
) -> Result<BTreeMap<String, Vec<NextCohort>>> {
    let store = ctx.store();
    let filter = CohortFilter { states: vec![CohortState::Published], programme: None };
    let published = cohorts::list(store, org, &filter, None, u64::from(u32::MAX)).await?;
    let ids: Vec<CohortId> = published.iter().map(|cohort| cohort.id).collect();
    let mut days: HashMap<CohortId, Vec<(DateTime<Utc>, NaiveDate)>> = HashMap::new();
    for day in gatherings::of_cohorts(store, org, &ids).await? {
        if !day.cancelled && day.group.is_none() {
            days.entry(day.cohort).or_default().push((day.starts_at, day.date));
        }
    }
    let mut taken: HashMap<CohortId, (u32, u32)> = HashMap::new();
    for place in enrolments::of_cohorts(store, org, &ids).await? {
        let (seats, waiting) = taken.entry(place.cohort).or_default();
        *seats += u32::from(place.state.takes_a_seat());
        *waiting += u32::from(place.state == EnrolmentState::Waiting);
    }
    let versions = programmes::latest_versions(store, org).await?;
    let keys: HashMap<ProgrammeId, String> =
        versions.into_iter().map(|version| (version.programme, version.key)).collect();
    let next = |cohort: Cohort| {
        let mut days = days.remove(&cohort.id)?;
        days.sort_unstable();
        let (begins, _) = days.first()?;
        let cutoff = *begins - Duration::hours(i64::from(cohort.cutoff_hours));
        if cutoff <= ctx.now {
            return None;
        }
        let (seats, waiting) = taken.get(&cohort.id).copied().unwrap_or_default();
        let free = if waiting > 0 { 0 } else { cohort.capacity.saturating_sub(seats) };
        let (code, title) = (cohort.code, cohort.title);
        let days = days.into_iter().map(|(_, day)| day).collect();
        Some((cohort.programme, NextCohort { code, title, days, free, waiting }))
    };
    let mut open: BTreeMap<String, Vec<NextCohort>> = BTreeMap::new();
    for (programme, cohort) in published.into_iter().filter_map(next) {
        if let Some(key) = keys.get(&programme) {
            open.entry(key.clone()).or_default().push(cohort);
        }
    }
    for cohorts in open.values_mut() {
        cohorts.sort_by(|one, other| (&one.days, &one.code).cmp(&(&other.days, &other.code)));
    }
    Ok(open)
}
