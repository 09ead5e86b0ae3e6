//! How many tries are let in: pure. After some free ones each further try doubles the wait.

use chrono::{DateTime, TimeDelta, Utc};
use varde_persistence::throttles::Tries;

/// How many tries come free under one kind of key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Limit {
    free: i32,
}

/// Tries with one account's address: a person who mistypes gets five.
pub(super) const PER_ACCOUNT: Limit = Limit { free: 5 };

/// Tries from one network address: a whole hospital can sit behind one.
pub(super) const PER_CLIENT: Limit = Limit { free: 100 };

const FIRST_WAIT: TimeDelta = TimeDelta::seconds(30);

/// The longest wait. It is bounded so that nobody can lock a colleague out for long.
const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(15);

/// Failures are forgotten this long after the last try.
pub(super) const MEMORY: TimeDelta = TimeDelta::hours(1);

/// Counts a try before it is made, as if it had failed: tries made at once cannot slip past the count.
///
/// # Errors
/// None is let in before the instant given.
pub(super) fn count(before: Tries, limit: Limit, now: DateTime<Utc>) -> Result<Tries, DateTime<Utc>> {
    if let Some(until) = before.blocked_until.filter(|until| *until > now) {
        return Err(until);
    }
    let remembered = if now - before.last_attempt_at >= MEMORY { 0 } else { before.failures };
    let failures = remembered.saturating_add(1);
    Ok(Tries { failures, last_attempt_at: now, blocked_until: wait(failures, limit).map(|wait| now + wait) })
}

/// Takes back a counted try that succeeded.
pub(super) fn take_back(before: Tries, limit: Limit) -> Tries {
    let failures = (before.failures - 1).max(0);
    Tries { failures, blocked_until: before.blocked_until.filter(|_| failures >= limit.free), ..before }
}

/// Forgets everything: the right password was given.
pub(super) fn forget(before: Tries) -> Tries {
    Tries { failures: 0, blocked_until: None, ..before }
}

fn wait(failures: i32, limit: Limit) -> Option<TimeDelta> {
    let over = failures - limit.free;
    (over >= 0).then(|| FIRST_WAIT.checked_mul(1 << over.min(10)).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn start() -> DateTime<Utc> {
        "2026-11-22T10:00:00Z".parse().unwrap()
    }

    fn none() -> Tries {
        Tries { failures: 0, last_attempt_at: start(), blocked_until: None }
    }

    #[test]
    fn waits_double_after_the_free_tries_up_to_a_quarter_of_an_hour() {
        let mut tries = none();
        let mut now = start();
        let mut waits = Vec::new();
        for _ in 0..12 {
            tries = count(tries, PER_ACCOUNT, now).unwrap();
            let until = tries.blocked_until.unwrap_or(now);
            waits.push((until - now).num_seconds());
            now = until;
        }
        assert_eq!(waits, [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
    }

    #[test]
    fn a_blocked_key_lets_nobody_in_and_does_not_grow_worse() {
        let mut tries = none();
        for _ in 0..5 {
            tries = count(tries, PER_ACCOUNT, start()).unwrap();
        }
        let until = start() + TimeDelta::seconds(30);
        assert_eq!(count(tries, PER_ACCOUNT, until - TimeDelta::milliseconds(1)), Err(until));
        assert_eq!(count(tries, PER_ACCOUNT, until).unwrap().failures, 6);
    }

    #[test]
    fn failures_are_forgotten_an_hour_after_the_last() {
        let tries = Tries { failures: 4, ..none() };
        assert_eq!(count(tries, PER_ACCOUNT, start() + MEMORY - TimeDelta::seconds(1)).unwrap().failures, 5);
        assert_eq!(count(tries, PER_ACCOUNT, start() + MEMORY).unwrap().failures, 1);
    }

    #[test]
    fn a_success_takes_its_own_try_back_and_lifts_the_block_that_it_caused() {
        let at_limit = Tries { failures: 4, ..none() };
        let counted = count(at_limit, PER_ACCOUNT, start()).unwrap();
        assert!(counted.blocked_until.is_some());
        assert_eq!(take_back(counted, PER_ACCOUNT), at_limit);
        assert_eq!(forget(counted), none());
    }

    proptest! {
        #[test]
        fn in_any_hour_of_guessing_few_tries_get_in(gaps in proptest::collection::vec(0i64..600, 1..500)) {
            let (mut tries, mut now, mut entered) = (none(), start(), Vec::new());
            for gap in gaps {
                now += TimeDelta::seconds(gap);
                if let Ok(counted) = count(tries, PER_ACCOUNT, now) {
                    tries = counted;
                    entered.push(now);
                }
            }
            for first in &entered {
                let within = entered.iter().filter(|at| *at >= first && **at < *first + TimeDelta::hours(1)).count();
                prop_assert!(within <= 14, "{within} tries within an hour");
            }
        }
    }
}
