//! The domain profile: how a leader, or at least five of them, stand in each competence domain.

mod beside;
mod published;

pub use beside::{Group, beside};
pub use published::{Behind, LEAST_BEHIND, LevelGroup, Published, publish};

use std::collections::BTreeMap;

use super::Rating;
use crate::catalogue::{Domain, Requirement};

/// A figure between 1 and 4 for each domain; a domain of which nothing applies is missing.
pub type Profile = BTreeMap<Domain, f64>;

/// The weighted mean of the ratings in each domain: a requirement counts double where the domain is its primary one.
/// What does not apply or was not rated counts in nothing.
pub fn profile(requirements: &[Requirement], rating: impl Fn(&str) -> Option<Rating>) -> Profile {
    let mut sums: BTreeMap<Domain, (u32, u32)> = BTreeMap::new();
    for requirement in requirements {
        let Some(figure) = rating(&requirement.key).and_then(Rating::figure) else { continue };
        for (domain, weight) in requirement.links() {
            let (sum, weights) = sums.entry(domain).or_default();
            *sum += u32::from(figure) * u32::from(weight);
            *weights += u32::from(weight);
        }
    }
    sums.into_iter().map(|(domain, (sum, weights))| (domain, f64::from(sum) / f64::from(weights))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::shipped::catalogue;

    #[test]
    fn a_primary_domain_counts_double() {
        let requirements = catalogue().requirements;
        // Execution: primary of 2 and 9, secondary of 4.
        let rated = profile(&requirements, |key| match key {
            "safety_and_quality" => Some(Rating::RoleModel),
            "working_environment" => Some(Rating::NotYet),
            "candour_and_loyalty" => Some(Rating::OnTheWay),
            _ => None,
        });
        assert_eq!(rated[&Domain::Execution], f64::from(4 * 2 + 2 + 2) / 5.0);
        assert_eq!(rated[&Domain::Values], 2.0);
        assert!(!rated.contains_key(&Domain::Context), "nothing said of it");
    }

    #[test]
    fn what_does_not_apply_counts_in_nothing() {
        let requirements = catalogue().requirements;
        let all = profile(&requirements, |key| match key {
            "employer_role" => Some(Rating::NotApplicable),
            _ => Some(Rating::InPlace),
        });
        assert!(all.values().all(|figure| (figure - 3.0).abs() < 1e-9), "{all:?}");
        assert_eq!(all.len(), 6, "context stands by the secondary link of strategy_and_change");
    }
}
