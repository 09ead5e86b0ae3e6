//! What a coordinator does with a place in a cohort.

use serde_json::json;
use varde_model::{enrolment::Enrolment, ids::EnrolmentId};
use varde_persistence::enrolments;

use crate::{
    Code, Ctx, Refusal, Result,
    access::Coordinator,
    audit::Deed,
    cohorts::{desk::Desk, settle},
    idempotency::Kept,
    input,
    post::Planned,
};

/// A coordinator's act on one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Takes the leader out.
    Withdraw,
    /// Gives a seat past the line, also above the capacity. A reason is obligatory.
    PlacePastTheLine,
    /// Brings a lapsed answer back.
    Reinstate,
    /// Writes down a yes that came by telephone.
    AcceptFor,
    /// Writes down a no that came by telephone.
    DeclineFor,
}

/// Does it.
///
/// # Errors
/// Refused: the place is not in a state for it, was changed since `version`, or the reason is missing.
pub async fn change(
    ctx: &Ctx,
    right: &Coordinator,
    id: EnrolmentId,
    change: &Change,
    reason: Option<&str>,
    version: Option<u32>,
    dry_run: bool,
) -> Result<(Enrolment, Vec<Planned>)> {
    let tx = ctx.store().write().await?;
    let found = enrolments::find(&tx, right.org(), id)
        .await?
        .ok_or(Refusal::new(Code::NotFound).at("enrolmentId"))?;
    let mut desk = Desk::open(ctx, &tx, right.org(), right.actor(), found.cohort).await?;
    let mut enrolment = desk.enrolment(id).await?;
    if version.is_some_and(|seen| seen != enrolment.version) {
        return Err(Refusal::new(Code::Conflict).into());
    }
    let given = input::optional("reason", reason, 500)?;
    match change {
        Change::Withdraw => desk.withdraw(&mut enrolment, given.as_deref()).await?,
        Change::PlacePastTheLine => {
            let reason = input::reason("reason", reason)?;
            desk.place(&mut enrolment, &reason).await?;
        }
        Change::Reinstate => desk.reinstate(&mut enrolment, given.as_deref()).await?,
        Change::AcceptFor => desk.accept(&mut enrolment).await?,
        Change::DeclineFor => desk.decline(&mut enrolment, given.as_deref()).await?,
    }
    let enrolment = desk.enrolment(id).await?;
    let mails = desk.outcome().mails;
    settle(ctx, right.org(), tx, dry_run, &Kept::of([id.0]).with_mails(&mails)).await?;
    Ok((enrolment, mails))
}

impl Desk<'_> {
    /// A no that is said once more changes nothing, but the reason that comes with it: the first may have come without.
    pub(crate) async fn say_why(&self, place: &mut Enrolment, reason: Option<&str>) -> Result<()> {
        if reason.is_none() || place.reason.as_deref() == reason {
            return Ok(());
        }
        place.reason = reason.map(str::to_owned);
        enrolments::update(self.tx, self.org(), place).await?;
        place.version += 1;
        self.record(Deed::on("enrolment.reason", place.id), json!({ "reason_given": true })).await
    }
}
