//! A check-in on the desk: locked, with its cycle and trust, and with one way to change it.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use serde_json::json;
use varde_model::{
    check_in::{CheckIn, CheckInEvent, Cycle, Party},
    framework::Framework,
    ids::{CheckInId, OrganisationId},
    letter::LetterKind,
    links::{LinkPurpose, NewLink},
    local_time::{Zoned, instant},
    organisation::Organisation,
    people::LineManager,
    work::{About, Recipient},
};
use varde_persistence::{Tx, check_in_cycles, check_ins, links, organisations};

use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::{Actor, OneOfTwo},
    audit::{self, Deed},
    frameworks,
    post::{self, Post},
};

/// The field that names a check-in which cannot be found.
pub(crate) const NO_CHECK_IN: &str = "checkInId";

/// A signed check-in can be read by its mail's link for so long; afterwards through an account.
const READABLE_DAYS: u64 = 365;

pub(super) struct CheckInDesk<'a> {
    pub(super) ctx: &'a Ctx,
    pub(super) tx: &'a Tx,
    pub(super) actor: Actor,
    pub(super) organisation: Organisation,
    pub(super) cycle: Cycle,
    pub(super) check_in: CheckIn,
}

impl<'a> CheckInDesk<'a> {
    /// Locks a check-in for one of the two who hold it. The right was given before the lock: it is asked for again.
    pub(super) async fn open_for(ctx: &'a Ctx, tx: &'a Tx, right: &OneOfTwo) -> Result<Self> {
        let desk = Self::open(ctx, tx, right.org(), right.actor(), right.check_in()).await?;
        let still = match (right.party(), right.actor()) {
            (Party::Leader, _) => true,
            (Party::Manager, Actor::Person(person)) => desk.check_in.party_of(person) == Some(Party::Manager),
            (Party::Manager, _) => matches!(desk.check_in.manager, Some(LineManager::Outside(_))),
        };
        if still { Ok(desk) } else { Err(Refusal::new(Code::NotFound).at(NO_CHECK_IN).into()) }
    }

    /// Locks a check-in.
    pub(super) async fn open(
        ctx: &'a Ctx,
        tx: &'a Tx,
        org: OrganisationId,
        actor: Actor,
        id: CheckInId,
    ) -> Result<Self> {
        let missing = || Refusal::new(Code::NotFound).at(NO_CHECK_IN);
        let check_in = check_ins::lock(tx, org, id).await?.ok_or_else(missing)?;
        let cycle = check_in_cycles::find(tx, org, check_in.cycle).await?.ok_or_else(missing)?;
        let organisation = organisations::find(tx, org).await?.ok_or_else(missing)?;
        Ok(Self { ctx, tx, actor, organisation, cycle, check_in })
    }

    pub(super) fn org(&self) -> OrganisationId {
        self.organisation.id
    }

    pub(super) fn today(&self) -> NaiveDate {
        Zoned::at(self.ctx.now, self.organisation.zone).date
    }

    /// The framework that the contract was made on.
    pub(super) async fn framework(&self) -> Result<Framework> {
        frameworks::version(self.tx, self.org(), self.check_in.framework).await
    }

    pub(super) fn wrong_state(&self) -> Error {
        Refusal::wrong_state("CheckInState", self.check_in.state.as_str()).into()
    }

    /// The one way in which a check-in changes state: by the table, written and audited, with nothing of what was said.
    pub(super) async fn happens(&mut self, event: CheckInEvent) -> Result<()> {
        let from = self.check_in.state;
        if !self.check_in.happens(event, self.ctx.now) {
            return Err(self.wrong_state());
        }
        self.save().await?;
        let to = self.check_in.state.as_str();
        let detail = json!({ "event": event.as_str(), "from": from.as_str(), "to": to });
        self.record("check_in.change", detail).await
    }

    /// Writes the changed fields.
    pub(super) async fn save(&mut self) -> Result<()> {
        check_ins::update(self.tx, self.org(), &self.check_in).await?;
        self.check_in.version += 1;
        Ok(())
    }

    pub(super) async fn record(&self, action: &'static str, detail: serde_json::Value) -> Result<()> {
        let deed = Deed::on(action, self.check_in.id);
        audit::record(self.ctx, self.tx, self.org(), self.actor, deed, detail).await
    }

    /// Where mail to one of the two goes; None where there is no line manager.
    pub(super) fn recipient(&self, party: Party) -> Option<Recipient> {
        recipient(&self.check_in, party)
    }

    /// Leaves a letter to each of the two, about the check-in.
    pub(super) async fn write_to_both(&self, letter: LetterKind) -> Result<()> {
        let about = About::CheckIn { check_in: self.check_in.id };
        for recipient in Party::BOTH.into_iter().filter_map(|party| self.recipient(party)) {
            let occurrence = post::of_place(self.check_in.version);
            let post = Post::new(recipient, letter, about, &occurrence);
            post::leave(self.ctx, self.tx, self.org(), post).await?;
        }
        Ok(())
    }
}

/// Where mail to one of the two goes.
pub(super) fn recipient(check_in: &CheckIn, party: Party) -> Option<Recipient> {
    match (party, &check_in.manager) {
        (Party::Leader, _) => Some(Recipient::Person { person: check_in.leader }),
        (Party::Manager, Some(LineManager::Person(person))) => Some(Recipient::Person { person: *person }),
        (Party::Manager, Some(LineManager::Outside(_))) => {
            Some(Recipient::Reviewer { check_in: check_in.id })
        }
        (Party::Manager, None) => None,
    }
}

/// What the link of one of the two is for, and under whose id it is kept: somebody outside the tree has none.
pub(super) fn link_of(check_in: &CheckIn, party: Party) -> Option<(LinkPurpose, varde_model::ids::PersonId)> {
    match recipient(check_in, party)? {
        Recipient::Person { person } => Some((LinkPurpose::CheckIn, person)),
        Recipient::Reviewer { .. } => Some((LinkPurpose::CheckInReview, check_in.leader)),
        Recipient::Account { .. } => None,
    }
}

/// Makes sure that each of the two has a link that works until the check-in cannot be looked at any more.
pub(super) async fn ensure_links(
    ctx: &Ctx,
    tx: &Tx,
    organisation: &Organisation,
    cycle: &Cycle,
    check_ins: &[CheckIn],
) -> Result<()> {
    let expires_at = readable_until(cycle, organisation);
    let both = |one: &CheckIn| Party::BOTH.map(|party| (one.id, link_of(one, party)));
    let links = check_ins.iter().flat_map(both).filter_map(|(check_in, link)| {
        let (purpose, person) = link?;
        let subject = Some(About::CheckIn { check_in });
        Some(NewLink { id: ctx.new_id(), purpose, person, subject, expires_at })
    });
    let links: Vec<NewLink> = links.collect();
    links::ensure_many(tx, organisation.id, &links, ctx.now).await?;
    Ok(())
}

fn readable_until(cycle: &Cycle, organisation: &Organisation) -> DateTime<Utc> {
    let day = cycle.closes_on.checked_add_days(Days::new(READABLE_DAYS)).unwrap_or(cycle.closes_on);
    instant(day, NaiveTime::MIN, organisation.zone)
}
