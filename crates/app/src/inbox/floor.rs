//! What most sources look at: the cohorts that are not over with their days and places, read once.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use varde_model::{
    cohort::{Cohort, CohortState},
    enrolment::{Enrolment, EnrolmentState},
    gathering::Gathering,
    ids::{CohortId, OrganisationId, PersonId},
    local_time::{Zoned, instant},
    organisation::{ClosedDay, Organisation},
    people::{Appointment, Chart, Person},
    working_days::WorkingCalendar,
};
use varde_persistence::{
    Conn, appointments,
    cohorts::{self, CohortFilter},
    enrolments, gatherings, organisations, people,
};

use crate::{Ctx, Error, Result, line};

/// The cohorts of a trust that are not over, and the people who lead or have a place.
pub(super) struct Floor {
    pub(super) organisation: Organisation,
    pub(super) now: DateTime<Utc>,
    pub(super) today: NaiveDate,
    pub(super) closed: Vec<ClosedDay>,
    pub(super) calendar: WorkingCalendar,
    /// Drafts and those that are out.
    pub(super) cohorts: Vec<Cohort>,
    days: HashMap<CohortId, Vec<Gathering>>,
    places: HashMap<CohortId, Vec<Enrolment>>,
    /// Who leads today.
    pub(super) leading: Vec<Appointment>,
    pub(super) people: HashMap<PersonId, Person>,
    pub(super) chart: Chart,
}

impl Floor {
    pub(super) async fn read(ctx: &Ctx, conn: &impl Conn, org: OrganisationId) -> Result<Self> {
        let organisation = organisations::find(conn, org).await?;
        let organisation = organisation.ok_or_else(|| Error::internal("organisation gone"))?;
        let today = Zoned::at(ctx.now, organisation.zone).date;
        let states = vec![CohortState::Draft, CohortState::Published, CohortState::Running];
        let filter = CohortFilter { states, programme: None };
        let cohorts = cohorts::list(conn, org, &filter, None, u64::from(u32::MAX)).await?;
        let ids: Vec<CohortId> = cohorts.iter().map(|cohort| cohort.id).collect();
        let mut days: HashMap<CohortId, Vec<Gathering>> = HashMap::new();
        for day in gatherings::of_cohorts(conn, org, &ids).await?.into_iter().filter(|day| !day.cancelled) {
            days.entry(day.cohort).or_default().push(day);
        }
        let mut places: HashMap<CohortId, Vec<Enrolment>> = HashMap::new();
        for place in enrolments::of_cohorts(conn, org, &ids).await?.into_iter().filter(stands) {
            places.entry(place.cohort).or_default().push(place);
        }
        let leading = appointments::on(conn, org, today).await?;
        let with_places = places.values().flatten().map(|place| place.person);
        let wanted: BTreeSet<PersonId> = leading.iter().map(|led| led.person).chain(with_places).collect();
        let wanted: Vec<PersonId> = wanted.into_iter().collect();
        let mut known = HashMap::new();
        for chunk in wanted.chunks(500) {
            known.extend(
                people::find_many(conn, org, chunk).await?.into_iter().map(|person| (person.id, person)),
            );
        }
        let closed = organisations::closed_days(conn, org).await?;
        Ok(Self {
            chart: line::chart_on(conn, org, &wanted, today).await?,
            calendar: WorkingCalendar::new(closed.iter().map(|closed| closed.day)),
            closed,
            organisation,
            now: ctx.now,
            today,
            cohorts,
            days,
            places,
            leading,
            people: known,
        })
    }

    pub(super) fn org(&self) -> OrganisationId {
        self.organisation.id
    }

    /// The cohorts that are out.
    pub(super) fn live(&self) -> impl Iterator<Item = &Cohort> {
        self.cohorts.iter().filter(|cohort| cohort.state.is_live())
    }

    /// The gatherings of a cohort that were not called off, by begin.
    pub(super) fn days(&self, cohort: CohortId) -> &[Gathering] {
        self.days.get(&cohort).map(Vec::as_slice).unwrap_or_default()
    }

    /// The places of a cohort that stand.
    pub(super) fn places(&self, cohort: CohortId) -> &[Enrolment] {
        self.places.get(&cohort).map(Vec::as_slice).unwrap_or_default()
    }

    /// When the first gathering begins.
    pub(super) fn begins_at(&self, cohort: CohortId) -> Option<DateTime<Utc>> {
        self.days(cohort).iter().map(|day| day.starts_at).min()
    }

    /// The moment after which nobody is invited to a cohort any more.
    pub(super) fn cutoff(&self, cohort: &Cohort) -> Option<DateTime<Utc>> {
        Some(Self::cutoff_before(cohort, self.begins_at(cohort.id)?))
    }

    /// The same for those who begin at a moment of their own.
    pub(super) fn cutoff_before(cohort: &Cohort, begins: DateTime<Utc>) -> DateTime<Utc> {
        begins - chrono::TimeDelta::hours(i64::from(cohort.cutoff_hours))
    }

    /// The end of the nth working day from today.
    pub(super) fn end_of_working_day(&self, ahead: i32) -> DateTime<Utc> {
        let day = self.calendar.add(self.today, ahead);
        self.begin_of(day.succ_opt().unwrap_or(day))
    }

    /// The first moment of a day where the trust is.
    pub(super) fn begin_of(&self, day: NaiveDate) -> DateTime<Utc> {
        instant(day, NaiveTime::MIN, self.organisation.zone)
    }
}

/// True for a place that something can still come of.
fn stands(place: &Enrolment) -> bool {
    use EnrolmentState as S;
    matches!(place.state, S::Proposed | S::Invited | S::Waiting | S::Offered | S::Enrolled)
}
