//! Programmes in which leader groups take part as one.

use serde::{Deserialize, Serialize};

/// How leader groups take part in a programme. The levels of its audience are those of the groups' leaders.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupRule {
    /// Months after a group's last gathering at which what it agreed on is followed up, in rising order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub follow_up_months: Vec<u32>,
    /// True when a group comes with a change that it works on: what changes, who is touched, which benefits are wanted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub change_case: bool,
    /// True when somebody from outside guides each group.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub facilitator: bool,
    /// True when each group meets by itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own_gatherings: bool,
}
