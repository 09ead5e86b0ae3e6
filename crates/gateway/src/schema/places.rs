//! Places in a cohort as the rows of bulk calls name them: by id, or by the leader's employee number.

use async_graphql::ID;
use varde_app::{
    Code, Refusal,
    enrolments::{PlaceName, PlaceRow},
};

use super::keys::{Key, one_of};
use crate::relay;

/// Rows that are ids and nothing else.
pub(crate) fn by_ids(field: &'static str, ids: &[ID]) -> impl Iterator<Item = PlaceRow> {
    let row = move |(index, id)| PlaceRow { field, index, key: None, name: by_id(id) };
    ids.iter().enumerate().map(row)
}

/// Rows that are employee numbers and nothing else.
pub(crate) fn by_numbers(field: &'static str, numbers: &[String]) -> impl Iterator<Item = PlaceRow> {
    let name = |number: &String| Ok(PlaceName::Number(number.clone()));
    let row = move |(index, number)| PlaceRow { field, index, key: None, name: name(number) };
    numbers.iter().enumerate().map(row)
}

/// A row with a field for the id, and one for the number.
pub(crate) fn by_either(
    field: &'static str,
    index: usize,
    id: Option<&ID>,
    number: Option<&str>,
) -> PlaceRow {
    let (key, name) = match one_of(("enrolmentId", id), ("employeeNumber", number)) {
        Ok(Key::Id(id)) => (Some("enrolmentId"), by_id(id)),
        Ok(Key::Own(number)) => (Some("employeeNumber"), Ok(PlaceName::Number(number.to_owned()))),
        // It says by itself which field is at fault.
        Err(refusal) => (None, Err(refusal)),
    };
    PlaceRow { field, index, key, name }
}

/// The rows of the one of two lists that is given: of ids, or of employee numbers.
pub(crate) fn of_one_list(
    (id_field, ids): (&'static str, Option<&Vec<ID>>),
    (number_field, numbers): (&'static str, Option<&Vec<String>>),
) -> Result<Vec<PlaceRow>, Refusal> {
    Ok(match one_of((id_field, ids), (number_field, numbers))? {
        Key::Id(ids) => by_ids(id_field, ids).collect(),
        Key::Own(numbers) => by_numbers(number_field, numbers).collect(),
    })
}

fn by_id(id: &ID) -> Result<PlaceName, Refusal> {
    let key = relay::decode_as("Enrolment", id).ok_or(Refusal::new(Code::NotFound))?;
    Ok(PlaceName::Id(key.into()))
}
