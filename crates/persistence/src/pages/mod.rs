//! Pages that are read often and whole: a few set-wise statements, written by hand, on one connection.
//!
//! Elsewhere the ORM builds the statements. Here it would cost more than the answer itself: it builds the text anew for
//! each call, reads every column, and looks columns up by name. The statements of this module are understood by both
//! databases, each has one text however many rows it finds, and their rows are read by position.

mod leaders;
mod roster;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{Postgres, Sqlite, pool::PoolConnection};
use varde_model::{
    ids::{OrganisationId, PersonId},
    local_time::Zoned,
};

use crate::{Engine, Fault, Result, Store};

pub use leaders::{LeaderCard, LeaderOrder, LeaderPlace, leader, leaders};
pub use roster::{Roster, RosterDay, RosterGathering, RosterMember, RosterParts, roster};

/// One connection of the pool, held while a page is read.
#[derive(Debug)]
pub struct Reader(Link);

#[derive(Debug)]
enum Link {
    Postgres(PoolConnection<Postgres>),
    Sqlite(PoolConnection<Sqlite>),
}

impl Reader {
    /// Takes a connection. Do not ask the store for anything else while holding it: a pool whose every connection is
    /// held by somebody who waits for a second one stands still.
    ///
    /// # Errors
    /// None became free in time.
    pub async fn open(store: &Store) -> Result<Self> {
        Ok(Self(match store.engine() {
            Engine::Postgres => Link::Postgres(store.db().get_postgres_connection_pool().acquire().await?),
            Engine::Sqlite => Link::Sqlite(store.db().get_sqlite_connection_pool().acquire().await?),
        }))
    }

    /// The day at an instant where the organisation is; None when there is no such organisation.
    ///
    /// # Errors
    /// The database refused.
    pub async fn today(&mut self, org: OrganisationId, now: DateTime<Utc>) -> Result<Option<NaiveDate>> {
        let found = rows!(self, (String,), "SELECT o.time_zone FROM organisation o WHERE o.id = $1", org.0);
        found.first().map(|(zone,)| local_date(zone, now)).transpose()
    }
}

fn local_date(zone: &str, now: DateTime<Utc>) -> Result<NaiveDate> {
    let zone = zone.parse().map_err(|error| Fault::stored("organisation.time_zone", error))?;
    Ok(Zoned::at(now, zone).date)
}

/// Somebody employed, as far as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonCard {
    /// Permanent id.
    pub id: PersonId,
    /// The HR system's key.
    pub employee_number: String,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// The address that mails go to.
    pub email: String,
}

/// A unit, as far as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitCard {
    /// The HR system's key.
    pub code: String,
    /// Its name on the day of the page; the code where it has none then.
    pub name: String,
}

/// All rows of a statement that both databases understand, as tuples by position.
macro_rules! rows {
    ($reader:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match &mut $reader.0 {
            $crate::pages::Link::Postgres(link) => {
                sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_all(&mut **link).await?
            }
            $crate::pages::Link::Sqlite(link) => {
                sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_all(&mut **link).await?
            }
        }
    };
}
use rows;
