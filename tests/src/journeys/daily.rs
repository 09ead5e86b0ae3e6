//! What the calendar brings by itself: each working day looks again, once, and plans the next one.

use anyhow::Result;
use serde_json::{Value, json};
use varde_app::organisations::{NewOrganisation, create};
use varde_model::{
    Locale,
    ids::TimerId,
    local_time::{Zoned, instant},
    timers::NewTimer,
    work::Job,
};
use varde_persistence::{Engine, timers};
use varde_testkit::{harness::Harness, http::Http};

use super::p01_onboarding::{at, spring};
use crate::both::on_both;

on_both! {
    a_new_organisation_is_looked_at_each_working_day_and_once_after_a_standstill
    new_leaders_are_proposed_on_the_next_day_without_an_import
}

/// Writes the first row of the fictional trust, as making an organisation does.
pub(super) async fn begin(varde: &Harness) -> Result<()> {
    let (ctx, zone) = (varde.ctx(), chrono_tz::Europe::Oslo);
    let date = Zoned::at(ctx.now, zone).date.succ_opt().unwrap_or_default();
    let local = Zoned { date, time: chrono::NaiveTime::MIN, zone };
    let timer = NewTimer {
        id: ctx.new_id::<TimerId>(),
        job: Job::LookAgain,
        cohort: None,
        person: None,
        unique_key: format!("look_again|{date}"),
        local,
        due_at: instant(local.date, local.time, zone),
        latest_at: None,
    };
    let tx = varde.app.store().write().await?;
    timers::insert_many(&tx, varde.org, &[timer], ctx.now).await?;
    tx.commit().await?;
    Ok(())
}

async fn a_new_organisation_is_looked_at_each_working_day_and_once_after_a_standstill(
    engine: Engine,
) -> Result<()> {
    let varde = Harness::start(engine).await?;
    let new = NewOrganisation {
        key: "nordvik".to_owned(),
        name: "Nordvik sykehus HF".to_owned(),
        zone: chrono_tz::Europe::Oslo,
        locale: Locale::Nb,
    };
    create(&varde.ctx(), &new).await?;
    // From a Monday over a weekend to the next Monday.
    assert_eq!(varde.move_to(at("2026-11-30T12:00:00Z")).await?.timers_fired, 5);
    varde.clock.set(at("2026-12-17T12:00:00Z"));
    assert_eq!(varde.run_due().await?.timers_fired, 1, "the days between are not made up for");
    assert_eq!(varde.move_to(at("2026-12-18T12:00:00Z")).await?.timers_fired, 1);
    Ok(())
}

async fn new_leaders_are_proposed_on_the_next_day_without_an_import(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    begin(&varde).await?;
    let hr = varde.coordinator().await?;
    let open = "mutation ($input: CreateCohortInput!) { createCohort(input: $input) { errors { code message path } } }";
    varde.ask(&hr, open, spring()).await?;
    assert_eq!(proposed(&varde, &hr).await?, 0);
    for day in ["2026-11-24T12:00:00Z", "2026-11-25T12:00:00Z"] {
        varde.move_to(at(day)).await?;
        assert_eq!(proposed(&varde, &varde.coordinator().await?).await?, 6, "as many as there is room for");
    }
    Ok(())
}

/// How many are proposed for the cohort of spring.
async fn proposed(varde: &Harness, hr: &Http) -> Result<usize> {
    let ask = "{ cohort(code: \"NYL-2027-V\") { enrolments(first: 100) { nodes { state } } } }";
    let mut cohort = varde.ask(hr, ask, json!({})).await?;
    let places = cohort["cohort"]["enrolments"]["nodes"].take();
    let places: &[Value] = places.as_array().map(Vec::as_slice).unwrap_or_default();
    Ok(places.iter().filter(|place| place["state"] == "PROPOSED").count())
}
