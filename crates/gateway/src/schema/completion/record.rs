//! The record of one person's programmes.

use async_graphql::{Context, Object, SimpleObject};
use chrono::{DateTime, Utc};
use varde_app::course_record::{self, CourseRecord as Found, RecordedPlace as FoundPlace};
use varde_model::{
    credits::Credits,
    gathering::{Gathering, Presence},
};

use super::{Certificate, FetchedFile, certificates::in_language};
use crate::schema::{
    Caller,
    errors::whole,
    keys,
    labels::{EnrolmentStateLabel, FileFormatLabel, PresenceLabel},
    scalars::LocalDate,
};

/// What a person took part in, and what it counts (kursoversikt).
#[derive(SimpleObject, Debug)]
pub struct CourseRecord {
    /// Whose it is.
    name: String,
    /// Her or his places in cohorts, the latest first; proposals that nobody was told of are left out.
    places: Vec<RecordedPlace>,
    /// The credits of all of them (studiepoeng).
    ects: f64,
}

/// A place in a cohort, with what came of it.
#[derive(SimpleObject, Debug)]
pub struct RecordedPlace {
    /// The programme's key, such as `onboarding`.
    programme: String,
    /// What the programme was called then, in the caller's language.
    title: String,
    /// The cohort's code (kullkode).
    cohort_code: String,
    /// What the cohort is called.
    cohort_title: String,
    /// Where the person stands with it.
    state: EnrolmentStateLabel,
    /// Since when.
    since: DateTime<Utc>,
    /// Its gatherings that were not called off (samlinger).
    gatherings: Vec<RecordedGathering>,
    /// How many of them were held so far.
    gatherings_held: u32,
    /// How many of those the person was at, wholly or in part.
    gatherings_attended: u32,
    /// Minutes that she or he was there for; of a gathering attended in part, half.
    minutes: u32,
    /// The certificate (kursbevis); one that was taken back says so.
    certificate: Option<Certificate>,
    /// The credits that it gave (studiepoeng).
    ects: Option<f64>,
}

/// A gathering of such a cohort.
#[derive(SimpleObject, Debug)]
pub struct RecordedGathering {
    /// What it is called, in the caller's language.
    title: String,
    /// The local day.
    date: LocalDate,
    /// How much of it the person was there for; null where nothing is recorded.
    presence: Option<PresenceLabel>,
}

impl CourseRecord {
    fn new(caller: &Caller, found: Found) -> Self {
        Self {
            name: found.person.name(),
            ects: found.credits().as_decimal(),
            places: found.places.into_iter().map(|place| RecordedPlace::new(caller, place)).collect(),
        }
    }
}

impl RecordedPlace {
    fn new(caller: &Caller, found: FoundPlace) -> Self {
        let gathering = |(day, presence): (Gathering, Option<Presence>)| RecordedGathering {
            title: day.title.into_text(caller.locale()),
            date: day.date.into(),
            presence: presence.map(Into::into),
        };
        Self {
            programme: found.programme,
            title: found.title.into_text(caller.locale()),
            cohort_code: found.cohort.code,
            cohort_title: found.cohort.title,
            state: found.enrolment.state.into(),
            since: found.enrolment.since,
            gatherings: found.gatherings.into_iter().map(gathering).collect(),
            gatherings_held: found.attended.held,
            gatherings_attended: found.attended.attended,
            minutes: found.attended.minutes,
            certificate: found.issued.map(|issued| Certificate::new(caller, issued)),
            ects: found.credits.map(Credits::as_decimal),
        }
    }
}

/// Queries about the record.
#[derive(Default)]
pub struct RecordQuery;

#[Object]
impl RecordQuery {
    /// One's own record of all programmes (kursoversikt).
    async fn my_record(&self, context: &Context<'_>) -> async_graphql::Result<CourseRecord> {
        let caller = Caller::of(context);
        let right = whole(context, caller.oneself())?;
        Ok(CourseRecord::new(caller, whole(context, course_record::mine(&caller.ctx, &right).await)?))
    }

    /// One's own record as a file.
    async fn my_record_file(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Its language, `nb`, `nn` or `en`; the caller's own if left out.")] locale: Option<
            String,
        >,
        #[graphql(desc = "What kind of file.", default_with = "FileFormatLabel::Pdf")]
        format: FileFormatLabel,
    ) -> async_graphql::Result<FetchedFile> {
        let caller = Caller::of(context);
        let file = async {
            let right = caller.oneself()?;
            course_record::my_file(&in_language(caller, locale)?, &right, format.into()).await
        };
        Ok(whole(context, file.await)?.into())
    }

    /// Somebody's record of all programmes, for coordinators.
    async fn record(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The HR system's key of the person (ansattnummer).")] employee_number: String,
    ) -> async_graphql::Result<CourseRecord> {
        let caller = Caller::of(context);
        let found = async {
            let right = caller.coordinator()?;
            let person = keys::person(caller, "employeeNumber", &employee_number).await?;
            course_record::of_person(&caller.ctx, &right, person).await
        };
        Ok(CourseRecord::new(caller, whole(context, found.await)?))
    }

    /// Somebody's record as a file, for coordinators.
    async fn record_file(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The HR system's key of the person (ansattnummer).")] employee_number: String,
        #[graphql(desc = "Its language, `nb`, `nn` or `en`; the caller's own if left out.")] locale: Option<
            String,
        >,
        #[graphql(desc = "What kind of file.", default_with = "FileFormatLabel::Pdf")]
        format: FileFormatLabel,
    ) -> async_graphql::Result<FetchedFile> {
        let caller = Caller::of(context);
        let file = async {
            let right = caller.coordinator()?;
            let person = keys::person(caller, "employeeNumber", &employee_number).await?;
            course_record::any_file(&in_language(caller, locale)?, &right, person, format.into()).await
        };
        Ok(whole(context, file.await)?.into())
    }
}
