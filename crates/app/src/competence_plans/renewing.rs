//! Renewing plans on the newest version of the framework: only what says something new is asked anew.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use serde_json::json;
use varde_model::{
    check_in::Party,
    framework::Framework,
    ids::PlanId,
    letter::LetterKind,
    plan::{Plan, PlanEntry, PlanEvent, asked_anew},
};
use varde_persistence::{competence_plans as stored, organisations, people};

use super::desk::PlanDesk;
use crate::{
    Code, Ctx, Refusal, Result,
    access::Coordinator,
    audit::{self, Deed},
    cohorts::settle,
    frameworks,
    idempotency::Kept,
    input::{self, Faults},
    post::Planned,
};

/// What renewing comes to.
#[derive(Clone, Debug)]
pub struct Renewed {
    /// The plans on the newest version.
    pub plans: Vec<Plan>,
    /// The keys of the items that somebody is asked anew.
    pub asked: BTreeSet<String>,
    /// Mail that goes out.
    pub mails: Vec<Planned>,
}

impl Renewed {
    /// What a call was answered that was done before: with the plans as they stand.
    ///
    /// # Errors
    /// The database refused.
    pub async fn again(ctx: &Ctx, right: &Coordinator, kept: Kept) -> Result<Self> {
        let ids: Vec<PlanId> = kept.ids.iter().copied().map(PlanId).collect();
        let plans = stored::find_many(ctx.store(), right.org(), &ids).await?;
        let plans = kept.in_order(plans, |plan| plan.id.0);
        Ok(Self { plans, asked: BTreeSet::new(), mails: kept.mails })
    }

    fn kept(&self) -> Kept {
        Kept::of(self.plans.iter().map(|plan| plan.id.0)).with_mails(&self.mails)
    }
}

/// Renews the plans of the named leaders, or all that have not ended. Leaders who are asked something hear of it.
///
/// # Errors
/// Refused, row by row: nobody has that number, or has no plan.
pub async fn renew(
    ctx: &Ctx,
    right: &Coordinator,
    employee_numbers: Option<&[String]>,
    dry_run: bool,
) -> Result<Renewed> {
    let org = right.org();
    let tx = ctx.store().write().await?;
    organisations::lock(&tx, org).await?;
    let newest = frameworks::newest_in(ctx, &tx, org).await?;
    let mut plans = stored::live(&tx, org).await?;
    if let Some(numbers) = employee_numbers {
        input::rows("employeeNumbers", numbers.len())?;
        let known = people::find_by_numbers(&tx, org, numbers).await?;
        let mut faults = Faults::default();
        for (index, number) in numbers.iter().enumerate() {
            let person = known.iter().find(|person| person.employee_number == number.trim());
            if !plans.iter().any(|plan| person.is_some_and(|person| person.id == plan.leader)) {
                faults.add(Refusal::new(Code::NotFound).at("employeeNumbers").row(index));
            }
        }
        faults.none()?;
        plans.retain(|plan| known.iter().any(|person| person.id == plan.leader));
    }
    plans.retain(|plan| plan.framework != newest.version);
    let mut olds: BTreeMap<u32, Framework> = BTreeMap::new();
    let mut renewed = Renewed { plans: Vec::new(), asked: BTreeSet::new(), mails: Vec::new() };
    for plan in plans {
        if let Entry::Vacant(unread) = olds.entry(plan.framework) {
            unread.insert(frameworks::version(&tx, org, plan.framework).await?);
        }
        let asked = asked_anew(&olds[&plan.framework], &newest.framework);
        let mut desk = PlanDesk::open(ctx, &tx, org, right.actor(), plan.id).await?;
        desk.plan.framework = newest.version;
        if asked.is_empty() {
            desk.save().await?;
        } else {
            let today = desk.today();
            let anew = |key: &str| PlanEntry { asked_on: Some(today), ..PlanEntry::new(plan.id, key) };
            let entries: Vec<PlanEntry> = asked.iter().map(|item| anew(&item.key)).collect();
            desk.happens(PlanEvent::Renew).await?;
            desk.keep(&entries).await?;
            let occurrence = format!("version {}", newest.version);
            let letter = LetterKind::CompetencePlanRenewed;
            renewed.mails.extend(desk.write_to(Party::Leader, letter, &occurrence).await?);
            renewed.asked.extend(asked.iter().map(|item| item.key.clone()));
        }
        desk.settle_completion().await?;
        renewed.plans.push(desk.plan);
    }
    let detail = json!({ "count": renewed.plans.len(), "framework": newest.version });
    audit::record(ctx, &tx, org, right.actor(), Deed::overall("competence_plan.renew"), detail).await?;
    settle(ctx, org, tx, dry_run, &renewed.kept()).await?;
    Ok(renewed)
}
