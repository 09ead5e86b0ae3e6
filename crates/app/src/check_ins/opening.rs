//! Opening a cycle: a check-in for everybody with a contract whom it is for.

use uuid::Uuid;
use varde_model::{
    check_in::{CheckIn, Cycle, CycleEvent, LeftOut},
    ids::{CheckInId, CycleId, OperationId, PersonId},
    organisation::Organisation,
};
use varde_persistence::{Tx, check_in_cycles, check_ins};

use super::{
    cycles::{advance, locked, must_be_at, organisation},
    joining::{IN_ONE_GO, Joined, announce, join},
    stepping::plan,
    working,
};
use crate::{
    Code, Ctx, Refusal, Result,
    access::{Actor, Coordinator},
    cohorts::settle,
    contracts,
    idempotency::Kept,
    post::Planned,
};

/// What opening a cycle comes to.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The cycle.
    pub cycle: Cycle,
    /// The check-ins that were opened by now.
    pub opened: Vec<CheckIn>,
    /// The longer work that opens the rest; None where all are open.
    pub operation: Option<OperationId>,
    /// How many it still has to open.
    pub waiting: usize,
    /// Leaders with a contract who take no part, and why.
    pub left_out: Vec<(PersonId, LeftOut)>,
    /// Contracts that were made for leaders who had none.
    pub contracts_made: usize,
    /// Mail that goes out.
    pub mails: Vec<Planned>,
}

impl Opened {
    /// What a call was answered that was done before: with the cycle as it stands.
    ///
    /// # Errors
    /// Refused: it is gone.
    pub async fn again(ctx: &Ctx, right: &Coordinator, kept: Kept) -> Result<Self> {
        let gone = || Refusal::new(Code::NotFound).at("cycleCode");
        let [id, operation, opened @ ..] = &kept.ids[..] else { return Err(gone().into()) };
        let cycle = check_in_cycles::find(ctx.store(), right.org(), CycleId(*id)).await?.ok_or_else(gone)?;
        let operation = Some(OperationId(*operation)).filter(|operation| !operation.0.is_nil());
        let waiting = match operation {
            Some(id) => working::left(ctx.store(), right.org(), id).await?,
            None => 0,
        };
        let opened: Vec<CheckInId> = opened.iter().copied().map(CheckInId).collect();
        let opened = check_ins::find_many(ctx.store(), right.org(), &opened).await?;
        Ok(Self {
            cycle,
            opened,
            operation,
            waiting,
            left_out: Vec::new(),
            contracts_made: 0,
            mails: kept.mails,
        })
    }

    fn kept(&self) -> Kept {
        let opened = self.opened.iter().map(|one| one.id.0);
        let operation = self.operation.map_or(Uuid::nil(), |operation| operation.0);
        Kept::of([self.cycle.id.0, operation].into_iter().chain(opened)).with_mails(&self.mails)
    }

    /// Those who have nobody to hold the check-in with: somebody has to be named.
    pub fn without_manager(&self) -> impl Iterator<Item = &CheckIn> {
        self.opened.iter().filter(|one| one.manager.is_none())
    }
}

/// Opens a cycle now, or once more for those who came after. A dry run says who would take part and who would get mail. Where
/// there are many, the first are opened now and the others by longer work that can be watched.
///
/// # Errors
/// Refused: no such cycle, closed, or changed since `version`.
pub async fn open(
    ctx: &Ctx,
    right: &Coordinator,
    code: &str,
    version: Option<u32>,
    dry_run: bool,
) -> Result<Opened> {
    let org = right.org();
    let tx = ctx.store().write().await?;
    let mut cycle = locked(&tx, org, code).await?;
    must_be_at(&cycle, version)?;
    let organisation = organisation(&tx, org).await?;
    // What is kept is opened some at a time; what is only tried is not.
    let at_most = if dry_run { usize::MAX } else { IN_ONE_GO };
    let opened = open_in(ctx, &tx, &organisation, right.actor(), &mut cycle, at_most).await?;
    settle(ctx, org, tx, dry_run, &opened.kept()).await?;
    Ok(opened)
}

/// The same within a transaction.
pub(super) async fn open_in(
    ctx: &Ctx,
    tx: &Tx,
    organisation: &Organisation,
    actor: Actor,
    cycle: &mut Cycle,
    at_most: usize,
) -> Result<Opened> {
    let made = contracts::make_missing_in(ctx, tx, organisation.id, actor).await?;
    advance(ctx, tx, organisation.id, actor, cycle, CycleEvent::Open).await?;
    let Joined { opened, left_out, waiting } = join(ctx, tx, organisation, cycle, at_most).await?;
    let mails = announce(ctx, tx, organisation, cycle, &opened).await?;
    plan(ctx, tx, organisation.id, cycle).await?;
    let operation = working::begin(ctx, tx, organisation, (actor, cycle), (opened.len(), waiting)).await?;
    let contracts_made = made.len();
    Ok(Opened { cycle: cycle.clone(), opened, operation, waiting, left_out, contracts_made, mails })
}
