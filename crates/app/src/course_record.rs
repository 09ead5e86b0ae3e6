//! The record of one person: every cohort that she or he was told of, what came of it, and what it counts.

mod sheet;
mod table;

use std::collections::{BTreeSet, HashMap};

use varde_model::{
    catalogue::{Programme, Texts},
    certificate::DaysAttended,
    cohort::Cohort,
    credits::Credits,
    enrolment::Enrolment,
    gathering::{Gathering, Presence},
    ids::{EnrolmentId, GatheringId, OrganisationId, PersonId, ProgrammeVersionId},
    organisation::Organisation,
    people::Person,
};
use varde_persistence::{
    certificates, credits, enrolments, gatherings, logos, organisations, people, programmes,
};

use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::{Coordinator, Oneself},
    certificates::{Issued, with_credits},
    enrolments::told_places,
    files::{File, FileFormat},
};

/// What a person took part in, the latest first.
#[derive(Clone, Debug)]
pub struct CourseRecord {
    /// Whose it is.
    pub person: Person,
    /// The trust.
    pub organisation: Organisation,
    /// The places.
    pub places: Vec<RecordedPlace>,
}

impl CourseRecord {
    /// The credits of all of them.
    pub fn credits(&self) -> Credits {
        Credits { tenths: self.places.iter().filter_map(|place| place.credits).map(|it| it.tenths).sum() }
    }
}

/// A place in a cohort, with what came of it.
#[derive(Clone, Debug)]
pub struct RecordedPlace {
    /// The place.
    pub enrolment: Enrolment,
    /// The cohort.
    pub cohort: Cohort,
    /// The key of the programme.
    pub programme: String,
    /// What the programme was called then.
    pub title: Texts,
    /// The programme's version that the cohort keeps.
    pub definition: Option<Programme>,
    /// The gatherings that were not called off, each with what was recorded.
    pub gatherings: Vec<(Gathering, Option<Presence>)>,
    /// How much of those that were held she or he was there for.
    pub attended: DaysAttended,
    /// The certificate, also one that was taken back.
    pub issued: Option<Issued>,
    /// The credits.
    pub credits: Option<Credits>,
}

/// One's own record.
///
/// # Errors
/// The database refused.
pub async fn mine(ctx: &Ctx, right: &Oneself) -> Result<CourseRecord> {
    of(ctx, right.org(), right.person()).await
}

/// One's own record as a file, in the language of the call.
///
/// # Errors
/// The database refused.
pub async fn my_file(ctx: &Ctx, right: &Oneself, format: FileFormat) -> Result<File> {
    file(ctx, &mine(ctx, right).await?, format).await
}

/// Somebody's record.
///
/// # Errors
/// Refused: nobody of that id.
pub async fn of_person(ctx: &Ctx, right: &Coordinator, person: PersonId) -> Result<CourseRecord> {
    of(ctx, right.org(), person).await
}

/// Somebody's record as a file, in the language of the call.
///
/// # Errors
/// Refused: nobody of that id.
pub async fn any_file(ctx: &Ctx, right: &Coordinator, person: PersonId, format: FileFormat) -> Result<File> {
    file(ctx, &of(ctx, right.org(), person).await?, format).await
}

async fn file(ctx: &Ctx, record: &CourseRecord, format: FileFormat) -> Result<File> {
    if let FileFormat::Table(format) = format {
        return table::file(ctx, record, format);
    }
    let logo = logos::find(ctx.store(), record.organisation.id).await?;
    let sheet = sheet::record(ctx, record, logo.as_ref());
    File::pdf(&sheet, &sheet.title)
}

/// As many statements for many places as for one.
pub(crate) async fn of(ctx: &Ctx, org: OrganisationId, id: PersonId) -> Result<CourseRecord> {
    let store = ctx.store();
    let person = people::find(store, org, id).await?.ok_or(Refusal::new(Code::NotFound))?;
    let organisation = organisations::find(store, org).await?;
    let organisation = organisation.ok_or_else(|| Error::internal("the organisation of a right is gone"))?;
    let mut told = told_places(store, org, enrolments::of_person(store, org, id).await?).await?;
    told.reverse();
    let ids: Vec<EnrolmentId> = told.iter().map(|place| place.enrolment.id).collect();
    let days: Vec<GatheringId> =
        told.iter().flat_map(|place| &place.gatherings).map(|gathering| gathering.id).collect();
    let records = gatherings::attendance(store, org, &days).await?;
    let records: HashMap<(GatheringId, EnrolmentId), Presence> =
        records.into_iter().map(|it| ((it.gathering, it.enrolment), it.presence)).collect();
    let versions: BTreeSet<ProgrammeVersionId> =
        told.iter().map(|place| place.cohort.programme_version).collect();
    let versions: Vec<ProgrammeVersionId> = versions.into_iter().collect();
    let mut programmes: HashMap<ProgrammeVersionId, Programme> = HashMap::new();
    for version in programmes::versions(store, org, &versions).await? {
        programmes.insert(version.id, serde_json::from_value(version.definition).map_err(Error::internal)?);
    }
    let issued = with_credits(store, org, certificates::of_person(store, org, id).await?).await?;
    let given = credits::of_enrolments(store, org, &ids).await?;
    let places = told.into_iter().map(|place| {
        let own = place.enrolment.id;
        let presence = |day: &Gathering| records.get(&(day.id, own)).copied();
        let programme = programmes.get(&place.cohort.programme_version);
        let held = place.gatherings.iter().filter(|day| day.was_held(ctx.now));
        let attended = DaysAttended::of(held.map(|day| (day, presence(day).unwrap_or(Presence::Absent))));
        RecordedPlace {
            attended,
            definition: programme.cloned(),
            programme: programme.map(|programme| programme.key.clone()).unwrap_or_default(),
            title: programme.map_or_else(|| Texts::same(&*place.cohort.title), |it| it.title.clone()),
            issued: issued.iter().find(|issued| issued.certificate.enrolment == own).cloned(),
            credits: given.iter().find(|given| given.enrolment == own).map(|given| given.credits),
            gatherings: place.gatherings.into_iter().map(|day| (day.clone(), presence(&day))).collect(),
            enrolment: place.enrolment,
            cohort: place.cohort,
        }
    });
    let places = places.collect();
    Ok(CourseRecord { person, organisation, places })
}
