//! The nominations that a batch of letters is about.

use std::collections::HashMap;

use varde_model::{
    ids::{NominationId, NominationRoundId, OrganisationId},
    nominations::{Nomination, NominationRound},
};
use varde_persistence::{nomination_rounds, nominations};

use super::{Facts, wanted::Wanted};
use crate::{Ctx, Result};

impl Facts {
    /// Fetches the nominations with their rounds, and notes whom and which cohorts they name.
    pub(super) async fn fetch_nominations(
        &mut self,
        ctx: &Ctx,
        org: OrganisationId,
        wanted: &mut Wanted,
    ) -> Result<()> {
        if wanted.nominations.is_empty() {
            return Ok(());
        }
        let ids: Vec<NominationId> = wanted.nominations.iter().copied().collect();
        let found = nominations::find_many(ctx.store(), org, &ids).await?;
        let ids: Vec<NominationRoundId> = found.iter().map(|one| one.round).collect();
        let rounds = nomination_rounds::find_many(ctx.store(), org, &ids).await?;
        let rounds: HashMap<NominationRoundId, NominationRound> =
            rounds.into_iter().map(|round| (round.id, round)).collect();
        for nomination in found {
            let Some(round) = rounds.get(&nomination.round) else { continue };
            wanted.cohorts.insert(round.cohort);
            wanted.people.extend([nomination.nominee, nomination.nominator]);
            self.nominations.insert(nomination.id, (nomination, round.clone()));
        }
        Ok(())
    }

    /// A nomination with its round.
    pub(in crate::letters) fn nomination(&self, id: NominationId) -> Option<&(Nomination, NominationRound)> {
        self.nominations.get(&id)
    }
}
