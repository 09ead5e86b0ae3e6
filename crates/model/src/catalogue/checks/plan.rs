//! What the competence plan must hold beyond its shape.

use super::Check;
use crate::catalogue::{CatalogueFault, PlanItem, source::Source};

/// The longest deadline, in months.
const LONGEST: u32 = 36;

/// Keys of their own, domains each once, and something that covers each item.
pub(in crate::catalogue) fn plan(source: &Source<'_>, items: &[PlanItem]) -> Vec<CatalogueFault> {
    let mut check = Check::of(source);
    check.that(!items.is_empty(), "item", || "there are none".to_owned());
    for (index, one) in items.iter().enumerate() {
        let at = format!("item[{index}]");
        check.own_key(&at, index, items.iter().map(|one| &one.key));
        check.texts(&format!("{at}.title"), &one.title);
        check.texts(&format!("{at}.text"), &one.text);
        check.that(!one.domains.is_empty(), &format!("{at}.domains"), || "name a domain".to_owned());
        for (place, domain) in one.domains.iter().enumerate() {
            let twice = one.domains.iter().take(place).any(|earlier| earlier == domain);
            check.that(!twice, &format!("{at}.domains[{place}]"), || {
                format!("'{}' stands twice", domain.as_str())
            });
        }
        if let Some(months) = one.within_months {
            check.between(&format!("{at}.within_months"), months, 1, LONGEST);
        }
        let covered = one.gatherings || !one.covered_by.is_empty();
        check.that(covered, &format!("{at}.gatherings"), || {
            "nothing covers the item: name a course or a tool, or let gatherings cover it".to_owned()
        });
        for (place, resource) in one.covered_by.iter().enumerate() {
            check.texts(&format!("{at}.covered_by[{place}].title"), &resource.title);
        }
    }
    check.faults
}
