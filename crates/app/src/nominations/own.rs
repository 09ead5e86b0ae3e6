//! Nominations as those see them who are part of them: who wrote them or is nominated, who is asked to endorse, and who
//! ranks. What is decided nobody of them sees before everybody is told.

use std::collections::{BTreeSet, HashMap};

use chrono_tz::Tz;
use varde_model::{
    catalogue::{NominationRule, Programme},
    cohort::Cohort,
    conflicts::Conflict,
    ids::{CohortId, NominationId, NominationRoundId, OrganisationId, PersonId},
    nominations::{Nomination, NominationRound, NominationState, RoundState},
    people::Person,
};
use varde_persistence::{cohorts, nomination_rounds, nominations, organisations, people, programmes};

use super::{
    sheet::{Sheet, Whole},
    writing::is_shown_to_nominee,
};
use crate::{Ctx, Error, Result, access::Oneself, people::today};

/// Open rounds that are shown at the most.
const MOST_OPEN: u64 = 100;

/// A nomination that one wrote, or that is about one.
#[derive(Clone, Debug)]
pub struct MyNomination {
    /// The nomination. Its decision is left out until everybody was told.
    pub nomination: Nomination,
    /// The round.
    pub round: NominationRound,
    /// The cohort.
    pub cohort: Cohort,
    /// The programme.
    pub programme: Programme,
    /// How people are nominated.
    pub rule: NominationRule,
    /// Whom it is about.
    pub nominee: String,
    /// Who wrote it.
    pub nominator: String,
    /// The zone of the trust's days.
    pub zone: Tz,
}

/// A nomination that one is, or was, asked to endorse.
pub type AskedOfMe = MyNomination;

/// A nomination before the panel.
#[derive(Clone, Debug)]
pub struct PanelNomination {
    /// The nomination.
    pub nomination: Nomination,
    /// Whom it is about.
    pub nominee: Person,
    /// Why one may have no say in it; nothing for one that is to be ranked.
    pub conflicts: Vec<Conflict>,
    /// Where one ranked it; 1 is the first.
    pub rank: Option<u32>,
}

/// The nominations that one wrote or that are about one, newest first. What a line manager only drafts is hers.
///
/// # Errors
/// The database refused.
pub async fn mine(ctx: &Ctx, right: &Oneself) -> Result<Vec<MyNomination>> {
    let mut own = nominations::of_person(ctx.store(), right.org(), right.person()).await?;
    own.retain(|one| one.nominator == right.person() || is_shown_to_nominee(one, right.person()));
    told(ctx, right.org(), own).await
}

/// The nominations that one is or was asked to endorse, newest first.
///
/// # Errors
/// The database refused.
pub async fn asked_of_me(ctx: &Ctx, right: &Oneself) -> Result<Vec<AskedOfMe>> {
    let mut asked = nominations::asked_of(ctx.store(), right.org(), right.person()).await?;
    asked.retain(|one| !matches!(one.state, NominationState::Draft | NominationState::Withdrawn));
    told(ctx, right.org(), asked).await
}

/// The same of one nomination, for the page behind a link; and whether that person is still asked.
pub(crate) async fn asked_by_link(
    ctx: &Ctx,
    org: OrganisationId,
    id: NominationId,
    person: PersonId,
) -> Result<Option<(AskedOfMe, bool)>> {
    let found = nominations::find_many(ctx.store(), org, &[id]).await?;
    let asked = told(ctx, org, found).await?.pop();
    Ok(asked.map(|asked| {
        let one = &asked.nomination;
        let gone = matches!(one.state, NominationState::Draft | NominationState::Withdrawn);
        let stands = one.endorser == Some(person) && !gone;
        (asked, stands)
    }))
}

/// One nomination as somebody sees it who has just changed it.
///
/// # Errors
/// The database refused.
pub async fn told_to(ctx: &Ctx, right: &Oneself, nomination: Nomination) -> Result<Option<MyNomination>> {
    Ok(told(ctx, right.org(), vec![nomination]).await?.pop())
}

/// A round in which one may nominate now.
#[derive(Clone, Debug)]
pub struct OpenRound {
    /// The round.
    pub round: NominationRound,
    /// The cohort.
    pub cohort: Cohort,
    /// The programme.
    pub programme: Programme,
    /// How people are nominated.
    pub rule: NominationRule,
}

/// The rounds that take nominations now, oldest first.
///
/// # Errors
/// The database refused.
pub async fn open_rounds(ctx: &Ctx, right: &Oneself) -> Result<Vec<OpenRound>> {
    let (store, org) = (ctx.store(), right.org());
    let mut rounds = nomination_rounds::list(store, org, &[RoundState::Open], None, MOST_OPEN).await?;
    rounds.retain(|round| round.takes_nominations(ctx.now));
    let courses = courses(ctx, org, rounds.iter().map(|round| round.cohort).collect()).await?;
    let with = |round: NominationRound| {
        let (cohort, programme) = courses.get(&round.cohort)?.clone();
        let rule = programme.nomination?;
        Some(OpenRound { round, cohort, programme, rule })
    };
    Ok(rounds.into_iter().filter_map(with).collect())
}

async fn told(ctx: &Ctx, org: OrganisationId, all: Vec<Nomination>) -> Result<Vec<MyNomination>> {
    let store = ctx.store();
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let zone = organisations::find(store, org).await?.map(|found| found.zone);
    let zone = zone.ok_or_else(|| Error::internal("the organisation of a right is gone"))?;
    let ids: BTreeSet<NominationRoundId> = all.iter().map(|one| one.round).collect();
    let rounds = nomination_rounds::find_many(store, org, &ids.into_iter().collect::<Vec<_>>()).await?;
    let rounds: HashMap<_, _> = rounds.into_iter().map(|round| (round.id, round)).collect();
    let courses = courses(ctx, org, rounds.values().map(|round| round.cohort).collect()).await?;
    let ids: BTreeSet<PersonId> = all.iter().flat_map(|one| [one.nominee, one.nominator]).collect();
    let persons = people::find_many(store, org, &ids.into_iter().collect::<Vec<_>>()).await?;
    let names: HashMap<PersonId, String> = persons.iter().map(|one| (one.id, one.name())).collect();
    let name = |person| names.get(&person).cloned().unwrap_or_default();
    let tell = |mut nomination: Nomination| {
        let round = rounds.get(&nomination.round)?.clone();
        let (cohort, programme) = courses.get(&round.cohort)?.clone();
        if round.state != RoundState::Sent {
            nomination.decision = None;
        }
        let (nominee, nominator) = (name(nomination.nominee), name(nomination.nominator));
        let rule = programme.nomination?;
        Some(MyNomination { nomination, round, cohort, programme, rule, nominee, nominator, zone })
    };
    Ok(all.into_iter().rev().filter_map(tell).collect())
}

async fn courses(
    ctx: &Ctx,
    org: OrganisationId,
    ids: BTreeSet<CohortId>,
) -> Result<HashMap<CohortId, (Cohort, Programme)>> {
    let ids: Vec<CohortId> = ids.into_iter().collect();
    let cohorts = cohorts::find_many(ctx.store(), org, &ids).await?;
    let versions: BTreeSet<_> = cohorts.iter().map(|cohort| cohort.programme_version).collect();
    let versions: Vec<_> = versions.into_iter().collect();
    let mut programmes_of = HashMap::new();
    for version in programmes::versions(ctx.store(), org, &versions).await? {
        let programme: Programme = serde_json::from_value(version.definition).map_err(Error::internal)?;
        programmes_of.insert(version.id, programme);
    }
    let with = |cohort: Cohort| {
        let programme = programmes_of.get(&cohort.programme_version)?.clone();
        Some((cohort.id, (cohort, programme)))
    };
    Ok(cohorts.into_iter().filter_map(with).collect())
}

/// The rounds in whose panel one is, once their windows are over, with their cohorts; newest first.
///
/// # Errors
/// The database refused.
pub async fn my_panels(ctx: &Ctx, right: &Oneself) -> Result<Vec<(NominationRound, Cohort)>> {
    let (store, org) = (ctx.store(), right.org());
    let mut rounds = nomination_rounds::of_member(store, org, right.person()).await?;
    rounds.retain(is_before_the_panel);
    rounds.sort_by_key(|round| std::cmp::Reverse(round.id));
    let ids: Vec<CohortId> = rounds.iter().map(|round| round.cohort).collect();
    let cohorts = cohorts::find_many(store, org, &ids).await?;
    let with = |round: NominationRound| {
        let cohort = cohorts.iter().find(|cohort| cohort.id == round.cohort)?.clone();
        Some((round, cohort))
    };
    Ok(rounds.into_iter().filter_map(with).collect())
}

fn is_before_the_panel(round: &NominationRound) -> bool {
    matches!(round.state, RoundState::Closed | RoundState::Prepared | RoundState::Sent)
}

/// What comes before the panel of a round, in no order; None where one is not in the panel of a round of that code, or its
/// window is still open.
///
/// # Errors
/// The database refused.
pub async fn panel_nominations(
    ctx: &Ctx,
    right: &Oneself,
    code: &str,
) -> Result<Option<Vec<PanelNomination>>> {
    let (store, org, member) = (ctx.store(), right.org(), right.person());
    let round = nomination_rounds::find_by_code(store, org, code.trim()).await?;
    let round = round.filter(|round| round.panel.contains(&member) && is_before_the_panel(round));
    let Some(round) = round else { return Ok(None) };
    let courses = courses(ctx, org, BTreeSet::from([round.cohort])).await?;
    let rule = courses.get(&round.cohort).and_then(|(_, programme)| programme.nomination);
    let Some(rule) = rule.map(|rule| rule.endorsement) else { return Ok(None) };
    let everyone = nominations::of_rounds(store, org, &[round.id]).await?;
    let whole = [Whole { round: &round, rule, everyone: &everyone }];
    let sheet = Sheet::read(store, org, &whole, today(ctx, org).await?).await?.pop();
    let Some(sheet) = sheet else { return Ok(None) };
    let ids: Vec<PersonId> = sheet.eligible.iter().map(|one| one.nominee).collect();
    let mut persons: HashMap<PersonId, Person> =
        people::find_many(store, org, &ids).await?.into_iter().map(|one| (one.id, one)).collect();
    let (mut out, order) = (sheet.out_for(member), sheet.orders.get(&member));
    let tell = |one: &Nomination| {
        let at = order.and_then(|order| order.iter().position(|id| *id == one.id));
        let conflicts = out.remove(&one.id).unwrap_or_default();
        let mut nomination = Nomination { decision: None, ..one.clone() };
        if !conflicts.is_empty() {
            // What one may not judge one need not read.
            nomination.motivation.clear();
            (nomination.project, nomination.endorsement) = (None, None);
        }
        let rank = at.filter(|_| conflicts.is_empty()).and_then(|at| u32::try_from(at + 1).ok());
        Some(PanelNomination { nominee: persons.remove(&one.nominee)?, nomination, conflicts, rank })
    };
    Ok(Some(sheet.eligible.iter().filter_map(tell).collect()))
}
