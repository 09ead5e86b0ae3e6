//! The days of a cohort on the desk: which stand, for whom, and when all begins and ends.

use chrono::{DateTime, Utc};
use varde_model::{enrolment::Enrolment, gathering::Gathering, ids::GatheringId};

use super::desk::Desk;

impl Desk<'_> {
    /// Gatherings that stand.
    pub(crate) fn standing(&self) -> impl Iterator<Item = &Gathering> {
        self.gatherings.iter().filter(|gathering| !gathering.cancelled)
    }

    /// Gatherings that stand and have not begun.
    pub(crate) fn upcoming(&self) -> Vec<GatheringId> {
        let now = self.ctx.now;
        self.standing().filter(|gathering| gathering.starts_at > now).map(|gathering| gathering.id).collect()
    }

    /// Begin of the first gathering that stands.
    pub(crate) fn begins_at(&self) -> Option<DateTime<Utc>> {
        self.standing().map(|gathering| gathering.starts_at).min()
    }

    /// End of the last gathering that stands.
    pub(crate) fn ends_at(&self) -> Option<DateTime<Utc>> {
        self.standing().map(|gathering| gathering.ends_at).max()
    }

    /// Gatherings that stand and are for somebody with a place.
    pub(crate) fn standing_for(&self, place: &Enrolment) -> impl Iterator<Item = &Gathering> {
        let group = place.group;
        self.standing().filter(move |gathering| gathering.is_for_group(group))
    }

    /// Those of them that have not begun.
    pub(crate) fn upcoming_for(&self, place: &Enrolment) -> Vec<GatheringId> {
        let now = self.ctx.now;
        self.standing_for(place).filter(|gathering| gathering.starts_at > now).map(|g| g.id).collect()
    }
}
