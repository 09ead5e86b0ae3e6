//! What is the caller's own, read once for an operation however many ids ask for it. For queries: what a mutation has
//! changed it reads itself.

use tokio::sync::OnceCell;
use varde_app::{
    Error,
    access::{Oneself, SignedIn},
    enrolments::{self, MyPlace},
    groups::{self, OwnGroup},
    organisations, people,
};
use varde_model::{organisation::Organisation, people::Person};

use super::Caller;

/// Of one caller; made for each operation.
#[derive(Debug, Default)]
pub(crate) struct Own {
    organisation: OnceCell<Organisation>,
    person: OnceCell<Option<Person>>,
    places: OnceCell<Vec<MyPlace>>,
    groups: OnceCell<Vec<OwnGroup>>,
}

impl Own {
    /// The caller's organisation.
    pub(crate) async fn organisation(
        &self,
        caller: &Caller,
        right: &SignedIn,
    ) -> Result<&Organisation, Error> {
        self.organisation.get_or_try_init(|| organisations::own(&caller.ctx, right)).await
    }

    /// The caller as an employed person.
    pub(crate) async fn person(&self, caller: &Caller, right: &Oneself) -> Result<Option<&Person>, Error> {
        let found = self.person.get_or_try_init(|| people::oneself(&caller.ctx, right)).await?;
        Ok(found.as_ref())
    }

    /// The leader groups that the caller belongs to.
    pub(crate) async fn groups(&self, caller: &Caller, right: &Oneself) -> Result<&[OwnGroup], Error> {
        let found = self.groups.get_or_try_init(|| groups::mine(&caller.ctx, right)).await?;
        Ok(found)
    }

    /// The caller's places.
    pub(crate) async fn places(&self, caller: &Caller, right: &Oneself) -> Result<&[MyPlace], Error> {
        let found = self.places.get_or_try_init(|| enrolments::mine(&caller.ctx, right)).await?;
        Ok(found)
    }
}
