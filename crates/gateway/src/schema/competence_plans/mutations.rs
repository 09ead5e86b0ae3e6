//! What coordinators do with competence plans.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use varde_app::{
    Ctx,
    competence_plans::{self, Opened, Renewed},
};
use varde_model::plan::{Plan, PlanRules};

use super::plans::{CompetencePlan, CompetencePlanRules};
use crate::schema::{
    Caller, UserError,
    errors::split,
    mails::{PlannedMail, mails},
    once::{fingerprint, once},
    scalars::LocalDate,
};

/// Making plans for chosen leaders.
#[derive(InputObject, Debug)]
pub struct OpenCompetencePlansInput {
    /// Leaders at levels 3 and 4; whoever has a plan keeps it.
    employee_numbers: Vec<String>,
    /// Keep nothing; answer with who would get a plan and mail.
    #[graphql(default)]
    dry_run: bool,
    /// A key of your own: the same call sent again makes nothing twice.
    idempotency_key: Option<String>,
}

/// Renewing plans on the newest version of the framework.
#[derive(InputObject, Debug)]
pub struct RenewCompetencePlansInput {
    /// Whose; all that have not ended if left out.
    employee_numbers: Option<Vec<String>>,
    /// Keep nothing; answer with what would be asked of whom.
    #[graphql(default)]
    dry_run: bool,
    /// A key of your own: the same call sent again renews nothing twice.
    idempotency_key: Option<String>,
}

/// When plans are made by themselves, and when they remind: all of it.
#[derive(InputObject, Debug)]
pub struct SetCompetencePlanRulesInput {
    /// Leaders at levels 3 and 4 appointed on this day or later get a plan by themselves; left out, nobody does.
    appointed_from: Option<LocalDate>,
    /// Who has something to rate or to agree on is reminded after so many days, and once more after as many again; 0 for never.
    #[graphql(default = 7)]
    remind_after_days: u16,
    /// So many days before its deadline an item that is not done is reminded of, and once more on the day itself.
    #[graphql(default = 14)]
    notice_days: u16,
}

/// Plans that were made or renewed.
#[derive(Debug, SimpleObject)]
pub struct CompetencePlansPayload {
    /// How many.
    count: usize,
    /// The first hundred of them.
    plans: Vec<CompetencePlan>,
    /// The keys of the items that leaders are asked anew; for a renewal.
    asked: Vec<String>,
    /// Mail that goes out.
    mails: Vec<PlannedMail>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// Plans named one by one in an answer; a page of `competencePlans` has them all.
const NAMED: usize = 100;

fn told(plans: Vec<Plan>) -> (usize, Vec<CompetencePlan>) {
    (plans.len(), plans.into_iter().take(NAMED).map(Into::into).collect())
}

/// The rules as they are now.
#[derive(Debug, SimpleObject)]
pub struct CompetencePlanRulesPayload {
    /// The rules.
    rules: Option<CompetencePlanRules>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// Mutations of coordinators.
#[derive(Default)]
pub struct CompetencePlanMutation;

#[Object]
impl CompetencePlanMutation {
    /// Makes competence plans for chosen leaders (opprette kompetanseplaner) and writes to them. Run it dry first.
    async fn open_competence_plans(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "For whom.")] input: OpenCompetencePlansInput,
    ) -> async_graphql::Result<CompetencePlansPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let (sent, own_key) = (fingerprint(&input)?, input.idempotency_key.clone());
            let OpenCompetencePlansInput { employee_numbers, dry_run, .. } = input;
            let run = async |ctx: Ctx| competence_plans::open(&ctx, &right, &employee_numbers, dry_run).await;
            let again = |kept| Opened::again(&caller.ctx, &right, kept);
            once(context, "openCompetencePlans", own_key.as_deref(), sent, run, again).await
        };
        let (done, errors) = split(context, outcome.await)?;
        let (plans, sent) = done.map(|done| (done.plans, done.mails)).unwrap_or_default();
        let (count, plans) = told(plans);
        Ok(CompetencePlansPayload { count, plans, asked: Vec::new(), mails: mails(sent), errors })
    }

    /// Renews competence plans on the newest version of the framework (fornye): only items that are new or say something else
    /// are asked anew. Run it dry first.
    async fn renew_competence_plans(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whose.")] input: RenewCompetencePlansInput,
    ) -> async_graphql::Result<CompetencePlansPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let (sent, own_key) = (fingerprint(&input)?, input.idempotency_key.clone());
            let RenewCompetencePlansInput { employee_numbers, dry_run, .. } = input;
            let numbers = employee_numbers.as_deref();
            let run = async |ctx: Ctx| competence_plans::renew(&ctx, &right, numbers, dry_run).await;
            let again = |kept| Renewed::again(&caller.ctx, &right, kept);
            once(context, "renewCompetencePlans", own_key.as_deref(), sent, run, again).await
        };
        let (done, errors) = split(context, outcome.await)?;
        let Some(Renewed { plans, asked, mails: sent }) = done else {
            let (count, plans) = told(Vec::new());
            return Ok(CompetencePlansPayload { count, plans, asked: Vec::new(), mails: Vec::new(), errors });
        };
        let (count, plans) = told(plans);
        let asked = asked.into_iter().collect();
        Ok(CompetencePlansPayload { count, plans, asked, mails: mails(sent), errors })
    }

    /// Sets when competence plans are made by themselves, and when they remind. It counts from the next working morning or
    /// import.
    async fn set_competence_plan_rules(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The rules.")] input: SetCompetencePlanRulesInput,
    ) -> async_graphql::Result<CompetencePlanRulesPayload> {
        let caller = Caller::of(context);
        let rules = PlanRules {
            appointed_from: input.appointed_from.map(|day| day.0),
            remind_after_days: input.remind_after_days,
            notice_days: input.notice_days,
        };
        let outcome = async {
            let right = caller.coordinator()?;
            competence_plans::set_rules(&caller.ctx, &right, &rules).await
        };
        let (done, errors) = split(context, outcome.await)?;
        Ok(CompetencePlanRulesPayload { rules: done.map(|()| rules.into()), errors })
    }
}
