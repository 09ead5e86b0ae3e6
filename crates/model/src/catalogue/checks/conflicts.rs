//! What a set of rules of conflicts of interest must hold beyond its shape.

use super::{super::CatalogueFault, Check, Source};
use crate::conflicts::{Constellation, Relation, RuleSet, may_be_forbidden, must_be_forbidden};

/// Every relation once, what must stay forbidden is, and nothing is that cannot be.
pub(in crate::catalogue) fn conflicts(source: &Source<'_>, set: &RuleSet) -> Vec<CatalogueFault> {
    let mut check = Check::of(source);
    for constellation in Constellation::ALL {
        let (at, forbidden) = (constellation.as_str(), set.forbidden(*constellation));
        for (index, relation) in forbidden.iter().enumerate() {
            let at = format!("{at}[{index}]");
            check.that(!forbidden.iter().take(index).any(|earlier| earlier == relation), &at, || {
                format!("'{}' stands twice", relation.as_str())
            });
            check.that(may_be_forbidden(*constellation, *relation), &at, || {
                "the endorser is the line manager and leads the unit: it cannot be forbidden".to_owned()
            });
        }
        for relation in Relation::ALL.iter().filter(|one| must_be_forbidden(*constellation, **one)) {
            check.that(forbidden.contains(relation), at, || {
                format!("'{}' has to stay forbidden", relation.as_str())
            });
        }
    }
    check.faults
}
