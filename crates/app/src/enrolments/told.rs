//! Places as those see them whom they concern: a proposal that nobody was told of is none yet.

use std::collections::{BTreeSet, HashMap};

use varde_model::{
    cohort::Cohort,
    enrolment::{Enrolment, EnrolmentState},
    gathering::Gathering,
    ids::{CohortId, OrganisationId},
};
use varde_persistence::{Conn, cohorts, gatherings};

use crate::Result;

/// A place that its leader was told of.
pub(crate) struct ToldPlace {
    pub(crate) enrolment: Enrolment,
    pub(crate) cohort: Cohort,
    /// The cohort's gatherings that stand.
    pub(crate) gatherings: Vec<Gathering>,
}

/// Those of some places that were told of, oldest first; as many statements for many as for one.
pub(crate) async fn told_places(
    conn: &impl Conn,
    org: OrganisationId,
    mut all: Vec<Enrolment>,
) -> Result<Vec<ToldPlace>> {
    all.retain(|enrolment| enrolment.state != EnrolmentState::Proposed);
    all.sort_by_key(|enrolment| enrolment.id);
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let ids: BTreeSet<CohortId> = all.iter().map(|enrolment| enrolment.cohort).collect();
    let ids: Vec<CohortId> = ids.into_iter().collect();
    let cohorts = cohorts::find_many(conn, org, &ids).await?;
    let cohorts: HashMap<CohortId, Cohort> = cohorts.into_iter().map(|cohort| (cohort.id, cohort)).collect();
    let mut days: HashMap<CohortId, Vec<Gathering>> = HashMap::new();
    for day in gatherings::of_cohorts(conn, org, &ids).await? {
        if !day.cancelled {
            days.entry(day.cohort).or_default().push(day);
        }
    }
    let place = |enrolment: Enrolment| {
        let cohort = cohorts.get(&enrolment.cohort)?.clone();
        let days = days.get(&cohort.id).into_iter().flatten();
        let gatherings = days.filter(|day| day.is_for(&enrolment)).cloned().collect();
        Some(ToldPlace { enrolment, cohort, gatherings })
    };
    Ok(all.into_iter().filter_map(place).collect())
}
