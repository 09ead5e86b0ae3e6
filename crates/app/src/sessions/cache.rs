//! Who was authenticated a moment ago: hot reads ask the database once in ten seconds, not once a request.
//!
//! A revocation made in this process is felt at once, one made in another within ten seconds.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use varde_auth::Digest;
use varde_model::ids::SessionId;

use super::AuthenticatedAccount;

const SERVES: TimeDelta = TimeDelta::seconds(10);

/// Entries at the most; beyond it those that no longer serve are dropped, and if all serve, all.
const CAPACITY: usize = 4096;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    Session(SessionId),
    Service(Digest),
}

#[derive(Default)]
pub(crate) struct Cache {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    /// Grows with every change of a right: what was read before it must not be kept after it.
    generation: u64,
    entries: HashMap<Key, Entry>,
}

struct Entry {
    account: AuthenticatedAccount,
    expires_at: DateTime<Utc>,
    read_at: DateTime<Utc>,
}

impl Entry {
    /// A clock that was set back (the demo's can be) makes an entry useless too.
    fn serves(&self, now: DateTime<Utc>) -> bool {
        self.read_at <= now && now < self.read_at + SERVES && now < self.expires_at
    }
}

impl Cache {
    pub(crate) fn get(&self, key: Key, now: DateTime<Utc>) -> Option<AuthenticatedAccount> {
        self.lock().entries.get(&key).filter(|entry| entry.serves(now)).map(|entry| entry.account.clone())
    }

    /// The generation to be named when what is about to be read is kept.
    pub(crate) fn generation(&self) -> u64 {
        self.lock().generation
    }

    pub(crate) fn keep(
        &self,
        generation: u64,
        key: Key,
        account: &AuthenticatedAccount,
        expires_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) {
        let mut inner = self.lock();
        if inner.generation != generation {
            return;
        }
        if inner.entries.len() >= CAPACITY {
            inner.entries.retain(|_, entry| entry.serves(now));
        }
        if inner.entries.len() >= CAPACITY {
            inner.entries.clear();
        }
        inner.entries.insert(key, Entry { account: account.clone(), expires_at, read_at: now });
    }

    /// Forgets everybody: some right changed. It happens seldom and costs each a statement.
    pub(crate) fn forget(&self) {
        let mut inner = self.lock();
        inner.generation += 1;
        inner.entries.clear();
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;
    use varde_model::{
        Locale,
        ids::{AccountId, OrganisationId},
    };

    use super::*;
    use crate::access::Viewer;

    fn now() -> DateTime<Utc> {
        "2026-11-22T10:00:00Z".parse().unwrap()
    }

    fn key(number: u128) -> Key {
        Key::Session(SessionId(Uuid::from_u128(number)))
    }

    fn somebody() -> AuthenticatedAccount {
        let viewer = Viewer {
            account: AccountId(Uuid::from_u128(1)),
            organisation: OrganisationId(Uuid::from_u128(2)),
            person: None,
            roles: Vec::new(),
            session: None,
        };
        AuthenticatedAccount { viewer, locale: Locale::Nb, service_token: None }
    }

    fn keep(cache: &Cache, number: u128, expires_in: TimeDelta) {
        cache.keep(cache.generation(), key(number), &somebody(), now() + expires_in, now());
    }

    #[test]
    fn an_entry_serves_ten_seconds_and_never_past_its_end_or_before_it_was_read() {
        let cache = Cache::default();
        keep(&cache, 1, TimeDelta::days(1));
        keep(&cache, 2, TimeDelta::seconds(3));
        for (number, seconds, serves) in
            [(1, 0, true), (1, 9, true), (1, 10, false), (1, -1, false), (2, 2, true), (2, 3, false)]
        {
            let got = cache.get(key(number), now() + TimeDelta::seconds(seconds));
            assert_eq!(got.is_some(), serves, "entry {number} after {seconds} s");
        }
    }

    #[test]
    fn what_was_read_before_a_right_changed_is_not_kept_after_it() {
        let cache = Cache::default();
        keep(&cache, 1, TimeDelta::days(1));
        let generation = cache.generation();
        cache.forget();
        assert!(cache.get(key(1), now()).is_none());
        cache.keep(generation, key(1), &somebody(), now() + TimeDelta::days(1), now());
        assert!(cache.get(key(1), now()).is_none());
    }

    #[test]
    fn it_never_holds_more_than_its_capacity() {
        let cache = Cache::default();
        for number in 0..2 * CAPACITY as u128 {
            keep(&cache, number, TimeDelta::days(1));
            assert!(cache.lock().entries.len() <= CAPACITY);
        }
    }
}
