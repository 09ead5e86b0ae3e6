//! The end of a cohort: who is told what, who comes back for the next one, and what can be put right afterwards.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_app::{
    Code,
    access::Coordinator,
    attendance::{self, RecordAttendance, Recorded},
    cohorts::{self, CompleteCohort},
    enrolments::{self, Change, PlaceName, PlaceRow},
    input::ErrorPolicy,
    proposals,
};
use varde_model::{
    enrolment::{Enrolment, EnrolmentState},
    gathering::{Gathering, Presence},
    ids::{CohortId, EnrolmentId, GatheringId, PersonId},
};
use varde_persistence::Engine;
use varde_testkit::harness::{DECEMBER, Harness};

use crate::both::on_both;

use super::p01_onboarding::spring;

on_both! {
    whoever_was_proposed_and_never_asked_comes_back_untold
    a_cohort_is_not_closed_before_its_last_gathering_is_over
    a_cohort_of_one_day_is_completed_by_being_there
    days_that_were_called_off_are_not_asked_for_and_a_cohort_without_any_is_not_completed
    the_coordinator_is_reminded_of_missing_attendance_also_after_somebody_left
    attendance_at_the_wrong_gathering_is_taken_back
    a_coordinator_writes_down_who_comes_in_her_own_name
}

const CREATE: &str = "mutation ($input: CreateCohortInput!) { createCohort(input: $input) { cohort { id } errors { code message path } } }";

/// When all four gatherings of the spring are over.
pub(super) const AFTER: &str = "2027-04-08T12:00:00Z";

pub(super) fn right(varde: &Harness) -> Coordinator {
    Coordinator::system(varde.org)
}

/// A cohort with so many seats, opened from an input of GraphQL.
pub(super) async fn open(varde: &Harness, mut input: Value, seats: u32) -> Result<CohortId> {
    let hr = varde.coordinator().await?;
    input["input"]["capacity"] = json!(seats);
    let code = input["input"]["code"].as_str().context("code")?.to_owned();
    varde.ask(&hr, CREATE, input).await?;
    Ok(cohorts::find_by_code(&varde.ctx(), &right(varde), &code).await?.context("cohort")?.id)
}

pub(super) async fn places(varde: &Harness, cohort: CohortId) -> Result<Vec<Enrolment>> {
    Ok(enrolments::of_cohort(&varde.ctx(), &right(varde), cohort).await?)
}

pub(super) async fn change(varde: &Harness, place: &Enrolment, what: Change) -> Result<EnrolmentState> {
    let ctx = varde.ctx();
    let (after, _) = enrolments::change(&ctx, &right(varde), place.id, &what, None, None, false).await?;
    Ok(after.state)
}

/// The spring with so many seats, in which the first so many of the new leaders have said yes.
pub(super) async fn running(varde: &Harness, input: Value, seats: u32, yes: usize) -> Result<CohortId> {
    varde.import("hr-export-2026-12.csv", DECEMBER).await?;
    let cohort = open(varde, input, seats.max(6)).await?;
    proposals::propose_new_leaders(&varde.ctx(), &right(varde), false).await?;
    let edit = cohorts::CohortEdit { capacity: Some(seats), ..cohorts::CohortEdit::default() };
    cohorts::edit(&varde.ctx(), &right(varde), cohort, &edit).await?;
    cohorts::publish(&varde.ctx(), &right(varde), cohort, None, false).await?;
    for place in places(varde, cohort).await?.iter().take(yes) {
        change(varde, place, Change::AcceptFor).await?;
    }
    varde.run_due().await?;
    varde.new_mails();
    Ok(cohort)
}

pub(super) async fn days(varde: &Harness, cohort: CohortId) -> Result<Vec<Gathering>> {
    Ok(cohorts::gatherings_of(&varde.ctx(), &right(varde), &[cohort]).await?)
}

pub(super) async fn close(varde: &Harness, cohort: CohortId) -> varde_app::Result<cohorts::Changed> {
    let how = CompleteCohort { missing_as_absent: true, version: None, dry_run: false };
    cohorts::complete(&varde.ctx(), &right(varde), cohort, how).await
}

async fn those_in_line_come_back(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = running(&varde, spring(), 1, 3).await?;
    let before = places(&varde, cohort).await?;
    let of = |state| before.iter().filter(move |place| place.state == state);
    let waiting: Vec<PersonId> = of(EnrolmentState::Waiting).map(|place| place.person).collect();
    assert_eq!(waiting.len(), 2);
    varde.move_to(AFTER.parse()?).await?;
    varde.new_mails();
    close(&varde, cohort).await?;
    varde.run_due().await?;

    let after = places(&varde, cohort).await?;
    let missed: Vec<PersonId> =
        after.iter().filter(|p| p.state == EnrolmentState::Cancelled).map(|p| p.person).collect();
    assert_eq!(missed, waiting, "the silent ones lapsed, those in line missed out");
    let told = varde.new_mails();
    let told: Vec<_> = told.iter().filter(|mail| mail.subject.starts_with("Vente")).collect();
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told[0].text.contains("ble dessverre ikke ledig plass") || told[0].text.contains("vart diverre"));

    let new = proposals::new_leaders(&varde.ctx(), &right(&varde)).await?;
    let back: Vec<PersonId> =
        new.iter().map(|leader| leader.person).filter(|person| waiting.contains(person)).collect();
    // One of them has no leading role any more when the spring is over.
    let today = AFTER[..10].parse()?;
    let still = varde_persistence::appointments::on(varde.app.store(), varde.org, today).await?;
    let owed = waiting.iter().filter(|person| still.iter().any(|leads| leads.person == **person));
    assert_eq!(back.len(), owed.count());
    assert!(!back.is_empty());
    let mut autumn = spring();
    autumn["input"]["code"] = json!("NYL-2027-H");
    autumn["input"]["gatherings"] = json!([{ "date": "2027-09-01" }]);
    let next = open(&varde, autumn, 1).await?;
    proposals::propose_new_leaders(&varde.ctx(), &right(&varde), false).await?;
    let proposed: Vec<PersonId> = places(&varde, next).await?.iter().map(|place| place.person).collect();
    assert_eq!(proposed, [new[0].person], "the earliest appointment first");
    assert!(waiting.contains(&proposed[0]));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn those_in_line_when_a_cohort_closes_are_told_and_come_first_in_the_next_on_sqlite() -> Result<()> {
    those_in_line_come_back(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn those_in_line_when_a_cohort_closes_are_told_and_come_first_in_the_next_on_postgresql() -> Result<()>
{
    those_in_line_come_back(Engine::Postgres).await
}

async fn whoever_was_proposed_and_never_asked_comes_back_untold(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = running(&varde, spring(), 6, 1).await?;
    // Somebody who still leads when the spring is over.
    let still =
        varde_persistence::appointments::on(varde.app.store(), varde.org, AFTER[..10].parse()?).await?;
    let mut all = places(&varde, cohort).await?.into_iter();
    let last = all.rfind(|place| still.iter().any(|leads| leads.person == place.person)).context("place")?;
    change(&varde, &last, Change::Withdraw).await?;
    // A proposal in a cohort whose invitations are out: the import made it, and nobody sent the invitation.
    let tx = varde.app.store().write().await?;
    let unasked = Enrolment { state: EnrolmentState::Proposed, version: last.version + 1, ..last };
    varde_persistence::enrolments::update(&tx, varde.org, &unasked).await?;
    tx.commit().await?;
    varde.run_due().await?;
    varde.move_to(AFTER.parse()?).await?;
    varde.new_mails();
    close(&varde, cohort).await?;
    varde.run_due().await?;
    let email =
        varde_app::contacts::people(&varde.ctx(), &right(&varde), &[unasked.person]).await?.remove(0).email;
    assert!(varde.new_mails().iter().all(|mail| mail.to != email));
    let new = proposals::new_leaders(&varde.ctx(), &right(&varde)).await?;
    assert!(new.iter().any(|leader| leader.person == unasked.person));
    Ok(())
}

/// Rows of a call that name places by their ids.
pub(super) fn rows(
    field: &'static str,
    places: impl Iterator<Item = EnrolmentId>,
) -> impl Iterator<Item = PlaceRow> {
    places.enumerate().map(move |(index, id)| PlaceRow {
        field,
        index,
        key: None,
        name: Ok(PlaceName::Id(id)),
    })
}

/// Records that somebody was at a gathering, or takes the record back.
pub(super) async fn record(
    varde: &Harness,
    gathering: GatheringId,
    records: &[(EnrolmentId, Presence)],
    clear: &[EnrolmentId],
) -> varde_app::Result<Recorded> {
    let input = RecordAttendance {
        gathering,
        everyone_else: None,
        records: rows("records", records.iter().map(|(place, _)| *place))
            .zip(records.iter().map(|(_, presence)| *presence))
            .collect(),
        clear: rows("clear", clear.iter().copied()).collect(),
        error_policy: ErrorPolicy::RejectAll,
        dry_run: false,
    };
    attendance::record(&varde.ctx(), &right(varde), &input).await
}

async fn state(varde: &Harness, place: EnrolmentId) -> Result<EnrolmentState> {
    Ok(enrolments::find(&varde.ctx(), &right(varde), place).await?.context("place")?.state)
}

const CORRECT: &str = "mutation ($input: RecordAttendanceInput!) { recordAttendance(input: $input) {
    records { presence } mails { letter } errors { code message path } } }";

async fn a_closed_cohort_is_put_right(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = running(&varde, spring(), 6, 2).await?;
    let place = places(&varde, cohort).await?.remove(0).id;
    let days = days(&varde, cohort).await?;
    varde.move_to(AFTER.parse()?).await?;
    close(&varde, cohort).await?;
    varde.run_due().await?;
    varde.new_mails();
    for day in &days[..2] {
        assert_eq!(record(&varde, day.id, &[(place, Presence::Present)], &[]).await?.mails.len(), 0);
    }
    assert_eq!(state(&varde, place).await?, EnrolmentState::NotCompleted);

    // The third makes the difference: a dry run lists the letter, and the call sent twice sends it once.
    let hr = varde.coordinator().await?;
    let id = |kind: &str, id| varde_gateway::relay::encode(kind, id).to_string();
    let mut input = json!({ "input": { "gatheringId": id("Gathering", days[2].id.0), "dryRun": true,
        "records": [{ "enrolmentId": id("Enrolment", place.0), "presence": "PRESENT" }] } });
    let dry = varde.ask(&hr, CORRECT, input.clone()).await?;
    assert_eq!(dry["recordAttendance"]["mails"], json!([{ "letter": "cohort_completed" }]));
    assert_eq!(state(&varde, place).await?, EnrolmentState::NotCompleted);
    input["input"]["dryRun"] = json!(false);
    input["input"]["idempotencyKey"] = json!("put right");
    for _ in 0..2 {
        let done = varde.ask(&hr, CORRECT, input.clone()).await?;
        assert_eq!(done["recordAttendance"]["records"], json!([{ "presence": "PRESENT" }]));
    }
    assert_eq!(state(&varde, place).await?, EnrolmentState::Completed);
    varde.run_due().await?;
    assert_eq!(varde.new_mails().len(), 1);

    // Taken back, the result is taken back.
    record(&varde, days[2].id, &[], &[place]).await?;
    assert_eq!(state(&varde, place).await?, EnrolmentState::NotCompleted);
    varde.run_due().await?;
    assert_eq!(varde.new_mails().len(), 1);

    // Corrected twice before the mail goes: only the result that stands is told.
    record(&varde, days[2].id, &[(place, Presence::Present)], &[]).await?;
    record(&varde, days[2].id, &[], &[place]).await?;
    varde.run_due().await?;
    assert_eq!(varde.new_mails().len(), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn attendance_put_right_after_closing_changes_the_result_and_tells_it_on_sqlite() -> Result<()> {
    a_closed_cohort_is_put_right(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn attendance_put_right_after_closing_changes_the_result_and_tells_it_on_postgresql() -> Result<()> {
    a_closed_cohort_is_put_right(Engine::Postgres).await
}

async fn a_cohort_is_not_closed_before_its_last_gathering_is_over(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = running(&varde, spring(), 6, 1).await?;
    let last = days(&varde, cohort).await?.remove(3);
    varde.move_to(last.starts_at + chrono::Duration::hours(1)).await?;
    assert_eq!(close(&varde, cohort).await.unwrap_err().refusals()[0].code, Code::GatheringsToCome);
    varde.move_to(last.ends_at).await?;
    close(&varde, cohort).await?;
    Ok(())
}

async fn a_cohort_of_one_day_is_completed_by_being_there(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let mut input = spring();
    input["input"]["gatherings"] = json!([{ "date": "2027-01-13" }]);
    let cohort = running(&varde, input, 6, 2).await?;
    let (there, away) = (places(&varde, cohort).await?[0].id, places(&varde, cohort).await?[1].id);
    let day = days(&varde, cohort).await?.remove(0).id;
    varde.move_to(AFTER.parse()?).await?;
    let hr = varde.coordinator().await?;
    let rule = "{ cohort(code: \"NYL-2027-V\") { gatheringsAskedFor } programme(key: \"onboarding\") { completion { attendAtLeast partlyCounts excusedAtMost } } }";
    let rule = varde.ask(&hr, rule, json!({})).await?;
    assert_eq!(rule["cohort"]["gatheringsAskedFor"], 1);
    let onboarding = json!({ "attendAtLeast": 3, "partlyCounts": "HALF", "excusedAtMost": 1 });
    assert_eq!(rule["programme"]["completion"], onboarding);
    record(&varde, day, &[(there, Presence::Present), (away, Presence::Excused)], &[]).await?;
    close(&varde, cohort).await?;
    assert_eq!(state(&varde, there).await?, EnrolmentState::Completed);
    assert_eq!(state(&varde, away).await?, EnrolmentState::NotCompleted);
    Ok(())
}

async fn days_that_were_called_off_are_not_asked_for_and_a_cohort_without_any_is_not_completed(
    engine: Engine,
) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = running(&varde, spring(), 6, 1).await?;
    let place = places(&varde, cohort).await?.remove(0).id;
    let days = days(&varde, cohort).await?;
    let off = async |day: &Gathering| {
        cohorts::cancel_gathering(&varde.ctx(), &right(&varde), day.id, Some("sykdom"), None, false).await
    };
    off(&days[2]).await?;
    off(&days[3]).await?;
    // All but one are held by a cohort that can be completed; without any there is nothing to complete.
    off(&days[1]).await?;
    let nothing = open(&varde, json!({ "input": { "programme": "onboarding", "code": "TOM", "gatherings": [{ "date": "2027-01-13" }] } }), 2).await?;
    cohorts::publish(&varde.ctx(), &right(&varde), nothing, None, false).await?;
    let only = self::days(&varde, nothing).await?.remove(0);
    off(&only).await?;
    assert_eq!(close(&varde, nothing).await.unwrap_err().refusals()[0].code, Code::NothingHeld);
    varde.move_to(AFTER.parse()?).await?;
    record(&varde, days[0].id, &[(place, Presence::Present)], &[]).await?;
    close(&varde, cohort).await?;
    assert_eq!(state(&varde, place).await?, EnrolmentState::Completed);
    Ok(())
}

/// Records of people who have left must not stand in for those that are missing.
async fn the_coordinator_is_reminded_of_missing_attendance_also_after_somebody_left(
    engine: Engine,
) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = running(&varde, spring(), 6, 2).await?;
    let leaving = places(&varde, cohort).await?.remove(0);
    let days = days(&varde, cohort).await?;
    varde.move_to(days[3].ends_at).await?;
    for day in &days {
        record(&varde, day.id, &[(leaving.id, Presence::Present)], &[]).await?;
    }
    change(&varde, &leaving, Change::Withdraw).await?;
    varde.new_mails();
    varde.move_to("2027-04-12T12:00:00Z".parse()?).await?;
    let to_hr = varde.new_mails().into_iter().filter(|mail| mail.to == "coordinator@fjordheim.example");
    let reminders = to_hr.filter(|mail| mail.subject.contains("Oppmøte mangler"));
    assert_eq!(reminders.count(), 1);
    Ok(())
}

async fn attendance_at_the_wrong_gathering_is_taken_back(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = running(&varde, spring(), 6, 2).await?;
    let (one, other) = (places(&varde, cohort).await?[0].id, places(&varde, cohort).await?[1].id);
    let days = days(&varde, cohort).await?;
    varde.move_to(days[1].starts_at).await?;
    let ahead = record(&varde, days[2].id, &[(one, Presence::Present)], &[]).await.unwrap_err();
    assert_eq!(ahead.refusals()[0].code, Code::GatheringNotBegun);
    record(&varde, days[0].id, &[(one, Presence::Present), (other, Presence::Present)], &[]).await?;
    let both = record(&varde, days[0].id, &[(one, Presence::Absent)], &[other, one]).await.unwrap_err();
    assert_eq!((both.refusals()[0].code, both.refusals()[0].path.len()), (Code::NamedTwice, 2));
    record(&varde, days[0].id, &[], &[one, other]).await?;
    assert_eq!(enrolments::attendance_of(&varde.ctx(), &right(&varde), &[days[0].id]).await?.len(), 0);
    let trail = varde_persistence::audit::latest(
        varde.app.store(),
        varde.org,
        &varde_persistence::audit::AuditFilter::about(days[0].id),
        None,
        1,
    )
    .await?;
    assert_eq!(trail[0].detail["cleared"].as_array().map(Vec::len), Some(2));
    Ok(())
}

async fn a_coordinator_writes_down_who_comes_in_her_own_name(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = running(&varde, spring(), 6, 1).await?;
    let all = places(&varde, cohort).await?;
    let day = days(&varde, cohort).await?.remove(0);
    let hr = varde.coordinator().await?;
    let write = "mutation ($input: RecordGatheringAnswerInput!) { recordGatheringAnswer(input: $input) {
        reply { coming } errors { code path } } }";
    let id = |kind: &str, id| varde_gateway::relay::encode(kind, id).to_string();
    let input = |place: &Enrolment| {
        json!({ "input": { "enrolmentId": id("Enrolment", place.id.0), "gatheringId": id("Gathering", day.id.0),
            "coming": false, "idempotencyKey": place.id.to_string() } })
    };
    for _ in 0..2 {
        let said = varde.ask(&hr, write, input(&all[0])).await?;
        assert_eq!(said["recordGatheringAnswer"]["reply"]["coming"], false);
    }
    let trail = varde_persistence::audit::latest(
        varde.app.store(),
        varde.org,
        &varde_persistence::audit::AuditFilter::about(all[0].id),
        None,
        9,
    )
    .await?;
    let entries: Vec<_> = trail.iter().filter(|entry| entry.action == "enrolment.rsvp").collect();
    assert_eq!((entries.len(), entries[0].actor_kind.as_str()), (1, "account"));
    let without = hr.graphql(write, input(&all[1])).await?.data()?;
    assert_eq!(without["recordGatheringAnswer"]["errors"][0]["code"], "WRONG_STATE");
    Ok(())
}
