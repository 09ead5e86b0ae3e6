//! Links that do not exist, counted for each client address.
//!
//! A token cannot be guessed: 256 bits of it are a signature, checked before the database is asked. The bound is
//! for the noise. It holds back only what is unknown, never a link that works, because a whole hospital may share
//! one address.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    time::Duration,
};

use governor::{
    Quota, RateLimiter, clock::Clock, middleware::NoOpMiddleware, state::keyed::DashMapStateStore,
};
use varde_app::App;

/// Addresses remembered at most; above it, newcomers share one count.
const MOST_ADDRESSES: usize = 10_000;

/// One more try is granted after each of these.
const PAUSE: Duration = Duration::from_secs(6);

type Key = Option<IpAddr>;

/// Counts the tries of each address.
pub(crate) struct Tries {
    limiter: RateLimiter<Key, DashMapStateStore<Key>, AppClock, NoOpMiddleware<Duration>>,
}

impl Tries {
    pub(crate) fn new(app: App, in_a_row: NonZeroU32) -> Self {
        // Never None: the pause is not nought.
        let quota = Quota::with_period(PAUSE).unwrap_or(Quota::per_minute(in_a_row)).allow_burst(in_a_row);
        Self { limiter: RateLimiter::dashmap_with_clock(quota, AppClock(app)) }
    }

    /// Counts one more; false when there were too many.
    pub(crate) fn allow(&self, address: Option<IpAddr>) -> bool {
        let mut key = address.map(network);
        if self.limiter.len() >= MOST_ADDRESSES {
            self.limiter.retain_recent();
            if self.limiter.len() >= MOST_ADDRESSES {
                key = None;
            }
        }
        self.limiter.check_key(&key).is_ok()
    }
}

/// Somebody with IPv6 has a whole network of addresses: its first half is what counts.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
        v4 => v4,
    }
}

/// The application's clock as the limiter reads it: time since 1970.
#[derive(Clone)]
struct AppClock(App);

impl Clock for AppClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.now().timestamp_millis()).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_network_count_together() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:10.0.0.1"), of("10.0.0.1"));
    }
}
