//! People as GraphQL sees them.

use async_graphql::ID;
use varde_model::people;

use crate::relay;
use crate::schema::scalars::LocalDate;

crate::node! {
    /// Anyone employed (ansatt).
    #[graphql(complex)]
    pub struct Person {
        /// Opaque permanent id.
        #[graphql(owned)]
        id: ID,
        /// The HR system's key, which upserts and look-ups use (ansattnummer).
        employee_number: String,
        /// Given and family name.
        display_name: String,
        /// Given name.
        given_name: String,
        /// Family name.
        family_name: String,
        /// The address that mails go to.
        email: String,
        /// The chosen written language: `nb`, `nn` or `en` (målform).
        locale: String,
        /// True where the person chose that language; an HR file does not change it then.
        locale_chosen: bool,
        /// Profession, such as nurse (profesjon).
        profession: Option<String>,
        /// The site (arbeidssted).
        workplace: Option<String>,
        /// The first day of employment, where HR has told.
        employed_from: LocalDate,
        /// The last day of employment, where one is known.
        employed_to: Option<LocalDate>,
        /// Since which import the person has been missing from the HR file; never deleted for it.
        missing_since: Option<LocalDate>,
        /// True when the person has unsubscribed from what is not mandatory.
        muted: bool,
    }
}

impl From<people::Person> for Person {
    fn from(person: people::Person) -> Self {
        Self {
            id: relay::encode("Person", person.id.0),
            display_name: person.name(),
            employee_number: person.employee_number,
            given_name: person.given_name,
            family_name: person.family_name,
            email: person.email,
            locale: person.locale.tag().to_owned(),
            locale_chosen: person.locale_chosen,
            profession: person.profession,
            workplace: person.workplace,
            employed_from: person.employed.from.into(),
            employed_to: person.employed.to.map(LocalDate),
            missing_since: person.missing_since.map(LocalDate),
            muted: person.muted,
        }
    }
}
