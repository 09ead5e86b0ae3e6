//! Roles. Administrator and coordinator are granted; the others follow from the data and are never granted.

use serde::{Deserialize, Serialize};

/// What somebody is to the organisation. One person can hold several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Manages accounts, roles and settings; may do all that a coordinator may.
    Administrator,
    /// Runs cohorts (programkoordinator, HR).
    Coordinator,
    /// Has leaders reporting to her or him (nærmeste leder).
    LineManager,
    /// Holds a current leadership appointment (leder).
    Leader,
    /// Supports a new leader (mentor).
    Mentor,
}

impl Role {
    /// Every role, in the order in which they are shown.
    pub const ALL: [Role; 5] =
        [Role::Administrator, Role::Coordinator, Role::LineManager, Role::Leader, Role::Mentor];

    /// The name that is stored: `administrator`, `line_manager` and so on.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Administrator => "administrator",
            Role::Coordinator => "coordinator",
            Role::LineManager => "line_manager",
            Role::Leader => "leader",
            Role::Mentor => "mentor",
        }
    }

    /// The role of a stored name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// True for a role that an administrator gives and takes. The others follow from appointments and mentorships.
    pub const fn is_granted(self) -> bool {
        matches!(self, Role::Administrator | Role::Coordinator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_roles_and_match_their_json() {
        for role in Role::ALL {
            assert_eq!(Role::from_name(role.name()), Some(role));
            assert_eq!(serde_json::to_value(role).unwrap(), role.name());
        }
        assert_eq!(Role::from_name("root"), None);
    }

    #[test]
    fn only_administrator_and_coordinator_are_granted() {
        let granted: Vec<Role> = Role::ALL.into_iter().filter(|role| role.is_granted()).collect();
        assert_eq!(granted, [Role::Administrator, Role::Coordinator]);
    }
}
