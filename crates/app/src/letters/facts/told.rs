//! Cohorts and gatherings as letters tell of them.

use varde_model::{
    Locale,
    cohort::Cohort,
    enrolment::Enrolment,
    gathering::{Attendance, Gathering},
    ids::EnrolmentId,
    letter::{BlockFacts, CohortFacts, GatheringFacts},
};

use super::Facts;

impl Facts {
    /// A cohort as letters tell of it; to somebody with a place in it, only of the gatherings that are for her or him.
    pub(in crate::letters) fn cohort_facts(
        &self,
        cohort: &Cohort,
        place: Option<&Enrolment>,
        locale: Locale,
    ) -> CohortFacts {
        let version = place.map_or(0, |place| place.version);
        let title = self.programme(cohort).map(|programme| programme.title.get(locale).to_owned());
        CohortFacts {
            programme_title: title.unwrap_or_else(|| cohort.title.clone()),
            cohort_code: cohort.code.clone(),
            cohort_title: cohort.title.clone(),
            place: cohort.place.clone(),
            link: cohort.link.clone(),
            gatherings: self
                .gatherings(cohort.id)
                .iter()
                .filter(|gathering| !gathering.cancelled && place.is_none_or(|place| gathering.is_for(place)))
                .map(|gathering| gathering_facts(cohort, gathering, version, locale))
                .collect(),
            coordinators: self.contacts(cohort),
        }
    }
}

/// A gathering as letters tell of it. The calendar's sequence counts the changes of the gathering and those of the
/// leader's place, so that an entry that was removed can come back.
pub(in crate::letters) fn gathering_facts(
    cohort: &Cohort,
    gathering: &Gathering,
    enrolment_version: u32,
    locale: Locale,
) -> GatheringFacts {
    GatheringFacts {
        id: gathering.id,
        title: gathering.title.get(locale).to_owned(),
        starts_at: gathering.starts_at,
        ends_at: gathering.ends_at,
        place: gathering.place.clone().or_else(|| cohort.place.clone()),
        room: gathering.room.clone(),
        link: gathering.link.clone().or_else(|| cohort.link.clone()),
        sequence: gathering.sequence + enrolment_version,
        blocks: gathering
            .blocks
            .iter()
            .map(|block| BlockFacts {
                starts: block.starts,
                ends: block.ends,
                title: block.title.get(locale).to_owned(),
                speakers: block.speakers.iter().map(|speaker| speaker.get(locale).to_owned()).collect(),
            })
            .collect(),
    }
}

/// Attendance that counts, by gathering.
pub(in crate::letters) fn of_enrolment(records: &[Attendance], enrolment: EnrolmentId) -> Vec<&Attendance> {
    records.iter().filter(|record| record.enrolment == enrolment).collect()
}
