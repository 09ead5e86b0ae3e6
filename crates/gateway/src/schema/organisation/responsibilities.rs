//! What leaders answer for at their level, and the requirements of their contracts.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, SimpleObject};
use varde_app::responsibilities;
use varde_model::{
    Locale,
    catalogue::{self as model, Domain},
    framework::Framework,
};

use crate::schema::{Caller, errors::whole};

/// The levels that responsibilities are told for (ledernivå), upwards.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "model::ResponsibilityLevel", name = "ResponsibilityLevel")]
pub enum ResponsibilityLevelLabel {
    /// An employee without a formal leading role (uten formell lederrolle).
    NoLeadingRole,
    /// Level 4, and those at level 3 to whom no leader reports (leder for medarbeidere).
    LeadsEmployees,
    /// Level 3, with leaders who report to her or him (leder for ledere).
    LeadsLeaders,
    /// Level 2: head of a clinic or of a central staff (klinikkleder eller leder for sentral stab).
    LevelTwo,
    /// Level 1: the director (administrerende direktør).
    LevelOne,
}

/// Whether a domain is about acting or about what action rests on.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "model::DomainKind", name = "DomainKind")]
pub enum DomainKindLabel {
    /// What a leader does.
    Action,
    /// What it rests on.
    Foundation,
}

/// A competence domain (kompetanseområde). Texts are in the caller's language.
#[derive(Debug, SimpleObject)]
pub struct CompetenceDomain {
    /// The permanent key, such as `execution`.
    key: &'static str,
    /// Action or foundation.
    kind: DomainKindLabel,
    /// Its name.
    title: String,
    /// One sentence about it.
    summary: String,
}

/// One thing that is expected of leaders or employees at some levels (oppgave- og ansvarsbeskrivelse).
#[derive(Debug, SimpleObject)]
pub struct Responsibility {
    /// The permanent key, such as `execution.quality`: the domain's, a dot, and its own.
    key: String,
    /// The levels it holds for, upwards.
    levels: Vec<ResponsibilityLevelLabel>,
    /// What is expected, in the caller's language.
    text: String,
}

/// What a domain asks of a level.
#[derive(Debug, SimpleObject)]
pub struct DomainResponsibilities {
    /// The domain (kompetanseområde).
    domain: CompetenceDomain,
    /// What it asks for.
    responsibilities: Vec<Responsibility>,
}

/// What is expected at a level, by domain.
#[derive(Debug, SimpleObject)]
pub struct LevelResponsibilities {
    /// The level.
    level: ResponsibilityLevelLabel,
    /// What the level is called, in the caller's language.
    title: String,
    /// The six domains in order, with what each asks for.
    domains: Vec<DomainResponsibilities>,
}

/// What is expected of oneself, and one level up.
#[derive(Debug, SimpleObject)]
pub struct MyResponsibilities {
    /// One's own level today.
    own: LevelResponsibilities,
    /// The next level up; null for the director.
    next: Option<LevelResponsibilities>,
}

/// A domain that a requirement draws on (kompetanseområde).
#[derive(Debug, SimpleObject)]
pub struct RequirementDomain {
    /// The domain.
    domain: CompetenceDomain,
    /// How much it counts in a profile: 2 for a primary domain, 1 for a secondary one.
    weight: u8,
}

/// A requirement that stands in every leader's contract (lederkrav). Texts are in the caller's language.
#[derive(Debug)]
pub struct Requirement {
    read: Reading,
    requirement: model::Requirement,
    number: usize,
}

/// A requirement that stands in every leader's contract (lederkrav). Texts are in the caller's language.
#[Object]
impl Requirement {
    /// Its number, from 1.
    async fn number(&self) -> usize {
        self.number
    }

    /// The permanent key, such as `role_model`.
    async fn key(&self) -> &str {
        &self.requirement.key
    }

    /// Its name.
    async fn title(&self) -> &str {
        self.requirement.title.get(self.read.locale)
    }

    /// What the leader must do.
    async fn text(&self) -> &str {
        self.requirement.text.get(self.read.locale)
    }

    /// The domains that it draws on (kompetanseområder), primary ones first.
    async fn domains(&self) -> Vec<RequirementDomain> {
        let links = self.requirement.links();
        links
            .filter_map(|(domain, weight)| {
                Some(RequirementDomain { domain: self.read.domain(domain)?, weight })
            })
            .collect()
    }

    /// The responsibilities that it points to: what it asks for.
    async fn responsibilities(
        &self,
        #[graphql(desc = "Only what holds for this level; null is every level.")] level: Option<
            ResponsibilityLevelLabel,
        >,
    ) -> Vec<Responsibility> {
        let level: Option<model::ResponsibilityLevel> = level.map(Into::into);
        let all = self.read.framework.asked_for(&self.requirement);
        all.filter(|one| level.is_none_or(|level| one.levels.contains(&level)))
            .map(|one| self.read.responsibility(one))
            .collect()
    }
}

/// The trust's framework in the caller's language.
#[derive(Debug, Clone)]
struct Reading {
    framework: Arc<Framework>,
    locale: Locale,
}

impl Reading {
    async fn of(context: &Context<'_>) -> async_graphql::Result<Self> {
        let caller = Caller::of(context);
        let right = whole(context, caller.signed_in())?;
        let framework = whole(context, responsibilities::reference(&caller.ctx, &right).await)?;
        Ok(Self { framework: Arc::new(framework), locale: caller.locale() })
    }

    fn domain(&self, domain: Domain) -> Option<CompetenceDomain> {
        let found = self.framework.domain(domain)?;
        Some(CompetenceDomain {
            key: domain.as_str(),
            kind: found.kind.into(),
            title: found.title.get(self.locale).to_owned(),
            summary: found.summary.get(self.locale).to_owned(),
        })
    }

    fn responsibility(&self, one: &model::Responsibility) -> Responsibility {
        let mut levels = one.levels.clone();
        levels.sort_unstable();
        Responsibility {
            key: one.key.clone(),
            levels: levels.into_iter().map(Into::into).collect(),
            text: one.text.get(self.locale).to_owned(),
        }
    }

    fn level(&self, level: model::ResponsibilityLevel) -> LevelResponsibilities {
        let within = |domain| {
            let found = self.framework.responsibilities_at(level, domain);
            let responsibilities = found.map(|one| self.responsibility(one)).collect();
            Some(DomainResponsibilities { domain: self.domain(domain)?, responsibilities })
        };
        LevelResponsibilities {
            level: level.into(),
            title: self
                .framework
                .level(level)
                .map(|text| text.title.get(self.locale).to_owned())
                .unwrap_or_default(),
            domains: Domain::ALL.into_iter().filter_map(within).collect(),
        }
    }
}

/// Queries about what is expected of leaders.
#[derive(Default)]
pub struct ResponsibilityQuery;

#[Object]
impl ResponsibilityQuery {
    /// What is expected at each level within each domain (oppgave- og ansvarsbeskrivelse), by the trust's newest version of
    /// the framework. For everybody who is signed in.
    async fn responsibilities(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "One level; null is every level, upwards.")] level: Option<ResponsibilityLevelLabel>,
    ) -> async_graphql::Result<Vec<LevelResponsibilities>> {
        let read = Reading::of(context).await?;
        let wanted = level.map(model::ResponsibilityLevel::from);
        let levels = model::ResponsibilityLevel::ALL.into_iter();
        Ok(levels
            .filter(|level| wanted.is_none_or(|wanted| wanted == *level))
            .map(|level| read.level(level))
            .collect())
    }

    /// What is expected of oneself today, and at the next level up (oppgave- og ansvarsbeskrivelse). For those who are
    /// employed, with a leading role or without.
    async fn my_responsibilities(&self, context: &Context<'_>) -> async_graphql::Result<MyResponsibilities> {
        let caller = Caller::of(context);
        let right = whole(context, caller.oneself())?;
        let read = Reading::of(context).await?;
        let own = whole(context, responsibilities::own_level(&caller.ctx, &right).await)?;
        Ok(MyResponsibilities { own: read.level(own), next: own.next().map(|next| read.level(next)) })
    }

    /// The requirements that stand in every leader's contract (lederkrav), with the domains that they draw on and what
    /// they ask for at the levels, by the trust's newest version of the framework; a contract keeps its own until it is
    /// renewed. For everybody who is signed in.
    async fn requirements(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Requirement>> {
        let read = Reading::of(context).await?;
        let numbered = (1..).zip(read.framework.requirements.iter().cloned());
        let one = |(number, requirement)| Requirement { read: read.clone(), requirement, number };
        Ok(numbered.map(one).collect())
    }
}
