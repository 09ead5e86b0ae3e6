//! The leaders who report to the caller.

use async_graphql::{Context, Object, SimpleObject};
use chrono::{DateTime, Utc};
use varde_app::people::{self, LeaderPlace, OwnLeader};
use varde_model::{Locale, gathering::Gathering};

use crate::schema::{
    Caller,
    errors::whole,
    labels::EnrolmentStateLabel,
    scalars::{LocalDate, LocalTime},
};

/// A leader who reports to one (leder i egen ledergruppe), as a line manager may see her or him.
#[derive(Debug, SimpleObject)]
pub struct MyLeader {
    /// The HR system's key (ansattnummer).
    employee_number: String,
    /// Given and family name.
    display_name: String,
    /// The address that mails go to.
    email: String,
    /// 1 director, 2 head of a clinic or a central staff, 3 head of a department, 4 head of a unit (ledernivå).
    level: u8,
    /// True for somebody who leads for a time only (konstituert).
    acting: bool,
    /// The name of the unit that is led (enhet).
    unit_name: String,
    /// Leader since that day (leder fra).
    appointed_from: LocalDate,
    /// The places in cohorts, oldest first; proposals that the leader was not told of are left out (deltakelser).
    places: Vec<MyLeadersPlace>,
}

/// A leader's place in a cohort as the line manager sees it: where it stands, and what was answered. Why somebody said
/// no is between the leader and the coordinator.
#[derive(Debug, SimpleObject)]
pub struct MyLeadersPlace {
    /// Where the leader stands with the cohort.
    state: EnrolmentStateLabel,
    /// Since when.
    since: DateTime<Utc>,
    /// Until when an answer is wanted.
    answer_by: Option<DateTime<Utc>>,
    /// The cohort's code (kullkode).
    cohort_code: String,
    /// What the cohort is called.
    cohort_title: String,
    /// Its gatherings that stand (samlinger).
    gatherings: Vec<MyLeadersGathering>,
}

/// A gathering of a leader's cohort.
#[derive(Debug, SimpleObject)]
pub struct MyLeadersGathering {
    /// What it is called.
    title: String,
    /// The local day.
    date: LocalDate,
    /// The local hour it begins.
    starts: LocalTime,
    /// The local hour it ends.
    ends: LocalTime,
    /// The zone of date and hours.
    time_zone: &'static str,
    /// What the leader said about coming; null without an answer.
    coming: Option<bool>,
}

impl MyLeader {
    fn told(own: OwnLeader, locale: Locale) -> Self {
        Self {
            display_name: own.person.name(),
            employee_number: own.person.employee_number,
            email: own.person.email,
            level: own.appointment.level.number(),
            acting: own.appointment.acting,
            unit_name: own.unit,
            appointed_from: own.appointment.since.into(),
            places: own.places.into_iter().map(|place| MyLeadersPlace::told(place, locale)).collect(),
        }
    }
}

impl MyLeadersPlace {
    fn told(place: LeaderPlace, locale: Locale) -> Self {
        Self {
            state: place.enrolment.state.into(),
            since: place.enrolment.since,
            answer_by: place.enrolment.answer_by,
            cohort_code: place.cohort.code,
            cohort_title: place.cohort.title,
            gatherings: place
                .gatherings
                .into_iter()
                .map(|(day, coming)| gathering(day, coming, locale))
                .collect(),
        }
    }
}

fn gathering(day: Gathering, coming: Option<bool>, locale: Locale) -> MyLeadersGathering {
    MyLeadersGathering {
        title: day.title.into_text(locale),
        date: day.date.into(),
        starts: day.starts.into(),
        ends: day.ends.into(),
        time_zone: day.zone.name(),
        coming,
    }
}

/// Queries of line managers.
#[derive(Default)]
pub struct OwnLineQuery;

#[Object]
impl OwnLineQuery {
    /// The leaders who report to one today, by name, with their places in cohorts (egne ledere, ledergruppe). Empty for
    /// whoever is nobody's line manager.
    async fn my_leaders(&self, context: &Context<'_>) -> async_graphql::Result<Vec<MyLeader>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.oneself())?;
        let found = whole(context, people::own_leaders(&caller.ctx, &right).await)?;
        Ok(found.into_iter().map(|own| MyLeader::told(own, caller.locale())).collect())
    }
}
