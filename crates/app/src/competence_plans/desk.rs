//! A competence plan on the desk: locked, and with one way to change it.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};
use serde_json::json;
use varde_model::{
    check_in::Party,
    framework::Framework,
    ids::{OrganisationId, PlanId},
    letter::LetterKind,
    local_time::Zoned,
    organisation::Organisation,
    plan::{Plan, PlanEntry, PlanEvent, PlanState},
    work::{About, Recipient},
};
use varde_persistence::{Tx, competence_plans as stored, organisations};

use super::{evidence_of, is_open};
use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::{Actor, PlanHolder},
    audit::{self, Deed},
    frameworks,
    post::{self, Planned, Post},
};

/// The field that names a plan which cannot be found.
pub(super) const NO_PLAN: &str = "planId";

/// A plan's page can be opened by the link in its mail for so long after the latest mail.
const LINK_DAYS: i64 = 730;

pub(super) struct PlanDesk<'a> {
    pub(super) ctx: &'a Ctx,
    pub(super) tx: &'a Tx,
    pub(super) actor: Actor,
    pub(super) organisation: Organisation,
    pub(super) plan: Plan,
}

impl<'a> PlanDesk<'a> {
    /// Locks a plan for one of the two. The right was given before the lock: it is asked for again.
    pub(super) async fn open_for(ctx: &'a Ctx, tx: &'a Tx, right: &PlanHolder, party: Party) -> Result<Self> {
        let desk = Self::open(ctx, tx, right.org(), right.actor(), right.plan()).await?;
        let Actor::Person(person) = right.actor() else { return Err(missing().into()) };
        if desk.plan.party_of(person) == Some(party) { Ok(desk) } else { Err(missing().into()) }
    }

    /// Locks a plan.
    pub(super) async fn open(
        ctx: &'a Ctx,
        tx: &'a Tx,
        org: OrganisationId,
        actor: Actor,
        id: PlanId,
    ) -> Result<Self> {
        let plan = stored::lock(tx, org, id).await?.ok_or_else(missing)?;
        let organisation = organisations::find(tx, org).await?.ok_or_else(missing)?;
        Ok(Self { ctx, tx, actor, organisation, plan })
    }

    pub(super) fn org(&self) -> OrganisationId {
        self.organisation.id
    }

    pub(super) fn today(&self) -> NaiveDate {
        Zoned::at(self.ctx.now, self.organisation.zone).date
    }

    pub(super) async fn framework(&self) -> Result<Framework> {
        frameworks::version(self.tx, self.org(), self.plan.framework).await
    }

    /// What is known of each item of the plan's version, by key; an empty entry where nothing is.
    pub(super) async fn entries(&self, framework: &Framework) -> Result<BTreeMap<String, PlanEntry>> {
        let rows = stored::entries(self.tx, self.org(), &[self.plan.id]).await?;
        Ok(entries_of(&self.plan, framework, &rows))
    }

    pub(super) async fn keep(&self, entries: impl IntoIterator<Item = &PlanEntry>) -> Result<()> {
        let rows: Vec<_> = entries.into_iter().map(|entry| (self.ctx.new_id(), entry.clone())).collect();
        stored::put_entries(self.tx, self.org(), &rows).await.map_err(Into::into)
    }

    pub(super) fn wrong_state(&self) -> Error {
        Refusal::wrong_state("CompetencePlanState", self.plan.state.as_str()).into()
    }

    /// The one way in which a plan changes state: by the table, written and audited.
    pub(super) async fn happens(&mut self, event: PlanEvent) -> Result<()> {
        let from = self.plan.state;
        if !self.plan.happens(event, self.ctx.now) {
            return Err(self.wrong_state());
        }
        self.save().await?;
        let to = self.plan.state.as_str();
        let detail = json!({ "event": event.as_str(), "from": from.as_str(), "to": to });
        self.record("competence_plan.change", detail).await
    }

    /// Writes the changed fields.
    pub(super) async fn save(&mut self) -> Result<()> {
        stored::update(self.tx, self.org(), &self.plan).await?;
        self.plan.version += 1;
        Ok(())
    }

    pub(super) async fn record(&self, action: &'static str, detail: serde_json::Value) -> Result<()> {
        let deed = Deed::on(action, self.plan.id);
        audit::record(self.ctx, self.tx, self.org(), self.actor, deed, detail).await
    }

    /// Completes a plan in which nothing is missing any more, or takes one up again in which something is.
    pub(super) async fn settle_completion(&mut self) -> Result<()> {
        let framework = self.framework().await?;
        let entries = self.entries(&framework).await?;
        let evidence = evidence_of(self.tx, self.org(), &[&self.plan]).await?;
        let open =
            framework.plan.iter().any(|item| is_open(&self.plan, item, &entries[&item.key], &evidence));
        match self.plan.state {
            PlanState::Agreed if !open => self.happens(PlanEvent::Complete).await,
            PlanState::Completed if open => self.happens(PlanEvent::Resume).await,
            _ => Ok(()),
        }
    }

    /// Leaves a letter to one of the two; None where there is nobody, or the same one was left before.
    pub(super) async fn write_to(
        &self,
        party: Party,
        letter: LetterKind,
        occurrence: &str,
    ) -> Result<Option<Planned>> {
        write_to(self.ctx, self.tx, self.org(), &self.plan, (party, letter), occurrence).await
    }
}

pub(super) fn missing() -> Refusal {
    Refusal::new(Code::NotFound).at(NO_PLAN)
}

/// What is known of each item of a plan's version, by key.
pub(super) fn entries_of(
    plan: &Plan,
    framework: &Framework,
    rows: &[PlanEntry],
) -> BTreeMap<String, PlanEntry> {
    let known = |key: &str| rows.iter().find(|row| row.plan == plan.id && row.item == key).cloned();
    let keys = framework.plan.iter().map(|item| &item.key);
    keys.map(|key| (key.clone(), known(key).unwrap_or_else(|| PlanEntry::new(plan.id, key)))).collect()
}

/// Leaves a letter to one of the two about a plan, with a link to its page.
pub(super) async fn write_to(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    plan: &Plan,
    (party, letter): (Party, LetterKind),
    occurrence: &str,
) -> Result<Option<Planned>> {
    let person = match party {
        Party::Leader => Some(plan.leader),
        Party::Manager => plan.manager,
    };
    let Some(person) = person else { return Ok(None) };
    let about = About::CompetencePlan { plan: plan.id };
    let post = Post {
        link_until: Some(ctx.now + Duration::days(LINK_DAYS)),
        ..Post::new(Recipient::Person { person }, letter, about, occurrence)
    };
    post::leave(ctx, tx, org, post).await
}
