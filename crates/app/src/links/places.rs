//! A place in a cohort as the pages behind links show it: what it is a run of, its days, and where it goes on.

use varde_auth::LinkKind;
use varde_model::{
    catalogue::Programme,
    cohort::Cohort,
    enrolment::{Enrolment, EnrolmentState},
    gathering::Gathering,
    ids::{EnrolmentId, OrganisationId},
    letter::Contact,
    links::{LinkPurpose, LinkStanding},
    work::About,
};
use varde_persistence::{accounts, cohorts, enrolments, gatherings, links, programmes};

use super::address;
use crate::{Ctx, Error, Result, enrolments::place_in_line};

/// A place in a cohort, as a page shows it.
#[derive(Clone, Debug)]
pub struct PlaceQuestion {
    /// The cohort.
    pub cohort: Cohort,
    /// What it is a run of, and whom to ask.
    pub course: Course,
    /// The place.
    pub enrolment: Enrolment,
    /// Its gatherings that stand.
    pub gatherings: Vec<Gathering>,
    /// The place in line, for somebody who waits.
    pub place_in_line: Option<u32>,
    /// Where a place goes on that a coordinator moved.
    pub moved_to: Option<Box<MovedTo>>,
}

/// The place in another cohort in which one goes on that a coordinator moved.
#[derive(Clone, Debug)]
pub struct MovedTo {
    /// The place there.
    pub place: PlaceQuestion,
    /// The page about it; None where its link does not work any more.
    pub url: Option<String>,
}

/// The programme behind a cohort, and who runs it.
#[derive(Clone, Debug)]
pub struct Course {
    /// The programme, as the cohort keeps it.
    pub programme: Programme,
    /// The cohort's coordinators; the mails name them too.
    pub contacts: Vec<Contact>,
}

pub(super) async fn place(ctx: &Ctx, org: OrganisationId, id: EnrolmentId) -> Result<Option<PlaceQuestion>> {
    let Some(enrolment) = enrolments::find(ctx.store(), org, id).await? else { return Ok(None) };
    let moved_to = moved_to(ctx, org, &enrolment).await?;
    Ok(place_of(ctx, org, enrolment).await?.map(|place| PlaceQuestion { moved_to, ..place }))
}

async fn place_of(ctx: &Ctx, org: OrganisationId, enrolment: Enrolment) -> Result<Option<PlaceQuestion>> {
    let store = ctx.store();
    let Some(cohort) = cohorts::find(store, org, enrolment.cohort).await? else { return Ok(None) };
    let mut gatherings = gatherings::of_cohorts(store, org, &[cohort.id]).await?;
    gatherings.retain(|gathering| !gathering.cancelled && gathering.is_for(&enrolment));
    let everyone = match enrolment.state {
        EnrolmentState::Waiting => enrolments::of_cohort(store, org, cohort.id).await?,
        _ => Vec::new(),
    };
    let place_in_line = place_in_line(&everyone, &enrolment);
    let course = course(ctx, org, &cohort).await?;
    Ok(Some(PlaceQuestion { cohort, course, enrolment, gatherings, place_in_line, moved_to: None }))
}

/// Where a place goes on that was moved, with the page that the letter about it leads to.
pub(super) async fn moved_to(
    ctx: &Ctx,
    org: OrganisationId,
    place: &Enrolment,
) -> Result<Option<Box<MovedTo>>> {
    let own = match place.state {
        EnrolmentState::Withdrawn => enrolments::of_person(ctx.store(), org, place.person).await?,
        _ => return Ok(None),
    };
    let Some(to) = place.goes_on_in(&own).cloned() else { return Ok(None) };
    let purpose = if to.state.awaits_an_answer() { LinkPurpose::Invitation } else { LinkPurpose::Manage };
    let about = Some(About::Enrolment { enrolment: to.id });
    let links = links::live_of(ctx.store(), org, &[to.person]).await?;
    let link = links.iter().find(|link| link.purpose == purpose && link.subject == about);
    let url = link
        .filter(|link| link.standing(ctx.now) == LinkStanding::Open)
        .map(|link| address(ctx, LinkKind::Answer, link));
    Ok(place_of(ctx, org, to).await?.map(|place| Box::new(MovedTo { place, url })))
}

pub(crate) async fn course(ctx: &Ctx, org: OrganisationId, cohort: &Cohort) -> Result<Course> {
    let kept = programmes::versions(ctx.store(), org, &[cohort.programme_version]).await?.pop();
    let kept = kept.ok_or_else(|| Error::internal("a cohort's programme is missing"))?;
    let contacts = accounts::find_many(ctx.store(), org, &cohort.coordinators).await?;
    let contacts = contacts.into_iter().map(|a| Contact { name: a.display_name, email: a.email }).collect();
    Ok(Course { programme: serde_json::from_value(kept.definition).map_err(Error::internal)?, contacts })
}
