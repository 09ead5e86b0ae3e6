//! Timers: fired once at their moment, missed past their latest time, planned anew.

use chrono::TimeDelta;
use varde_model::{
    ids::EnrolmentId,
    state_reason::StateReason,
    timers::{NewTimer, TimerState, TimersOf},
    work::Job,
};
use varde_persistence::timers;

use super::{bench::Bench, on_both};

on_both! {
    after_downtime_a_reminder_comes_until_its_latest_time_and_never_later
    a_reminder_without_a_latest_time_is_made_up_for_within_the_catch_up_window
    a_cancelled_timer_does_nothing_until_it_is_planned_anew
    what_has_fired_is_not_planned_again
    a_broken_job_comes_again_and_does_not_hold_up_the_others
    a_clock_that_is_moved_fires_each_timer_at_its_own_moment
}

async fn after_downtime_a_reminder_comes_until_its_latest_time_and_never_later(bench: Bench) {
    let latest = bench.now() + TimeDelta::hours(6);
    let in_time = NewTimer { latest_at: Some(latest), ..bench.timer() };
    let too_late = NewTimer { latest_at: Some(latest - TimeDelta::seconds(1)), ..bench.timer() };
    bench.plan(&[in_time, too_late]).await;
    bench.clock.set(latest);
    let (scheduler, memory) = bench.in_memory();
    let report = scheduler.run_due().await.unwrap();
    assert_eq!((report.timers_fired, report.timers_missed, report.mails_sent), (1, 1, 1));
    assert_eq!(memory.posted().len(), 1);
    let missed: Vec<_> =
        bench.timer_rows().await.into_iter().filter(|timer| timer.state == TimerState::Missed).collect();
    assert_eq!(missed.len(), 1);
    assert_eq!(missed[0].reason, Some(StateReason::TooLate));
}

async fn a_reminder_without_a_latest_time_is_made_up_for_within_the_catch_up_window(bench: Bench) {
    let old = bench.timer();
    bench.pass(TimeDelta::days(1));
    let newer = bench.timer();
    bench.plan(&[old, newer]).await;
    bench.pass(TimeDelta::days(3) - TimeDelta::hours(1));
    let (scheduler, _) = bench.in_memory();
    let report = scheduler.run_due().await.unwrap();
    assert_eq!((report.timers_fired, report.timers_missed), (1, 1));
}

async fn a_cancelled_timer_does_nothing_until_it_is_planned_anew(bench: Bench) {
    let planned = bench.timer();
    bench.plan(std::slice::from_ref(&planned)).await;
    let store = bench.app.store();
    let tx = store.write().await.unwrap();
    let person = TimersOf::Person(planned.job.person().unwrap());
    assert_eq!(
        timers::cancel(&tx, bench.org, person, StateReason::EmploymentEnded, bench.now()).await.unwrap(),
        1
    );
    let other = TimersOf::Enrolment(EnrolmentId(planned.id.0));
    assert_eq!(
        timers::cancel(&tx, bench.org, other, StateReason::EmploymentEnded, bench.now()).await.unwrap(),
        0
    );
    tx.commit().await.unwrap();
    let (scheduler, memory) = bench.in_memory();
    assert!(!scheduler.run_due().await.unwrap().did_something());

    let again =
        NewTimer { id: bench.ctx().new_id(), due_at: bench.now() + TimeDelta::hours(1), ..planned.clone() };
    assert_eq!(bench.plan(&[again]).await, 1);
    let rows = bench.timer_rows().await;
    assert_eq!((rows.len(), rows[0].id, rows[0].state), (1, planned.id, TimerState::Pending));
    assert_eq!(scheduler.run_due().await.unwrap().timers_fired, 0);
    bench.pass(TimeDelta::hours(1));
    assert_eq!(scheduler.run_due().await.unwrap().timers_fired, 1);
    assert_eq!(memory.posted().len(), 1);
}

async fn what_has_fired_is_not_planned_again(bench: Bench) {
    let planned = bench.timer();
    bench.plan(std::slice::from_ref(&planned)).await;
    let (scheduler, memory) = bench.in_memory();
    scheduler.run_due().await.unwrap();
    assert_eq!(bench.plan(&[NewTimer { id: bench.ctx().new_id(), ..planned }]).await, 0);
    assert!(!scheduler.run_due().await.unwrap().did_something());
    assert_eq!(memory.posted().len(), 1);
}

async fn a_broken_job_comes_again_and_does_not_hold_up_the_others(bench: Bench) {
    let planned = [bench.timer(), bench.timer(), bench.timer()];
    bench.plan(&planned).await;
    bench.desk.broken.lock().unwrap().push((planned[0].job.person().unwrap(), 2));
    let (scheduler, memory) = bench.in_memory();
    let report = scheduler.run_due().await.unwrap();
    assert_eq!((report.timers_fired, report.timers_broken, report.mails_sent), (2, 1, 2));
    let until = bench.now() + TimeDelta::hours(1);
    let report = scheduler.run_through(until, |to| bench.clock.set(to)).await.unwrap();
    assert_eq!((report.timers_fired, report.timers_broken), (1, 1));
    assert_eq!(memory.posted().len(), 3);
    assert!(matches!(planned[0].job, Job::Remind { .. }));
}

async fn a_clock_that_is_moved_fires_each_timer_at_its_own_moment(bench: Bench) {
    let start = bench.now();
    let planned: Vec<NewTimer> =
        (0..50).map(|week| NewTimer { due_at: start + TimeDelta::weeks(week), ..bench.timer() }).collect();
    bench.plan(&planned).await;
    let (scheduler, memory) = bench.in_memory();
    let report = scheduler.run_through(start + TimeDelta::days(365), |to| bench.clock.set(to)).await.unwrap();
    assert_eq!((report.timers_fired, report.timers_missed, report.mails_sent), (50, 0, 50));
    assert_eq!(memory.posted().len(), 50);
    for timer in bench.timer_rows().await {
        assert_eq!(timer.fired_at, Some(timer.due_at));
    }
    assert_eq!(bench.now(), start + TimeDelta::days(365));
}
