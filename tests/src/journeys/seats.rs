//! Seats and line: the lessons that other systems paid for.

use std::sync::Arc;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_app::{
    Code,
    access::Coordinator,
    cohorts, enrolments,
    enrolments::{Change, EnrolLeaders},
    input::ErrorPolicy,
    links::{Act, act},
};
use varde_auth::LinkKind;
use varde_model::{
    enrolment::{Enrolment, EnrolmentState},
    ids::CohortId,
};
use varde_persistence::{Engine, people::PersonFilter};
use varde_testkit::harness::Harness;

use crate::both::on_both;

use super::p01_onboarding::spring;

on_both! {
    no_offer_goes_out_after_the_cut_off
    the_line_is_in_the_order_in_which_they_said_yes
    a_freed_seat_goes_down_the_line_by_decline_and_by_expiry_and_never_to_a_newcomer
    whoever_accepted_and_withdrew_is_not_offered_a_freed_seat_again
    withdrawing_twice_frees_one_seat
    a_seat_past_the_line_needs_a_reason_and_is_audited
    a_link_answers_once_and_the_same_answer_twice_is_no_error
    raising_the_capacity_offers_seats_to_those_in_line
    fewer_seats_than_are_taken_is_warned_of_and_nobody_loses_one
}

const CREATE: &str = "mutation ($input: CreateCohortInput!) { createCohort(input: $input) { cohort { id } errors { code message path } } }";

const IN_LINE: &str =
    "{ cohort(code: \"NYL-2027-V\") { enrolments(first: 100) { nodes { since placeInLine } } } }";

/// A published cohort with so many seats, and so many leaders invited to it.
pub(super) async fn published(varde: &Harness, seats: u32, invited: usize) -> Result<CohortId> {
    let hr = varde.coordinator().await?;
    let mut input = spring();
    input["input"]["capacity"] = json!(seats);
    varde.ask(&hr, CREATE, input).await?;
    let right = Coordinator::system(varde.org);
    let ctx = varde.ctx();
    let cohort = cohorts::find_by_code(&ctx, &right, "NYL-2027-V").await?.context("cohort")?.id;
    cohorts::publish(&ctx, &right, cohort, None, false).await?;
    let anybody = PersonFilter::default();
    let people =
        varde_persistence::people::page(ctx.store(), varde.org, &anybody, None, invited as u64).await?;
    let input = EnrolLeaders {
        cohort,
        employee_numbers: people.into_iter().map(|person| person.employee_number).collect(),
        reason: Some("avtalt".to_owned()),
        error_policy: ErrorPolicy::RejectAll,
        dry_run: false,
    };
    assert_eq!(enrolments::enrol(&ctx, &right, &input).await?.enrolments.len(), invited);
    varde.run_due().await?;
    Ok(cohort)
}

pub(super) async fn places(varde: &Harness, cohort: CohortId) -> Result<Vec<Enrolment>> {
    Ok(enrolments::of_cohort(&varde.ctx(), &Coordinator::system(varde.org), cohort).await?)
}

fn count(places: &[Enrolment], state: EnrolmentState) -> usize {
    places.iter().filter(|place| place.state == state).count()
}

/// Lesson: more registrations than seats in a race. Occupancy is counted from rows under the cohort's lock.
async fn fifty_at_once(engine: Engine) -> Result<()> {
    let varde = Arc::new(Harness::fjordheim(engine).await?);
    let cohort = published(&varde, 10, 50).await?;
    let links: Vec<String> =
        varde.new_mails().iter().filter_map(varde_testkit::harness::Mail::link).collect();
    assert_eq!(links.len(), 50);
    let mut clicks = tokio::task::JoinSet::new();
    for link in links {
        let varde = varde.clone();
        clicks.spawn(async move {
            varde.http.submit(&link, &[("act", "accept")]).await.map(|page| page.status())
        });
    }
    while let Some(click) = clicks.join_next().await {
        assert_eq!(click??, 303);
    }
    let places = places(&varde, cohort).await?;
    assert_eq!(count(&places, EnrolmentState::Enrolled), 10);
    let numbers: Vec<i64> = in_line(&places).iter().filter_map(|place| place.queue_number).collect();
    assert_eq!(numbers, (1..=40).collect::<Vec<_>>());
    let told = varde.ask(&varde.coordinator().await?, IN_LINE, json!({})).await?;
    let told = told["cohort"]["enrolments"]["nodes"].as_array().context("nodes")?;
    let mut told: Vec<i64> = told.iter().filter_map(|place| place["placeInLine"].as_i64()).collect();
    told.sort_unstable();
    assert_eq!(told, numbers);
    Ok(())
}

/// Those in line, first come first.
fn in_line(places: &[Enrolment]) -> Vec<&Enrolment> {
    let mut line: Vec<&Enrolment> = places.iter().filter(|place| place.queue_number.is_some()).collect();
    line.sort_by_key(|place| place.queue_number);
    line
}

async fn the_line_is_in_the_order_in_which_they_said_yes(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = published(&varde, 1, 8).await?;
    // Not in the order in which they were invited.
    let links = links(&varde);
    let mut said = Vec::new();
    for index in [3, 0, 6, 1, 7, 2, 5, 4] {
        click(&varde, &links[index], Act::Accept).await?;
        said.push(varde.ctx().now);
        varde.clock.set(varde.ctx().now + chrono::TimeDelta::seconds(1));
    }
    let places = places(&varde, cohort).await?;
    let line: Vec<_> = in_line(&places).iter().map(|place| place.since).collect();
    assert_eq!(line, said[1..]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_people_accept_the_last_ten_seats_at_once_on_sqlite() -> Result<()> {
    fifty_at_once(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_people_accept_the_last_ten_seats_at_once_on_postgresql() -> Result<()> {
    fifty_at_once(Engine::Postgres).await
}

/// Answers through the mail's link, as its page does.
pub(super) async fn click(varde: &Harness, link: &str, what: Act) -> varde_app::Result<()> {
    let token = link.trim_start_matches("/answer/");
    act(&varde.ctx(), LinkKind::Answer, token, &what).await.map(|_| ())
}

pub(super) fn links(varde: &Harness) -> Vec<String> {
    varde.new_mails().iter().filter_map(varde_testkit::harness::Mail::link).collect()
}

async fn a_freed_seat_goes_down_the_line_by_decline_and_by_expiry_and_never_to_a_newcomer(
    engine: Engine,
) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = published(&varde, 1, 5).await?;
    let invitations = links(&varde);
    for link in &invitations[..4] {
        click(&varde, link, Act::Accept).await?;
    }
    varde.run_due().await?;
    varde.new_mails();
    let seated = places(&varde, cohort)
        .await?
        .into_iter()
        .find(|p| p.state == EnrolmentState::Enrolled)
        .context("seat")?;

    // The seat is freed: held for the first in line; a newcomer who says yes at that moment gets in line.
    let right = Coordinator::system(varde.org);
    enrolments::change(&varde.ctx(), &right, seated.id, &Change::Withdraw, Some("ny jobb"), None, false)
        .await?;
    let offered = |places: &[Enrolment]| {
        places.iter().find(|p| p.state == EnrolmentState::Offered).map(|p| p.queue_number)
    };
    assert_eq!(offered(&places(&varde, cohort).await?), Some(Some(1)));
    click(&varde, &invitations[4], Act::Accept).await?;
    let now = places(&varde, cohort).await?;
    assert_eq!(count(&now, EnrolmentState::Waiting), 3);
    assert_eq!(count(&now, EnrolmentState::Enrolled), 0);

    // The first declines: the second is offered it.
    varde.run_due().await?;
    let offer = varde.new_mails().into_iter().find(|mail| {
        mail.text.contains("/answer/") && mail.calendar.is_none() && mail.subject.contains("Ledig")
    });
    let offer = offer.and_then(|mail| mail.link()).context("the offer's mail")?;
    click(&varde, &offer, Act::Decline(None)).await?;
    assert_eq!(offered(&places(&varde, cohort).await?), Some(Some(2)));

    // The second is silent until the hold runs out: the third is offered it, and the second can be reinstated.
    let held = places(&varde, cohort)
        .await?
        .into_iter()
        .find(|p| p.state == EnrolmentState::Offered)
        .context("offer")?;
    varde.move_to(held.answer_by.context("hold")?).await?;
    let now = places(&varde, cohort).await?;
    assert_eq!(offered(&now), Some(Some(3)));
    assert_eq!(now.iter().find(|p| p.id == held.id).map(|p| p.state), Some(EnrolmentState::Lapsed));
    enrolments::change(&varde.ctx(), &right, held.id, &Change::Reinstate, None, None, false).await?;
    let back = places(&varde, cohort).await?.into_iter().find(|p| p.id == held.id).context("place")?;
    assert_eq!(
        (back.state, back.queue_number),
        (EnrolmentState::Waiting, Some(2)),
        "at the place held before"
    );
    Ok(())
}

/// A seat that is freed at a moment, in a cohort with a cut-off of 48 hours: how many are offered it.
async fn offered_when_freed_at(engine: Engine, moment: &str) -> Result<usize> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = published(&varde, 1, 2).await?;
    let right = Coordinator::system(varde.org);
    let edit = cohorts::CohortEdit { cutoff_hours: Some(48), ..cohorts::CohortEdit::default() };
    cohorts::edit(&varde.ctx(), &right, cohort, &edit).await?;
    for link in links(&varde) {
        click(&varde, &link, Act::Accept).await?;
    }
    varde.move_to(moment.parse()?).await?;
    let seated = places(&varde, cohort)
        .await?
        .into_iter()
        .find(|p| p.state == EnrolmentState::Enrolled)
        .context("seat")?;
    enrolments::change(&varde.ctx(), &right, seated.id, &Change::Withdraw, None, None, false).await?;
    let now = places(&varde, cohort).await?;
    assert_eq!(count(&now, EnrolmentState::Offered) + count(&now, EnrolmentState::Waiting), 1);
    Ok(count(&now, EnrolmentState::Offered))
}

/// The first day begins on 13 January at 9 in Oslo, 8 in universal time.
async fn no_offer_goes_out_after_the_cut_off(engine: Engine) -> Result<()> {
    assert_eq!(offered_when_freed_at(engine, "2027-01-11T07:00:00Z").await?, 1, "49 hours before");
    assert_eq!(offered_when_freed_at(engine, "2027-01-11T09:00:00Z").await?, 0, "47 hours before");
    assert_eq!(offered_when_freed_at(engine, "2027-01-13T09:00:00Z").await?, 0, "the first day has begun");
    Ok(())
}

/// Lesson: accepting, withdrawing, and being offered again must not happen.
async fn whoever_accepted_and_withdrew_is_not_offered_a_freed_seat_again(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = published(&varde, 1, 3).await?;
    for link in links(&varde) {
        click(&varde, &link, Act::Accept).await?;
    }
    let right = Coordinator::system(varde.org);
    let with = async |state| -> Result<Vec<Enrolment>> {
        let mut found = places(&varde, cohort).await?;
        found.retain(|place| place.state == state);
        Ok(found)
    };
    // The first in line is offered the freed seat, takes it, and gives it back.
    let seated = with(EnrolmentState::Enrolled).await?.remove(0);
    enrolments::change(&varde.ctx(), &right, seated.id, &Change::Withdraw, None, None, false).await?;
    let first = with(EnrolmentState::Offered).await?.remove(0);
    assert_eq!(first.queue_number, Some(1));
    enrolments::change(&varde.ctx(), &right, first.id, &Change::AcceptFor, None, None, false).await?;
    enrolments::change(&varde.ctx(), &right, first.id, &Change::Withdraw, None, None, false).await?;
    // The seat goes on to the second; when that one declines as well, nobody is left to be offered it.
    let second = with(EnrolmentState::Offered).await?.remove(0);
    assert_eq!(second.queue_number, Some(2));
    varde.run_due().await?;
    varde.new_mails();
    enrolments::change(&varde.ctx(), &right, second.id, &Change::DeclineFor, None, None, false).await?;
    varde.run_due().await?;
    assert_eq!(with(EnrolmentState::Offered).await?.len(), 0);
    assert_eq!(with(EnrolmentState::Withdrawn).await?.len(), 2);
    assert!(varde.new_mails().iter().all(|mail| !mail.subject.contains("Ledig")));
    Ok(())
}

async fn withdrawing_twice_frees_one_seat(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = published(&varde, 1, 3).await?;
    for link in links(&varde) {
        click(&varde, &link, Act::Accept).await?;
    }
    let seated = places(&varde, cohort)
        .await?
        .into_iter()
        .find(|p| p.state == EnrolmentState::Enrolled)
        .context("seat")?;
    let right = Coordinator::system(varde.org);
    for _ in 0..2 {
        enrolments::change(&varde.ctx(), &right, seated.id, &Change::Withdraw, None, None, false).await?;
    }
    let now = places(&varde, cohort).await?;
    assert_eq!((count(&now, EnrolmentState::Offered), count(&now, EnrolmentState::Waiting)), (1, 1));
    Ok(())
}

async fn a_seat_past_the_line_needs_a_reason_and_is_audited(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = published(&varde, 1, 3).await?;
    for link in links(&varde) {
        click(&varde, &link, Act::Accept).await?;
    }
    let last =
        places(&varde, cohort).await?.into_iter().max_by_key(|place| place.queue_number).context("line")?;
    let right = Coordinator::system(varde.org);
    let past = Change::PlacePastTheLine;
    let refused = enrolments::change(&varde.ctx(), &right, last.id, &past, Some(" "), None, false).await;
    assert_eq!(refused.unwrap_err().refusals()[0].code, Code::ReasonRequired);
    let why = Some("starter som konstituert leder samme dag");
    let (placed, _) = enrolments::change(&varde.ctx(), &right, last.id, &past, why, None, false).await?;
    assert_eq!((placed.state, placed.overridden), (EnrolmentState::Enrolled, true));
    let trail = varde_persistence::audit::latest(
        varde.app.store(),
        varde.org,
        &varde_persistence::audit::AuditFilter::about(last.id),
        None,
        1,
    )
    .await?;
    assert_eq!(trail[0].detail["event"], "Override");
    assert_eq!(trail[0].detail["reason_given"], Value::Bool(true));
    Ok(())
}

async fn a_link_answers_once_and_the_same_answer_twice_is_no_error(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = published(&varde, 5, 1).await?;
    let link = links(&varde).pop().context("invitation")?;
    click(&varde, &link, Act::Accept).await?;
    click(&varde, &link, Act::Accept).await?;
    let other = click(&varde, &link, Act::Decline(None)).await.unwrap_err();
    assert_eq!(other.refusals()[0].code, Code::LinkUsed);
    assert_eq!(count(&places(&varde, cohort).await?, EnrolmentState::Enrolled), 1);
    Ok(())
}

async fn raising_the_capacity_offers_seats_to_those_in_line(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = published(&varde, 1, 3).await?;
    for link in links(&varde) {
        click(&varde, &link, Act::Accept).await?;
    }
    let right = Coordinator::system(varde.org);
    let edit = cohorts::CohortEdit { capacity: Some(2), ..cohorts::CohortEdit::default() };
    cohorts::edit(&varde.ctx(), &right, cohort, &edit).await?;
    let now = places(&varde, cohort).await?;
    assert_eq!((count(&now, EnrolmentState::Offered), count(&now, EnrolmentState::Waiting)), (1, 1));
    Ok(())
}

async fn fewer_seats_than_are_taken_is_warned_of_and_nobody_loses_one(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = published(&varde, 5, 3).await?;
    for link in links(&varde) {
        click(&varde, &link, Act::Accept).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    }
    let hr = varde.coordinator().await?;
    let edit =
        "mutation ($seats: Int!) { editCohort(input: { cohortCode: \"NYL-2027-V\", capacity: $seats }) {
        warnings { code message path } errors { code message } } }";
    let lowered = varde.ask(&hr, edit, json!({ "seats": 3 })).await?;
    assert_eq!(lowered["editCohort"]["warnings"], json!([]), "as many as are taken");
    let lowered = varde.ask(&hr, edit, json!({ "seats": 2 })).await?;
    let warning = &lowered["editCohort"]["warnings"][0];
    assert_eq!((&warning["code"], &warning["path"]), (&json!("SEATS_TAKEN"), &json!(["capacity"])));
    assert!(warning["message"].as_str().context("message")?.contains('3'), "{warning}");
    assert_eq!(count(&places(&varde, cohort).await?, EnrolmentState::Enrolled), 3);
    Ok(())
}
