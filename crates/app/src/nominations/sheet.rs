//! The panel's sheet: what comes before it, what each member said, and in what she or he may have no say.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use varde_model::{
    catalogue::EndorsementRule,
    conflicts::{Conflict, ConflictRules, of_nominated_member},
    ids::{NominationId, NominationRoundId, OrganisationId, PersonId},
    nominations::{Ballot, Nomination, NominationRound, Quota, Ranked, may_not_endorse, rank, ruled_out},
    people::Chart,
};
use varde_persistence::{Conn, nomination_rounds};

use super::desk::is_eligible;
use crate::{Result, conflicts, line::chart_on};

/// A round with everything nominated in it.
pub(super) struct Whole<'a> {
    pub(super) round: &'a NominationRound,
    pub(super) rule: EndorsementRule,
    pub(super) everyone: &'a [Nomination],
}

/// What the outcomes rest on, as it is on a day.
pub(super) struct Sheet {
    /// What comes before the panel, by id.
    pub(super) eligible: Vec<Nomination>,
    /// What each member ranked.
    pub(super) orders: BTreeMap<PersonId, Vec<NominationId>>,
    /// In which nominations each member stands in a conflict of interest, and why.
    pub(super) ruled_out: BTreeMap<PersonId, BTreeMap<NominationId, Vec<Conflict>>>,
    /// Who endorsed, or is asked to, and may not: where an endorsement is obligatory, the nomination has none then.
    pub(super) endorsers: BTreeMap<NominationId, Vec<Conflict>>,
}

impl Sheet {
    /// Reads what the panels said and looks at every member, endorser and nominee once more: people move.
    pub(super) async fn read(
        conn: &impl Conn,
        org: OrganisationId,
        rounds: &[Whole<'_>],
        on: NaiveDate,
    ) -> Result<Vec<Self>> {
        let ids: Vec<NominationRoundId> = rounds.iter().map(|whole| whole.round.id).collect();
        let orders = nomination_rounds::orders(conn, org, &ids).await?;
        let people: BTreeSet<PersonId> = rounds.iter().flat_map(people).collect();
        let people: Vec<PersonId> = people.into_iter().collect();
        let chart = chart_on(conn, org, &people, on).await?;
        let rules = conflicts::rules(conn, org).await?;
        let of = |whole: &Whole<'_>| {
            let own = orders.iter().filter(|((round, _), _)| *round == whole.round.id);
            let own = own.map(|((_, member), order)| (*member, order.clone())).collect();
            Self::look(whole, own, &chart, &rules, on)
        };
        Ok(rounds.iter().map(of).collect())
    }

    fn look(
        whole: &Whole<'_>,
        orders: BTreeMap<PersonId, Vec<NominationId>>,
        chart: &Chart,
        rules: &ConflictRules,
        on: NaiveDate,
    ) -> Self {
        let of_endorser = |one: &Nomination| {
            let by = one.endorsement.as_ref().map_or(one.endorser, |given| given.by)?;
            let found = may_not_endorse(rules, chart, by, one.nominee, one.nominator, on);
            (!found.is_empty()).then_some((one.id, found))
        };
        let standing = whole.everyone.iter().filter(|one| one.state.stands());
        let endorsers: BTreeMap<_, _> = standing.filter_map(of_endorser).collect();
        let without =
            |id: &NominationId| whole.rule == EndorsementRule::Obligatory && endorsers.contains_key(id);
        let eligible = whole.everyone.iter().filter(|one| is_eligible(whole.rule, one) && !without(&one.id));
        let eligible: Vec<Nomination> = eligible.cloned().collect();
        let of_member = |member: &PersonId| {
            let competes = is_nominated(whole.everyone, *member);
            let why = |one: &Nomination| {
                let mut found = ruled_out(rules, chart, *member, one.nominee, one.nominator, on);
                if competes && one.nominee != *member {
                    found.push(of_nominated_member(*member));
                }
                (!found.is_empty()).then_some((one.id, found))
            };
            (*member, eligible.iter().filter_map(why).collect())
        };
        Self { ruled_out: whole.round.panel.iter().map(of_member).collect(), endorsers, eligible, orders }
    }

    /// The order that follows.
    pub(super) fn rank(&self, round: &NominationRound) -> Ranked {
        let ids: Vec<NominationId> = self.eligible.iter().map(|one| one.id).collect();
        let ballot = |member: &PersonId| Ballot {
            member: *member,
            order: self.orders.get(member).cloned().unwrap_or_default(),
            ruled_out: self.out_for(*member).into_keys().collect(),
        };
        let ballots: Vec<Ballot> = round.panel.iter().map(ballot).collect();
        rank(&ids, &ballots, &round.settled, quota(round))
    }

    /// In what a member may have no say, and why.
    pub(super) fn out_for(&self, member: PersonId) -> BTreeMap<NominationId, Vec<Conflict>> {
        self.ruled_out.get(&member).cloned().unwrap_or_default()
    }

    /// How many members have not ranked what they may; nobody has to where there is room for everybody.
    pub(super) fn ballots_missing(&self, round: &NominationRound) -> usize {
        if self.eligible.len() <= round.quota as usize {
            return 0;
        }
        round.panel.iter().filter(|member| self.unranked_by(**member) > 0).count()
    }

    /// What a member has to rank and has not.
    pub(super) fn unranked_by(&self, member: PersonId) -> usize {
        let (out, ranked) = (self.out_for(member), self.orders.get(&member));
        let has = |id: &NominationId| ranked.is_some_and(|order| order.contains(id));
        self.eligible.iter().filter(|one| !out.contains_key(&one.id) && !has(&one.id)).count()
    }
}

/// True for somebody who seeks a place in the round her- or himself, as whoever is nominated does.
pub(super) fn is_nominated(everyone: &[Nomination], person: PersonId) -> bool {
    everyone.iter().any(|one| one.nominee == person && one.state.competes())
}

fn people(whole: &Whole<'_>) -> Vec<PersonId> {
    let of = |one: &Nomination| {
        let given = one.endorsement.as_ref().and_then(|given| given.by);
        [Some(one.nominee), Some(one.nominator), one.endorser, given].into_iter().flatten()
    };
    whole.everyone.iter().flat_map(of).chain(whole.round.panel.iter().copied()).collect()
}

/// What a round has to give.
pub(super) const fn quota(round: &NominationRound) -> Quota {
    Quota { places: round.quota, reserves: round.reserves }
}
