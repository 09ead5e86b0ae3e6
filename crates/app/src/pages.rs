//! Pages that coordinators open often, fetched whole: the right comes first, then a few statements.

use chrono::NaiveDate;
use varde_model::{
    enrolment::EnrolmentState,
    ids::{EnrolmentId, OrganisationId},
    people::Level,
};
use varde_persistence::{
    appointments::{self, LeaderFilter},
    pages::{self, Reader},
};

pub use varde_persistence::pages::{
    LeaderCard, LeaderOrder, LeaderPlace, PersonCard, Roster, RosterDay, RosterGathering, RosterMember,
    RosterParts, UnitCard,
};

use crate::{Code, Ctx, Error, Refusal, Result, access::Coordinator, people};

/// The cohort with the trust's own key, its gatherings and what else was asked for.
///
/// # Errors
/// The database refused.
pub async fn roster(
    ctx: &Ctx,
    right: &Coordinator,
    code: &str,
    parts: RosterParts,
) -> Result<Option<Roster>> {
    let mut reader = Reader::open(ctx.store()).await?;
    Ok(pages::roster(&mut reader, right.org(), code.trim(), ctx.now, parts).await?)
}

/// Those of a roster who wait, the next one first.
pub fn line(roster: &Roster) -> Vec<EnrolmentId> {
    let mut line: Vec<&RosterMember> =
        roster.members.iter().filter(|member| member.state == EnrolmentState::Waiting).collect();
    line.sort_by_key(|member| (member.queue_number, member.enrolment));
    line.into_iter().map(|member| member.enrolment).collect()
}

/// Which leaders, and which part of the list.
#[derive(Clone, Debug, Default)]
pub struct LeadersWanted {
    /// Leaders of the unit with this code and of every unit below it.
    pub unit_code: Option<String>,
    /// At these levels; empty is any.
    pub levels: Vec<Level>,
    /// Leader since that day or later.
    pub appointed_since: Option<NaiveDate>,
    /// Words that name or employee number contain.
    pub search: Option<String>,
    /// How the list is sorted.
    pub order: LeaderOrder,
    /// The place, in that order, that the page follows.
    pub after: Option<LeaderPlace>,
    /// Rows wanted.
    pub first: usize,
    /// Whether the whole list is to be counted.
    pub count: bool,
}

/// A page of leaders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadersPage {
    /// The rows; one more than wanted where others follow.
    pub rows: Vec<LeaderCard>,
    /// How many rows the whole list has; 0 where nobody asked.
    pub total: u64,
}

/// Today's leaders; one who leads two units stands twice.
///
/// # Errors
/// Refused when no unit has the code.
pub async fn leaders(ctx: &Ctx, right: &Coordinator, wanted: &LeadersWanted) -> Result<LeadersPage> {
    let org = right.org();
    let filter = LeaderFilter {
        units: match &wanted.unit_code {
            None => None,
            Some(code) => {
                let unit = people::unit_by_code(ctx, right, code).await?;
                let unit = unit.ok_or(Refusal::new(Code::NotFound).at("filter").at("unitCode"))?;
                let today = people::today(ctx, org).await?;
                Some(people::units_below(ctx, right, unit.id, today).await?)
            }
        },
        levels: wanted.levels.clone(),
        since: wanted.appointed_since,
        search: wanted.search.clone(),
    };
    let limit = i64::try_from(wanted.first).unwrap_or(i64::MAX - 1) + 1;
    let mut reader = Reader::open(ctx.store()).await?;
    let today = today(&mut reader, ctx, org).await?;
    let place = (wanted.order, wanted.after.as_ref());
    let rows = pages::leaders(&mut reader, org, today, &filter, place, limit).await?;
    drop(reader);
    let total =
        if wanted.count { appointments::leader_count(ctx.store(), org, today, &filter).await? } else { 0 };
    Ok(LeadersPage { rows, total })
}

/// The leader with that employee number, if she or he leads today.
///
/// # Errors
/// The database refused.
pub async fn leader(ctx: &Ctx, right: &Coordinator, employee_number: &str) -> Result<Option<LeaderCard>> {
    let mut reader = Reader::open(ctx.store()).await?;
    Ok(pages::leader(&mut reader, right.org(), employee_number.trim(), ctx.now).await?)
}

async fn today(reader: &mut Reader, ctx: &Ctx, org: OrganisationId) -> Result<NaiveDate> {
    let today = reader.today(org, ctx.now).await?;
    today.ok_or_else(|| Error::internal("the organisation of a right is gone"))
}
