//! Who may not stand beside whom.

use async_graphql::{Context, Enum, Object, SimpleObject};
use chrono::{DateTime, Utc};
use varde_app::conflicts;
use varde_model::{Locale, conflicts as model};

use crate::schema::{
    Caller,
    errors::whole,
    organisation::ProgrammeChange,
    paging::{page, page_of, part},
    people::Person,
    scalars::LocalDate,
};

/// What two people form together, seen by the rules of conflicts of interest.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "model::Constellation", name = "ConflictConstellation")]
pub enum ConstellationLabel {
    /// A mentor and a mentee (mentorpar).
    MentorPair,
    /// Two members of a course team (kursteam).
    CourseTeam,
    /// Two members of a mentor group (mentorgruppe).
    MentorGroup,
    /// Who endorses a nomination, and the nominee (anbefaler).
    Endorser,
    /// A member of the panel that ranks, and a nominee (medlem av panelet).
    PanelMember,
    /// Who assesses somebody's work, and whose it is (vurderer).
    Reviewer,
}

/// What the first of two people is to the second.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "model::Relation", name = "ConflictRelation")]
pub enum RelationLabel {
    /// The same person.
    Oneself,
    /// Has nominated her or him.
    Nominator,
    /// The line manager (nærmeste leder).
    LineManager,
    /// Stands further up in the line of command.
    Above,
    /// Stands below in the line of command, at any distance.
    Below,
    /// Works in, or leads, a unit that the other works in or leads.
    SameUnit,
}

/// A conflict of interest (inhabilitet) between two people.
#[derive(Debug, Clone, SimpleObject)]
pub struct Conflict {
    /// What they would form.
    constellation: ConstellationLabel,
    /// What the one is to the other, and may not be.
    relation: RelationLabel,
    /// The one; among equals the one who is something to the other.
    one: Person,
    /// The other.
    other: Person,
    /// The same in words, in the caller's language.
    text: String,
}

/// What is forbidden in a constellation.
#[derive(Debug, Clone, SimpleObject)]
pub struct ConflictRule {
    /// What two people form together.
    constellation: ConstellationLabel,
    /// What the first may not be to the second; among equals in either direction.
    forbidden: Vec<RelationLabel>,
}

/// A set of rules of conflicts of interest (habilitetsregler).
#[derive(Debug, Clone, SimpleObject)]
pub struct ConflictRules {
    /// 0 for what comes with the product, 1 for the trust's first.
    version: u32,
    /// The first day on which it counts.
    from: LocalDate,
    /// Whether it counts today.
    counts_today: bool,
    /// When the trust published it; null for what comes with the product.
    published_at: Option<DateTime<Utc>>,
    /// What is forbidden, constellation by constellation.
    rules: Vec<ConflictRule>,
    /// What differs from the version before.
    changes: Vec<ProgrammeChange>,
    /// The set as a file (TOML): what `publishConflictRules` takes.
    source: String,
}

page!(
    /// Sets of rules, newest first.
    ConflictRulesConnection, ConflictRulesEdge, ConflictRules
);

pub(super) fn rules(one: conflicts::History, locale: Locale) -> ConflictRules {
    let rule = |constellation: &model::Constellation| ConflictRule {
        constellation: (*constellation).into(),
        forbidden: one.set.forbidden(*constellation).iter().map(|relation| (*relation).into()).collect(),
    };
    ConflictRules {
        version: one.version,
        from: LocalDate(one.set.from),
        counts_today: one.counts_today,
        published_at: one.published_at,
        rules: model::Constellation::ALL.iter().map(rule).collect(),
        source: one.set.to_toml(),
        changes: one.changes.into_iter().map(|change| ProgrammeChange::told(change, locale)).collect(),
    }
}

/// Queries about conflicts of interest.
#[derive(Default)]
pub struct ConflictQuery;

#[Object]
impl ConflictQuery {
    /// What stands in the way of two people in a constellation (inhabilitet); nothing where nothing does. What is known of
    /// who nominated whom is not asked here.
    async fn conflicts_between(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What they would form.")] constellation: ConstellationLabel,
        #[graphql(desc = "Who would serve: the mentor, the endorser, the member of the panel.")]
        employee_number: String,
        #[graphql(desc = "The other.")] other_employee_number: String,
        #[graphql(desc = "On this day; today if left out.")] on: Option<LocalDate>,
    ) -> async_graphql::Result<Vec<Conflict>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let numbers = [employee_number.as_str(), other_employee_number.as_str()];
        let on = on.map(|day| day.0);
        let found = conflicts::between(&caller.ctx, &right, constellation.into(), numbers, on).await;
        let found = whole(context, found)?;
        let told = |conflict: &model::Conflict| {
            let (one, other) = if conflict.one == found.one.id {
                (&found.one, &found.other)
            } else {
                (&found.other, &found.one)
            };
            Conflict {
                constellation: conflict.constellation.into(),
                relation: conflict.relation.into(),
                one: Person::from(one.clone()),
                other: Person::from(other.clone()),
                text: conflicts::told(conflict, &one.name(), &other.name(), caller.locale()),
            }
        };
        Ok(found.conflicts.iter().map(told).collect())
    }

    /// Every set of rules of conflicts of interest that the trust has had, newest first; the last is what comes with the
    /// product (habilitetsregler).
    async fn conflict_rules(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<ConflictRulesConnection> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let page = page_of(caller.locale(), first, after)?;
        let found = whole(context, conflicts::history(&caller.ctx, &right).await)?;
        let place = |one: &conflicts::History| {
            let version = u128::from(one.version);
            (vec![format!("{:010}", u32::MAX - one.version)], uuid::Uuid::from_u128(version))
        };
        let (found, more, total) = part(caller.locale(), found, &page, "conflictRules", place)?;
        let rows = found.into_iter().map(|(cursor, one)| (cursor, rules(one, caller.locale()))).collect();
        Ok(ConflictRulesConnection::new(rows, &page, more, total))
    }
}
