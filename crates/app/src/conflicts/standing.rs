//! Looking again at the constellations that stand: after every import, on every working day, and when the rules change. What is found is kept as
//! a row until it does not stand any more, so that it can be told since when.

use std::collections::BTreeSet;

use serde_json::json;
use uuid::Uuid;
use varde_model::{
    conflicts::{self as rule, Constellation, Couple},
    ids::{ConflictId, OrganisationId, PersonId},
};
use varde_persistence::{
    Conn, Tx,
    conflicts::{self as stored, StoredConflict},
    organisations,
    supporters::{self, Supporter},
};

use super::{rules, today};
use crate::{
    Ctx, Result,
    access::Actor,
    audit::{self, Deed},
    line, nominations,
};

/// Two people who stand beside each other in something that is not over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandingConstellation {
    /// What they form.
    pub constellation: Constellation,
    /// What they stand together in: a nomination, say.
    pub about: Uuid,
    /// Who they are.
    pub couple: Couple,
}

/// What looking again came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// Conflicts that are new.
    pub found: usize,
    /// Conflicts that do not stand any more.
    pub settled: usize,
}

/// Every constellation of a trust that is not over. Whatever brings two people together adds its own here, read for the
/// whole trust at once.
async fn standing(conn: &impl Conn, org: OrganisationId) -> Result<Vec<StandingConstellation>> {
    let mut all = nominations::standing(conn, org).await?;
    let pair = |(supporter, participant): (Supporter, PersonId)| StandingConstellation {
        constellation: Constellation::MentorPair,
        about: supporter.enrolment.0,
        couple: Couple { one: supporter.person, other: participant, nominator: None },
    };
    all.extend(supporters::standing(conn, org).await?.into_iter().map(pair));
    Ok(all)
}

/// Looks again at every constellation of a trust. Doing it twice finds nothing new.
///
/// # Errors
/// The database refused.
pub(crate) async fn look_again_in(ctx: &Ctx, tx: &Tx, org: OrganisationId, actor: Actor) -> Result<Looked> {
    let all = standing(tx, org).await?;
    look_again(ctx, tx, org, actor, &all).await
}

/// Looks at these constellations, which are all that stand: writes the conflicts that are new, and settles those that do
/// not stand any more.
///
/// # Errors
/// The database refused.
pub async fn look_again(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    actor: Actor,
    all: &[StandingConstellation],
) -> Result<Looked> {
    // Two at once would both find the same conflict new.
    organisations::lock(tx, org).await?;
    let known = stored::standing(tx, org).await?;
    if all.is_empty() && known.is_empty() {
        return Ok(Looked::default());
    }
    let on = today(ctx, tx, org).await?;
    let people: BTreeSet<PersonId> = all.iter().flat_map(|one| [one.couple.one, one.couple.other]).collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let (chart, rules) = (line::chart_on(tx, org, &people, on).await?, rules(tx, org).await?);
    let mut stand = BTreeSet::new();
    for one in all {
        let found = rule::find(&rules, one.constellation, one.couple, &chart, on);
        stand.extend(found.into_iter().map(|conflict| (one.about, conflict)));
    }
    let is_known = |found: &(Uuid, rule::Conflict)| known.iter().any(|k| (k.about, k.conflict) == *found);
    let new: Vec<StoredConflict> = stand
        .iter()
        .filter(|found| !is_known(found))
        .map(|(about, conflict)| StoredConflict {
            id: ctx.new_id(),
            about: *about,
            conflict: *conflict,
            found_at: ctx.now,
        })
        .collect();
    let gone: Vec<ConflictId> = known
        .iter()
        .filter(|known| !stand.contains(&(known.about, known.conflict)))
        .map(|known| known.id)
        .collect();
    let looked = Looked { found: new.len(), settled: gone.len() };
    if looked != Looked::default() {
        stored::insert(tx, org, &new).await?;
        stored::settle(tx, org, &gone, ctx.now).await?;
        let detail = json!({ "found": looked.found, "settled": looked.settled });
        audit::record(ctx, tx, org, actor, Deed::overall("conflict.look_again"), detail).await?;
    }
    Ok(looked)
}
