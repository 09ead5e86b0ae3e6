//! What both pages show of people and units.

use varde_app::pages;

use super::late::LateId;

crate::node! {
    /// Somebody employed (ansatt), as far as a list shows it; `node(id)` has the rest.
    pub struct PersonSummary {
        /// Opaque permanent id of the person.
        id: LateId,
        /// The HR system's key (ansattnummer).
        employee_number: String,
        /// Given and family name.
        display_name: String,
        /// Given name.
        given_name: String,
        /// Family name.
        family_name: String,
        /// The address that mails go to.
        email: String,
    }
}

crate::node! {
    /// A unit (enhet), as far as a list shows it.
    pub struct UnitSummary {
        /// The HR system's key (enhetskode).
        code: String,
        /// Its name today.
        name: String,
    }
}

impl From<pages::PersonCard> for PersonSummary {
    fn from(person: pages::PersonCard) -> Self {
        Self {
            id: LateId("Person", person.id.0),
            display_name: format!("{} {}", person.given_name, person.family_name),
            employee_number: person.employee_number,
            given_name: person.given_name,
            family_name: person.family_name,
            email: person.email,
        }
    }
}

impl From<pages::UnitCard> for UnitSummary {
    fn from(unit: pages::UnitCard) -> Self {
        Self { code: unit.code, name: unit.name }
    }
}
