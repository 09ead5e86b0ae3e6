//! A gathering as letters tell of it, and who was there.

use varde_model::{
    Locale,
    cohort::Cohort,
    gathering::{Attendance, Gathering},
    ids::EnrolmentId,
    letter::{BlockFacts, GatheringFacts},
};

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
