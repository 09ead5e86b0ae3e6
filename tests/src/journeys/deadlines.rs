//! Deadlines and links when the days of a cohort move under them.

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use varde_app::{
    access::Coordinator,
    cohorts::{self, CohortEdit, GatheringEdit},
    enrolments::Change,
};
use varde_model::{enrolment::EnrolmentState, ids::CohortId};
use varde_persistence::Engine;
use varde_testkit::harness::Harness;

use super::{
    closing::change,
    seats::{places, published},
};
use crate::both::on_both;

on_both! {
    an_invitation_is_answered_by_the_cut_off_also_when_the_first_day_comes_nearer
    a_cut_off_that_is_past_ends_what_is_open
    a_held_seat_is_reminded_of_before_it_lapses
    whoever_lets_an_invitation_lapse_hears_of_it_in_the_morning
    a_place_can_be_given_back_by_mail_until_the_day_that_was_put_off
}

async fn move_first_day(varde: &Harness, cohort: CohortId, to: &str) -> Result<()> {
    let right = Coordinator::system(varde.org);
    let days = cohorts::gatherings_of(&varde.ctx(), &right, &[cohort]).await?;
    let first = days.first().context("a gathering")?.id;
    let edit = GatheringEdit { date: Some(to.parse::<NaiveDate>()?), ..GatheringEdit::default() };
    cohorts::edit_gathering(&varde.ctx(), &right, first, &edit).await?;
    Ok(())
}

async fn an_invitation_is_answered_by_the_cut_off_also_when_the_first_day_comes_nearer(
    engine: Engine,
) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = published(&varde, 5, 3).await?;
    varde.new_mails();
    move_first_day(&varde, cohort, "2026-12-04").await?;
    // 72 hours before nine o'clock.
    let cutoff: DateTime<Utc> = "2026-12-01T08:00:00Z".parse()?;
    assert!(places(&varde, cohort).await?.iter().all(|place| place.answer_by == Some(cutoff)));
    varde.run_due().await?;
    let told = varde.new_mails();
    assert_eq!(
        told.iter().filter(|mail| mail.subject.contains("Invitasjon")).count(),
        3,
        "each hears of less time"
    );
    varde.move_to(cutoff).await?;
    let after = places(&varde, cohort).await?;
    assert!(after.iter().all(|place| place.state == EnrolmentState::Lapsed), "nobody answers after it");
    Ok(())
}

async fn a_cut_off_that_is_past_ends_what_is_open(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = published(&varde, 5, 3).await?;
    let edit = CohortEdit { cutoff_hours: Some(24 * 60), ..CohortEdit::default() };
    cohorts::edit(&varde.ctx(), &Coordinator::system(varde.org), cohort, &edit).await?;
    assert!(places(&varde, cohort).await?.iter().all(|place| place.state == EnrolmentState::Lapsed));
    Ok(())
}

async fn a_place_can_be_given_back_by_mail_until_the_day_that_was_put_off(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = published(&varde, 5, 1).await?;
    let invitation = varde.new_mails().into_iter().find_map(|mail| mail.link()).context("a link")?;
    varde.http.submit(&invitation, &[("act", "accept")]).await?;
    varde.run_due().await?;
    let confirmed = varde.new_mails().into_iter().find(|mail| mail.subject.contains("Du har fått plass"));
    let manage = confirmed.and_then(|mail| mail.link()).context("a link in the confirmation")?;
    move_first_day(&varde, cohort, "2027-02-02").await?;
    varde.move_to("2027-01-20T12:00:00Z".parse()?).await?;
    varde.http.submit(&manage, &[("act", "withdraw")]).await?;
    assert_eq!(places(&varde, cohort).await?[0].state, EnrolmentState::Withdrawn);
    Ok(())
}

/// Who holds an offered seat is reminded on the working day before it lapses, once.
async fn a_held_seat_is_reminded_of_before_it_lapses(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = published(&varde, 1, 2).await?;
    for link in varde.new_mails().into_iter().filter_map(|mail| mail.link()) {
        varde.http.submit(&link, &[("act", "accept")]).await?;
    }
    varde.move_to("2026-12-01T09:00:00Z".parse()?).await?;
    let seat =
        places(&varde, cohort).await?.into_iter().find(|place| place.state == EnrolmentState::Enrolled);
    change(&varde, &seat.context("a seat")?, Change::Withdraw).await?;
    varde.run_due().await?;
    varde.new_mails();
    // Held for 48 hours, from Tuesday ten o'clock: reminded on Wednesday at eight, gone on Thursday.
    varde.move_to("2026-12-02T12:00:00Z".parse()?).await?;
    let reminded = varde.new_mails();
    let to_leader: Vec<_> = reminded.iter().filter(|mail| mail.link().is_some()).collect();
    assert_eq!(to_leader.len(), 1, "{engine:?}: {reminded:#?}");
    assert_eq!(to_leader[0].date, "2026-12-02T07:00:00Z".parse::<DateTime<Utc>>()?);
    assert!(to_leader[0].subject.starts_with("Plassen din vent"), "{engine:?}: {reminded:#?}");
    varde.move_to("2026-12-03T12:00:00Z".parse()?).await?;
    assert!(places(&varde, cohort).await?.iter().any(|place| place.state == EnrolmentState::Lapsed));
    Ok(())
}

/// Deadlines end at midnight; nobody is written to then, nor at all who was invited again before the morning.
async fn whoever_lets_an_invitation_lapse_hears_of_it_in_the_morning(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let cohort = published(&varde, 5, 2).await?;
    let all = places(&varde, cohort).await?;
    let until = all[0].answer_by.context("a deadline")?;
    varde.move_to(until + TimeDelta::minutes(30)).await?;
    assert!(places(&varde, cohort).await?.iter().all(|place| place.state == EnrolmentState::Lapsed));
    varde.new_mails();
    change(&varde, &all[0], Change::Reinstate).await?;
    varde.move_to(until + TimeDelta::days(4)).await?;
    let told: Vec<_> = varde.new_mails();
    let lapsed: Vec<_> = told.iter().filter(|mail| mail.subject.starts_with("Svarfristen er ute")).collect();
    assert_eq!(lapsed.len(), 1, "{engine:?}: {told:#?}");
    let local = lapsed[0].date.with_timezone(&chrono_tz::Europe::Oslo);
    assert_eq!(local.format("%H:%M").to_string(), "08:00", "{local}");
    assert!(lapsed[0].text.contains("seinare kull") || lapsed[0].text.contains("senere kull"));
    Ok(())
}
