//! Related objects fetched together: one statement for all that a level of the answer asks for. Made for each
//! operation, with the caller's right, so that nothing crosses from one caller to another.

use std::{collections::HashMap, hash::Hash, time::Duration};

use async_graphql::dataloader::{DataLoader, Loader};
use varde_app::{Ctx, Error, access::Coordinator, sessions::AuthenticatedAccount};
use varde_model::{
    account::Account,
    cohort::Cohort,
    enrolment::Enrolment,
    gathering::{Attendance, Gathering, GatheringAnswer},
    ids::{AccountId, CohortId, EnrolmentId, GatheringId, PersonId, ProgrammeVersionId},
    people::Person,
};

/// The loaders of one operation; None for callers without the right to run cohorts, who reach nothing through them.
pub struct Loaders(Option<DataLoader<Batch>>);

impl Loaders {
    /// For a caller.
    pub fn new(ctx: &Ctx, account: Option<&AuthenticatedAccount>) -> Self {
        let right = account.and_then(|account| account.viewer.coordinator().ok());
        Self(right.map(|right| {
            DataLoader::new(Batch { ctx: ctx.clone(), right }, tokio::spawn).delay(Duration::ZERO).max_batch_size(1000)
        }))
    }

    /// One value.
    pub(crate) async fn one<K>(&self, key: K) -> Result<Option<<Batch as Loader<K>>::Value>, Error>
    where
        K: Send + Sync + Hash + Eq + Clone + 'static,
        Batch: Loader<K, Error = Shared>,
    {
        let loader = self.0.as_ref().ok_or(Error::Denied)?;
        loader.load_one(key).await.map_err(Shared::into_error)
    }
}

/// Fetches for one caller.
pub struct Batch {
    ctx: Ctx,
    right: Coordinator,
}

/// An error that several waiting resolvers get.
#[derive(Clone, Debug)]
pub struct Shared(String);

impl Shared {
    fn new(error: &Error) -> Self {
        Self(error.to_string())
    }

    fn into_error(self) -> Error {
        Error::internal(self.0)
    }
}

fn by<K: Hash + Eq, V>(values: Vec<V>, key: impl Fn(&V) -> K) -> HashMap<K, V> {
    values.into_iter().map(|value| (key(&value), value)).collect()
}

/// Several values for one key; a key without any has an empty list.
fn group<K: Hash + Eq + Clone, V>(keys: &[K], values: Vec<V>, key: impl Fn(&V) -> K) -> HashMap<K, Vec<V>> {
    let mut grouped: HashMap<K, Vec<V>> = keys.iter().map(|key| (key.clone(), Vec::new())).collect();
    for value in values {
        grouped.entry(key(&value)).or_default().push(value);
    }
    grouped
}

/// The gatherings of a cohort.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct GatheringsOf(pub(crate) CohortId);
/// Everyone in a cohort.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EnrolmentsOf(pub(crate) CohortId);
/// What leaders answered about a gathering.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct AnswersOf(pub(crate) GatheringId);
/// Who was at a gathering.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct AttendanceOf(pub(crate) GatheringId);

macro_rules! loads {
    ($($key:ty => $value:ty, |$this:ident, $keys:ident| $fetch:expr;)*) => {$(
        impl Loader<$key> for Batch {
            type Value = $value;
            type Error = Shared;

            async fn load(&self, $keys: &[$key]) -> Result<HashMap<$key, $value>, Shared> {
                let $this = self;
                let fetched: Result<HashMap<$key, $value>, Error> = async { Ok($fetch) }.await;
                fetched.map_err(|error| Shared::new(&error))
            }
        }
    )*};
}

loads! {
    CohortId => Cohort, |b, keys| by(varde_app::cohorts::find_many(&b.ctx, &b.right, keys).await?, |c| c.id);
    EnrolmentId => Enrolment, |b, keys| by(varde_app::enrolments::find_many(&b.ctx, &b.right, keys).await?, |e| e.id);
    PersonId => Person, |b, keys| by(varde_app::contacts::people(&b.ctx, &b.right, keys).await?, |p| p.id);
    AccountId => Account, |b, keys| by(varde_app::contacts::accounts(&b.ctx, &b.right, keys).await?, |a| a.id);
    ProgrammeVersionId => varde_app::catalogue::OwnProgramme, |b, keys| {
        by(varde_app::catalogue::versions(&b.ctx, &b.right, keys).await?, |v| v.version.id)
    };
    GatheringsOf => Vec<Gathering>, |b, keys| {
        let ids: Vec<CohortId> = keys.iter().map(|key| key.0).collect();
        group(keys, varde_app::cohorts::gatherings_of(&b.ctx, &b.right, &ids).await?, |g| GatheringsOf(g.cohort))
    };
    EnrolmentsOf => Vec<Enrolment>, |b, keys| {
        let ids: Vec<CohortId> = keys.iter().map(|key| key.0).collect();
        group(keys, varde_app::enrolments::of_cohorts(&b.ctx, &b.right, &ids).await?, |e| EnrolmentsOf(e.cohort))
    };
    AnswersOf => Vec<GatheringAnswer>, |b, keys| {
        let ids: Vec<GatheringId> = keys.iter().map(|key| key.0).collect();
        group(keys, varde_app::enrolments::answers_of(&b.ctx, &b.right, &ids).await?, |a| AnswersOf(a.gathering))
    };
    AttendanceOf => Vec<Attendance>, |b, keys| {
        let ids: Vec<GatheringId> = keys.iter().map(|key| key.0).collect();
        group(keys, varde_app::enrolments::attendance_of(&b.ctx, &b.right, &ids).await?, |a| AttendanceOf(a.gathering))
    };
}
