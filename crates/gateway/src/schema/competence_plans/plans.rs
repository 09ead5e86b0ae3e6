//! Plans as coordinators see them: whose, and how far, without how anybody rated.

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use varde_app::competence_plans::{ItemNeed, Needs};
use varde_model::{Locale, plan as model};

use super::labels::PlanStateLabel;
use crate::{
    relay,
    schema::{
        cohorts::ThemeLabel, errors::whole, loaders::Loaders, paging::page, people::Person,
        scalars::LocalDate,
    },
};

/// A leader's competence plan (kompetanseplan), without how anybody rated.
#[derive(Clone, Debug)]
pub struct CompetencePlan(model::Plan);

impl From<model::Plan> for CompetencePlan {
    fn from(plan: model::Plan) -> Self {
        Self(plan)
    }
}

/// A leader's competence plan (kompetanseplan), without how anybody rated.
#[Object]
impl CompetencePlan {
    /// Opaque permanent id.
    pub(crate) async fn id(&self) -> ID {
        relay::encode("CompetencePlan", self.0.id.0)
    }

    /// The leader.
    async fn leader(&self, context: &Context<'_>) -> async_graphql::Result<Option<Person>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(self.0.leader).await)?.map(Person::from))
    }

    /// The line manager who agrees on it; null where nobody within the trust is.
    async fn line_manager(&self, context: &Context<'_>) -> async_graphql::Result<Option<Person>> {
        let Some(manager) = self.0.manager else { return Ok(None) };
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(manager).await)?.map(Person::from))
    }

    /// Where it stands.
    async fn state(&self) -> PlanStateLabel {
        self.0.state.into()
    }

    /// Since when the leader has led the unit; deadlines count from it.
    async fn appointed_on(&self) -> LocalDate {
        LocalDate(self.0.appointed_on)
    }

    /// The version of the framework whose items it holds.
    async fn framework_version(&self) -> u32 {
        self.0.framework
    }

    /// When the leader was asked to rate, the last time.
    async fn asked_at(&self) -> DateTime<Utc> {
        self.0.asked_at
    }

    /// When the leader had rated every item; null while some are not.
    async fn assessed_at(&self) -> Option<DateTime<Utc>> {
        self.0.assessed_at
    }

    /// When the line manager agreed; null before.
    async fn agreed_at(&self) -> Option<DateTime<Utc>> {
        self.0.agreed_at
    }
}

page!(
    /// Competence plans, in the order in which they were made.
    CompetencePlanConnection, CompetencePlanEdge, CompetencePlan
);

/// When competence plans are made by themselves, and when they remind.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct CompetencePlanRules {
    /// Leaders at levels 3 and 4 appointed on this day or later get a plan by themselves; null where coordinators open each.
    appointed_from: Option<LocalDate>,
    /// Who has something to rate or to agree on is reminded after so many days, and once more after as many again; 0 for never.
    remind_after_days: u16,
    /// So many days before its deadline an item that is not done is reminded of, and once more on the day itself.
    notice_days: u16,
}

impl From<model::PlanRules> for CompetencePlanRules {
    fn from(rules: model::PlanRules) -> Self {
        Self {
            appointed_from: rules.appointed_from.map(LocalDate),
            remind_after_days: rules.remind_after_days,
            notice_days: rules.notice_days,
        }
    }
}

/// What an intake needs: counts alone, and none where fewer than five have rated.
#[derive(Clone, Debug, SimpleObject)]
pub struct CompetencePlanNeeds {
    /// Plans of the intake that have not ended.
    plans: usize,
    /// Those that are rated whole, and so are counted.
    rated: usize,
    /// Item by item; null where fewer than five are counted, as one could tell who said what.
    items: Option<Vec<CompetencePlanNeed>>,
}

/// How many stand how to an item.
#[derive(Clone, Debug, SimpleObject)]
pub struct CompetencePlanNeed {
    /// The item's key.
    key: String,
    /// Its theme.
    theme: ThemeLabel,
    /// Its name.
    title: String,
    /// Those who need training.
    needs_training: usize,
    /// Those who know some of it.
    some: usize,
    /// Those who master it.
    confident: usize,
}

impl CompetencePlanNeeds {
    pub(super) fn told(needs: Needs, locale: Locale) -> Self {
        let one = |need: ItemNeed| CompetencePlanNeed {
            theme: need.item.theme.into(),
            title: need.item.title.into_text(locale),
            key: need.item.key,
            needs_training: need.needs_training,
            some: need.some,
            confident: need.confident,
        };
        let items = needs.items.map(|items| items.into_iter().map(one).collect());
        Self { plans: needs.plans, rated: needs.rated, items }
    }
}
