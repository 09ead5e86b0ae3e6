use chrono::TimeDelta;
use chrono_tz::Europe::Oslo;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{
    ids::{EnrolmentId, GatheringId},
    local_time::Zoned,
};

fn wish(policy: &str, day: i64) -> PlannedReminder {
    let due_at = "2027-03-01T07:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::days(day);
    let local = Zoned::at(due_at, Oslo);
    let (gathering, enrolment) = (GatheringId(Uuid::from_u128(1)), EnrolmentId(Uuid::from_u128(2)));
    PlannedReminder {
        policy: policy.to_owned(),
        subject: Subject::Gathering { gathering, enrolment },
        occurrence: local.date.to_string(),
        due_at,
        latest_at: due_at + TimeDelta::hours(24),
        local,
    }
}

fn row(id: u128, wish: &PlannedReminder, state: TimerState) -> ExistingTimer {
    ExistingTimer {
        id: TimerId(Uuid::from_u128(id)),
        policy: wish.policy.clone(),
        subject: wish.subject,
        occurrence: wish.occurrence.clone(),
        planned_at: wish.due_at,
        latest_at: wish.latest_at,
        state,
    }
}

/// A moment before anything is due.
fn before() -> DateTime<Utc> {
    "2027-01-01T00:00:00Z".parse().unwrap()
}

#[test]
fn a_moved_gathering_takes_its_pending_reminder_along() {
    let (old, new) = (wish("week_before", 0), wish("week_before", 3));
    let rows = [row(1, &old, TimerState::Pending)];
    let difference = replan(&rows, std::slice::from_ref(&new), before());
    assert_eq!(difference, Difference { cancel: vec![rows[0].id], add: vec![new], ..Difference::default() });
}

#[test]
fn a_gathering_that_moves_after_its_reminder_was_sent_is_reminded_of_anew() {
    let (old, new) = (wish("week_before", 0), wish("week_before", 3));
    let rows = [row(1, &old, TimerState::Fired)];
    assert_eq!(replan(&rows, std::slice::from_ref(&new), before()).add, [new]);
}

#[test]
fn a_gathering_that_moves_back_is_not_reminded_of_twice() {
    let there = wish("week_before", 3);
    let rows = [
        row(1, &wish("week_before", 0), TimerState::Fired),
        row(2, &there, TimerState::Pending),
        row(3, &wish("day_before", 0), TimerState::Cancelled),
    ];
    let back = [wish("week_before", 0), wish("day_before", 0)];
    let difference = replan(&rows, &back, before());
    let revived = vec![(rows[2].id, back[1].clone())];
    assert_eq!(
        difference,
        Difference { cancel: vec![rows[1].id], reschedule: revived, ..Difference::default() }
    );
}

#[test]
fn another_hour_on_the_same_date_moves_the_row_itself() {
    let old = wish("week_before", 0);
    let mut after = old.clone();
    after.due_at += TimeDelta::hours(2);
    let rows = [row(1, &old, TimerState::Pending)];
    let difference = replan(&rows, std::slice::from_ref(&after), before());
    assert_eq!(difference, Difference { reschedule: vec![(rows[0].id, after)], ..Difference::default() });
}

#[test]
fn a_reminder_that_waits_for_a_scheduler_outlives_a_replanning() {
    let wish = wish("week_before", 0);
    let late = wish.due_at + TimeDelta::hours(3);
    let rows = [row(1, &wish, TimerState::Pending)];
    let difference = replan(&rows, std::slice::from_ref(&wish), late);
    assert_eq!(difference, Difference { keep: vec![rows[0].id], ..Difference::default() });
    assert_eq!(replan(&rows, &[], late).cancel, [rows[0].id], "what nobody wants any more still falls away");
}

#[test]
fn a_wish_whose_hour_has_come_makes_no_row_and_brings_none_back() {
    let wish = wish("week_before", 0);
    let late = wish.due_at;
    assert!(replan(&[], std::slice::from_ref(&wish), late).is_empty());
    let cancelled = [row(1, &wish, TimerState::Cancelled)];
    assert!(replan(&cancelled, std::slice::from_ref(&wish), late).is_empty());
    // Planned for later, and moved to an hour that is past already: the same as one who joins late.
    let mut ahead = row(2, &wish, TimerState::Pending);
    ahead.planned_at += TimeDelta::days(1);
    assert_eq!(replan(std::slice::from_ref(&ahead), &[wish], late).cancel, [ahead.id]);
}

fn any_now() -> impl Strategy<Value = DateTime<Utc>> {
    (-24..200i64).prop_map(|hours| wish("a", 0).due_at + TimeDelta::hours(hours))
}

fn any_wishes() -> impl Strategy<Value = Vec<PlannedReminder>> {
    prop::collection::btree_set((prop::sample::select(vec!["a", "b", "c"]), 0..6i64), 0..10)
        .prop_map(|set| set.into_iter().map(|(policy, day)| wish(policy, day)).collect())
}

fn any_rows() -> impl Strategy<Value = Vec<ExistingTimer>> {
    (any_wishes(), prop::collection::vec(prop::sample::select(TimerState::ALL.to_vec()), 10)).prop_map(
        |(wishes, states)| {
            wishes.iter().zip(states).zip(1..).map(|((wish, state), id)| row(id, wish, state)).collect()
        },
    )
}

/// What the rows are once the difference has been written.
fn applied(rows: &[ExistingTimer], difference: &Difference) -> Vec<ExistingTimer> {
    let mut rows = rows.to_vec();
    for row in &mut rows {
        if difference.cancel.contains(&row.id) {
            row.state = TimerState::Cancelled;
        }
        if let Some((_, wish)) = difference.reschedule.iter().find(|(id, _)| *id == row.id) {
            (row.planned_at, row.latest_at, row.state) = (wish.due_at, wish.latest_at, TimerState::Pending);
        }
    }
    rows.extend(difference.add.iter().zip(100..).map(|(wish, id)| row(id, wish, TimerState::Pending)));
    rows
}

proptest! {
    #[test]
    fn replanning_a_second_time_changes_nothing(
        rows in any_rows(), wishes in any_wishes(), now in any_now(),
    ) {
        let after = applied(&rows, &replan(&rows, &wishes, now));
        prop_assert!(replan(&after, &wishes, now).is_empty());
    }

    #[test]
    fn after_replanning_each_wish_ahead_has_one_row_and_what_is_pending_is_wished(
        rows in any_rows(), wishes in any_wishes(), now in any_now(),
    ) {
        let after = applied(&rows, &replan(&rows, &wishes, now));
        let of = |wish: &PlannedReminder| {
            after.iter().filter(|row| row.policy == wish.policy && row.occurrence == wish.occurrence).count()
        };
        prop_assert!(wishes.iter().filter(|wish| wish.due_at > now).all(|wish| of(wish) == 1));
        let wished = |row: &ExistingTimer| {
            wishes.iter().any(|wish| wish.policy == row.policy && wish.occurrence == row.occurrence)
        };
        prop_assert!(after.iter().filter(|row| row.state == TimerState::Pending).all(wished));
    }

    #[test]
    fn what_waits_and_is_still_wanted_at_its_hour_stays_whenever_it_is_replanned(
        wishes in any_wishes(), now in any_now(),
    ) {
        let rows: Vec<_> = wishes.iter().zip(1..).map(|(wish, id)| row(id, wish, TimerState::Pending)).collect();
        let difference = replan(&rows, &wishes, now);
        prop_assert_eq!(difference.keep.len(), rows.len());
        prop_assert!(difference.is_empty());
    }
}
