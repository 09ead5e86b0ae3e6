//! Items in words, with the names of those on the page looked up together.

use std::collections::{BTreeSet, HashMap};

use varde_model::{
    Locale, dates,
    holidays::holiday_on,
    ids::{AccountId, CohortId, PersonId},
};
use varde_persistence::{accounts, cohorts, organisations, people};

use super::{Handed, Said};
use crate::{Ctx, Error, Result, access::Coordinator, conflicts, labels, texts};

/// What the reason of each item says, in their order.
///
/// # Errors
/// The database refused.
pub async fn told(ctx: &Ctx, right: &Coordinator, items: &[Handed]) -> Result<Vec<String>> {
    let (store, org) = (ctx.store(), right.org());
    let organisation = organisations::find(store, org).await?;
    let zone = organisation.ok_or_else(|| Error::internal("organisation gone"))?.zone;
    let (mut wanted, mut codes, mut holders) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (_, said) in items.iter().flat_map(|handed| &handed.item.said) {
        match said {
            Said::Person(person) => {
                wanted.insert(*person);
            }
            Said::Conflict(conflict) => wanted.extend([conflict.one, conflict.other]),
            Said::Cohort(cohort) => {
                codes.insert(*cohort);
            }
            Said::Account(account) => {
                holders.insert(*account);
            }
            _ => {}
        }
    }
    let (wanted, codes): (Vec<PersonId>, Vec<CohortId>) =
        (wanted.into_iter().collect(), codes.into_iter().collect());
    let holders: Vec<AccountId> = holders.into_iter().collect();
    let holders: HashMap<AccountId, String> = accounts::find_many(store, org, &holders)
        .await?
        .into_iter()
        .map(|a| (a.id, a.display_name))
        .collect();
    let mut names: HashMap<PersonId, String> = HashMap::new();
    for chunk in wanted.chunks(500) {
        names.extend(people::find_many(store, org, chunk).await?.into_iter().map(|p| (p.id, p.name())));
    }
    let mut known: HashMap<CohortId, String> = HashMap::new();
    for chunk in codes.chunks(500) {
        known.extend(cohorts::find_many(store, org, chunk).await?.into_iter().map(|c| (c.id, c.code)));
    }
    let name = |person: &PersonId| names.get(person).cloned().unwrap_or_default();
    let written = |said: &Said, locale: Locale| match said {
        Said::Person(person) => name(person),
        Said::Account(account) => holders.get(account).cloned().unwrap_or_default(),
        Said::Holiday(day) => holiday_on(*day).map_or("", |holiday| holiday.name(locale)).to_owned(),
        Said::Cohort(cohort) => known.get(cohort).cloned().unwrap_or_default(),
        Said::Day(day) => dates::day(locale, *day),
        Said::Moment(at) => dates::moment(locale, zone, *at),
        Said::Number(number) => number.to_string(),
        Said::Texts(texts) => texts.get(locale).to_owned(),
        Said::Text(text) => text.clone(),
        Said::Letter(letter) => labels::letter(locale, *letter),
        Said::Conflict(found) => conflicts::told(found, &name(&found.one), &name(&found.other), locale),
    };
    let text = |handed: &Handed| {
        let said = handed.item.said.iter();
        let args: Vec<_> = said.map(|(key, said)| (*key, written(said, ctx.locale))).collect();
        texts::text_with(ctx.locale, &reason_key(handed.item.reason.as_str()), &args)
    };
    Ok(items.iter().map(text).collect())
}

fn reason_key(reason: &str) -> String {
    format!("inbox-reason-{}", reason.replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use varde_model::inbox::InboxReason;

    use super::*;

    #[test]
    fn every_reason_has_a_text_in_every_language() {
        for reason in InboxReason::ALL {
            for locale in Locale::ALL {
                let told = labels::label(locale, "InboxReason", reason.as_str());
                let whole = told.as_ref().is_some_and(|text| text.ends_with(['.', '…']));
                assert!(whole, "{reason:?} in {locale}: {told:?}");
            }
        }
    }
}
