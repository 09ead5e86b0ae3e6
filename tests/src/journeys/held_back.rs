//! What becomes of mail and reminders that wait: a scheduler that is slow or down, a trust that holds its mail back.

use anyhow::{Context, Result};
use varde_app::{
    access::{Administrator, Coordinator},
    cohorts::{self, GatheringEdit},
    enrolments::{self, Change},
    organisations,
};
use varde_model::{
    cohort::Cohort,
    timers::{TimerState, TimersOf},
};
use varde_persistence::{Engine, timers};
use varde_testkit::harness::{DECEMBER, Harness, Mail};

use super::{
    changes::{accepted, calendar},
    p01_onboarding::spring,
};

const BOTH: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

const CREATE: &str = "mutation ($input: CreateCohortInput!) { createCohort(input: $input) { cohort { id } errors { code message path } } }";

async fn edit(varde: &Harness, cohort: &Cohort, index: usize, edit: GatheringEdit) -> Result<()> {
    let right = Coordinator::system(varde.org);
    let day = cohorts::gatherings_of(&varde.ctx(), &right, &[cohort.id]).await?.remove(index);
    cohorts::edit_gathering(&varde.ctx(), &right, day.id, &edit).await?;
    Ok(())
}

fn room(room: &str) -> GatheringEdit {
    GatheringEdit { room: Some(room.to_owned()), ..GatheringEdit::default() }
}

async fn sending(varde: &Harness, on: bool) -> Result<()> {
    organisations::set_sending(&varde.ctx(), &Administrator::system(varde.org), on, false).await?;
    Ok(())
}

/// The scheduler is down while reminders fall due, and somebody moves a gathering meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn reminders_that_wait_for_a_scheduler_outlive_a_moved_gathering() -> Result<()> {
    for engine in BOTH {
        let varde = Harness::fjordheim(engine).await?;
        let hr = varde.coordinator().await?;
        varde.ask(&hr, CREATE, spring()).await?;
        varde.import("hr-export-2026-12.csv", DECEMBER).await?;
        let right = Coordinator::system(varde.org);
        let cohort = cohorts::find_by_code(&varde.ctx(), &right, "NYL-2027-V").await?.context("cohort")?;
        cohorts::publish(&varde.ctx(), &right, cohort.id, None, false).await?;
        varde.run_due().await?;
        varde.new_mails();
        let planned = timers::list(varde.app.store(), varde.org, TimersOf::Cohort(cohort.id)).await?;
        let reminders = planned.iter().filter(|timer| timer.unique_key.starts_with("answer_the_invitation"));
        let due = reminders.clone().map(|timer| timer.due_at).max().context("a reminder")?;
        varde.clock.set(due + chrono::TimeDelta::hours(1));
        edit(
            &varde,
            &cohort,
            2,
            GatheringEdit { date: Some("2027-03-04".parse()?), ..GatheringEdit::default() },
        )
        .await?;
        varde.run_due().await?;
        let told = varde.new_mails();
        let reminded = told.iter().filter(|mail| mail.subject.contains(" å svare: ")).count();
        assert_eq!(reminded, reminders.count(), "{engine:?}: {told:#?}");
    }
    Ok(())
}

/// Two coordinators of one cohort are each reminded, also after the plan was made anew.
#[tokio::test(flavor = "multi_thread")]
async fn planning_anew_keeps_the_reminders_of_every_coordinator() -> Result<()> {
    for engine in BOTH {
        let (varde, cohort) = accepted(engine).await?;
        let right = Coordinator::system(varde.org);
        let administrator = Administrator::system(varde.org);
        let both = varde_app::accounts::list_accounts(&varde.ctx(), &administrator, None, 2).await?;
        let both = both.into_iter().map(|account| account.account.id).collect();
        let change = cohorts::CohortEdit { coordinators: Some(both), ..cohorts::CohortEdit::default() };
        cohorts::edit(&varde.ctx(), &right, cohort.id, &change).await?;
        edit(
            &varde,
            &cohort,
            0,
            GatheringEdit { date: Some("2027-01-14".parse()?), ..GatheringEdit::default() },
        )
        .await?;
        let planned = timers::list(varde.app.store(), varde.org, TimersOf::Cohort(cohort.id)).await?;
        let missing = planned.iter().filter(|timer| {
            timer.unique_key.starts_with("attendance_missing") && timer.state == TimerState::Pending
        });
        assert_eq!(missing.count(), 2, "{engine:?}");
    }
    Ok(())
}

fn moved(mails: &[Mail]) -> Vec<&Mail> {
    mails.iter().filter(|mail| mail.calendar.is_some()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn moves_that_were_held_back_are_told_once_with_what_was_told_last() -> Result<()> {
    for engine in BOTH {
        let (varde, cohort) = accepted(engine).await?;
        varde.new_mails();
        sending(&varde, false).await?;
        for name in ["Rom A", "Rom B", "Rom C"] {
            edit(&varde, &cohort, 1, room(name)).await?;
            varde.run_due().await?;
        }
        assert!(varde.new_mails().is_empty());
        sending(&varde, true).await?;
        varde.run_due().await?;
        let told = varde.new_mails();
        assert_eq!(told.len(), 3, "{engine:?}: one for each leader");
        for mail in moved(&told) {
            assert!(mail.text.contains("Rom C") && mail.text.contains("Auditoriet"), "{}", mail.text);
            assert!(!mail.text.contains("Rom A") && !mail.text.contains("Rom B"), "{}", mail.text);
        }
        // There and back again while nobody was told: nothing to say.
        sending(&varde, false).await?;
        edit(&varde, &cohort, 1, room("Rom D")).await?;
        edit(&varde, &cohort, 1, room("Rom C")).await?;
        sending(&varde, true).await?;
        varde.run_due().await?;
        assert!(varde.new_mails().is_empty(), "{engine:?}");
        // The next move tells of what the readers know.
        edit(&varde, &cohort, 1, room("Rom E")).await?;
        varde.run_due().await?;
        let told = varde.new_mails();
        assert_eq!(told.len(), 3);
        assert!(told.iter().all(|mail| mail.text.contains("Rom C") && !mail.text.contains("Rom D")));
    }
    Ok(())
}

/// Somebody who got a seat while mail was held back is invited to the gathering as it is, not told of a move.
#[tokio::test(flavor = "multi_thread")]
async fn who_was_told_nothing_yet_is_invited_once_to_where_it_is_now() -> Result<()> {
    for engine in BOTH {
        let (varde, cohort) = accepted(engine).await?;
        varde.new_mails();
        let right = Coordinator::system(varde.org);
        let place = enrolments::of_cohort(&varde.ctx(), &right, cohort.id).await?.remove(0);
        let reason = Some("Meldte seg av ved en feil");
        let change = async |change| {
            enrolments::change(&varde.ctx(), &right, place.id, &change, reason, None, false).await
        };
        sending(&varde, false).await?;
        change(Change::Withdraw).await?;
        change(Change::PlacePastTheLine).await?;
        edit(&varde, &cohort, 1, room("Rom A")).await?;
        sending(&varde, true).await?;
        varde.run_due().await?;
        let person = varde_app::contacts::people(&varde.ctx(), &right, &[place.person]).await?.remove(0);
        let told = varde.new_mails();
        let own: Vec<Mail> = told.into_iter().filter(|mail| mail.to == person.email).collect();
        let entries: Vec<String> =
            own.iter().map(|mail| calendar(mail, "UID")).filter(|uid| !uid.is_empty()).collect();
        assert_eq!(entries.len(), 4, "{engine:?}: one letter for each day: {own:#?}");
        assert_eq!(own.len(), 5, "{engine:?}: and one confirmation: {own:#?}");
        assert!(own.iter().all(|mail| !mail.text.contains("Før endringen")), "{own:#?}");
        assert!(own.iter().any(|mail| mail.text.contains("Rom A")));
    }
    Ok(())
}

/// A rule that is switched off while its reminders wait in the queue sends none of them.
#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_in_the_queue_does_not_go_out_once_its_rule_is_switched_off() -> Result<()> {
    for engine in BOTH {
        let (varde, _cohort) = accepted(engine).await?;
        varde.new_mails();
        sending(&varde, false).await?;
        varde.move_to("2027-01-12T12:00:00Z".parse()?).await?;
        assert_eq!(varde.new_mails().len(), 0);
        let hr = varde.coordinator().await?;
        let off =
            "mutation { changeReminderPolicy(input: { key: \"onboarding/gathering_practical\", active: false,
            dryRun: false }) { errors { code message } } }";
        let off = varde.ask(&hr, off, serde_json::json!({})).await?;
        assert_eq!(off["changeReminderPolicy"]["errors"], serde_json::json!([]));
        sending(&varde, true).await?;
        varde.run_due().await?;
        let late = varde.new_mails();
        assert!(!late.iter().any(|mail| mail.subject.starts_with("Praktisk")), "{engine:?}: {late:#?}");
    }
    Ok(())
}

/// Lesson: many mails to one person in a day. Two reminders that can wait and fall on one morning are one mail.
#[tokio::test(flavor = "multi_thread")]
async fn two_reminders_of_one_morning_are_one_mail_with_both_in_it() -> Result<()> {
    for engine in BOTH {
        let (varde, cohort) = accepted(engine).await?;
        // A week after the first: 'in a week' of the one and 'do you come' of the other fall on 6 January.
        edit(
            &varde,
            &cohort,
            1,
            GatheringEdit { date: Some("2027-01-20".parse()?), ..GatheringEdit::default() },
        )
        .await?;
        varde.move_to("2027-01-06T06:00:00Z".parse()?).await?;
        varde.new_mails();
        varde.move_to("2027-01-06T12:00:00Z".parse()?).await?;
        let mut mails = varde.new_mails();
        // Line managers hear of the start on the same morning.
        mails.retain(|mail| ![" begynner på ", " byrjar på "].iter().any(|told| mail.subject.contains(told)));
        let right = Coordinator::system(varde.org);
        let days = cohorts::gatherings_of(&varde.ctx(), &right, &[cohort.id]).await?;
        let leaders: std::collections::BTreeSet<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
        assert_eq!((mails.len(), leaders.len()), (3, 3), "{engine:?}: one mail to each: {mails:#?}");
        for mail in &mails {
            let holds = |title: &str| mail.text.contains(title) && mail.html.contains(title);
            for day in &days[..2] {
                let title = &day.title;
                assert!(
                    [&title.nb, &title.nn].into_iter().any(|title| holds(title)),
                    "{engine:?}: {mail:#?}"
                );
            }
        }
    }
    Ok(())
}
