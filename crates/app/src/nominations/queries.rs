//! Rounds and nominations as coordinators look them up, and decisions in words.

use std::collections::HashMap;

use varde_model::{
    Locale,
    catalogue::{NominationRule, Programme},
    dates,
    ids::{NominationId, NominationRoundId, OrganisationId},
    nominations::{Nomination, NominationRound, Reason, RoundState, reasons},
};
use varde_persistence::{Conn, cohorts, nomination_rounds, nominations, programmes};

use crate::{Ctx, Error, Result, access::Coordinator, people::Page, texts::text_with};

/// Part of the list of rounds.
pub type RoundPage = Page<NominationRound>;
/// Part of the list of nominations.
pub type NominationPage = Page<Nomination>;

/// The round with a code.
///
/// # Errors
/// The database refused.
pub async fn find_by_code(ctx: &Ctx, right: &Coordinator, code: &str) -> Result<Option<NominationRound>> {
    Ok(nomination_rounds::find_by_code(ctx.store(), right.org(), code.trim()).await?)
}

/// Several rounds, in no order; unknown ones are left out.
///
/// # Errors
/// The database refused.
pub async fn find_many(
    ctx: &Ctx,
    right: &Coordinator,
    ids: &[NominationRoundId],
) -> Result<Vec<NominationRound>> {
    Ok(nomination_rounds::find_many(ctx.store(), right.org(), ids).await?)
}

/// Rounds, oldest first.
///
/// # Errors
/// The database refused.
pub async fn list(
    ctx: &Ctx,
    right: &Coordinator,
    states: &[RoundState],
    after: Option<NominationRoundId>,
    first: usize,
) -> Result<RoundPage> {
    let (store, org) = (ctx.store(), right.org());
    let mut items = nomination_rounds::list(store, org, states, after, first as u64 + 1).await?;
    let more = items.len() > first;
    items.truncate(first);
    Ok(Page { items, more, total: nomination_rounds::count(store, org, states).await? })
}

/// Everyone nominated in some rounds.
///
/// # Errors
/// The database refused.
pub async fn nominations_of(
    ctx: &Ctx,
    right: &Coordinator,
    rounds: &[NominationRoundId],
) -> Result<Vec<Nomination>> {
    Ok(nominations::of_rounds(ctx.store(), right.org(), rounds).await?)
}

/// Several nominations, in no order; unknown ones are left out.
///
/// # Errors
/// The database refused.
pub async fn nominations_by_ids(
    ctx: &Ctx,
    right: &Coordinator,
    ids: &[NominationId],
) -> Result<Vec<Nomination>> {
    Ok(nominations::find_many(ctx.store(), right.org(), ids).await?)
}

/// How people are nominated in some rounds, by the programmes that their cohorts keep.
///
/// # Errors
/// The database refused.
pub async fn rules_of(
    ctx: &Ctx,
    right: &Coordinator,
    rounds: &[NominationRoundId],
) -> Result<HashMap<NominationRoundId, NominationRule>> {
    let found = nomination_rounds::find_many(ctx.store(), right.org(), rounds).await?;
    rules_in(ctx.store(), right.org(), &found).await
}

/// Why a nomination stands where it stands, sentence by sentence.
pub fn explanation(nomination: &Nomination, rule: NominationRule, locale: Locale) -> Vec<String> {
    explained(nomination, rule, locale)
}

pub(crate) fn explained(nomination: &Nomination, rule: NominationRule, locale: Locale) -> Vec<String> {
    reasons(nomination, rule.endorsement).iter().map(|reason| told(reason, locale)).collect()
}

fn told(reason: &Reason, locale: Locale) -> String {
    let mut args: Vec<(&'static str, String)> =
        reason.numbers().into_iter().map(|(name, number)| (name, number.to_string())).collect();
    if let Reason::Ranked { mean, .. } = reason {
        args.push(("mean", hundredths(*mean, locale)));
    }
    if let Reason::MovedUp { on } = reason {
        args.push(("day", dates::day(locale, *on)));
    }
    text_with(locale, reason.key(), &args)
}

/// `742` as `7,42`, `700` as `7`.
fn hundredths(number: u32, locale: Locale) -> String {
    let sign = if locale == Locale::En { '.' } else { ',' };
    match number % 100 {
        0 => (number / 100).to_string(),
        rest => format!("{}{sign}{rest:02}", number / 100).trim_end_matches('0').to_owned(),
    }
}

/// How people are nominated in rounds.
pub(crate) async fn rules_in(
    conn: &impl Conn,
    org: OrganisationId,
    rounds: &[NominationRound],
) -> Result<HashMap<NominationRoundId, NominationRule>> {
    let cohorts: Vec<_> = rounds.iter().map(|round| round.cohort).collect();
    let cohorts = cohorts::find_many(conn, org, &cohorts).await?;
    let versions: Vec<_> = cohorts.iter().map(|cohort| cohort.programme_version).collect();
    let mut rules = HashMap::new();
    for version in programmes::versions(conn, org, &versions).await? {
        let programme: Programme = serde_json::from_value(version.definition).map_err(Error::internal)?;
        let Some(rule) = programme.nomination else { continue };
        let own = cohorts.iter().filter(|cohort| cohort.programme_version == version.id);
        for cohort in own {
            let of = rounds.iter().filter(|round| round.cohort == cohort.id);
            rules.extend(of.map(|round| (round.id, rule)));
        }
    }
    Ok(rules)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_written_as_the_language_writes_it() {
        let told = |number| Locale::ALL.map(|locale| hundredths(number, locale));
        assert_eq!(told(742), ["7,42", "7,42", "7.42"]);
        assert_eq!(
            (told(700)[0].as_str(), told(750)[2].as_str(), told(1005)[0].as_str()),
            ("7", "7.5", "10,05")
        );
    }
}
