//! The register of a cohort: the gatherings that were held, who takes part, and what was recorded of them. What is missing
//! and what counts towards completion are read from the same place by closing, corrections and reminders.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use varde_model::{
    catalogue::{Held, Programme},
    enrolment::Enrolment,
    gathering::{Gathering, Presence},
    ids::{CohortId, EnrolmentId, GatheringId, OrganisationId},
};
use varde_persistence::{Conn, enrolments, gatherings};

use crate::Result;

/// A cohort's attendance as it stands.
pub(crate) struct Register {
    /// Gatherings that took place and are over, by begin.
    pub(crate) held: Vec<Gathering>,
    taking_part: Vec<Enrolment>,
    records: HashMap<(GatheringId, EnrolmentId), Presence>,
}

impl Register {
    /// Reads it.
    ///
    /// # Errors
    /// A fault.
    pub(crate) async fn read(
        conn: &impl Conn,
        org: OrganisationId,
        cohort: CohortId,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let mut held = gatherings::of_cohorts(conn, org, &[cohort]).await?;
        held.retain(|gathering| gathering.was_held(now));
        let ids: Vec<GatheringId> = held.iter().map(|gathering| gathering.id).collect();
        let everyone = enrolments::of_cohort(conn, org, cohort).await?;
        let records = gatherings::attendance(conn, org, &ids).await?;
        Ok(Self {
            held,
            taking_part: everyone.into_iter().filter(|place| place.state.takes_part()).collect(),
            records: records.into_iter().map(|r| ((r.gathering, r.enrolment), r.presence)).collect(),
        })
    }

    /// How many of those who take part, and for whom it was, have no record of a gathering.
    pub(crate) fn missing_at(&self, gathering: &Gathering) -> usize {
        let meant = self.taking_part.iter().filter(|place| gathering.is_for(place));
        meant.filter(|place| !self.records.contains_key(&(gathering.id, place.id))).count()
    }

    /// How many records are missing: pairs of a gathering that was held and somebody who takes part.
    pub(crate) fn missing(&self) -> usize {
        self.held.iter().map(|gathering| self.missing_at(gathering)).sum()
    }

    /// Whether somebody was at one of the gatherings, wholly or partly.
    pub(crate) fn was_at_any(&self, enrolment: EnrolmentId) -> bool {
        self.records.iter().any(|((_, of), presence)| *of == enrolment && presence.was_there())
    }

    /// Each gathering that was held for somebody, with how much of it she or he was there for; without a record it is an
    /// absence.
    pub(crate) fn presences(&self, place: &Enrolment) -> impl Iterator<Item = (&Gathering, Presence)> {
        let (enrolment, group) = (place.id, place.group);
        let own = self.held.iter().filter(move |gathering| gathering.is_for_group(group));
        own.map(move |gathering| {
            let record = self.records.get(&(gathering.id, enrolment)).copied();
            (gathering, record.unwrap_or(Presence::Absent))
        })
    }

    /// The same as the completion rule counts it.
    pub(crate) fn held_for<'a>(
        &'a self,
        programme: &'a Programme,
        place: &Enrolment,
    ) -> impl Iterator<Item = Held<'a>> {
        self.presences(place).map(|(gathering, presence)| programme.held(gathering.position, presence))
    }
}
