//! A look at open rounds after an import, or when a line manager is named: with the line moves who speaks for a nomination.

use serde_json::json;
use varde_model::{
    ids::OrganisationId,
    nominations::{Nomination, NominationEvent, RoundState, voice_of},
};
use varde_persistence::{Tx, nomination_rounds};

use super::{desk::RoundDesk, standing::UNDECIDED};
use crate::{Ctx, Result, access::Actor, audit::Deed, post::Planned};

/// Hands requests on to who is the independent voice now, and throws away outcomes that do not follow any more. What was
/// endorsed stays: where whoever endorsed stands in a conflict of interest since, a coordinator asks anew. Gives the mail
/// that goes out.
pub(crate) async fn look_again(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    actor: Actor,
) -> Result<Vec<Planned>> {
    let mut mails = Vec::new();
    for round in nomination_rounds::list(tx, org, &UNDECIDED, None, u64::from(u32::MAX)).await? {
        let mut desk = RoundDesk::open(ctx, tx, org, actor, round.id).await?;
        let mut everyone = desk.everyone().await?;
        desk.hand_on(&mut everyone).await?;
        if desk.round.state == RoundState::Prepared && !desk.follows(&everyone).await? {
            desk.reconsider().await?;
        }
        mails.append(&mut desk.planned);
    }
    Ok(mails)
}

impl RoundDesk<'_> {
    async fn hand_on(&mut self, everyone: &mut [Nomination]) -> Result<()> {
        let now = self.ctx.now;
        let open: Vec<&mut Nomination> =
            everyone.iter_mut().filter(|one| one.awaits_endorsement(now)).collect();
        if open.is_empty() {
            return Ok(());
        }
        let asked = |one: &&mut Nomination| [Some(one.nominee), Some(one.nominator), one.endorser];
        let people: Vec<_> = open.iter().flat_map(asked).flatten().collect();
        let (chart, rules) = self.line(&people).await?;
        let today = self.today();
        for nomination in open {
            let endorser = voice_of(&rules, &chart, nomination, today);
            if endorser == nomination.endorser {
                continue;
            }
            self.take_links_back(nomination).await?;
            nomination.hand_to(endorser);
            self.shift(nomination, NominationEvent::AskAnew).await?;
            self.write_to_endorser(nomination).await?;
            let detail = json!({ "independent": endorser.is_some() });
            self.record(Deed::on("nomination.hand_on", nomination.id), detail).await?;
        }
        Ok(())
    }
}
