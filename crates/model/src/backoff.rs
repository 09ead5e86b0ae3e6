//! How long to wait before the next attempt: twice as long each time, up to a limit, and never in step with others.

use std::time::Duration;

/// The shape of the waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// The wait after the first attempt, before the jitter.
    pub first: Duration,
    /// The wait never grows beyond this.
    pub longest: Duration,
}

impl Default for Backoff {
    /// Half a minute at first, an hour at the most.
    fn default() -> Self {
        Self { first: Duration::from_secs(30), longest: Duration::from_secs(3600) }
    }
}

impl Backoff {
    /// The wait after the nth attempt, counted from 1. Half of it is fixed; the other half is spread by the random
    /// bytes, so that a thousand mails refused together do not come back together. Whole milliseconds, because
    /// databases keep no finer moments than microseconds.
    pub fn wait(&self, attempt: u32, random: [u8; 4]) -> Duration {
        let doublings = attempt.saturating_sub(1).min(31);
        let full = self.first.saturating_mul(1 << doublings).min(self.longest);
        let half = full / 2;
        let spread = f64::from(u32::from_be_bytes(random)) / (f64::from(u32::MAX) + 1.0);
        let wait = half + half.mul_f64(spread);
        wait - Duration::from_nanos(u64::from(wait.subsec_nanos() % 1_000_000))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_wait_lies_between_half_and_the_whole_of_the_doubled_step(
            attempt in 1..100u32, random: [u8; 4], first in 1..600u64, more in 0..100_000u64,
        ) {
            let backoff = Backoff {
                first: Duration::from_secs(first),
                longest: Duration::from_secs(first + more),
            };
            let wait = backoff.wait(attempt, random);
            let full = (first.saturating_mul(1 << (attempt - 1).min(31))).min(first + more);
            prop_assert!(wait >= Duration::from_secs(full) / 2);
            prop_assert!(wait <= Duration::from_secs(full));
        }

        #[test]
        fn with_the_same_luck_the_wait_never_shrinks(attempt in 1..100u32, random: [u8; 4]) {
            let backoff = Backoff::default();
            prop_assert!(backoff.wait(attempt + 1, random) >= backoff.wait(attempt, random));
        }
    }

    #[test]
    fn two_mails_refused_together_do_not_come_back_together() {
        let backoff = Backoff::default();
        assert_ne!(backoff.wait(3, [1, 2, 3, 4]), backoff.wait(3, [200, 2, 3, 4]));
    }
}
