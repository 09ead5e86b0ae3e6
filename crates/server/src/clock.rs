//! The clocks: the one place that reads the system's.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, TimeDelta, Utc};
use varde_app::Clock;
use varde_gateway::http::Elapsed;

/// The system's clock.
#[derive(Debug)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the service's one reading of the clock; everyone else is told"
    )]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// The demo's clock: it runs as the system's does, at a distance that can only grow.
#[derive(Debug)]
pub(crate) struct MovableClock {
    ahead_microseconds: AtomicI64,
}

impl MovableClock {
    /// A clock that shows this moment now, which may lie in the past.
    pub(crate) fn showing(moment: DateTime<Utc>) -> Self {
        Self { ahead_microseconds: AtomicI64::new(distance(moment)) }
    }

    /// Moves it on; it never goes back.
    pub(crate) fn move_on_to(&self, moment: DateTime<Utc>) {
        self.ahead_microseconds.fetch_max(distance(moment), Ordering::Relaxed);
    }
}

fn distance(moment: DateTime<Utc>) -> i64 {
    // Rounded up, so that the clock shows no earlier moment than it was told. More than microseconds can count is
    // 292,000 years away.
    (moment - SystemClock.now() + TimeDelta::nanoseconds(999)).num_microseconds().unwrap_or(0)
}

impl Clock for MovableClock {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + TimeDelta::microseconds(self.ahead_microseconds.load(Ordering::Relaxed))
    }
}

/// Measures how long something took.
#[expect(
    clippy::disallowed_methods,
    reason = "durations are measured at the edge, for logs and metrics only"
)]
pub(crate) fn stopwatch() -> Elapsed {
    let start = std::time::Instant::now();
    Arc::new(move || start.elapsed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_moved_never_goes_back() {
        let far = SystemClock.now() + TimeDelta::days(400);
        let clock = MovableClock::showing(far - TimeDelta::days(1));
        clock.move_on_to(far);
        clock.move_on_to(far - TimeDelta::days(300));
        assert!(clock.now() >= far);
    }

    #[test]
    fn a_clock_can_begin_in_the_past() {
        let past: DateTime<Utc> = "2026-11-23T07:00:00Z".parse().unwrap();
        assert!(MovableClock::showing(past).now() - past < TimeDelta::minutes(1));
    }
}
