//! The fields of a row.

use serde::{Deserialize, Serialize};

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $key:literal, required $required:literal;)*) => {
        /// What a column can hold.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Field {
            $($(#[$doc])* $name,)*
        }

        impl Field {
            /// Every field.
            pub const ALL: &'static [Field] = &[$(Field::$name),*];

            /// The field's own name, as profiles write it.
            pub const fn key(self) -> &'static str {
                match self { $(Field::$name => $key),* }
            }

            /// True when a file without this column cannot be read.
            pub const fn is_required(self) -> bool {
                match self { $(Field::$name => $required),* }
            }
        }
    };
}

fields! {
    /// The key of a person.
    EmployeeNumber = "employee_number", required true;
    /// Given name or names.
    GivenName = "given_name", required true;
    /// Family name.
    FamilyName = "family_name", required true;
    /// Where mail goes.
    Email = "email", required true;
    /// The key of the unit she or he works in.
    UnitCode = "unit_code", required true;
    /// That unit's name.
    UnitName = "unit_name", required true;
    /// That unit's kind.
    UnitKind = "unit_kind", required true;
    /// The code of the unit above it.
    ParentUnit = "parent_unit", required true;
    /// The job title.
    JobTitle = "job_title", required false;
    /// The profession.
    Profession = "profession", required false;
    /// The level of leading, 1 to 4; empty for who leads nothing.
    Level = "level", required true;
    /// First day as leader.
    LeaderFrom = "leader_from", required true;
    /// Last day as leader.
    LeaderTo = "leader_to", required true;
    /// Appointed for the time being.
    Acting = "acting", required false;
    /// Written language.
    Locale = "locale", required false;
    /// First day of employment.
    EmployedFrom = "employed_from", required true;
    /// Last day of employment.
    EmployedTo = "employed_to", required true;
    /// The site.
    Workplace = "workplace", required false;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_what_profiles_write() {
        for field in Field::ALL {
            assert_eq!(serde_json::to_value(field).unwrap(), field.key());
        }
    }
}
