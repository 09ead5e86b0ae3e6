//! What a coordinator looks over before anybody is told: the order, ties, conflicts of interest, and who has not ranked.

use std::collections::HashMap;

use varde_model::{
    conflicts::Conflict,
    ids::{NominationId, NominationRoundId, PersonId},
    nominations::{Nomination, NominationRound, Ranked},
};
use varde_persistence::{nomination_rounds, nominations};

use super::{
    queries::rules_in,
    sheet::{Sheet, Whole},
};
use crate::{Ctx, Result, access::Coordinator, people::today};

/// A round as it stands today, whatever was prepared.
#[derive(Clone, Debug)]
pub struct Review {
    /// The round.
    pub round: NominationRoundId,
    /// The order that follows from what the panel said.
    pub ranked: Ranked,
    /// Who may have no say, and why.
    pub conflicts: Vec<FoundConflict>,
    /// Who ranks, and how far each has come.
    pub members: Vec<MemberReview>,
}

/// Somebody who may have no say about a nomination.
#[derive(Clone, Debug)]
pub struct FoundConflict {
    /// Which nomination.
    pub nomination: NominationId,
    /// Who may not, and why.
    pub conflict: Conflict,
}

/// A member of the panel.
#[derive(Clone, Debug)]
pub struct MemberReview {
    /// Who.
    pub person: PersonId,
    /// How many she or he ranked.
    pub ranked: usize,
    /// How many are left to rank.
    pub missing: usize,
    /// In how many she or he may have no say.
    pub ruled_out: usize,
}

/// Rounds as they stand today, in no order; unknown ones are left out.
///
/// # Errors
/// The database refused.
pub async fn reviews(ctx: &Ctx, right: &Coordinator, ids: &[NominationRoundId]) -> Result<Vec<Review>> {
    let (store, org) = (ctx.store(), right.org());
    let rounds = nomination_rounds::find_many(store, org, ids).await?;
    let rules = rules_in(store, org, &rounds).await?;
    let mut everyone: HashMap<NominationRoundId, Vec<Nomination>> = HashMap::new();
    for nomination in nominations::of_rounds(store, org, ids).await? {
        everyone.entry(nomination.round).or_default().push(nomination);
    }
    let own = |round: &NominationRound| everyone.get(&round.id).map(Vec::as_slice).unwrap_or_default();
    let with_rule = rounds.iter().filter_map(|round| Some((round, rules.get(&round.id)?.endorsement)));
    let wholes: Vec<Whole<'_>> =
        with_rule.map(|(round, rule)| Whole { round, rule, everyone: own(round) }).collect();
    let sheets = Sheet::read(store, org, &wholes, today(ctx, org).await?).await?;
    Ok(wholes.iter().zip(sheets).map(|(whole, sheet)| review(whole.round, &sheet)).collect())
}

fn review(round: &NominationRound, sheet: &Sheet) -> Review {
    let of_panel = sheet.ruled_out.values().flatten();
    let conflicts = of_panel.chain(&sheet.endorsers).flat_map(|(nomination, found)| {
        found.iter().map(|conflict| FoundConflict { nomination: *nomination, conflict: *conflict })
    });
    let member = |person: &PersonId| MemberReview {
        person: *person,
        ranked: sheet.orders.get(person).map_or(0, Vec::len),
        missing: sheet.unranked_by(*person),
        ruled_out: sheet.out_for(*person).len(),
    };
    Review {
        round: round.id,
        ranked: sheet.rank(round),
        conflicts: conflicts.collect(),
        members: round.panel.iter().map(member).collect(),
    }
}
