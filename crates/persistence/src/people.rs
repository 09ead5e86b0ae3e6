//! People and where they work.

mod rows;
mod snapshot;

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use varde_model::{
    Locale,
    ids::{OrganisationId, PersonId},
    people::{Employment, Person, email_key, search_key},
};

use crate::{
    Conn, Result, Tx,
    entity::{employment, person},
    error::one_row,
    store::sealed::Raw,
};

pub(crate) use rows::{containing, contains};
pub use snapshot::{known, write};

/// One person.
pub async fn find(conn: &impl Conn, org: OrganisationId, id: PersonId) -> Result<Option<Person>> {
    Ok(find_many(conn, org, &[id]).await?.pop())
}

/// Several people, in no order; unknown ones are left out.
pub async fn find_many(conn: &impl Conn, org: OrganisationId, ids: &[PersonId]) -> Result<Vec<Person>> {
    let mut people = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let rows = person::Entity::find()
            .filter(person::Column::OrganisationId.eq(org.0))
            .filter(person::Column::Id.is_in(chunk.iter().map(|id| id.0)))
            .all(conn.raw())
            .await?;
        for row in rows {
            people.push(Person::try_from(row)?);
        }
    }
    Ok(people)
}

/// Several people by employee number, in no order; unknown ones are left out.
pub async fn find_by_numbers(
    conn: &impl Conn,
    org: OrganisationId,
    numbers: &[String],
) -> Result<Vec<Person>> {
    let mut people = Vec::with_capacity(numbers.len());
    for chunk in numbers.chunks(500) {
        let rows = person::Entity::find()
            .filter(person::Column::OrganisationId.eq(org.0))
            .filter(person::Column::EmployeeNumber.is_in(chunk.iter().map(String::as_str)))
            .all(conn.raw())
            .await?;
        for row in rows {
            people.push(Person::try_from(row)?);
        }
    }
    Ok(people)
}

/// The person with that employee number.
pub async fn find_by_number(conn: &impl Conn, org: OrganisationId, number: &str) -> Result<Option<Person>> {
    Ok(find_by_numbers(conn, org, &[number.to_owned()]).await?.pop())
}

/// People with that address, upper and lower case alike: more than one where HR gave a new number.
pub async fn find_by_email(conn: &impl Conn, org: OrganisationId, email: &str) -> Result<Vec<Person>> {
    let rows = person::Entity::find()
        .filter(person::Column::OrganisationId.eq(org.0))
        .filter(person::Column::EmailKey.eq(email_key(email)))
        .order_by_asc(person::Column::Id)
        .all(conn.raw())
        .await?;
    rows.into_iter().map(Person::try_from).collect()
}

/// A place in the list of people by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameKey {
    /// [`varde_model::people::sort_key`] of the last row seen.
    pub sort_key: Vec<u8>,
    /// Its person.
    pub id: PersonId,
}

/// Which people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonFilter {
    /// Words that name or number contain, all of them.
    pub search: Option<String>,
    /// True: those who are missing from the HR file and of whom no last day is known. False: everyone else.
    pub missing: Option<bool>,
}

/// People by name in Norwegian order, those whom the filter lets through.
pub async fn page(
    conn: &impl Conn,
    org: OrganisationId,
    filter: &PersonFilter,
    after: Option<&NameKey>,
    limit: u64,
) -> Result<Vec<Person>> {
    let mut wanted = filtered(org, filter);
    if let Some(after) = after {
        wanted = wanted.add(
            Condition::any().add(person::Column::SortKey.gt(after.sort_key.clone())).add(
                Condition::all()
                    .add(person::Column::SortKey.eq(after.sort_key.clone()))
                    .add(person::Column::Id.gt(after.id.0)),
            ),
        );
    }
    let rows = person::Entity::find()
        .filter(wanted)
        .order_by_asc(person::Column::SortKey)
        .order_by_asc(person::Column::Id)
        .limit(limit)
        .all(conn.raw())
        .await?;
    rows.into_iter().map(Person::try_from).collect()
}

/// How many people the filter lets through.
pub async fn count(conn: &impl Conn, org: OrganisationId, filter: &PersonFilter) -> Result<u64> {
    Ok(person::Entity::find().filter(filtered(org, filter)).count(conn.raw()).await?)
}

fn filtered(org: OrganisationId, filter: &PersonFilter) -> Condition {
    let mut wanted = Condition::all().add(person::Column::OrganisationId.eq(org.0));
    for word in filter.search.as_deref().map(search_key).unwrap_or_default().split_whitespace() {
        wanted = wanted.add(contains(person::Column::SearchKey, word));
    }
    let flagged = Condition::all()
        .add(person::Column::MissingSince.is_not_null())
        .add(person::Column::EmployedTo.is_null());
    match filter.missing {
        None => wanted,
        Some(true) => wanted.add(flagged),
        Some(false) => wanted.add(flagged.not()),
    }
}

/// Where people worked, oldest first.
pub async fn employments(conn: &impl Conn, org: OrganisationId, of: &[PersonId]) -> Result<Vec<Employment>> {
    let mut found = Vec::new();
    for chunk in of.chunks(500) {
        let rows = employment::Entity::find()
            .filter(employment::Column::OrganisationId.eq(org.0))
            .filter(employment::Column::PersonId.is_in(chunk.iter().map(|id| id.0)))
            .order_by_asc(employment::Column::ValidFrom)
            .order_by_asc(employment::Column::Id)
            .all(conn.raw())
            .await?;
        found.extend(rows.into_iter().map(Employment::from));
    }
    Ok(found)
}

/// Writes the language that a person chose.
pub async fn choose_locale(tx: &Tx, org: OrganisationId, id: PersonId, locale: Locale) -> Result<()> {
    let done = person::Entity::update_many()
        .col_expr(person::Column::Locale, Expr::value(locale.tag()))
        .col_expr(person::Column::LocaleChosen, Expr::value(true))
        .filter(person::Column::Id.eq(id.0))
        .filter(person::Column::OrganisationId.eq(org.0))
        .exec(tx.raw())
        .await?;
    one_row("person.choose_locale", done.rows_affected)
}

/// Lets a person have all mail, or only mandatory mail.
pub async fn set_muted(tx: &Tx, org: OrganisationId, id: PersonId, muted: bool) -> Result<()> {
    let done = person::Entity::update_many()
        .col_expr(person::Column::Muted, Expr::value(muted))
        .filter(person::Column::Id.eq(id.0))
        .filter(person::Column::OrganisationId.eq(org.0))
        .exec(tx.raw())
        .await?;
    one_row("person.set_muted", done.rows_affected)
}
