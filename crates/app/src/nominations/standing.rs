//! What stands between people because of nominations that are not decided: looked at again after every import.

use varde_model::{
    conflicts::{Constellation, Couple},
    ids::{NominationRoundId, OrganisationId},
    nominations::{Nomination, NominationRound, RoundState},
};
use varde_persistence::{Conn, nomination_rounds, nominations};

use crate::{Result, conflicts::StandingConstellation};

/// The rounds that are not decided.
pub(crate) const UNDECIDED: [RoundState; 3] = [RoundState::Open, RoundState::Closed, RoundState::Prepared];

/// The rounds of a trust that are not decided, with everybody nominated in them.
pub(crate) async fn undecided(
    conn: &impl Conn,
    org: OrganisationId,
) -> Result<(Vec<NominationRound>, Vec<Nomination>)> {
    let rounds = nomination_rounds::list(conn, org, &UNDECIDED, None, u64::from(u32::MAX)).await?;
    let ids: Vec<NominationRoundId> = rounds.iter().map(|round| round.id).collect();
    let all = if ids.is_empty() { Vec::new() } else { nominations::of_rounds(conn, org, &ids).await? };
    Ok((rounds, all))
}

/// Who endorsed or is asked to, and who in a panel has ranked whom. In what a member may have no say from the start, she or
/// he is not asked, and nothing stands.
pub(crate) async fn standing(conn: &impl Conn, org: OrganisationId) -> Result<Vec<StandingConstellation>> {
    let (rounds, all) = undecided(conn, org).await?;
    let ids: Vec<NominationRoundId> = rounds.iter().map(|round| round.id).collect();
    let orders =
        if ids.is_empty() { Default::default() } else { nomination_rounds::orders(conn, org, &ids).await? };
    let mut standing = Vec::new();
    for one in all.iter().filter(|one| one.state.stands()) {
        let with = |constellation, person| StandingConstellation {
            constellation,
            about: one.id.0,
            couple: Couple { one: person, other: one.nominee, nominator: Some(one.nominator) },
        };
        let endorser = one.endorsement.as_ref().map_or(one.endorser, |given| given.by);
        standing.extend(endorser.map(|person| with(Constellation::Endorser, person)));
        let ranked =
            orders.iter().filter(|((round, _), order)| *round == one.round && order.contains(&one.id));
        standing.extend(ranked.map(|((_, member), _)| with(Constellation::PanelMember, *member)));
    }
    Ok(standing)
}
