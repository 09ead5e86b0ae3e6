//! Places in cohorts as they are looked up.

use std::collections::HashMap;

use chrono_tz::Tz;
use varde_model::{
    cohort::Cohort,
    enrolment::{Enrolment, EnrolmentState},
    gathering::{Attendance, Gathering, GatheringAnswer},
    ids::{CohortId, EnrolmentId, GatheringId, PersonId},
};
use varde_persistence::{Conn, enrolments, gatherings, organisations};

use super::told::{ToldPlace, told_places};
use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::{Coordinator, Oneself},
};

/// One place.
pub async fn find(ctx: &Ctx, right: &Coordinator, id: EnrolmentId) -> Result<Option<Enrolment>> {
    Ok(enrolments::find(ctx.store(), right.org(), id).await?)
}

/// Several places.
pub async fn find_many(ctx: &Ctx, right: &Coordinator, ids: &[EnrolmentId]) -> Result<Vec<Enrolment>> {
    Ok(enrolments::find_many(ctx.store(), right.org(), ids).await?)
}

/// Everyone in a cohort, in whatever state.
pub async fn of_cohort(ctx: &Ctx, right: &Coordinator, cohort: CohortId) -> Result<Vec<Enrolment>> {
    Ok(enrolments::of_cohort(ctx.store(), right.org(), cohort).await?)
}

/// Everyone in several cohorts.
pub async fn of_cohorts(ctx: &Ctx, right: &Coordinator, cohorts: &[CohortId]) -> Result<Vec<Enrolment>> {
    Ok(enrolments::of_cohorts(ctx.store(), right.org(), cohorts).await?)
}

/// A person's place in a cohort.
pub async fn of_person_in(
    ctx: &Ctx,
    right: &Coordinator,
    cohort: CohortId,
    person: PersonId,
) -> Result<Option<Enrolment>> {
    let all = enrolments::of_person(ctx.store(), right.org(), person).await?;
    Ok(all.into_iter().find(|enrolment| enrolment.cohort == cohort))
}

/// What leaders answered about gatherings.
pub async fn answers_of(ctx: &Ctx, right: &Coordinator, ids: &[GatheringId]) -> Result<Vec<GatheringAnswer>> {
    Ok(gatherings::answers(ctx.store(), right.org(), ids).await?)
}

/// Recorded attendance at gatherings.
pub async fn attendance_of(ctx: &Ctx, right: &Coordinator, ids: &[GatheringId]) -> Result<Vec<Attendance>> {
    Ok(gatherings::attendance(ctx.store(), right.org(), ids).await?)
}

/// The place in line of somebody who waits; the next one is 1.
pub fn place_in_line(everyone: &[Enrolment], enrolment: &Enrolment) -> Option<u32> {
    if enrolment.state != EnrolmentState::Waiting {
        return None;
    }
    let before = everyone
        .iter()
        .filter(|other| other.state == EnrolmentState::Waiting)
        .filter(|other| (other.queue_number, other.id) < (enrolment.queue_number, enrolment.id))
        .count();
    u32::try_from(before).ok().map(|before| before + 1)
}

/// A leader's own place, with what is needed to show it.
#[derive(Clone, Debug)]
pub struct MyPlace {
    /// The place.
    pub enrolment: Enrolment,
    /// The cohort.
    pub cohort: Cohort,
    /// Its gatherings that stand.
    pub gatherings: Vec<Gathering>,
    /// The place in line, for somebody who waits.
    pub place_in_line: Option<u32>,
    /// Where the trust's clocks stand.
    pub zone: Tz,
}

/// One's own places, oldest first, except proposals that nobody was told of.
pub async fn mine(ctx: &Ctx, right: &Oneself) -> Result<Vec<MyPlace>> {
    let store = ctx.store();
    let own = enrolments::of_person(store, right.org(), right.person()).await?;
    shown(store, right, own).await
}

/// One of one's own places, inside a transaction too.
pub(crate) async fn my_place(conn: &impl Conn, right: &Oneself, id: EnrolmentId) -> Result<MyPlace> {
    let found = enrolments::find(conn, right.org(), id).await?;
    let own = found.filter(|found| found.person == right.person());
    let place = shown(conn, right, own.into_iter().collect()).await?.pop();
    Ok(place.ok_or(Refusal::new(Code::NotFound))?)
}

async fn shown(conn: &impl Conn, right: &Oneself, own: Vec<Enrolment>) -> Result<Vec<MyPlace>> {
    let told = told_places(conn, right.org(), own).await?;
    let waits = |place: &&ToldPlace| place.enrolment.state == EnrolmentState::Waiting;
    let lines: Vec<CohortId> = told.iter().filter(waits).map(|place| place.cohort.id).collect();
    let mut everyone: HashMap<CohortId, Vec<Enrolment>> = HashMap::new();
    if !lines.is_empty() {
        for enrolment in enrolments::of_cohorts(conn, right.org(), &lines).await? {
            everyone.entry(enrolment.cohort).or_default().push(enrolment);
        }
    }
    let organisation = organisations::find(conn, right.org()).await?;
    let zone = organisation.ok_or_else(|| Error::internal("the organisation of a right is gone"))?.zone;
    let place = |ToldPlace { enrolment, cohort, gatherings }: ToldPlace| {
        let everyone = everyone.get(&cohort.id).map(Vec::as_slice).unwrap_or_default();
        let place_in_line = place_in_line(everyone, &enrolment);
        MyPlace { enrolment, cohort, gatherings, place_in_line, zone }
    };
    Ok(told.into_iter().map(place).collect())
}
