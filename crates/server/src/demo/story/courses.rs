//! The cohorts that are opened, filled and published.

use anyhow::{Context, Result};
use chrono::{Datelike as _, Days, NaiveDate};
use varde_app::{
    Ctx,
    access::Coordinator,
    catalogue, closed_days,
    cohorts::{self, CohortDraft, GatheringDraft},
    enrolments::{self, EnrolLeaders},
    input::ErrorPolicy,
    people::{by_ids, today},
    proposals,
};
use varde_model::{
    cohort::Cohort,
    ids::{CohortId, PersonId},
};

use super::{Answers, Trust, explain};
use crate::demo::dates::gathering_days;

/// A cohort of the demo.
#[derive(Clone, Copy)]
pub(crate) struct Course {
    /// The programme's key.
    pub(super) programme: &'static str,
    /// The cohort's code. The examples of the library of operations ask for it.
    pub(super) code: &'static str,
    /// Weeks from the first possible day to its first gathering, so that nobody has two courses on a day.
    pub(super) later: u64,
    /// Seats; None is the programme's own number.
    pub(super) capacity: Option<u32>,
    /// New leaders invited beyond the seats, since some always decline.
    pub(super) beyond: usize,
    /// Employee numbers of those who are invited by hand.
    pub(super) by_hand: &'static [&'static str],
    pub(super) answers: Answers,
}

impl Course {
    /// One for which new leaders are proposed, and that nobody has answered.
    pub(super) const fn of(programme: &'static str, code: &'static str) -> Self {
        let answers = Answers { yes: 0, gave_back: 0, no: 0 };
        Self { programme, code, later: 0, capacity: None, beyond: 0, by_hand: &[], answers }
    }
}

/// Opens the trust's cohorts, proposes the new leaders for whom there is room, and publishes.
pub(super) async fn open(ctx: &Ctx, right: &Coordinator, trust: &Trust) -> Result<Vec<(CohortId, Answers)>> {
    let mut opened = Vec::with_capacity(trust.courses.len());
    for course in trust.courses {
        opened.push((draft(ctx, right, trust, course).await?.id, course));
    }
    proposals::propose_new_leaders(ctx, right, false).await.map_err(explain)?;
    for (cohort, course) in &opened {
        invite_beyond(ctx, right, *cohort, course.beyond).await?;
        invite(ctx, right, *cohort, course.by_hand.iter().map(ToString::to_string).collect()).await?;
        Box::pin(cohorts::publish(ctx, right, *cohort, None, false)).await.map_err(explain)?;
    }
    Ok(opened.into_iter().map(|(cohort, course)| (cohort, course.answers)).collect())
}

/// A cohort that nobody knows of yet, with its days.
pub(super) async fn draft(ctx: &Ctx, right: &Coordinator, trust: &Trust, course: &Course) -> Result<Cohort> {
    let programmes = catalogue::programmes(ctx, right).await?;
    let own = programmes.iter().find(|own| own.version.key == course.programme);
    let own = own.with_context(|| format!("no programme {}", course.programme))?;
    let weeks: Vec<u32> = own.programme.gatherings.iter().map(|gathering| gathering.week).collect();
    let calendar = closed_days::calendar(ctx.store(), right.org()).await?;
    let from = today(ctx, right.org()).await? + Days::new(7 * course.later);
    let mut days = gathering_days(from, &weeks, &calendar);
    let first = *days.first().with_context(|| format!("{} has no gatherings", course.programme))?;
    if own.programme.groups.as_ref().is_some_and(|rule| rule.own_gatherings) {
        // Each group meets by itself.
        days.clear();
    }
    let draft = CohortDraft {
        programme: course.programme.to_owned(),
        code: course.code.to_owned(),
        title: Some(season(first)),
        capacity: course.capacity,
        place: Some(trust.place.to_owned()),
        gatherings: days
            .into_iter()
            .map(|date| GatheringDraft {
                date,
                room: Some(trust.room.to_owned()),
                ..GatheringDraft::default()
            })
            .collect(),
        ..CohortDraft::default()
    };
    Ok(cohorts::create(ctx, right, &draft).await.map_err(explain)?.cohort)
}

/// Adds new leaders for whom the cohort has no room: the first to say yes get the seats.
async fn invite_beyond(ctx: &Ctx, right: &Coordinator, cohort: CohortId, leaders: usize) -> Result<()> {
    if leaders == 0 {
        return Ok(());
    }
    let waiting: Vec<PersonId> =
        proposals::new_leaders(ctx, right).await?.iter().map(|leader| leader.person).take(leaders).collect();
    let people = by_ids(ctx, right, &waiting).await?;
    invite(ctx, right, cohort, people.into_iter().map(|person| person.employee_number).collect()).await
}

async fn invite(
    ctx: &Ctx,
    right: &Coordinator,
    cohort: CohortId,
    employee_numbers: Vec<String>,
) -> Result<()> {
    if employee_numbers.is_empty() {
        return Ok(());
    }
    let input = EnrolLeaders {
        cohort,
        employee_numbers,
        reason: None,
        error_policy: ErrorPolicy::RejectAll,
        dry_run: false,
    };
    enrolments::enrol(ctx, right, &input).await.map_err(explain)?;
    Ok(())
}

/// What people call a cohort that begins then.
fn season(begins: NaiveDate) -> String {
    let season = if begins.month() < 7 { "våren" } else { "høsten" };
    format!("Kull {season} {}", begins.year())
}
