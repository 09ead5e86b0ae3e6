use proptest::prelude::*;

use super::*;
use crate::catalogue::{Catalogue, shipped::catalogue};

fn framework() -> Framework {
    catalogue().into()
}

fn all(rating: Rating) -> Ratings {
    framework().keys().into_iter().map(|key| (key, rating)).collect()
}

fn with(mut ratings: Ratings, key: &str, rating: Rating) -> Ratings {
    ratings.insert(key.to_owned(), rating);
    ratings
}

fn needs(ratings: &[Ratings]) -> Vec<Need> {
    low(&framework(), ratings)
}

const LEVEL: ResponsibilityLevel = ResponsibilityLevel::LeadsEmployees;

#[test]
fn a_low_rating_by_either_of_the_two_is_a_need() {
    let own = all(Rating::InPlace);
    assert_eq!(needs(&[own.clone(), own.clone()]), []);
    let others = with(own.clone(), "employer_role", Rating::OnTheWay);
    let need = Need::Requirement("employer_role".into());
    for views in [[own.clone(), others.clone()], [others, own.clone()]] {
        assert_eq!(needs(&views).first(), Some(&need));
    }
    assert_eq!(
        needs(&[with(own, "employer_role", Rating::NotApplicable)]),
        [],
        "what does not apply is not low"
    );
}

#[test]
fn a_low_domain_is_named_where_no_low_requirement_draws_on_it_first() {
    // Context: primary of employer_role, which does not apply; its secondary one is low.
    let own = with(all(Rating::InPlace), "employer_role", Rating::NotApplicable);
    let own = with(own, "strategy_and_change", Rating::OnTheWay);
    let found = needs(&[own]);
    assert_eq!(found, [Need::Requirement("strategy_and_change".into()), Need::Domain(Domain::Context)]);
}

#[test]
fn what_names_the_requirement_comes_before_what_names_what_it_asks_for_and_that_before_its_domain() {
    let Catalogue { programmes, .. } = catalogue();
    let framework = framework();
    let need = Need::Requirement("employer_role".into());
    let target = Target::of(&framework, &need, LEVEL).unwrap();
    let served = target.by_programmes(&programmes);
    let told: Vec<_> = served.iter().map(|one| (one.programme.key.as_str(), one.directness)).collect();
    assert!(told.is_sorted_by_key(|(_, directness)| *directness), "{told:?}");
    assert_eq!(told[0], ("new_leader_development", Directness::Requirement), "with three blocks: {told:?}");
    for one in &served {
        assert!(one.parts.iter().all(|part| target.by_block(part.block) == Some(one.directness)));
    }
}

#[test]
fn every_requirement_and_every_domain_is_served_at_every_level_that_leads() {
    let Catalogue { programmes, .. } = catalogue();
    let framework = framework();
    let requirements = framework.keys().into_iter().map(Need::Requirement);
    for need in requirements.chain(Domain::ALL.into_iter().map(Need::Domain)) {
        for level in ResponsibilityLevel::ALL.into_iter().skip(1) {
            let target = Target::of(&framework, &need, level).unwrap();
            assert!(!target.by_programmes(&programmes).is_empty(), "{need:?} {level:?}");
            assert!(target.items(&framework).next().is_some(), "{need:?}");
        }
    }
}

/// Whatever the two say: a need is a requirement that one of them rates low, or a domain that is low and told nowhere else.
#[test]
fn every_need_has_its_reason_and_no_low_rating_is_left_out() {
    let framework = framework();
    let keys = framework.keys();
    let rating = prop::option::of(prop::sample::select(Rating::ALL));
    let view = prop::collection::vec(rating, keys.len());
    proptest!(|(views in prop::collection::vec(view, 0..3))| {
        let views: Vec<Ratings> = views
            .into_iter()
            .map(|view| keys.iter().cloned().zip(view).filter_map(|(key, one)| Some((key, one?))).collect())
            .collect();
        let found = low(&framework, &views);
        for requirement in &framework.requirements {
            let rated = views.iter().filter_map(|view| view.get(&requirement.key)).filter_map(|one| one.figure());
            let is_low = rated.min().is_some_and(|figure| figure <= LOW_RATING);
            prop_assert_eq!(found.contains(&Need::Requirement(requirement.key.clone())), is_low);
        }
        for need in &found {
            if let Need::Domain(domain) = need {
                let named = framework.requirements.iter().filter(|one| one.primary.contains(domain));
                for one in named {
                    prop_assert!(!found.contains(&Need::Requirement(one.key.clone())));
                }
            }
        }
    });
}
