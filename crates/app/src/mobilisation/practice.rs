//! Tasks to try out between gatherings. That one was done is told and kept; what it was like is nobody else's.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::json;
use varde_model::{
    catalogue::{PracticeTask, Programme, Texts},
    cohort::Cohort,
    enrolment::Enrolment,
    gathering::Gathering,
    ids::{EnrolmentId, GatheringId, OrganisationId},
};
use varde_persistence::{
    Conn, Tx, cohorts, enrolments, gatherings,
    practice::{self, PracticeDone},
    programmes,
};

use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::{Coordinator, Oneself},
    audit::{self, Deed},
    links::Course,
};

/// A task as it stands for one who takes part.
#[derive(Clone, Debug)]
pub struct OwnTask {
    /// The task.
    pub task: PracticeTask,
    /// The gathering that it follows.
    pub gathering: Texts,
    /// The day by which it is to be done.
    pub due_on: NaiveDate,
    /// True once it was told of as done.
    pub done: bool,
}

/// The tasks after the gatherings of one of one's own cohorts that were held.
#[derive(Clone, Debug)]
pub struct MyPractice {
    /// One's place.
    pub enrolment: Enrolment,
    /// The cohort.
    pub cohort: Cohort,
    /// The tasks, in the order of the gatherings.
    pub tasks: Vec<OwnTask>,
}

/// The page on which tasks are told of as done.
#[derive(Clone, Debug)]
pub struct PracticeQuestion {
    /// The cohort.
    pub cohort: Cohort,
    /// What it is a run of, and whom to ask.
    pub course: Course,
    /// The gathering that the tasks follow.
    pub gathering: Gathering,
    /// The tasks.
    pub tasks: Vec<OwnTask>,
    /// False once the place or the gathering does not stand any more, or the cohort is closed.
    pub stands: bool,
}

/// What is left to try out after a gathering.
pub(crate) struct Undone {
    pub(crate) gathering: Gathering,
    pub(crate) tasks: Vec<OwnTask>,
}

/// The tasks after a gathering that somebody has not told of as done.
pub(crate) async fn undone_after(
    conn: &impl Conn,
    org: OrganisationId,
    gathering: GatheringId,
    enrolment: EnrolmentId,
) -> Result<Option<Undone>> {
    let Some(gathering) = gatherings::find(conn, org, gathering).await? else { return Ok(None) };
    let Some(place) = enrolments::find(conn, org, enrolment).await? else { return Ok(None) };
    let Some(cohort) = cohorts::find(conn, org, place.cohort).await? else { return Ok(None) };
    let programme = programme(conn, org, &cohort).await?;
    let mut tasks = tasks_after(conn, org, &programme, &gathering, enrolment).await?;
    tasks.retain(|task| !task.done);
    Ok(Some(Undone { gathering, tasks }))
}

async fn programme(conn: &impl Conn, org: OrganisationId, cohort: &Cohort) -> Result<Programme> {
    let kept = programmes::versions(conn, org, &[cohort.programme_version]).await?.pop();
    let kept = kept.ok_or_else(|| Error::internal("a cohort's programme is missing"))?;
    serde_json::from_value(kept.definition).map_err(Error::internal)
}

async fn tasks_after(
    conn: &impl Conn,
    org: OrganisationId,
    programme: &Programme,
    gathering: &Gathering,
    enrolment: EnrolmentId,
) -> Result<Vec<OwnTask>> {
    let done = practice::of_enrolments(conn, org, &[enrolment]).await?;
    Ok(own_tasks(programme, gathering, &done))
}

fn own_tasks(programme: &Programme, gathering: &Gathering, done: &[PracticeDone]) -> Vec<OwnTask> {
    let own = |task: &PracticeTask| OwnTask {
        task: task.clone(),
        gathering: gathering.title.clone(),
        due_on: task.due_on(gathering.date),
        done: done.iter().any(|done| done.task == task.key),
    };
    programme.practice_after(gathering.position).map(own).collect()
}

/// One's own tasks in all cohorts in which one takes part, after the gatherings that have begun.
///
/// # Errors
/// The database refused.
pub async fn my_practice(ctx: &Ctx, right: &Oneself) -> Result<Vec<MyPractice>> {
    let (store, org) = (ctx.store(), right.org());
    let mut own = enrolments::of_person(store, org, right.person()).await?;
    own.retain(|place| place.state.takes_part());
    let told = crate::enrolments::told_places(store, org, own).await?;
    let ids: Vec<EnrolmentId> = told.iter().map(|place| place.enrolment.id).collect();
    let done = practice::of_enrolments(store, org, &ids).await?;
    let versions: Vec<_> = told.iter().map(|place| place.cohort.programme_version).collect();
    let versions = programmes::versions(store, org, &versions).await?;
    let mut found = Vec::with_capacity(told.len());
    for place in told {
        let version = versions.iter().find(|version| version.id == place.cohort.programme_version);
        let Some(version) = version else { continue };
        let programme: Programme =
            serde_json::from_value(version.definition.clone()).map_err(Error::internal)?;
        let of_it: Vec<PracticeDone> =
            done.iter().filter(|done| done.enrolment == place.enrolment.id).cloned().collect();
        let begun = place.gatherings.iter().filter(|day| day.starts_at <= ctx.now);
        let tasks: Vec<OwnTask> = begun.flat_map(|day| own_tasks(&programme, day, &of_it)).collect();
        if !tasks.is_empty() {
            found.push(MyPractice { enrolment: place.enrolment, cohort: place.cohort, tasks });
        }
    }
    Ok(found)
}

/// Which tasks were told of as done, by place.
///
/// # Errors
/// The database refused.
pub async fn done_of(ctx: &Ctx, right: &Coordinator, ids: &[EnrolmentId]) -> Result<Vec<PracticeDone>> {
    Ok(practice::of_enrolments(ctx.store(), right.org(), ids).await?)
}

/// Tells that one of one's own tasks was done, or takes that back.
///
/// # Errors
/// Refused: no such place or task, one whose gathering has not begun, or the cohort is closed.
pub async fn tell(ctx: &Ctx, right: &Oneself, enrolment: EnrolmentId, task: &str, done: bool) -> Result<()> {
    let tx = ctx.store().write().await?;
    let org = right.org();
    let place = enrolments::find(&tx, org, enrolment).await?;
    let place = place.filter(|place| place.person == right.person() && place.state.takes_part());
    let place = place.ok_or(Refusal::new(Code::NotFound).at("enrolmentId"))?;
    let cohort = cohorts::find(&tx, org, place.cohort).await?;
    let cohort = cohort.ok_or(Refusal::new(Code::NotFound).at("enrolmentId"))?;
    if !cohort.state.is_live() {
        return Err(Refusal::new(Code::PracticeOver).into());
    }
    let programme = programme(&tx, org, &cohort).await?;
    let known = programme.practice.iter().find(|known| known.key == task.trim());
    let known = known.ok_or(Refusal::new(Code::NotFound).at("task"))?;
    let days = gatherings::of_cohorts(&tx, org, &[cohort.id]).await?;
    let begun = |day: &&Gathering| {
        day.position == known.after_gathering
            && day.is_for(&place)
            && !day.cancelled
            && day.starts_at <= ctx.now
    };
    days.iter().find(begun).ok_or(Refusal::new(Code::GatheringNotBegun).at("task"))?;
    write(ctx, &tx, right, enrolment, &[(known.key.as_str(), done)]).await?;
    tx.commit().await?;
    Ok(())
}

async fn write(
    ctx: &Ctx,
    tx: &Tx,
    right: &Oneself,
    enrolment: EnrolmentId,
    told: &[(&str, bool)],
) -> Result<()> {
    for (task, done) in told {
        if *done {
            let row = PracticeDone { enrolment, task: (*task).to_owned(), done_at: ctx.now };
            practice::put(tx, right.org(), ctx.new_id(), &row).await?;
        } else {
            practice::clear(tx, right.org(), enrolment, task).await?;
        }
    }
    let told: Vec<_> = told.iter().map(|(task, done)| json!({ "task": task, "done": done })).collect();
    let deed = Deed::on("enrolment.practice", enrolment);
    audit::record(ctx, tx, right.org(), right.actor(), deed, json!({ "told": told })).await
}

/// The page behind a link.
pub(crate) async fn question(
    ctx: &Ctx,
    org: OrganisationId,
    gathering: GatheringId,
    enrolment: EnrolmentId,
) -> Result<Option<PracticeQuestion>> {
    let store = ctx.store();
    let Some(place) = enrolments::find(store, org, enrolment).await? else { return Ok(None) };
    let Some(gathering) = gatherings::find(store, org, gathering).await? else { return Ok(None) };
    let Some(cohort) = cohorts::find(store, org, place.cohort).await? else { return Ok(None) };
    let course = crate::links::course(ctx, org, &cohort).await?;
    let tasks = tasks_after(store, org, &course.programme, &gathering, enrolment).await?;
    let stands = cohort.state.is_live() && place.state.takes_part() && !gathering.cancelled;
    Ok(Some(PracticeQuestion { cohort, course, gathering, tasks, stands }))
}

/// Takes what was filled in on the page: `done` or `open` for each task.
pub(crate) async fn fill(
    ctx: &Ctx,
    right: &Oneself,
    gathering: GatheringId,
    enrolment: EnrolmentId,
    typed: &BTreeMap<String, String>,
) -> Result<()> {
    let asked = question(ctx, right.org(), gathering, enrolment).await?;
    let asked = asked.filter(|asked| asked.stands).ok_or(Refusal::new(Code::LinkRevoked))?;
    let mut told = Vec::with_capacity(asked.tasks.len());
    for own in &asked.tasks {
        match typed.get(&own.task.key).map(String::as_str) {
            Some("done") => told.push((own.task.key.as_str(), true)),
            Some("open") => told.push((own.task.key.as_str(), false)),
            _ => {}
        }
    }
    if told.is_empty() {
        return Err(Refusal::new(Code::Required).into());
    }
    let tx = ctx.store().write().await?;
    write(ctx, &tx, right, enrolment, &told).await?;
    tx.commit().await?;
    Ok(())
}
