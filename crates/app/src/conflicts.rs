//! Conflicts of interest (inhabilitet): a trust's rules, the answer for two people, and looking again at what stands.
//!
//! The rule itself is `varde_model::conflicts`.

use chrono::NaiveDate;
use varde_model::{
    Locale,
    conflicts::{self as rule, Conflict, ConflictRules, Constellation, Couple, RuleSet},
    ids::OrganisationId,
    local_time::Zoned,
    people::Person,
};
use varde_persistence::{Conn, conflicts as stored, organisations, people};

use crate::{Code, Ctx, Error, Refusal, Result, access::Coordinator, catalogue, input, line, texts};

mod publishing;
mod standing;

pub use publishing::{History, PublishRules, PublishedRules, history, publish};
pub(crate) use standing::look_again_in;
pub use standing::{Looked, StandingConstellation, look_again};

/// The rules of a trust through time: what comes with the product, until what the trust has published counts.
///
/// # Errors
/// The database refused, or a stored set cannot be read.
pub(crate) async fn rules(conn: &impl Conn, org: OrganisationId) -> Result<ConflictRules> {
    let mut sets = vec![shipped()?];
    for own in stored::rules(conn, org).await? {
        sets.push(serde_json::from_value(own.definition).map_err(Error::internal)?);
    }
    Ok(ConflictRules::new(sets))
}

/// The set that comes with the product.
fn shipped() -> Result<RuleSet> {
    let catalogue = catalogue::embedded();
    let catalogue = catalogue.map_err(|faults| Error::internal(format!("the catalogue: {faults:?}")))?;
    Ok(catalogue.conflicts)
}

/// What is to be said of two people.
#[derive(Clone, Debug)]
pub struct Between {
    /// Who serves.
    pub one: Person,
    /// Who is served.
    pub other: Person,
    /// What stands in the way; nothing where nothing does.
    pub conflicts: Vec<Conflict>,
}

/// Whether two people, named by their employee numbers, may stand beside each other in a constellation; on a day, or today.
///
/// # Errors
/// Refused: nobody has that number, or the day is far away.
pub async fn between(
    ctx: &Ctx,
    right: &Coordinator,
    constellation: Constellation,
    [one, other]: [&str; 2],
    on: Option<NaiveDate>,
) -> Result<Between> {
    let (store, org) = (ctx.store(), right.org());
    let on = match input::date_if_given("on", on)? {
        Some(on) => on,
        None => today(ctx, store, org).await?,
    };
    let one = people::find_by_number(store, org, one.trim()).await?;
    let one = one.ok_or(Refusal::new(Code::NotFound).at("employeeNumber"))?;
    let other = people::find_by_number(store, org, other.trim()).await?;
    let other = other.ok_or(Refusal::new(Code::NotFound).at("otherEmployeeNumber"))?;
    let chart = line::chart_on(store, org, &[one.id, other.id], on).await?;
    let couple = Couple { one: one.id, other: other.id, nominator: None };
    let conflicts = rule::find(&rules(store, org).await?, constellation, couple, &chart, on);
    Ok(Between { one, other, conflicts })
}

/// Today where the trust is.
async fn today(ctx: &Ctx, conn: &impl Conn, org: OrganisationId) -> Result<NaiveDate> {
    let organisation = organisations::find(conn, org).await?;
    let organisation = organisation.ok_or_else(|| Error::internal("organisation gone"))?;
    Ok(Zoned::at(ctx.now, organisation.zone).date)
}

/// What a conflict says, with the names of the two.
pub fn told(conflict: &Conflict, one: &str, other: &str, locale: Locale) -> String {
    texts::text_with(locale, &conflict.key(), &[("one", one.to_owned()), ("other", other.to_owned())])
}

#[cfg(test)]
mod tests {
    use varde_model::conflicts::{Relation, key};

    use super::*;

    #[test]
    fn every_relation_is_told_in_every_language() {
        for relation in Relation::ALL {
            for locale in Locale::ALL {
                let told = texts::text_with(
                    locale,
                    &key(*relation),
                    &[("one", "A".to_owned()), ("other", "B".to_owned())],
                );
                assert!(told.starts_with('A') && told.ends_with('.'), "{locale}: {told}");
            }
        }
    }
}
