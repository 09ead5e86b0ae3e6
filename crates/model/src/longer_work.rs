//! Longer work shows that it lives; what is silent for too long is given up.

use chrono::{DateTime, TimeDelta, Utc};

/// How often work at hand gives a sign of life.
pub const SIGN_EVERY: TimeDelta = TimeDelta::seconds(30);

/// Ten signs missed: whoever did the work is gone.
pub const SILENCE: TimeDelta = TimeDelta::minutes(5);

/// Work whose last sign of life is older than this is given up.
pub fn given_up_before(now: DateTime<Utc>) -> DateTime<Utc> {
    now - SILENCE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_misses_a_few_signs_is_not_given_up() {
        let sign: DateTime<Utc> = "2026-11-23T08:00:00Z".parse().unwrap();
        let given_up = |after: TimeDelta| sign < given_up_before(sign + after);
        assert!(!given_up(SIGN_EVERY * 9));
        assert!(!given_up(SILENCE));
        assert!(given_up(SILENCE + TimeDelta::seconds(1)));
    }
}
