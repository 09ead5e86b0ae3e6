//! Who gets into a cohort: the gate asks the same of everyone, whichever way they come in.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde_json::json;
use varde_app::{
    Code,
    access::Coordinator,
    cohorts, enrolments,
    enrolments::{Change, EnrolLeaders},
    input::ErrorPolicy,
    links::Act,
    proposals,
};
use varde_model::{
    enrolment::{Enrolment, EnrolmentState},
    ids::{CohortId, PersonId},
};
use varde_persistence::{
    Engine, appointments,
    people::{self, PersonFilter},
};
use varde_testkit::harness::{Harness, NOVEMBER};

use crate::both::on_both;

use super::{
    closing::rows,
    p01_onboarding::spring,
    seats::{click, links, places, published},
};

on_both! {
    whoever_has_left_comes_in_by_no_way
}

const CREATE: &str = "mutation ($input: CreateCohortInput!) { createCohort(input: $input) { cohort { id } errors { code message path } } }";

fn wish(cohort: CohortId, numbers: &[String], reason: Option<&str>) -> EnrolLeaders {
    EnrolLeaders {
        cohort,
        employee_numbers: numbers.to_vec(),
        reason: reason.map(str::to_owned),
        error_policy: ErrorPolicy::RejectFailed,
        dry_run: false,
    }
}

async fn number(varde: &Harness, person: PersonId) -> Result<String> {
    let found = people::find(varde.app.store(), varde.org, person).await?;
    Ok(found.context("person")?.employee_number)
}

/// HR's file says that people are employed, or lead, up to a last day.
async fn last_days(varde: &Harness, days: &[(PersonId, usize, &str)]) -> Result<()> {
    let mut file = String::from_utf8(NOVEMBER.to_vec())?;
    for (person, column, day) in days {
        let start = format!("{};", number(varde, *person).await?);
        let line = file.lines().find(|line| line.starts_with(&start)).context("line")?.to_owned();
        let mut cells: Vec<&str> = line.split(';').collect();
        cells[*column] = day;
        file = file.replace(&line, &cells.join(";"));
    }
    varde.import("hr-export.csv", Box::leak(file.into_bytes().into_boxed_slice())).await?;
    Ok(())
}

const EMPLOYED_TO: usize = 16;
const LEADS_TO: usize = 12;

fn codes<T>(outcome: varde_app::Result<T>) -> Vec<Code> {
    outcome.err().map(|e| e.refusals().iter().map(|r| r.code).collect()).unwrap_or_default()
}

/// A refused row of a bulk call leaves nothing behind: asked again, it is refused for the same reason.
async fn refused_rows(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = published(&varde, 5, 1).await?;
    let right = Coordinator::system(varde.org);
    varde.move_to("2027-01-12T12:00:00Z".parse()?).await?;
    let late = wish(cohort, &["11080".to_owned(), "11147".to_owned()], Some("avtalt"));
    for _ in 0..2 {
        let done = enrolments::enrol(&varde.ctx(), &right, &late).await?;
        let found: Vec<Code> = done.refusals.iter().map(|refusal| refusal.code).collect();
        assert_eq!(found, [Code::TooLateToInvite, Code::TooLateToInvite]);
        assert_eq!(places(&varde, cohort).await?.len(), 1);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_row_leaves_nothing_behind_on_sqlite() -> Result<()> {
    refused_rows(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_row_leaves_nothing_behind_on_postgresql() -> Result<()> {
    refused_rows(Engine::Postgres).await
}

async fn whoever_has_left_comes_in_by_no_way(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = published(&varde, 5, 1).await?;
    let right = Coordinator::system(varde.org);
    let place = places(&varde, cohort).await?.remove(0);
    last_days(&varde, &[(place.person, EMPLOYED_TO, "23.11.2026")]).await?;
    // The day after, before the job that takes leavers out.
    varde.clock.set("2026-11-24T08:00:00Z".parse()?);
    for change in [Change::PlacePastTheLine, Change::Reinstate, Change::AcceptFor] {
        let outcome =
            enrolments::change(&varde.ctx(), &right, place.id, &change, Some("avtalt"), None, false).await;
        assert_eq!(codes(outcome), [Code::PersonHasLeft], "{change:?}");
    }
    let all = ErrorPolicy::RejectAll;
    let invited = enrolments::invite(
        &varde.ctx(),
        &right,
        cohort,
        &rows("enrolmentIds", [place.id].into_iter()).collect::<Vec<_>>(),
        all,
        false,
    )
    .await;
    assert_eq!(codes(invited), [Code::PersonHasLeft]);
    Ok(())
}

/// A mistyped number names a nurse; a leader may have a place elsewhere. Both need a reason, and it is kept.
async fn outside(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let right = Coordinator::system(varde.org);
    let hr = varde.coordinator().await?;
    varde.ask(&hr, CREATE, spring()).await?;
    let mut later = spring();
    later["input"]["code"] = json!("NYL-2027-H");
    varde.ask(&hr, CREATE, later).await?;
    let find = async |code: &str| -> Result<CohortId> {
        Ok(cohorts::find_by_code(&varde.ctx(), &right, code).await?.context("cohort")?.id)
    };
    let (first, second) = (find("NYL-2027-V").await?, find("NYL-2027-H").await?);
    let store = varde.app.store();
    let leaders: BTreeSet<PersonId> =
        appointments::all(store, varde.org).await?.into_iter().map(|led| led.person).collect();
    let everyone = people::page(store, varde.org, &PersonFilter::default(), None, 500).await?;
    let nurse = everyone.iter().find(|person| !leaders.contains(&person.id)).context("nurse")?;
    let new = proposals::new_leaders(&varde.ctx(), &right).await?;
    // The latest appointed: new on the first day too.
    let new = number(&varde, new.last().context("new leader")?.person).await?;

    let both = [nurse.employee_number.clone(), new.clone()];
    let done = enrolments::enrol(&varde.ctx(), &right, &wish(first, &both, None)).await?;
    assert_eq!(done.refusals.iter().map(|r| r.code).collect::<Vec<_>>(), [Code::OutsideAudience]);
    assert_eq!(done.enrolments.len(), 1, "the new leader is let in without a word");
    let done = enrolments::enrol(&varde.ctx(), &right, &wish(second, &[new], None)).await?;
    assert_eq!(done.refusals.iter().map(|r| r.code).collect::<Vec<_>>(), [Code::AlreadyInProgramme]);

    let why = "Skal vikariere som leder fra mars";
    let done = enrolments::enrol(&varde.ctx(), &right, &wish(first, &both[..1], Some(why))).await?;
    let let_in = done.enrolments.first().context("place")?;
    assert_eq!(let_in.reason.as_deref(), Some(why));
    cohorts::publish(&varde.ctx(), &right, first, None, false).await?;
    let invited = places(&varde, first).await?.into_iter().find(|place| place.id == let_in.id);
    let invited = invited.context("place")?;
    assert_eq!((invited.state, invited.reason.as_deref()), (EnrolmentState::Invited, Some(why)));
    let trail = varde_persistence::audit::latest(
        store,
        varde.org,
        &varde_persistence::audit::AuditFilter::about(let_in.id),
        None,
        10,
    )
    .await?;
    let entry = trail.iter().find(|entry| entry.action == "enrolment.let_in").context("audit")?;
    assert_eq!(entry.detail["despite"], json!(["OutsideAudience"]));
    assert!(trail.iter().all(|entry| !entry.detail.to_string().contains("vikariere")));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_programme_is_not_meant_for_needs_a_reason_on_sqlite() -> Result<()> {
    outside(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_programme_is_not_meant_for_needs_a_reason_on_postgresql() -> Result<()> {
    outside(Engine::Postgres).await
}

/// Lesson: every skip keeps its reason. One in line has left and one leads no more: the third is offered the seat.
async fn skipped(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = published_to_leaders(&varde).await?;
    for link in links(&varde) {
        click(&varde, &link, Act::Accept).await?;
    }
    varde.run_due().await?;
    varde.new_mails();
    let all = places(&varde, cohort).await?;
    let at = |number: i64| all.iter().find(|place| place.queue_number == Some(number)).context("line");
    let seated = all.iter().find(|place| place.state == EnrolmentState::Enrolled).context("seat")?;
    let (one, two, three) = (at(1)?, at(2)?, at(3)?);
    let ended = "30.11.2026";
    last_days(&varde, &[(one.person, EMPLOYED_TO, ended), (two.person, LEADS_TO, ended)]).await?;
    // The day after, before the job that takes leavers out.
    varde.clock.set("2026-12-01T08:00:00Z".parse()?);
    let right = Coordinator::system(varde.org);
    enrolments::change(&varde.ctx(), &right, seated.id, &Change::Withdraw, None, None, false).await?;

    let now = places(&varde, cohort).await?;
    let find = |place: &Enrolment| now.iter().find(|found| found.id == place.id).context("place");
    let told = |place: &Enrolment| -> Result<(EnrolmentState, Option<String>)> {
        let found = find(place)?;
        Ok((found.state, found.reason.clone()))
    };
    let reason = |text: &str| (EnrolmentState::Withdrawn, Some(text.to_owned()));
    assert_eq!(told(one)?, reason("Sluttet før det ble en ledig plass."));
    assert_eq!(told(two)?, reason("Er ikke lenger leder."));
    assert_eq!(find(three)?.state, EnrolmentState::Offered);
    for (place, why) in [(one, "reason-employment-ended"), (two, "reason-appointment-ended")] {
        let trail = varde_persistence::audit::latest(
            varde.app.store(),
            varde.org,
            &varde_persistence::audit::AuditFilter::about(place.id),
            None,
            5,
        )
        .await?;
        let entry = trail.iter().find(|entry| entry.action == "enrolment.skip").context("audit")?;
        assert_eq!(entry.detail["why"], why);
    }
    Ok(())
}

/// One seat, and four leaders who were invited.
async fn published_to_leaders(varde: &Harness) -> Result<CohortId> {
    let hr = varde.coordinator().await?;
    let right = Coordinator::system(varde.org);
    let mut input = spring();
    input["input"]["capacity"] = json!(1);
    varde.ask(&hr, CREATE, input).await?;
    let cohort = cohorts::find_by_code(&varde.ctx(), &right, "NYL-2027-V").await?.context("cohort")?.id;
    cohorts::publish(&varde.ctx(), &right, cohort, None, false).await?;
    let numbers = ["11080", "11147", "13885", "10015"].map(str::to_owned);
    enrolments::enrol(&varde.ctx(), &right, &wish(cohort, &numbers, Some("avtalt"))).await?;
    varde.run_due().await?;
    Ok(cohort)
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_in_line_in_vain_is_skipped_with_the_reason_on_sqlite() -> Result<()> {
    skipped(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_in_line_in_vain_is_skipped_with_the_reason_on_postgresql() -> Result<()> {
    skipped(Engine::Postgres).await
}
