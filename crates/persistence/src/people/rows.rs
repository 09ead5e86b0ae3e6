//! Rows of people and employments, and the model's types.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait,
    sea_query::{LikeExpr, SimpleExpr},
};
use varde_model::{
    Locale,
    ids::{EmploymentId, OrganisationId, PersonId, UnitId},
    people::{Employment, Period, Person, email_key, search_key, sort_key},
};

use crate::{
    Fault, Result,
    entity::{employment, person},
};

impl TryFrom<person::Model> for Person {
    type Error = Fault;

    fn try_from(row: person::Model) -> Result<Self> {
        Ok(Self {
            id: PersonId(row.id),
            employee_number: row.employee_number,
            given_name: row.given_name,
            family_name: row.family_name,
            email: row.email,
            locale: Locale::from_tag(&row.locale)
                .ok_or_else(|| Fault::stored("person.locale", &row.locale))?,
            locale_chosen: row.locale_chosen,
            profession: row.profession,
            workplace: row.workplace,
            employed: Period { from: row.employed_from, to: row.employed_to },
            missing_since: row.missing_since,
            muted: row.muted,
        })
    }
}

pub(super) fn person_row(org: OrganisationId, person: &Person, now: DateTime<Utc>) -> person::ActiveModel {
    person::ActiveModel {
        id: Set(person.id.0),
        organisation_id: Set(org.0),
        employee_number: Set(person.employee_number.clone()),
        given_name: Set(person.given_name.clone()),
        family_name: Set(person.family_name.clone()),
        email: Set(person.email.clone()),
        email_key: Set(email_key(&person.email)),
        search_key: Set(searched_text(person)),
        sort_key: Set(sort_key(&person.family_name, &person.given_name)),
        locale: Set(person.locale.tag().to_owned()),
        locale_chosen: Set(person.locale_chosen),
        profession: Set(person.profession.clone()),
        workplace: Set(person.workplace.clone()),
        employed_from: Set(person.employed.from),
        employed_to: Set(person.employed.to),
        missing_since: Set(person.missing_since),
        muted: Set(person.muted),
        created_at: Set(now),
    }
}

pub(super) fn searched_text(person: &Person) -> String {
    search_key(&format!("{} {} {}", person.given_name, person.family_name, person.employee_number))
}

impl From<employment::Model> for Employment {
    fn from(row: employment::Model) -> Self {
        Self {
            id: EmploymentId(row.id),
            person: PersonId(row.person_id),
            unit: UnitId(row.unit_id),
            job_title: row.job_title,
            period: Period { from: row.valid_from, to: row.valid_to },
        }
    }
}

pub(super) fn employment_row(org: OrganisationId, employment: &Employment) -> employment::ActiveModel {
    employment::ActiveModel {
        id: Set(employment.id.0),
        organisation_id: Set(org.0),
        person_id: Set(employment.person.0),
        unit_id: Set(employment.unit.0),
        job_title: Set(employment.job_title.clone()),
        valid_from: Set(employment.period.from),
        valid_to: Set(employment.period.to),
    }
}

/// The column contains the word; what LIKE takes for patterns is taken as it stands.
pub(crate) fn contains(column: impl ColumnTrait, word: &str) -> SimpleExpr {
    column.like(LikeExpr::new(containing(word)).escape('\\'))
}

/// The pattern of LIKE, with a backslash as its escape, for what contains the word.
pub(crate) fn containing(word: &str) -> String {
    let literal = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{literal}%")
}
