//! Places as the rows of a bulk call name them: by their id, or by the leader's employee number.

use std::collections::HashMap;

use varde_model::ids::{CohortId, EnrolmentId, OrganisationId, PersonId};
use varde_persistence::{Conn, enrolments, people};

use crate::{Code, Refusal, Result};

/// What a place is named by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceName {
    /// Its permanent id.
    Id(EnrolmentId),
    /// The employee number of its leader, in the cohort that the call is about.
    Number(String),
}

/// One row that names a place.
#[derive(Clone, Debug)]
pub struct PlaceRow {
    /// The field of the input that holds the row.
    pub field: &'static str,
    /// The row's index in it.
    pub index: usize,
    /// The field of the row that names the place, where rows have fields.
    pub key: Option<&'static str>,
    /// The place, or why the row names none.
    pub name: std::result::Result<PlaceName, Refusal>,
}

impl PlaceRow {
    /// What came of the row, with the field that names the place before the path of a refusal.
    pub(crate) fn told<T>(&self, outcome: Result<T>) -> Result<T> {
        outcome.map_err(|error| match self.key {
            Some(key) => error.under(&[key.into()]),
            None => error,
        })
    }
}

/// What the employee numbers of a call's rows stand for, looked up together.
pub(crate) struct NamedPlaces {
    people: HashMap<String, PersonId>,
    places: HashMap<PersonId, EnrolmentId>,
}

impl NamedPlaces {
    /// Looks up the rows' numbers in a cohort.
    pub(crate) async fn look_up(
        conn: &impl Conn,
        org: OrganisationId,
        cohort: CohortId,
        rows: impl Iterator<Item = &PlaceRow>,
    ) -> Result<Self> {
        let number = |row: &PlaceRow| match &row.name {
            Ok(PlaceName::Number(number)) => Some(number.trim().to_owned()),
            _ => None,
        };
        let numbers: Vec<String> = rows.filter_map(number).collect();
        if numbers.is_empty() {
            return Ok(Self { people: HashMap::new(), places: HashMap::new() });
        }
        let people = people::find_by_numbers(conn, org, &numbers).await?;
        let places = enrolments::of_cohort(conn, org, cohort).await?;
        Ok(Self {
            people: people.into_iter().map(|person| (person.employee_number, person.id)).collect(),
            places: places.into_iter().map(|place| (place.person, place.id)).collect(),
        })
    }

    /// The place that a row names. One that is named by its id is not looked up here.
    pub(crate) fn of(&self, row: &PlaceRow) -> Result<EnrolmentId> {
        let number = match row.name.clone()? {
            PlaceName::Id(id) => return Ok(id),
            PlaceName::Number(number) => number,
        };
        let person = self.people.get(number.trim()).ok_or(Refusal::new(Code::NotFound))?;
        Ok(*self.places.get(person).ok_or(Refusal::new(Code::NotInCohort))?)
    }
}
