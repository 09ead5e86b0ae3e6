//! What a member of the panel says: an order of all that she or he may judge.

use serde_json::json;
use varde_model::{
    ids::NominationId,
    nominations::{Nomination, NominationRound, RoundState},
};
use varde_persistence::nomination_rounds;

use super::{
    desk::RoundDesk,
    sheet::{Sheet, Whole},
};
use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::Oneself,
    audit::Deed,
    cohorts::settle,
    idempotency::Kept,
    input::{self, Faults},
};

/// Ranks, the best first: every nomination that came before the panel, but for those in which one stands in a conflict of
/// interest. Ranking once more takes the place of what was said before.
///
/// # Errors
/// Refused: not in the panel, the window is still open or everybody was told, a nomination is missing, named twice, none
/// of the round's, or one in which the caller may have no say.
pub async fn rank(ctx: &Ctx, right: &Oneself, code: &str, order: &[NominationId]) -> Result<NominationRound> {
    input::rows("nominationIds", order.len())?;
    let tx = ctx.store().write().await?;
    let mut desk = RoundDesk::open_by_code(ctx, &tx, right.org(), right.actor(), code).await?;
    let member = right.person();
    if !desk.round.panel.contains(&member) {
        return Err(Refusal::new(Code::NotFound).at("roundCode").into());
    }
    if !matches!(desk.round.state, RoundState::Closed | RoundState::Prepared) {
        return Err(desk.wrong_state());
    }
    let sheet = desk.sheet().await?;
    let out = sheet.out_for(member);
    let mut faults = Faults::default();
    for (index, id) in order.iter().enumerate() {
        let refused = |code| Refusal::new(code).at("nominationIds").row(index);
        if order.iter().take(index).any(|before| before == id) {
            faults.add(refused(Code::NamedTwice));
        } else if out.contains_key(id) {
            faults.add(refused(Code::ConflictOfInterest));
        } else if sheet.eligible.iter().all(|one| one.id != *id) {
            faults.add(refused(Code::NotFound));
        }
    }
    let wanted = sheet.eligible.iter().map(|one| one.id).filter(|id| !out.contains_key(id));
    let missing = wanted.filter(|id| !order.contains(id)).count();
    if missing > 0 {
        faults.add(Refusal::new(Code::RankingIncomplete).at("nominationIds").with("count", missing));
    }
    faults.none()?;
    desk.reconsider().await?;
    let rows: Vec<_> = order.iter().map(|id| (ctx.new_id(), *id)).collect();
    nomination_rounds::set_order(&tx, desk.org(), desk.round.id, member, &rows, ctx.now).await?;
    let detail = json!({ "ranked": order.len(), "ruled_out": out.len() });
    desk.record(Deed::on("nomination_round.rank", desk.round.id), detail).await?;
    let round = desk.round;
    settle(ctx, right.org(), tx, false, &Kept::of([round.id.0])).await?;
    Ok(round)
}

impl RoundDesk<'_> {
    /// The panel's sheet as it is today.
    pub(super) async fn sheet(&self) -> Result<Sheet> {
        let everyone = self.everyone().await?;
        self.sheet_of(&everyone).await
    }

    /// The same with everybody in the round as given.
    pub(super) async fn sheet_of(&self, everyone: &[Nomination]) -> Result<Sheet> {
        let whole = [Whole { round: &self.round, rule: self.rule.endorsement, everyone }];
        let sheet = Sheet::read(self.tx, self.org(), &whole, self.today()).await?.pop();
        sheet.ok_or_else(|| Error::internal("a round without a sheet"))
    }
}
