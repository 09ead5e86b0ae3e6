//! Publishing: the moment before which nothing is sent. Everyone proposed is invited.

use serde_json::json;
use varde_model::{
    cohort::CohortEvent,
    enrolment::{Enrolment, EnrolmentState},
    gathering::concerns::Concern,
    ids::CohortId,
    letter::{LetterKind, Unreached},
};
use varde_persistence::{enrolments, people};

use super::{Changed, desk::Desk};
use crate::{Code, Ctx, Refusal, Result, Warning, access::Coordinator, audit::Deed, reminders, texts};

/// Publishes a draft and invites everyone proposed in it. Whoever has left meanwhile is taken out instead; whoever is
/// missing from the HR file or has no address stays proposed, for a coordinator to look into. A dry run takes the same
/// path and keeps nothing; it answers with the mail that would go out.
///
/// # Errors
/// Refused: not a draft, changed since `version`, no gathering, or one that has begun.
pub async fn publish(
    ctx: &Ctx,
    right: &Coordinator,
    cohort: CohortId,
    version: Option<u32>,
    dry_run: bool,
) -> Result<Changed> {
    let tx = ctx.store().write().await?;
    let mut desk = Desk::open(ctx, &tx, right.org(), right.actor(), cohort).await?;
    desk.must_be_at(version)?;
    let begins = desk.begins_at().ok_or(Refusal::new(Code::NoGatherings))?;
    if begins <= ctx.now {
        return Err(Refusal::new(Code::GatheringInThePast).into());
    }
    desk.look_over();
    desk.advance(CohortEvent::Publish).await?;
    let everyone = desk.everyone().await?;
    if everyone.iter().all(|enrolment| enrolment.state != EnrolmentState::Proposed) {
        desk.warnings.push(Warning { concern: Concern::NobodyProposed, path: Vec::new() });
    }
    for mut enrolment in everyone {
        if enrolment.state != EnrolmentState::Proposed {
            continue;
        }
        match in_the_way(&desk, &enrolment).await? {
            None => {
                let reason = enrolment.reason.clone();
                desk.invite(&mut enrolment, reason.as_deref()).await?;
            }
            Some(why) => desk.leave_out(enrolment, why).await?,
        }
    }
    desk.invite_groups().await?;
    reminders::replan_cohort(&mut desk).await?;
    let changed = desk.outcome();
    super::settle(ctx, right.org(), tx, dry_run, &changed.kept(None)).await?;
    Ok(changed)
}

/// Why somebody proposed is not invited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum InTheWay {
    HasLeft,
    /// A coordinator is to look into it first: she or he may have left.
    MissingFromFile,
    NoAddress,
}

impl InTheWay {
    const fn key(self) -> &'static str {
        match self {
            Self::HasLeft => "reason-left",
            Self::MissingFromFile => "reason-missing-from-file",
            Self::NoAddress => "reason-no-address",
        }
    }
}

async fn in_the_way(desk: &Desk<'_>, enrolment: &Enrolment) -> Result<Option<InTheWay>> {
    let Some(person) = people::find(desk.tx, desk.org(), enrolment.person).await? else {
        return Ok(Some(InTheWay::HasLeft));
    };
    Ok(match LetterKind::Invitation.unreached(&person, desk.today()) {
        Some(Unreached::HasLeft) => Some(InTheWay::HasLeft),
        _ if person.missing_since.is_some() => Some(InTheWay::MissingFromFile),
        Some(Unreached::NoAddress | Unreached::Unsubscribed) => Some(InTheWay::NoAddress),
        None => None,
    })
}

impl Desk<'_> {
    async fn leave_out(&mut self, mut enrolment: Enrolment, why: InTheWay) -> Result<()> {
        let reason = texts::text(self.organisation.locale, why.key());
        if why == InTheWay::HasLeft {
            self.withdraw(&mut enrolment, Some(&reason)).await?;
        } else {
            enrolment.reason = Some(reason);
            enrolments::update(self.tx, self.org(), &enrolment).await?;
            enrolment.version += 1;
            let detail = json!({ "cohort": self.cohort.id, "why": why.key() });
            self.record(Deed::on("enrolment.leave_out", enrolment.id), detail).await?;
        }
        self.left_out.push(enrolment);
        Ok(())
    }
}
